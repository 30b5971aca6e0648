"""`prink read` and `--from`: a look comes off one photo and goes onto another."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prink.cli import main
from prink.cli.say import tell_reading
from prink.params import LOOKS, Look, load_look, look, parse_look, to_vector
from prink.photo import load_photo, save_photo
from prink.reading import Reading
from prink.reading import encoder as home


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
    assert main([*start, str(made[1]), "--from", str(photo), "--force", "--with-hair"]) == 0
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


def same(one: Look, other: Look) -> bool:
    """Tells whether looks are equal but for rounding, hair apart."""
    two = (to_vector(replace(look, hair=Look().hair)) for look in (one, other))
    return np.allclose(*two, atol=2 / 255)


def test_by_picks_who_reads(photo, tiny_encoder, tmp_path, capsys):
    look = LOOKS["violet_night"]
    own = str(tiny_encoder(look, confidence=0.5))
    start = ["read", str(photo), "--force"]
    assert main([*start, "--by", own]) == 0
    shown = capsys.readouterr()
    assert same(parse_look(shown.out), look)
    assert "eyeliner 46%" in shown.err
    assert main([*start, "--by", "measured"]) == 0
    assert not same(parse_look(capsys.readouterr().out), look)
    save_photo(load_photo(photo).rgb, tmp_path / "me.png")
    taken, asked = tmp_path / "taken.png", tmp_path / "asked.png"
    end = ["--set", "hair.root.a=0", "--set", "hair.tip.a=0"]
    source = ["--from", str(photo), "--by", own, "--force"]
    assert main(["try", str(photo), *source, *end, "-o", str(taken)]) == 0
    assert main(["try", str(photo), "--look", "violet_night", *end, "-o", str(asked)]) == 0
    assert np.abs(load_photo(taken).rgb.astype(int) - load_photo(asked).rgb).max() <= 3


def test_a_photo_lends_its_hair_colour_only_when_asked(
    astronaut, tiny_encoder, photo, tmp_path, capsys
):
    copper = look("classic_red", hair="copper")
    start = ["try", str(tmp_path / "me.png"), "--from", str(photo), "--force"]
    start += ["--by", str(tiny_encoder(copper, hair="patch")), "-o"]
    save_photo(astronaut, tmp_path / "me.png")
    taken = {}
    for name, more in {"makeup": [], "all": ["--with-hair"], "other": ["--hair", "rose"]}.items():
        assert main([*start, str(tmp_path / f"{name}.png"), *more]) == 0
        assert ("--with-hair takes it" in capsys.readouterr().err) == (name != "all")
        taken[name] = load_photo(tmp_path / f"{name}.png").rgb.astype(int)
    crown = (slice(10, 60), slice(190, 250))  # of the astronaut
    assert np.array_equal(taken["makeup"][crown], astronaut[crown])
    assert (taken["makeup"] != astronaut).any()
    moved = {name: (rgb - astronaut)[crown].mean((0, 1)) for name, rgb in taken.items()}
    assert moved["all"][0] - moved["all"][2] > 20, "copper"
    assert moved["other"][2] > moved["other"][1], "rose"


def test_the_shipped_encoder_is_missed_only_if_asked_for(photo, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(home, "FILE", tmp_path / "encoder.onnx")
    monkeypatch.setattr("prink.photo.load_photo", lambda path: pytest.fail("work was begun"))
    assert main(["read", str(photo), "--by", "encoder"]) == 1
    said = capsys.readouterr().err
    assert "no encoder came with this prink" in said
    assert "--by measured" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--by", "guess"], "'guess' is no way to read; known: encoder, measured, or an .onnx"),
        (["--refine", "many"], "'many' is no number of steps"),
        (["--refine", "0"], "at least 1 step"),
    ],
)
def test_wrong_choices_are_told_by_the_parser(photo, arguments, reason, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["read", str(photo), *arguments])
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_the_sheet_shows_the_look_on_a_second_person(photo, hopper, tmp_path, capsys):
    save_photo(hopper, tmp_path / "me.png")
    look = tmp_path / "star.json"
    start = ["read", str(photo), "-o", str(look), "--by", "measured", "--force"]
    assert main([*start, "--sheet"]) == 0
    alone = load_photo(tmp_path / "star_sheet.png").rgb
    assert main([*start, "--on", str(tmp_path / "me.png")]) == 0
    both = load_photo(tmp_path / "star_sheet.png").rgb
    assert both.shape[1] > 1.8 * alone.shape[1]
    step = (both.shape[1] - 12) // 4
    before, after = (both[40:, left : left + step].astype(int) for left in (2 * step, 3 * step))
    assert 0.01 < (np.abs(before - after).max(axis=-1) > 12).mean() < 0.5
    capsys.readouterr()
    assert main([*start, "--on", str(tmp_path / "none.png")]) == 2
    assert "no photo to show the look on" in capsys.readouterr().err
    save_photo(hopper, tmp_path / "me_sheet.png")
    clash = ["-o", str(tmp_path / "me.json"), "--on", str(tmp_path / "me_sheet.png")]
    assert main(["read", str(photo), *clash]) == 2
    assert "overwrite an input" in capsys.readouterr().err


def test_refine_without_torch_names_the_install_command(photo, monkeypatch, capsys):
    monkeypatch.setattr("prink.cli.refine.find_spec", lambda name: None)
    monkeypatch.setattr("prink.photo.load_photo", lambda path: pytest.fail("work was begun"))
    assert main(["read", str(photo), "--refine"]) == 1
    said = capsys.readouterr().err
    assert "pip install -c constraints.txt '.[learn]'" in said
    assert said.count("\n") == 1


def test_refined_look_is_written_and_the_error_told(photo, tmp_path, capsys):
    pytest.importorskip("prink.refine.analysis", reason="needs torch: pip install '.[learn]'")
    start = ["read", str(photo), "--by", "measured", "--force", "-o"]
    assert main([*start, str(tmp_path / "read.json")]) == 0
    capsys.readouterr()
    assert main([*start, str(tmp_path / "fitted.json"), "--refine", "20"]) == 0
    assert "refined in 20 steps: error " in capsys.readouterr().err
    assert load_look(tmp_path / "fitted.json") != load_look(tmp_path / "read.json")
