import numpy as np
import pytest
import torch
from tests.export.coreml.packages import copy_of, package
from tests.export.coreml.planted import change_weights
from torch import nn
from torch.nn import functional

from prink_export.coreml import format as coreml
from prink_export.coreml import mil
from prink_export.coreml.mil_inputs import Inputs
from prink_export.coreml.mil_ops import CONSTANTS, OPERATIONS
from prink_export.network import ExportError, Network, Port

pytest.importorskip("coremltools")


class ManyLayers(nn.Module):
    """Layers that our networks do not have; each sees the picture and adds to the sum."""

    def __init__(self) -> None:
        super().__init__()
        self.transposed = nn.ConvTranspose2d(3, 3, 3, stride=2, padding=1, output_padding=1)
        self.dilated = nn.Conv2d(3, 3, 3, padding=2, dilation=2)
        self.strided = nn.Conv2d(3, 3, 5, stride=2, padding=2)
        self.group, self.instance = nn.GroupNorm(3, 3), nn.InstanceNorm2d(3, affine=True)
        self.prelu = nn.PReLU(3)
        self.register_buffer("order", torch.tensor([2, 0, 1]))

    def forward(self, x):
        half = functional.max_pool2d(x, 3, 2, 1) + functional.avg_pool2d(x, 2, 2)
        y = self.transposed(half) + self.dilated(x) + self.instance(x) + self.group(x)
        y = y + functional.interpolate(self.strided(x), scale_factor=2, mode="bilinear")
        y = y + functional.interpolate(half, scale_factor=2.0, mode="nearest")
        y = y + functional.pixel_shuffle(functional.pixel_unshuffle(self.prelu(x - 0.5), 2), 2)
        y = y + functional.pad(x, (1, 1, 1, 1), mode="reflect")[:, :, 2:, :-2]
        y = y + x[:, self.order] + functional.leaky_relu(x - 0.5) + functional.silu(x)
        y = y + functional.elu(x - 0.5) + functional.softplus(x) + x.cumsum(3) / 8
        y = y + torch.where(x > 0.5, x, -x) + torch.cat(x.chunk(3, 1)[::-1], 1).exp()
        return y + functional.gelu(x) + x.softmax(1).log() + x.amax((2, 3), keepdim=True)


def run(op: str, **values: object) -> torch.Tensor:
    held = {
        key: [each if isinstance(each, str | torch.Tensor) else torch.tensor(each)]
        for key, each in values.items()
    }
    return OPERATIONS[op](Inputs(op, held))


def test_many_layers_come_out_as_torch_computes_them(tmp_path) -> None:
    torch.manual_seed(3)
    module = ManyLayers().eval()
    shape = (1, 3, 16, 16)
    network = Network("many", lambda: module, (Port("x", shape),), (Port("y", shape),), lambda: [])
    path = coreml.convert(network, precision="fp32", out=tmp_path)
    x = torch.rand(shape)
    with torch.no_grad():
        wanted = module(x).numpy()
    (got,) = coreml.runners(path, network)[coreml.INTERPRETER]([x.numpy()])
    assert np.abs(wanted - got).max() < 1e-4


@pytest.mark.parametrize("precision", ["fp16", "int8w", "pal6"])
def test_weights_are_read_as_the_converter_reads_them(precision: str) -> None:
    from coremltools.converters.mil.frontend.milproto.load import load
    from coremltools.models import MLModel

    path = package("unet", precision)[1]
    model = MLModel(str(path), skip_model_load=True)
    theirs = load(
        model.get_spec(), specification_version=7, file_weights_dir=model.weights_dir
    ).functions["main"]
    ours, compared = mil.load(path).constants, 0
    for op in theirs.operations:
        if op.op_type.startswith("constexpr_"):
            wanted = op.materialized_val_inference()
        elif op.op_type == "const" and isinstance(op.outputs[0].val, np.ndarray):
            wanted = op.outputs[0].val
        else:
            continue
        held = ours.get(op.outputs[0].name)
        if held is None:  # their reader names the scales and tables that ours unpacks at once
            continue
        assert np.array_equal(np.asarray(wanted, np.float32), held.numpy().astype(np.float32))
        compared += 1
    assert compared >= 8


def test_each_result_is_rounded_to_its_declared_type() -> None:
    network, path = package("unet", "fp16")
    program, seen = mil.load(path), []

    def watch(step, result):
        if step.outputs[0].type == "float16":
            seen.append(torch.equal(result, result.half().float()))

    program.run({"image": next(iter(network.samples()))[0]}, watch)
    assert len(seen) > 5
    assert all(seen)


def test_a_number_beyond_float16_is_told_with_its_op() -> None:
    network, path = package("unet", "fp16")
    big = {"image": np.full(network.inputs[0].shape, 6e4, np.float32)}
    with pytest.raises(ExportError, match=r"MIL op conv '.*' reaches .* beyond float16"):
        mil.load(path).run(big)


def change(path, edit) -> None:
    model = mil.read_model(path)
    main = model.mlProgram.functions["main"]
    edit(main.block_specializations[main.opset].operations)
    (path / mil.MODEL).write_bytes(model.SerializeToString())


def test_an_op_that_the_interpreter_lacks_is_named(tmp_path) -> None:
    broken = copy_of(package("unet", "fp16")[1], tmp_path)

    def edit(operations):
        next(op for op in operations if op.type == "relu").type = "crop_resize"

    change(broken, edit)
    with pytest.raises(ExportError, match="no op crop_resize"):
        mil.load(broken).run({"image": np.zeros((1, 3, 32, 32), np.float32)})


def test_a_result_of_another_shape_than_declared_is_told(tmp_path) -> None:
    broken = copy_of(package("unet", "fp16")[1], tmp_path)

    def edit(operations):
        conv = next(op for op in operations if op.type == "conv")
        conv.outputs[0].type.tensorType.dimensions[2].constant.size = 7

    change(broken, edit)
    with pytest.raises(ExportError, match=r"MIL op conv '.*' gives \[1, 8, 32, 32\], .* 7"):
        mil.load(broken).run({"image": np.zeros((1, 3, 32, 32), np.float32)})


@pytest.mark.parametrize("file", [mil.WEIGHTS, mil.MODEL])
def test_a_cut_off_file_is_told(file, tmp_path) -> None:
    broken = copy_of(package("unet", "fp16")[1], tmp_path)
    data = (broken / file).read_bytes()
    (broken / file).write_bytes(data[: len(data) // 2])
    with pytest.raises(ExportError, match=r"copy the whole package|not a whole Core ML package"):
        mil.load(broken)


def test_an_infinite_weight_is_named_with_the_op_that_takes_it(tmp_path) -> None:
    broken = copy_of(package("unet", "fp16")[1], tmp_path)
    assert mil.load(broken).infinite() == []
    change_weights(broken, lambda weights: weights + np.inf)
    (found,) = mil.load(broken).infinite()
    assert "of conv '" in found


def test_an_index_beyond_the_tensor_is_told() -> None:
    with pytest.raises(ExportError, match="reads beyond 3"):
        run("gather", x=[1.0, 2.0, 3.0], indices=[3], axis=0)


def test_slices_step_backwards_and_squeeze() -> None:
    x = torch.arange(12.0).reshape(3, 4)
    got = run(
        "slice_by_index",
        x=x,
        begin=[1, 3],
        end=[0, 0],
        stride=[1, -2],
        end_mask=[False, True],
        squeeze_mask=[True, False],
    )
    assert got.tolist() == [7.0, 5.0]


def test_pooling_pads_alike_on_both_sides() -> None:
    x = torch.arange(1.0, 6.0).reshape(1, 1, 5)
    got = run(
        "avg_pool",
        x=x,
        kernel_sizes=[2],
        strides=[2],
        pad_type="same",
        exclude_padding_from_average=True,
    )
    assert got.flatten().tolist() == [1.5, 3.5, 5.0]
    got = run("max_pool", x=x, kernel_sizes=[2], strides=[2], pad_type="valid", ceil_mode=True)
    assert got.flatten().tolist() == [2.0, 4.0, 5.0]


def test_palette_places_are_packed_lowest_bit_first() -> None:
    # Places 1, 2, 3 of six bits each: 000001, 000010, 000011 from the lowest bit up.
    packed = (1 | 2 << 6 | 3 << 12).to_bytes(3, "little")
    given = {
        "indices": [torch.frombuffer(bytearray(packed), dtype=torch.uint8)],
        "lut": [torch.arange(64) / 2],
        "shape": [torch.tensor([3])],
    }
    assert CONSTANTS["constexpr_lut_to_dense"](Inputs("lut", given)).tolist() == [0.5, 1.0, 1.5]
