import json
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tests.export.coreml.packages import copy_of, error, package
from tests.export.coreml.planted import break_weight, leave_engine, scale_input, swap_channels
from tests.export.foreign import FOREIGN
from tests.export.stored import stored
from torch import nn

from prink_export.coreml import format as coreml
from prink_export.coreml import mil
from prink_export.coreml.tools import core_ml_tools
from prink_export.measure.golden import read_golden, write_golden
from prink_export.measure.parity import measure
from prink_export.network import Artifact, ExportError, Network, Port
from prink_export.networks.registry import entries, networks
from prink_export.pipeline.formats import shipped_as

pytest.importorskip("coremltools")
UNET_ERROR = {"fp32": 1e-5, "fp16": 5e-3, "int8w": 0.03, "pal6": 0.06}


def tiny(module: nn.Module, **changes) -> Network:
    port = Port("image", (1, 3, 8, 8), image=True)
    made = Network("tiny", lambda: module, (port,), (Port("out", (1, 3, 8, 8)),), lambda: [])
    return replace(made, **changes)


@pytest.mark.parametrize("precision", coreml.PRECISIONS)
def test_each_precision_says_what_torch_says(precision: str) -> None:
    assert error(*package("unet", precision)) < UNET_ERROR[precision]


def test_attention_layer_norm_and_gelu_say_what_torch_says() -> None:
    assert error(*package("transformer", "fp16")) < 0.01


def test_a_picture_door_says_what_torch_says() -> None:
    network, path = package("classifier", "fp16", images=True)
    assert path.name == "classifier.image.fp16.mlpackage"
    assert mil.read_model(path).description.input[0].type.imageType.width == 32
    assert error(network, path) < 0.01


class Branch(nn.Module):
    def __init__(self, *, by_shape: bool) -> None:
        super().__init__()
        self.layer, self.by_shape = nn.Conv2d(3, 3, 1), by_shape

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        found = self.layer(image)
        large = image.shape[2] > 4 if self.by_shape else found.sum() > 1e6
        return 2 * found if large else found


def test_a_branch_by_values_is_refused_and_one_by_shape_is_not(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="forward decides by the values of a tensor"):
        coreml.convert(tiny(Branch(by_shape=False)), precision="fp32", out=tmp_path)
    assert not list(tmp_path.iterdir())
    assert coreml.convert(tiny(Branch(by_shape=True)), precision="fp32", out=tmp_path).is_dir()


def test_an_error_of_the_converter_names_the_operation(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Grid(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Conv2d(3, 2, 1)

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            grid = nn.functional.affine_grid(torch.eye(2, 3)[None], [1, 1, 8, 8])
            moved = grid + self.layer(image).permute(0, 2, 3, 1)
            return nn.functional.grid_sample(image, moved, align_corners=False)

    with pytest.raises(ExportError, match="at the operation add"):
        coreml.convert(tiny(Grid()), precision="fp32", out=tmp_path)
    assert "ERROR" not in "".join(capfd.readouterr())


def test_int8_asked_of_core_ml_is_int8_weights() -> None:
    assert shipped_as("coreml", "int8") == "int8w"
    assert package("unet", "int8w")[1].name == "unet.int8w.mlpackage"
    assert "constexpr_affine_dequantize" in coreml.census(package("unet", "int8w")[1]).ops


def test_smaller_weights_make_smaller_packages() -> None:
    sizes = [coreml.facts(package("unet", each)[1]).weight_bytes for each in UNET_ERROR]
    assert sizes == sorted(sizes, reverse=True)


def test_ios_16_reads_every_package() -> None:
    for precision in coreml.PRECISIONS:
        assert coreml.facts(package("unet", precision)[1]).specification == 7


def test_the_doors_are_float32() -> None:
    for precision in coreml.PRECISIONS:
        program = mil.load(package("unet", precision)[1])
        assert program.inputs[0].type == "float32"
        assert program.steps[-1].outputs[0].type == "float32"


def test_the_package_says_what_it_is() -> None:
    network, path = package("unet", "fp16")
    told = mil.read_model(path).description
    assert told.metadata.shortDescription == network.about
    assert told.metadata.license == network.licence
    assert told.metadata.userDefined["prink.precision"] == "fp16"
    assert "1 x 3 x 32 x 32" in told.input[0].shortDescription
    assert told.output[0].shortDescription


def test_the_same_network_gives_the_same_bytes(tmp_path) -> None:
    network, path = package("unet", "fp16")
    again = coreml.convert(network, precision="fp16", out=tmp_path)
    for each in (path / "Manifest.json", path / mil.MODEL, path / mil.WEIGHTS):
        assert each.read_bytes() == (again / each.relative_to(path)).read_bytes()


def test_float16_keeps_a_convolution_network_on_the_neural_engine() -> None:
    found = coreml.census(package("unet", "fp16")[1])
    assert found.ops["conv"] == 4
    assert found.leaves == {"Neural Engine": {}}


def test_float32_leaves_the_neural_engine() -> None:
    assert "conv" in coreml.census(package("unet", "fp32")[1]).leaves["Neural Engine"]


def test_the_largest_activation_is_named() -> None:
    network, path = package("unet", "fp16")
    op, peak = coreml.largest_activation(path, {"image": next(iter(network.samples()))[0]})
    assert op
    assert 0 < peak < mil.FLOAT16_MAX


def breaches(network: Network, path: Path, precision: str) -> tuple[str, ...]:
    """What the gate of every export says."""
    artifact = Artifact(network.name, "coreml", precision, path, 0.0)
    return measure(artifact, network).breaches


@pytest.mark.parametrize("plant", [swap_channels, scale_input, break_weight])
@pytest.mark.parametrize(
    ("name", "precision", "images"),
    [("unet", "fp16", False), ("unet", "int8w", False), ("classifier", "fp16", True)],
)
def test_the_gate_catches_a_planted_fault(plant, name, precision, images, tmp_path) -> None:
    network, path = package(name, precision, images=images)
    assert breaches(network, path, precision) == ()
    broken = copy_of(path, tmp_path)
    plant(broken)
    assert breaches(network, broken, precision)


def test_a_planted_op_off_the_neural_engine_shows_in_the_census(tmp_path) -> None:
    broken = copy_of(package("unet", "fp16")[1], tmp_path)
    leave_engine(broken)
    assert "erf" in coreml.census(broken).leaves["Neural Engine"]


def test_sampling_inside_the_network_leaves_the_neural_engine(tmp_path) -> None:
    class Warp(nn.Conv2d):
        def forward(self, x):
            at = super().forward(x)[:, :2].permute(0, 2, 3, 1)
            return nn.functional.grid_sample(x, at, align_corners=False)

    path = coreml.convert(tiny(Warp(3, 3, 1)), precision="fp16", out=tmp_path)
    assert "sample outside" in coreml.census(path).leaves["Neural Engine"]["resample"]


def test_golden_pairs_hold_what_torch_gives(tmp_path) -> None:
    network, path = package("classifier", "fp16", images=True)
    file = write_golden(network, copy_of(path, tmp_path), precision="fp16", count=2)
    assert file.name == "classifier.image.fp16.golden.json"
    told = json.loads(file.read_text())
    assert told["limits"] == network.limits["fp16"]
    assert told["pairs"][0]["inputs"][0]["type"] == "uint8"
    for inputs, outputs in read_golden(file):
        got = coreml.runners(path, network)[coreml.INTERPRETER](inputs)
        assert np.abs(got[0] - outputs[0]).max() < 0.01


def test_an_op_without_a_counterpart_is_named_and_nothing_is_left(tmp_path) -> None:
    class Odd(nn.Conv2d):
        def forward(self, x):
            return torch.special.i0(super().forward(x))

    with pytest.raises(ExportError, match="operation i0 has no counterpart"):
        coreml.convert(tiny(Odd(3, 3, 1)), precision="fp16", out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_weight_that_is_no_number_is_named(tmp_path) -> None:
    module = nn.Conv2d(3, 3, 1)
    module.weight.data[0] = torch.nan
    with pytest.raises(ExportError, match="weight weight holds NaN"):
        coreml.convert(tiny(module), precision="fp16", out=tmp_path)


def test_a_weight_beyond_float16_stays_float32_and_leaves_the_neural_engine(tmp_path) -> None:
    module = nn.Conv2d(3, 3, 1)
    module.weight.data[0] = 1e5
    path = coreml.convert(tiny(module), precision="fp16", out=tmp_path)
    assert "float32" in coreml.census(path).leaves["Neural Engine"]["conv"]


def test_a_clamp_with_one_bound_converts(tmp_path) -> None:
    class Positive(nn.Conv2d):
        def forward(self, x):
            return super().forward(x).clamp(min=0.25)

    assert coreml.convert(tiny(Positive(3, 3, 1)), precision="fp16", out=tmp_path).is_dir()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inputs": (Port("image", (1, 4, 8, 8)),)}, "example 1x4x8x8"),
        ({"outputs": (Port("out", (1, 3)),)}, "its ports say 1x3"),
        ({"outputs": (Port("out-1", (1, 3, 8, 8)),)}, "no port named 'out-1'"),
        ({"outputs": (Port("image", (1, 3, 8, 8)),)}, "two ports have one name"),
    ],
)
def test_wrong_ports_are_told_in_one_sentence(changes, said, tmp_path) -> None:
    with pytest.raises(ExportError, match=said):
        coreml.convert(tiny(nn.Conv2d(3, 3, 1), **changes), precision="fp16", out=tmp_path)


def test_an_image_of_four_planes_is_refused(tmp_path) -> None:
    network = tiny(nn.Conv2d(4, 3, 1), inputs=(Port("atlas", (1, 4, 8, 8), image=True),))
    with pytest.raises(ExportError, match="three colours, but 'atlas'"):
        coreml.convert(network, precision="fp16", out=tmp_path, images=True)


def test_an_unknown_precision_names_the_known_ones(tmp_path) -> None:
    with pytest.raises(ExportError, match="fp32, fp16, int8w, pal6"):
        coreml.convert(tiny(nn.Identity()), precision="int4", out=tmp_path)


def test_a_missing_converter_says_how_to_install_it(monkeypatch, tmp_path) -> None:
    monkeypatch.setitem(sys.modules, "coremltools", None)
    with pytest.raises(ExportError, match=r"pip install 'prink\[export\]'"):
        coreml.convert(tiny(nn.Conv2d(3, 3, 1)), precision="fp16", out=tmp_path)


def test_a_failing_write_leaves_the_package_that_was_there(monkeypatch, tmp_path) -> None:
    network, path = package("unet", "fp16")
    before = copy_of(path, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(coreml, "describe", full)
    with pytest.raises(ExportError, match=r"the disk of .* is full"):
        coreml.convert(network, precision="fp16", out=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [before.name]
    assert (before / mil.WEIGHTS).read_bytes() == (path / mil.WEIGHTS).read_bytes()


def test_only_the_harmless_complaints_are_silenced() -> None:
    core_ml_tools()
    said = []
    logger = logging.getLogger("coremltools")
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())
    logger.addHandler(handler)
    try:
        logger.warning("Torch version 2.13.0 has not been tested with coremltools.")
        logger.warning(
            "Failed to load _MLModelProxy: No module named 'coremltools.libcoremlpython'"
        )
        logger.warning("Tuple detected")
    finally:
        logger.removeHandler(handler)
    assert said == ["Tuple detected"]


def test_the_pipeline_makes_int8_weights_where_int8_is_asked() -> None:
    from prink_export.pipeline.export import Job, Settings, asked_precisions

    job = Job("unet", FOREIGN["unet"], "coreml", Settings(Path(), ("fp16", "int8", "int8w")))
    assert asked_precisions(job) == ["fp16", "int8w"]


@pytest.mark.parametrize("name", [each.name for each in entries()])
def test_our_own_networks_say_what_torch_says(name, real_inputs, tmp_path) -> None:
    sample = real_inputs(name)[0]
    network = replace(networks()[name], samples=lambda: [(sample,)])
    path = stored(network, "coreml", "fp16", out=tmp_path).path
    assert error(network, path) < 0.02
    port = network.inputs[0]
    assert coreml.largest_activation(path, {port.name: sample})[1] < mil.FLOAT16_MAX / 100


def test_the_converter_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    """In a process of its own, as packages complain when they are first imported."""
    work = (
        "import pathlib, sys; from tests.export.foreign import transformer;"
        "from prink_export.coreml.format import convert;"
        "convert(transformer(), precision='fp32', out=pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", work, str(tmp_path)]
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}, check=True
    )
    assert done.stdout + done.stderr == ""
