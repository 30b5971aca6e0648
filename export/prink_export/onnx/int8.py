"""int8 of an ONNX graph: QDQ pairs with the smallest and largest value seen in calibration."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Floats

__all__ = ["quantised"]

SCOPES: Final = "pkg.torch.onnx.name_scopes"  # where torch tells of which module a node is
WEIGHTED: Final = ("Conv", "Gemm", "MatMul")
SMALLEST: Final = 100  # numbers; a smaller weight costs more as steps and scales than as it is
LARGEST: Final = 127


def quantised(
    model: Any,  # noqa: ANN401 (onnx has no types)
    names: Sequence[str],
    inputs: Sequence[tuple[Floats, ...]],
    is_float: Callable[[str], bool] = lambda _: False,
) -> Any:  # noqa: ANN401
    """Returns the model with 8-bit weights per channel and 8-bit activations, doors float32.

    Each of `inputs` has an array for each name, in its port's shape.

    `is_float` tells of a module's path whether its operations stay float; their weights then have 8
    bits, and a DequantizeLinear before each use.

    Activations are unsigned, weights signed: what x86, ARM and QNN all run fast. The range of an
    activation is the smallest and largest value that the inputs show, never an average of them:
    averages clip what is rare.
    """
    import onnx
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.left: Iterator[tuple[Floats, ...]] = iter(inputs)

        def get_next(self) -> dict[str, Floats] | None:
            each = next(self.left, None)
            return None if each is None else dict(zip(names, each, strict=True))

    with TemporaryDirectory() as folder:
        given, ready, done = (Path(folder) / f"{each}.onnx" for each in ("given", "ready", "done"))
        onnx.save(model, given)
        floats = [node.name for node in model.graph.node if is_float(module_of(node))]
        # Optimised nodes may have other names and be of two modules at once.
        quant_pre_process(given, ready, skip_symbolic_shape=True, skip_optimization=bool(floats))
        if len(floats) == len(model.graph.node):
            return with_small_weights(onnx.load(ready), floats)
        quantize_static(
            ready,
            done,
            Reader(),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            nodes_to_exclude=floats,
        )
        return with_small_weights(onnx.load(done), floats)


def module_of(node: Any) -> str:  # noqa: ANN401
    """Returns the path of the module whose forward computes a node, "" for the network's own."""
    told = {each.key: each.value for each in node.metadata_props}
    scopes = ast.literal_eval(told.get(SCOPES, "[]"))
    return str(scopes[-2]) if len(scopes) > 1 else ""  # the last one is the node itself


def with_small_weights(model: Any, names: Iterable[str]) -> Any:  # noqa: ANN401
    """Returns a model whose float nodes of these names have weights of 8 bits per channel."""
    from onnx import helper, numpy_helper

    known = {each.name: each for each in model.graph.initializer}
    wanted = set(names)
    made: dict[str, tuple[Floats, int]] = {}
    for node in model.graph.node:
        if node.name not in wanted or node.op_type not in WEIGHTED or node.input[1] not in known:
            continue
        weight = node.input[1]
        transposed = any(each.name == "transB" and each.i for each in node.attribute)
        axis = 0 if node.op_type == "Conv" or transposed else 1
        values = numpy_helper.to_array(known[weight])
        if values.size < SMALLEST or (node.op_type == "MatMul" and values.ndim != 2):
            continue
        made[weight] = (values, axis)
        node.input[1] = f"{weight}_float"
    for weight, (values, axis) in made.items():
        steps, scales = eight_bits(values, axis)
        model.graph.initializer.append(numpy_helper.from_array(steps, f"{weight}_steps"))
        model.graph.initializer.append(numpy_helper.from_array(scales, f"{weight}_scales"))
        given = [f"{weight}_steps", f"{weight}_scales"]
        name = f"{weight}_float"
        model.graph.node.insert(
            0, helper.make_node("DequantizeLinear", given, [name], name=name, axis=axis)
        )
    used = {name for node in model.graph.node for name in node.input}
    for weight in made:
        if weight not in used:
            model.graph.initializer.remove(known[weight])
    return model


def eight_bits(values: Floats, axis: int) -> tuple[NDArray[np.int8], Floats]:
    """Returns weights as steps -127..127 and the size of a step for each channel along an axis."""
    others = tuple(each for each in range(values.ndim) if each != axis)
    largest = np.abs(values).max(axis=others, keepdims=True)
    scales = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
    return np.round(values / scales).astype(np.int8), scales.reshape(-1)
