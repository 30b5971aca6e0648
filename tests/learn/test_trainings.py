"""Every training through its command: it ends, goes on after a break, and its file works."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from lightning_fabric import Fabric
from onnx import TensorProto, helper, numpy_helper
from tests.tolerances import EXPORTED

import prink
from prink.arrays import Bytes
from prink.learn import run
from prink.learn.checkpoint import open_checkpoint, save_checkpoint
from prink.learn.hair_color.net import hair_head
from prink.learn.imitator.net import load_imitator
from prink.learn.imitator.train import Config as ImitatorConfig
from prink.learn.imitator.train import imitating
from prink.learn.look_encoder.net import STUDENT, Encoder
from prink.learn.look_encoder.train import Config, losses_with, reading
from prink.learn.run import Run
from prink.learn.train_encoder import main as train_encoder
from prink.learn.train_hair_color import main as train_hair_color
from prink.learn.train_imitator import main as train_imitator
from prink.learn.train_parse import main as train_parse
from prink.learn.train_student import main as train_student
from prink.onnx_session import open_session
from prink.params.fields import FieldList, schema_fields
from prink.render.atlas import SIZE

Main = Callable[[list[str]], None]
TINY = ["--batch", "2", "--workers", "0", "--threads", "1", "--save-every", "1", "--device", "cpu"]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what trainings cache."""
    return tmp_path_factory.mktemp("cached")


@pytest.fixture
def with_faces(photos: Path, tiny: Path) -> list[str]:
    where = ["--faces", str(photos), "--cache", str(tiny / "faces"), "--drawn", "0"]
    return [*TINY, *where, "--steps", "2"]


def cut_after_a_step(main: Main, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a training and presses Ctrl-C when its first checkpoint is written."""

    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "save_curves", pressed)
        with pytest.raises(KeyboardInterrupt):
            main(arguments)


def check(
    main: Main,
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """Trains as a whole and with a break, compares, and returns the folder of the whole one."""
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    main([*arguments, "--out", str(whole)])
    cut_after_a_step(main, [*arguments, "--out", str(cut)], monkeypatch)
    assert open_checkpoint(cut / "checkpoint.pt").step == 1
    main([*arguments, "--out", str(cut)])
    one, other = (open_checkpoint(each / "checkpoint.pt") for each in (whole, cut))
    assert one.step == other.step == 2
    for name, ours in one.averaged.items():
        torch.testing.assert_close(ours, other.averaged[name])
    assert one.curves.keys() == other.curves.keys()
    for name, points in one.curves.items():
        np.testing.assert_allclose(points, other.curves[name], rtol=1e-4, err_msg=name)
    assert (whole / "curves.png").is_file()
    return whole


@pytest.fixture(scope="session")
def a_student(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a student's training that has not begun."""
    path = tmp_path_factory.mktemp("student") / "checkpoint.pt"
    training = reading("", Config(size=STUDENT), losses_with(None, 0.0), faces=[], heldout=[])
    Run(training, Fabric(accelerator="cpu", devices=1)).save(path)
    return path


@pytest.fixture(scope="session")
def an_imitator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of an imitator's training that has not begun."""
    path = tmp_path_factory.mktemp("imitator") / "checkpoint.pt"
    Run(imitating(ImitatorConfig(), faces=[]), Fabric(accelerator="cpu", devices=1)).save(path)
    return path


def test_a_teacher_is_trained_also_on_pictures(
    with_faces: list[str], an_imitator: Path, tmp_path: Path, monkeypatch
) -> None:
    arguments = [*with_faces, "--judged", "2", "--image-loss", "imitator"]
    arguments += ["--imitator", str(an_imitator)]
    out = check(train_encoder, arguments, tmp_path, monkeypatch)
    assert open_checkpoint(out / "checkpoint.pt").curves["image"][0][1] > 0
    grey = np.full((SIZE, SIZE, 4), 128, np.uint8)
    found = prink.Encoder(out / "encoder.onnx").encode(grey)
    assert found.confidence["hair"] == 0.0


def test_a_student_is_taught_and_begins_with_another(
    with_faces: list[str], a_student: Path, tmp_path: Path, monkeypatch
) -> None:
    arguments = [*with_faces, "--judged", "2", "--precision", "32-true"]
    arguments += ["--teacher", str(a_student), "--begin", str(a_student)]
    out = check(train_student, arguments, tmp_path, monkeypatch)
    assert not prink.Encoder(out / "encoder.onnx").reads_hair
    made = open_checkpoint(out / "checkpoint.pt")
    assert "after" in made.config["loss"]
    assert {"seen", "seen, taught", "lips seen"} <= made.curves.keys()


def test_a_teacher_of_other_fields_is_refused(
    with_faces: list[str], a_student: Path, tmp_path: Path
) -> None:
    made = open_checkpoint(a_student)
    known = FieldList(tuple(each for each in schema_fields().fields if each[0] != "lips.gloss"))
    weights = Encoder(STUDENT, known).state_dict()
    other = replace(made, about={"fields": known.listed()}, averaged=weights)
    save_checkpoint(other, tmp_path / "teacher.pt")
    for option in ("--teacher", "--begin"):
        arguments = [*with_faces, "--teacher", str(a_student), option, str(tmp_path / "teacher.pt")]
        with pytest.raises(SystemExit, match=r"does not know lips\.gloss: train it anew .*teacher"):
            train_student([*arguments, "--judged", "2", "--out", str(tmp_path)])


def test_a_student_to_begin_with_that_is_none_is_told(
    with_faces: list[str], a_student: Path, an_imitator: Path, tmp_path: Path
) -> None:
    wrong = {"no checkpoint of that name": tmp_path / "none.pt", "another size": an_imitator}
    for told, path in wrong.items():
        arguments = [*with_faces, "--teacher", str(a_student), "--begin", str(path)]
        with pytest.raises(SystemExit, match=rf"{told}.*{path.name}"):
            train_student([*arguments, "--out", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"no checkpoint of an imitator .*checkpoint\.pt"):
        load_imitator(a_student)


@pytest.mark.parametrize("option", ["--steps", "--batch", "--save-every"])
def test_a_number_that_is_none_is_told(option: str, capsys) -> None:
    with pytest.raises(SystemExit):
        train_parse([option, "0"])
    assert f"{option}: expected a number from 1, got 0" in capsys.readouterr().err


def test_an_imitator_is_trained(with_faces: list[str], tmp_path: Path, monkeypatch) -> None:
    out = check(train_imitator, with_faces, tmp_path, monkeypatch)
    net, config = load_imitator(out / "checkpoint.pt")
    assert config["size"] == 128
    assert not any(weight.requires_grad for weight in net.parameters())
    with pytest.raises(SystemExit, match=r"other settings .*sensitivity 0\.05"):
        train_imitator([*with_faces, "--out", str(out), "--no-sensitivity"])


def test_a_hair_encoder_is_trained(photos: Path, tiny: Path, tmp_path: Path, monkeypatch) -> None:
    where = ["--faces", str(photos), "--cache", str(tiny / "hair_heads")]
    arguments = [*TINY, *where, "--steps", "2", "--renderings", "1"]
    out = check(train_hair_color, arguments, tmp_path, monkeypatch)
    with torch.inference_mode():
        numbers, sure = hair_head(out / "hair_encoder.pt")(torch.rand(1, 4, SIZE, SIZE))
    assert numbers.shape == (1, 13)
    assert 0 <= float(sure) <= 1


@pytest.fixture
def with_portraits(
    table: Path, dark_is_hair: Path, made_people: Path, tiny: Path, monkeypatch
) -> list[str]:
    monkeypatch.setattr("prink.people.parsed_data.PER_FILE", 3)
    monkeypatch.setattr("prink.people.occluders.BATCH", 1)
    monkeypatch.setattr("prink.people.occluders.COUNTS", {"hand": 1, "sunglasses": 1})
    where = ["--portraits", str(table), "--teacher", str(dark_is_hair)]
    where += ["--makehuman", str(made_people), "--heads", str(tiny / "parsed"), "--drawn", "3"]
    return [*TINY, *where, "--cache", str(tiny / "parse"), "--steps", "2"]


def test_a_parsing_network_is_trained(
    with_portraits: list[str], hopper: Bytes, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setenv("PRINK_ASSETS", str(tmp_path))
    out = check(train_parse, with_portraits, tmp_path, monkeypatch)
    session = open_session(out / "parse.onnx", what="parsing network", error=OSError)
    planes = np.zeros((1, 8, 192, 192), np.float32)
    planes[0, :3] = hopper[:192, :192].transpose(2, 0, 1) / 255
    answer, classes = session.run(["answer", "classes"], {"rgb_and_previous": planes})
    assert answer.shape == (1, 5, 192, 192)
    assert answer.min() >= 0
    assert answer.max() <= 1
    assert classes.shape == (1, 16, 96, 96)
    np.testing.assert_allclose(classes.sum(1), 1, atol=EXPORTED)
    made = open_checkpoint(out / "checkpoint.pt")
    assert made.config["synthetic"] > 0
    assert {"answer", "classes", "IoU lips, photos", "painted, drawn"} <= made.curves.keys()


def test_a_parsing_network_begins_with_the_encoder_of_another(
    with_portraits: list[str], tmp_path: Path, monkeypatch
) -> None:
    """One whose weights have the names of the older hair network, the stem among them."""
    monkeypatch.setenv("PRINK_ASSETS", str(tmp_path))
    weight = np.full((16, 4, 3, 3), 0.25, np.float32)
    inside = {"net.stem.0.weight": weight, "net.stem.0.bias": np.zeros(16, np.float32)}
    held = [numpy_helper.from_array(each, name) for name, each in inside.items()]
    node = helper.make_node("Conv", ["planes", *inside], ["mask"])
    shapes = {"planes": [1, 4, 9, 9], "mask": [1, 16, 7, 7]}
    ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]
    model = helper.make_model(helper.make_graph([node], "stem", ends[:1], ends[1:], held))
    onnx.save(model, tmp_path / "older.onnx")
    out = tmp_path / "out"
    begin = ["--begin", str(tmp_path / "older.onnx"), "--out", str(out)]
    cut_after_a_step(train_parse, [*with_portraits, *begin], monkeypatch)
    made = open_checkpoint(out / "checkpoint.pt")
    assert made.config["begin"]
    # The older network saw colours from -1 to 1: twice the weights.
    stem = made.net["stem.0.weight"][:, :4]
    torch.testing.assert_close(stem, torch.full_like(stem, 0.5), rtol=0.05, atol=0.0)
