"""`prink-export model`: a user's module, its samples, its exit codes and its messages."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.export.foreign import pictures
from torch import Tensor, nn

from prink_export.cli import main
from prink_export.cli.model import names_of
from prink_export.measure.golden import read_golden
from prink_export.network import ExportError
from prink_export.pipeline.user_network import UserNetwork, example_shape

PLACE = "tests.export.foreign:Classifier"


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, (picture,) in enumerate(pictures(8, seed=4)):
        pixels = (255 * picture[0].transpose(1, 2, 0)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def run(
    tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    def call(*arguments: str, place: str = PLACE, example: str = "1x3x32x32") -> tuple[int, str]:
        out = ["--out", str(tmp_path / "out"), "--cache", str(store), "--format", "onnx"]
        code = main(["model", place, "--example", example, *out, *arguments])
        told = capsys.readouterr()
        return code, " ".join((told.out + told.err).split())

    return call


@pytest.mark.usefixtures("to_onnx")
def test_a_users_module_goes_through_and_the_exit_code_is_the_gate(
    run: Callable[..., tuple[int, str]], photos: Path, tmp_path: Path
) -> None:
    code, told = run("--samples", str(photos), "--precision", "fp32,int8")
    assert code == 0, told
    assert told.index("warn classifier: hardswish at body.2") < told.index("ok classifier onnx")
    assert "ok classifier onnx int8" in told
    rows = json.loads((tmp_path / "out/export.json").read_text())
    assert [row["passed"] for row in rows] == [True, True]
    code, told = run("--samples", str(photos), "--precision", "fp32", "--limit", "fp32.max=1e-12")
    assert code == 1
    assert "max of out_0 is" in told


@pytest.mark.usefixtures("to_onnx", "to_phones")
def test_int8_of_all_formats_is_reported_under_the_name_that_each_ships(
    photos: Path, tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    asked = ["--format", "onnx,coreml,tflite", "--precision", "fp32,int8", "--cache", str(store)]
    given = ["--example", "1x3x32x32", "--samples", str(photos), "--out", str(out)]
    code = main(["model", PLACE, *given, *asked, "--golden"])
    told = capsys.readouterr()
    pairs = [read_golden(each) for each in sorted(out.glob("*.golden.json"))]
    assert len(pairs) == 2  # one for each Core ML package
    assert pairs[0][0][0][0].shape == (1, 3, 32, 32)
    rows = json.loads((out / "export.json").read_text())
    assert [(row["format"], row["precision"]) for row in rows] == [
        ("onnx", "fp32"),
        ("onnx", "int8"),
        ("coreml", "fp32"),
        ("coreml", "int8w"),
        ("tflite", "fp32"),
        ("tflite", "int8"),
    ]
    assert code == int(not all(row["passed"] for row in rows)), told.out
    assert not told.err


@pytest.mark.usefixtures("to_onnx")
def test_int8_without_samples_is_red_and_fp32_still_made(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    code, told = run("--precision", "fp32,int8")
    assert code == 1
    assert "no calibration data, which int8 needs" in told
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["classifier.fp32.onnx", "export.json"]


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"place": "tests.export.foreign"}, 1, "names no module; write my_module:build"),
        ({"place": "no_such_module:build"}, 1, "no module no_such_module can be imported"),
        ({"place": "tests.export.foreign:Nothing"}, 1, "has no Nothing"),
        ({"place": "tests.export.foreign:SIDE"}, 1, "fails: 'int' object is not callable"),
        ({"place": "tests.export.foreign:pictures"}, 1, "missing 1 required positional"),
        ({"example": "1x4x32x32"}, 1, "forward fails on the example 1x4x32x32"),
        ({"example": "1x3x?x?"}, 2, "write every side as a number, such as 1x3x224x224"),
        ({"example": "8x3x32x32"}, 2, "has a batch of 8; write 1 first"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_sentence(
    run: Callable[..., tuple[int, str]], change: dict[str, str], code: int, said: str
) -> None:
    found, told = run("--precision", "fp32", **change)
    assert found == code
    assert said in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--precision", "fp8"], "no precision fp8 in onnx; known: fp16, fp32, int8"),
        (["--format", "caffe"], "no format caffe; known: onnx, onnx-batch, coreml, tflite"),
        (["--limit", "fp16=3"], "--limit fp16=3 is not like fp16.max=0.01"),
        (["--limit", "fp8.max=1"], "no precision fp8; known: fp32, fp16, int8, int8c, int8w, pal6"),
        (
            ["--stays", "Gpu"],
            "no accelerator Gpu; known: NNAPI, QNN, CoreML EP, GPU delegate, Neural",
        ),
    ],
)
def test_wrong_usage_ends_with_code_2_and_what_is_known(
    run: Callable[..., tuple[int, str]], arguments: list[str], said: str
) -> None:
    code, told = run(*arguments)
    assert code == 2
    assert said in told


def test_files_of_several_places_have_names_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names_of(["a:build", "nets/b.py:build"]) == ["a.build", "nets.b.py.build"]
    shape = ["--example", "1x3x32x32", "--out", str(tmp_path)]
    assert main(["model", PLACE, PLACE, *shape]) == 2
    assert "would both be written as tests.export.foreign.classifier" in capsys.readouterr().err


def test_an_out_that_cannot_be_a_folder_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for out in (file, file / "deep"):
        assert main(["model", "no_such:build", "--example", "1x1", "--out", str(out)]) == 2
        told = capsys.readouterr()
        assert f"{file} is a file; name another" in told.err
        assert not told.out
    assert file.read_text() == "mine"


def test_a_breach_is_told_once_with_all_rows_that_have_it(
    run: Callable[..., tuple[int, str]],
) -> None:
    _, told = run("--precision", "fp32,fp16", place="tests.export.foreign:Nothing")
    assert told.count("RED nothing onnx fp32 fp16: ") == 1


class Double(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(4, 2).double()

    def forward(self, numbers: Tensor) -> Tensor:
        return self.layer(numbers)


class Words(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(8, 2)

    def forward(self, words: Tensor) -> Tensor:
        return self.table(words)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Double", "the weight layer.weight is torch.float64; call .float() in the builder"),
        ("Words", "inputs are float32, write x.long() inside of forward"),
    ],
)
def test_a_module_of_other_types_is_told_what_to_write(
    run: Callable[..., tuple[int, str]], name: str, said: str
) -> None:
    code, told = run("--precision", "fp32", place=f"tests.export.test_cli:{name}", example="1x4")
    assert code == 1
    assert said in told


def test_a_module_is_found_by_its_path_inside_of_the_working_folder_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner_nets.py").write_text("from torch import nn\n\nnet = nn.Linear(4, 2)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [*sys.path])
    assert UserNetwork("./inner_nets.py:net", ((1, 4),))().outputs[0].shape == (1, 2)
    with pytest.raises(ExportError, match="change to its folder and write inner_nets:build"):
        UserNetwork("../inner_nets.py:net", ((1, 4),))()


def test_samples_that_do_not_fit_are_told(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    rows = tmp_path / "rows.npz"
    np.savez(rows, np.zeros((4, 3, 16, 16), np.float32))
    assert "holds rows of 3x16x16, the input is 3x32x32;" in run("--samples", str(rows))[1]
    for name, given in (("rows.npy", np.zeros(3)), ("words.npz", np.array(["a", "b"]))):
        (np.save if name.endswith("npy") else np.savez)(tmp_path / name, given)
        assert "make one with np.savez" in run("--samples", str(tmp_path / name))[1]
    assert "no samples at" in run("--samples", str(tmp_path / "nowhere"))[1]
    (tmp_path / "empty").mkdir()
    assert "no pictures in" in run("--samples", str(tmp_path / "empty"))[1]


def test_shapes_are_read_with_x_or_commas() -> None:
    assert example_shape("1x3X224x224") == example_shape("1,3,224,224") == (1, 3, 224, 224)


@pytest.mark.parametrize("command", ["models", "model", "bundle", "check", "gen"])
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert re.search(
        rf"^examples?:\s+prink-export {command} ", capsys.readouterr().out, re.MULTILINE
    )
