"""`prink read` and `--from`: a look comes off one photo and goes onto another."""

from pathlib import Path

import numpy as np
import pytest

from prink.cli import main
from prink.cli.say import tell_reading
from prink.params import Look, load_look, parse_look
from prink.photo import load_photo, save_photo
from prink.reading import Reading


@pytest.fixture(scope="module")
def photo(astronaut, tmp_path_factory):
    path = tmp_path_factory.mktemp("read") / "star.png"
    import prink

    look = prink.edit(prink.Look(), "lips.color=#a01028")
    save_photo(prink.try_on(astronaut, look), path)
    return path


def test_read_prints_a_look_file(photo, capsys):
    assert main(["read", str(photo), "--force"]) == 0
    shown = capsys.readouterr()
    look = parse_look(shown.out)
    red, green, blue, coverage = look.lips.color
    assert coverage > 0.3
    assert red > green
    assert red > blue
    found, confidence = shown.err.splitlines()
    assert found.startswith("found: lips")
    assert confidence.startswith("confidence: lips ")


def test_read_writes_look_and_sheet_that_try_takes(photo, hopper, tmp_path, capsys):
    look = tmp_path / "star.json"
    assert main(["read", str(photo), "-o", str(look), "--sheet", "--force"]) == 0
    assert load_look(look).lips.color.a > 0.3
    assert load_photo(tmp_path / "star_sheet.png").rgb.shape[0] > 600
    assert capsys.readouterr().out == f"wrote {look}\nwrote {tmp_path / 'star_sheet.png'}\n"
    save_photo(hopper, tmp_path / "me.png")
    made = [tmp_path / "a.png", tmp_path / "b.png"]
    start = ["try", str(tmp_path / "me.png"), "-o"]
    assert main([*start, str(made[0]), "--look", str(look)]) == 0
    capsys.readouterr()
    assert main([*start, str(made[1]), "--from", str(photo), "--force"]) == 0
    assert capsys.readouterr().err.startswith("found: lips")
    one, other = (load_photo(path).rgb for path in made)
    assert np.array_equal(one, other)
    assert not np.array_equal(one, hopper)


def test_no_face_is_one_sentence(tmp_path, capsys):
    save_photo(np.full((90, 90, 3), 200, np.uint8), tmp_path / "sky.png")
    assert main(["read", str(tmp_path / "sky.png"), "-o", str(tmp_path / "a.json")]) == 1
    said = capsys.readouterr().err
    assert "no face found" in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sky.png"]


def test_bare_face_is_said_to_be_bare(capsys):
    tell_reading(Reading(Look(), {"lips": 0.7}, ()), Path("bare.png"))
    first, second = capsys.readouterr().err.splitlines()
    assert "no makeup was found" in first
    assert "lips 70%" in second


def test_sheet_without_output_leaves_stdout_to_the_look(photo, tmp_path, capsys):
    (tmp_path / "star.png").write_bytes(photo.read_bytes())
    assert main(["read", str(tmp_path / "star.png"), "--sheet", "--force"]) == 0
    shown = capsys.readouterr()
    parse_look(shown.out)
    assert f"wrote {tmp_path / 'star_sheet.png'}" in shown.err


@pytest.mark.parametrize(
    ("code", "arguments", "reason"),
    [
        (2, ["star.png", "-o", "star.png"], "a look cannot be written as .png; known: .json"),
        (2, ["star.png", "-o", "look"], "a look cannot be written without a suffix"),
        (2, ["star.json", "-o", "star.json"], "overwrite an input"),
        (2, ["star_sheet.png", "-o", "star.json", "--sheet"], "overwrite an input"),
        (1, ["star.png", "-o", "none/star.json"], "folder"),
        (1, ["star.png", "-o", "taken.json", "--sheet"], "is a folder"),
    ],
)
def test_outputs_are_checked_before_any_work(
    photo, tmp_path, monkeypatch, capsys, code, arguments, reason
):
    monkeypatch.chdir(tmp_path)
    for name in ("star.png", "star_sheet.png", "star.json"):
        (tmp_path / name).write_bytes(photo.read_bytes())
    (tmp_path / "taken_sheet.png").mkdir()
    monkeypatch.setattr("prink.photo.load_photo", lambda path: pytest.fail("work was begun"))
    assert main(["read", *arguments]) == code
    said = capsys.readouterr().err
    assert reason in said
    assert said.count("\n") == 1
    assert (tmp_path / "star.json").read_bytes() == photo.read_bytes()
