"""What an ONNX file is made of, and what would leave NNAPI, QNN or the CoreML provider.

For NNAPI and CoreML the lists are read out of the installed ONNX Runtime, which ships them.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from prink_export.network import Census

__all__ = ["ACCELERATORS", "count"]

ACCELERATORS: Final = ("NNAPI", "QNN", "CoreML EP")

# What the QNN provider has a builder for.
QNN: Final = frozenset(
    [
        "Abs",
        "Add",
        "And",
        "ArgMax",
        "ArgMin",
        "Asin",
        "Atan",
        "AveragePool",
        "BatchNormalization",
        "Cast",
        "Ceil",
        "Clip",
        "Concat",
        "Conv",
        "ConvTranspose",
        "Cos",
        "CumSum",
        "DepthToSpace",
        "DequantizeLinear",
        "Div",
        "Einsum",
        "Elu",
        "Equal",
        "Exp",
        "Expand",
        "Flatten",
        "Floor",
        "Gather",
        "GatherElements",
        "GatherND",
        "Gelu",
        "Gemm",
        "GlobalAveragePool",
        "GlobalMaxPool",
        "Greater",
        "GreaterOrEqual",
        "GridSample",
        "HardSigmoid",
        "HardSwish",
        "InstanceNormalization",
        "LRN",
        "LSTM",
        "LayerNormalization",
        "LeakyRelu",
        "Less",
        "LessOrEqual",
        "Log",
        "LogSoftmax",
        "LpNormalization",
        "MatMul",
        "Max",
        "MaxPool",
        "Mean",
        "Min",
        "Mod",
        "Mul",
        "Neg",
        "Not",
        "Or",
        "PRelu",
        "Pad",
        "Pow",
        "QuantizeLinear",
        "RMSNormalization",
        "Reciprocal",
        "ReduceL2",
        "ReduceMax",
        "ReduceMean",
        "ReduceMin",
        "ReduceProd",
        "ReduceSum",
        "Relu",
        "Reshape",
        "Resize",
        "Round",
        "ScatterElements",
        "ScatterND",
        "Sigmoid",
        "Sign",
        "Sin",
        "Slice",
        "Softmax",
        "SpaceToDepth",
        "Split",
        "Sqrt",
        "Squeeze",
        "STFT",
        "Sub",
        "Sum",
        "Tanh",
        "ThresholdedRelu",
        "Tile",
        "TopK",
        "Transpose",
        "Unsqueeze",
        "Upsample",
        "Where",
    ]
)
# Folded into constants when a session opens, so that no provider ever sees them.
FOLDED: Final = frozenset({"Constant", "ConstantOfShape", "Identity"})
LARGEST_RANK: Final = {"NNAPI": 4, "QNN": 5, "CoreML EP": 5}
FLOAT16: Final = 10


def count(model: Any) -> Census:  # noqa: ANN401 (onnx has no types)
    """Returns the census of a loaded ModelProto."""
    nodes = [node for node in model.graph.node if node.op_type not in FOLDED]
    ops: Counter[str] = Counter(node.op_type for node in nodes)
    rules: Mapping[str, Callable[[Any], str]] = {
        "NNAPI": lambda node: listed(node, listed_ops("nnapi_supported_ops.md"), "NNAPI"),
        "QNN": lambda node: listed(node, QNN, "QNN"),
        "CoreML EP": lambda node: listed(
            node, listed_ops("coreml_supported_mlprogram_ops.md"), "the CoreML provider"
        ),
    }
    whole = whole_graph(model)
    leaves: dict[str, dict[str, str]] = {}
    for accelerator in ACCELERATORS:
        found = {node.op_type: why for node in nodes if (why := rules[accelerator](node))}
        found |= deep(model, LARGEST_RANK[accelerator], ops)
        if accelerator in whole:
            found |= dict.fromkeys(ops, whole[accelerator]) | found
        leaves[accelerator] = dict(sorted(found.items()))
    return Census(ops=dict(ops.most_common()), leaves=leaves)


def listed(node: Any, known: frozenset[str], accelerator: str) -> str:  # noqa: ANN401
    """Returns why a node is not taken, or nothing."""
    if node.op_type not in known:
        return f"{accelerator} has no {node.op_type}"
    if node.op_type == "Conv" and kernel_rank(node) > 2:
        return "only one- and two-dimensional convolutions are taken"
    if node.op_type == "Pad" and mode(node) != "constant" and accelerator == "NNAPI":
        return "only padding with a constant is taken"
    return ""


def whole_graph(model: Any) -> dict[str, str]:  # noqa: ANN401
    """Returns for which accelerators nothing is taken at all, and why."""
    found: dict[str, str] = {}
    if any(
        side.dim_param for port in model.graph.input for side in port.type.tensor_type.shape.dim
    ):
        why = "the batch is not fixed; ship the static file"
        found |= {"NNAPI": why, "QNN": why}
    if any(each.data_type == FLOAT16 for each in model.graph.initializer):
        found.setdefault(
            "NNAPI", "float16 tensors are not taken; ship fp32 and set NNAPI_FLAG_USE_FP16"
        )
    if any(node.op_type == "QuantizeLinear" for node in model.graph.node):
        found["CoreML EP"] = "QDQ graphs are not taken; ship the Core ML package for int8"
    return found


def deep(model: Any, most: int, ops: Mapping[str, int]) -> dict[str, str]:  # noqa: ANN401
    """Returns the operations that make tensors of too many dimensions."""
    rank = {each.name: len(each.type.tensor_type.shape.dim) for each in model.graph.value_info}
    return {
        node.op_type: f"a tensor of {rank[name]} dimensions, {most} are taken"
        for node in model.graph.node
        for name in node.output
        if node.op_type in ops and rank.get(name, 0) > most
    }


def kernel_rank(node: Any) -> int:  # noqa: ANN401
    sizes = [len(each.ints) for each in node.attribute if each.name == "kernel_shape"]
    return sizes[0] if sizes else 2


def mode(node: Any) -> str:  # noqa: ANN401
    found = [each.s.decode() for each in node.attribute if each.name == "mode"]
    return found[0] if found else "constant"


@cache
def listed_ops(file: str) -> frozenset[str]:
    """Returns the operations of a list that the ONNX Runtime wheel ships."""
    import onnxruntime

    path = Path(onnxruntime.__file__).parent / "tools/mobile_helpers" / file
    found = re.findall(r"^\|(?:ai\.onnx|com\.microsoft):(\w+)\|", path.read_text(), re.M)
    return frozenset(found) | {each for each in ("ArgMax",) if "Argmax" in found}
