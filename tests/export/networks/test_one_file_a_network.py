"""Adding a network to the exporter takes one file: the rest finds it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from prink_export import networks as package
from prink_export.bundle.make import make_bundle, size_table
from prink_export.cli import main
from prink_export.hosts.names import host_names
from prink_export.network import ExportError
from prink_export.networks.registry import entries, networks

SHADERS = Path(__file__).parents[3] / "shaders"
NOSE = """
from functools import partial
from pathlib import Path

import numpy as np
from torch import nn

from prink.learn.onnx_weights import load_weights, read_weights
from prink_export.network import Network, Port
from prink_export.networks.entry import Entry, limits

HERE = Path(__file__).parent


def build(path):
    return load_weights(nn.Conv2d(3, 1, 3, padding=1), read_weights(path))


def inputs(seed):
    rng = np.random.default_rng(seed)
    return [(rng.random((1, 3, 8, 8), np.float32),) for _ in range(4)]


def judge(truth, found):
    return {"nose": float(np.abs(truth[0] - found[0]).max())}


def network(weights, *, cache):
    allowed = {"nose": NOSE_LIMIT}
    return Network(
        name="nose",
        build=partial(build, weights),
        inputs=(Port("picture", (1, 3, 8, 8), image=True),),
        outputs=(Port("bridge", (1, 1, 8, 8)),),
        samples=partial(inputs, 1),
        calibration=partial(inputs, 2),
        judge=judge,
        limits=limits(exact=allowed, half=allowed, small=allowed),
    )


NETWORK = Entry(
    name="nose",
    weights=HERE / "nose.onnx",
    card=HERE / "nose.md",
    features=("piercing", "lips"),
    network=network,
    constants=lambda: {"sides": ["left", "right"]},
)
"""


@pytest.fixture
def nose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a network, its weights and its card, in a folder that the package searches."""
    import torch
    from torch import nn

    from prink.learn.onnx_weights import write_onnx

    folder = tmp_path / "more_networks"
    folder.mkdir()
    example = torch.zeros(1, 3, 8, 8)
    ends = {"inputs": ["picture"], "outputs": ["bridge"]}
    write_onnx(nn.Conv2d(3, 1, 3, padding=1), folder / "nose.onnx", example=example, **ends)
    (folder / "nose.md").write_text("# Model card: nose.onnx\n")
    (folder / "nose.py").write_text(NOSE.replace("NOSE_LIMIT", "1e-4"))
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    yield folder
    sys.modules.pop(f"{package.__name__}.nose", None)
    if hasattr(package, "nose"):
        del package.nose


@pytest.mark.usefixtures("to_onnx")
def test_a_file_makes_a_network_exported_judged_gated_and_shipped(
    nose: Path, tmp_path: Path
) -> None:
    out = tmp_path / "artifacts"
    asked = ["--format", "onnx", "--precision", "fp32", "--no-cache", "--out", str(out)]
    assert main(["models", "nose", *asked]) == 0
    (row,) = json.loads((out / "export.json").read_text())
    assert row["passed"]
    assert row["readings"][0]["terms"]["nose"] < 1e-4
    made = make_bundle(
        tmp_path / "b", models=out, features=["piercing"], precisions={"web": "fp32"}
    )
    assert (tmp_path / "b/cards/nose.md").read_bytes() == (nose / "nose.md").read_bytes()
    assert made.models == {"web": {"nose": "models/web/nose.fp32.onnx"}}
    (entry,) = [each for each in made.files if each.path == "models/web/nose.fp32.onnx"]
    assert entry.features == ("piercing",)
    assert "piercing" in size_table(made)


@pytest.mark.usefixtures("to_onnx")
def test_the_limits_of_the_file_close_the_gate(nose: Path, tmp_path: Path) -> None:
    (nose / "nose.py").write_text(NOSE.replace("NOSE_LIMIT", "-1.0"))
    asked = ["--format", "onnx", "--precision", "fp32", "--no-cache", "--out", str(tmp_path / "a")]
    assert main(["models", "nose", *asked]) == 1
    (row,) = json.loads((tmp_path / "a/export.json").read_text())
    assert "nose is" in row["breaches"][0]


def test_a_group_of_the_look_brings_the_network_that_names_it(nose: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"there is no nose\.fp32\.onnx in"):
        make_bundle(tmp_path / "b", models=tmp_path, features=["lips"], precisions={"web": "fp32"})


def test_hosts_get_the_names_of_its_ends_and_its_constants(nose: Path) -> None:
    mesh = json.loads((SHADERS / "mesh/face.json").read_text())
    assert host_names(SHADERS, mesh)["nose"] == {
        "input": "picture",
        "shape": [1, 3, 8, 8],
        "outputs": ["bridge"],
        "sides": ["left", "right"],
    }


def test_networks_stand_in_the_order_of_their_names_and_no_two_share_one(nose: Path) -> None:
    assert list(networks()) == sorted(networks())
    assert "nose" in networks()
    (nose / "nostril.py").write_text("from prink_export.networks.nose import NETWORK\n")
    told = "two files declare a network called 'nose': nose.py and nostril.py"
    with pytest.raises(ExportError, match=told):
        entries()
    sys.modules.pop(f"{package.__name__}.nostril", None)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("NETWORK = Entry(", "NETWORK = dict(", r"NETWORK of nose\.py is of type dict"),
        ('    name="nose",\n    w', '    name="a-nose",\n    w', r"nose\.py calls .*'a-nose'"),
        ('        name="nose",\n', '        name="parse",\n', "'nose' makes one called 'parse'"),
    ],
)
def test_a_file_that_declares_something_else_is_refused(
    nose: Path, written: str, instead: str, told: str
) -> None:
    text = (nose / "nose.py").read_text()
    assert text.count(written) == 1
    (nose / "nose.py").write_text(text.replace(written, instead))
    with pytest.raises(ExportError, match=told):
        networks()


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('name="nose",\n    w', 'name="plan",\n    w', "is called 'plan'"),
        ('"sides"', '"shape"', "constant of the network 'nose' is called 'shape', too"),
        ("nose.onnx", "none.onnx", r"no file with weights .*none\.onnx"),
        ("nose.onnx", "two.onnx", r"this one has left, right \(.*two\.onnx\)"),
    ],
)
def test_what_hosts_cannot_be_told_is_refused(
    nose: Path, written: str, instead: str, told: str
) -> None:
    two_inputs(nose / "two.onnx")
    text = (nose / "nose.py").read_text()
    assert text.count(written) == 1
    (nose / "nose.py").write_text(text.replace(written, instead))
    with pytest.raises(ExportError, match=told):
        host_names(SHADERS, json.loads((SHADERS / "mesh/face.json").read_text()))


def two_inputs(path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    text = "<ir_version: 8, opset_import: ['' : 18]> two (float[1] left, float[1] right) "
    onnx.save(
        onnx.parser.parse_model(
            text.replace("'", '"') + "=> (float[1] sum) { sum = Add(left, right) }"
        ),
        path,
    )
