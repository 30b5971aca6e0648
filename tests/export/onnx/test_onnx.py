"""ONNX: foreign networks come through, the file says what it is, faults are caught."""

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tests.export.conftest import Made
from tests.export.foreign import FOREIGN, Classifier, pictures, settled
from tests.export.stored import stored
from torch import Tensor, nn

from prink_export.measure.parity import measure, reference
from prink_export.network import Artifact, ExportError, Network, Port
from prink_export.onnx import format as onnx_format
from prink_export.onnx.census import count

onnx = pytest.importorskip("onnx", reason="needs onnx: pip install '.[export]'")
pytest.importorskip("onnxscript", reason="needs the converters: pip install '.[export]'")


@pytest.mark.parametrize("precision", onnx_format.PRECISIONS)
@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_networks_compute_what_torch_does(
    name: str, precision: str, exported: Made
) -> None:
    network, artifact, against = exported(name, "onnx", precision)
    parity = measure(artifact, network, against=against)
    assert parity.breaches == ()
    assert 0 <= parity.worst <= network.limits[precision]["max"]
    assert {reading.kind for reading in parity.readings} == {"real", "edge", "noise"}


@pytest.mark.parametrize(("name", "precision"), [("unet", "fp32"), ("transformer", "int8")])
def test_the_members_of_a_batch_do_not_mix(name: str, precision: str, exported: Made) -> None:
    network, artifact, against = exported(name, "onnx-batch", precision)
    assert artifact.path.name == f"{name}.{precision}.batch.onnx"
    parity = measure(artifact, network, against=against)
    assert parity.breaches == ()
    assert {each.runner for each in parity.readings} == {
        "ONNX Runtime",
        "ONNX Runtime, batch of 3",
    }


def test_the_file_says_what_it_is_and_nothing_of_the_machine(exported: Made) -> None:
    _, artifact, _ = exported("unet", "onnx", "fp16")
    model = onnx.load(artifact.path)
    told = {each.key: each.value for each in model.metadata_props}
    assert told["name"] == "unet"
    assert told["licence"] == "Apache-2.0"
    assert told["precision"] == "fp16"
    assert json.loads(told["inputs"]) == {"image": [1, 3, 32, 32]}
    assert model.opset_import[0].version == 18
    inside = artifact.path.read_bytes()
    for trace in (b"stack_trace", b"site-packages", str(Path.cwd()).encode()):
        assert trace not in inside


def test_weights_that_changed_since_the_last_file_are_in_the_next(tmp_path: Path) -> None:
    module = FOREIGN["unet"]().build()
    network = replace(FOREIGN["unet"](), build=lambda: module)
    for place in ("before", "after"):
        path = onnx_format.convert(network, precision="fp32", out=tmp_path / place)
        assert measure(Artifact("unet", "onnx", "fp32", path, 0.0), network).breaches == ()
        module.mask.bias.data += 1.0


def test_fp16_is_half_inside_and_float32_at_the_door(exported: Made) -> None:
    _, artifact, _ = exported("unet", "onnx", "fp16")
    graph = onnx.load(artifact.path).graph
    kinds = {each.type.tensor_type.elem_type for each in (*graph.input, *graph.output)}
    assert kinds == {onnx.TensorProto.FLOAT}
    weights = [each for each in graph.initializer if len(each.dims) == 4]
    assert weights
    assert {each.data_type for each in weights} == {onnx.TensorProto.FLOAT16}


def test_the_range_of_int8_reaches_what_calibration_saw_once(tmp_path: Path) -> None:
    rare = pictures(16, seed=3)
    rare[4][0][0, 1, 2, 3] = 4.0
    network = replace(FOREIGN["unet"](), calibration=lambda: rare)
    model = onnx.load(stored(network, "onnx", "int8", out=tmp_path).path)
    scales = {
        each.name: onnx.numpy_helper.to_array(each)
        for each in model.graph.initializer
        if each.name.startswith("image") and each.name.endswith("scale")
    }
    assert [round(float(each) * 255, 2) for each in scales.values()] == [4.0]


def test_the_census_names_what_leaves_which_accelerator(exported: Made) -> None:
    _, artifact, _ = exported("classifier", "onnx", "fp32")
    found = onnx_format.census(artifact.path)
    assert found.ops["HardSwish"] == 2
    assert list(found.leaves["NNAPI"]) == ["HardSwish"]
    assert "no HardSwish" in found.leaves["NNAPI"]["HardSwish"]
    assert found.leaves["QNN"] == {}
    half = onnx_format.census(exported("classifier", "onnx", "fp16")[1].path)
    assert "NNAPI_FLAG_USE_FP16" in half.leaves["NNAPI"]["Conv"]
    batch = onnx_format.census(exported("unet", "onnx-batch", "fp32")[1].path)
    assert "static" in batch.leaves["QNN"]["Conv"]


# Planted faults: a file that converts and loads but is not the network.


class Normalised(nn.Module):
    """The same network behind a normalisation that it was not trained with."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, picture: Tensor) -> Tensor:
        return self.inner((picture - 0.45) / 0.22)


class Swapped(Normalised):
    """Blue first."""

    def forward(self, picture: Tensor) -> Tensor:
        return self.inner(picture.flip(1))


class Broken(Normalised):
    """One weight is wrong by its own size."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__(inner)
        with torch.no_grad():
            weight = max(inner.parameters(), key=lambda each: each.dim())
            weight.view(-1)[weight.abs().argmax()] *= -1


@pytest.mark.parametrize("name", ["classifier", "unet"])
@pytest.mark.parametrize("fault", [Swapped, Normalised, Broken])
def test_a_file_that_differs_from_torch_by_a_fault_is_caught_even_in_int8(
    name: str, fault: Callable[[nn.Module], nn.Module], exported: Made
) -> None:
    """The fault stands on torch's side: an error has no direction, and nothing is converted."""
    network, _, _ = exported(name, "onnx", "fp32")
    faulty = replace(network, build=lambda: fault(network.build()))
    against = reference(faulty)
    for precision in ("fp32", "int8"):
        _, artifact, _ = exported(name, "onnx", precision)
        breaches = measure(artifact, faulty, against=against).breaches
        assert any("real inputs: max of" in each for each in breaches)


def test_a_broken_weight_in_the_file_is_caught(exported: Made, tmp_path: Path) -> None:
    def broken(model: onnx.ModelProto) -> None:
        weight = max(model.graph.initializer, key=lambda each: len(each.dims))
        values = onnx.numpy_helper.to_array(weight).copy()
        values.flat[np.abs(values).argmax()] *= -1
        weight.CopyFrom(onnx.numpy_helper.from_array(values, weight.name))

    network, artifact, against = exported("unet", "onnx", "fp32")
    breaches = measure(spoiled(artifact, broken, tmp_path), network, against=against).breaches
    assert any("real inputs: max of" in each for each in breaches)


def spoiled(artifact: Artifact, change: Callable[[onnx.ModelProto], None], to: Path) -> Artifact:
    model = onnx.load(artifact.path)
    change(model)
    path = to / artifact.path.name
    onnx.save(model, path)
    return replace(artifact, path=path)


def test_nan_a_missing_output_and_a_cast_door_are_failures_even_on_noise(
    exported: Made, tmp_path: Path
) -> None:
    network, artifact, against = exported("transformer", "onnx", "fp32")

    def breaches(change: Callable[[onnx.ModelProto], None]) -> str:
        return str(measure(spoiled(artifact, change, tmp_path), network, against=against).breaches)

    def nan(model: onnx.ModelProto) -> None:
        first = next(each for each in model.graph.initializer if len(each.dims) == 2)
        broken = onnx.numpy_helper.to_array(first).copy()
        broken[0, 0] = np.nan
        first.CopyFrom(onnx.numpy_helper.from_array(broken, first.name))

    def missing(model: onnx.ModelProto) -> None:
        del model.graph.output[1]

    def cast(model: onnx.ModelProto) -> None:
        inside = model.graph.output[1].name
        half = onnx.helper.make_node("Cast", [inside], ["half"], to=onnx.TensorProto.FLOAT16)
        model.graph.node.append(half)
        door = onnx.helper.make_tensor_value_info("half", onnx.TensorProto.FLOAT16, [1, 3])
        model.graph.output[1].CopyFrom(door)

    assert "NaN or infinity" in breaches(nan)
    assert "1 outputs for 2" in breaches(missing)
    assert "out_score is float16, not float32" in breaches(cast)


def test_a_file_that_no_longer_loads_is_a_breach(exported: Made, tmp_path: Path) -> None:
    network, artifact, against = exported("unet", "onnx", "fp32")
    path = tmp_path / "cut.onnx"
    path.write_bytes(artifact.path.read_bytes()[:2000])
    found = measure(replace(artifact, path=path), network, against=against)
    assert "cannot open" in found.breaches[0]


# Bad input: one sentence, nothing written.


class Singular(Classifier):
    def forward(self, picture: Tensor) -> Tensor:
        return torch.linalg.svd(super().forward(picture).reshape(1, 2, 5))[1]


class Branching(Classifier):
    def forward(self, picture: Tensor) -> Tensor:
        logits = super().forward(picture)
        return logits * 2 if logits.sum() > 0 else logits


class Picking(Classifier):
    def forward(self, picture: Tensor) -> Tensor:
        logits = super().forward(picture)
        return logits[logits > -1e9].reshape(1, -1)


def nan_weights() -> nn.Module:
    module = settled(Classifier)()
    module.head.weight.data[3, 3] = float("nan")
    return module


def one(side: int = 10) -> Network:
    return replace(FOREIGN["classifier"](), outputs=(Port("out", (1, side)),))


@pytest.mark.parametrize(
    ("network", "said"),
    [
        (replace(one(2), build=settled(Singular)), "operation aten._linalg_svd has no counterpart"),
        (replace(one(), build=settled(Branching)), "write torch.where"),
        (replace(one(), build=settled(Picking)), "shapes"),
        (replace(one(), build=nan_weights), "the weight head.weight holds NaN"),
        (replace(one(), build=nn.Identity), "has no weights"),
        (replace(one(), build=lambda: settled(Classifier)().to("meta")), "was never loaded"),
        (replace(one(), build=lambda: settled(Classifier)().double()), "call .float()"),
        (replace(one(), build=dict), "returns dict, not an nn.Module"),
        (replace(one(), inputs=(Port("image", (1, 4, 32, 32)),)), "fails on the example 1x4"),
        (replace(one(), inputs=(Port("image", (2, 3, 32, 32)),)), "give it with a batch of one"),
        (
            replace(one(), inputs=(Port("image", (1, 3, -1, 32)),)),
            "dynamic shapes are not",
        ),
        (one(9), "forward returns 1x10, its ports say 1x9"),
        (replace(one(), outputs=(Port("image", (1, 10)),)), "two ports have one name"),
    ],
)
def test_bad_networks_are_refused_in_one_sentence_and_nothing_is_written(
    network: Network, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportError) as caught:
        onnx_format.convert(network, precision="fp32", out=tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_int8_without_calibration_is_refused_before_anything_is_converted(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no calibration data, which int8 needs"):
        onnx_format.convert(replace(one(), calibration=tuple), precision="int8", out=tmp_path)
    wrong = replace(one(), calibration=lambda: pictures(2, seed=1, side=16))
    with pytest.raises(ExportError, match="calibration input 0 of image is float32 1x3x16x16"):
        onnx_format.convert(wrong, precision="int8", out=tmp_path)
    with pytest.raises(ExportError, match="ONNX has no int4; known: fp32, fp16, int8"):
        onnx_format.convert(one(), precision="int4", out=tmp_path)


def test_a_missing_converter_is_named_with_its_pip_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prink_export.pipeline.packages.find_spec", lambda name: None)
    with pytest.raises(ExportError, match=r"needs onnx.*pip install 'prink\[export\]'"):
        onnx_format.convert(one(), precision="fp32", out=tmp_path)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match=r"disk of .* is full"):
        onnx_format.convert(one(), precision="fp32", out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_tensor_of_too_many_dimensions_leaves_the_accelerator() -> None:
    made = onnx.helper.make_node
    shapes = {"a": [1, 2, 3, 4], "b": [1, 2, 3, 2, 2]}
    ends = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
        for name, shape in shapes.items()
    ]
    nodes = [made("Reshape", ["a", "shape"], ["b"]), made("Relu", ["b"], ["c"])]
    graph = onnx.helper.make_graph(nodes, "deep", ends[:1], [], value_info=ends[1:])
    found = count(onnx.helper.make_model(graph))
    assert found.leaves["NNAPI"] == {"Reshape": "a tensor of 5 dimensions, 4 are taken"}
    assert found.leaves["QNN"] == {}


class Mixed(Classifier):
    """Casts that training under autocast wants, and a constant that forward makes."""

    def forward(self, picture: Tensor) -> Tensor:
        ramp = torch.linspace(0, 1, 10)
        share = torch.sigmoid(super().forward(picture).float())
        return nn.functional.linear(share.to(torch.float32) * ramp, self.head.weight[:, :10])


def test_float32_inside_forward_stays_half_in_fp16(tmp_path: Path) -> None:
    network = replace(one(), build=settled(Mixed))
    artifact = stored(network, "onnx", "fp16", out=tmp_path)
    assert measure(artifact, network).breaches == ()
    kinds = {each.data_type for each in onnx.load(artifact.path).graph.initializer}
    assert onnx.TensorProto.FLOAT not in kinds


def test_modules_named_float_keep_weights_of_8_bits_and_no_rounded_activation(
    tmp_path: Path,
) -> None:
    network = replace(FOREIGN["unet"](), floats=("", "first*", "mask"))
    model = onnx.load(stored(network, "onnx", "int8", out=tmp_path / "some").path)
    made = {name: node for node in model.graph.node for name in node.output}
    (mask,) = (node for node in model.graph.node if node.op_type == "Sigmoid")
    assert made[mask.input[0]].op_type == "Conv"
    convs = [node for node in model.graph.node if node.op_type == "Conv"]
    assert made[convs[0].input[1]].op_type == "DequantizeLinear"  # a weight of 8 bits
    assert convs[0].input[0] == "image"  # an input of float
    assert made[convs[1].input[0]].op_type == "DequantizeLinear"
    whole = replace(network, floats=("*",))
    model = onnx.load(stored(whole, "onnx", "int8", out=tmp_path / "all").path)
    assert "QuantizeLinear" not in {node.op_type for node in model.graph.node}


def test_a_float_module_that_is_none_is_refused(tmp_path: Path) -> None:
    network = replace(FOREIGN["unet"](), floats=("haed",))
    with pytest.raises(ExportError, match="floats names 'haed', which is no module of it"):
        onnx_format.convert(network, precision="int8", out=tmp_path)
