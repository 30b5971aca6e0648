"""Rules for what accelerators take of a TFLite file, where none can be asked.

They are cautious: what a rule names may still run on some device, what none names is known to.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from prink_export.network import FLOAT
from prink_export.tflite.file import Op

__all__ = ["by_rules"]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MOST_RANK: Final = 4
MOST_TRANSPOSES: Final = 4
# What the GPU accelerator of LiteRT refused, or refuses in some of its forms, when it was run.
NO_GPU: Final = words(
    """BROADCAST_TO GATHER_ND SCATTER_ND RELU_0_TO_1 TOPK_V2 WHERE NON_MAX_SUPPRESSION_V4 UNIQUE
    SEGMENT_SUM RFFT2D RANDOM_UNIFORM MULTINOMIAL REVERSE_V2 WHILE IF CALL_ONCE EMBEDDING_LOOKUP
    HASHTABLE_LOOKUP"""
)
COMMON: Final = words(
    """ABS ADD ARG_MAX ARG_MIN AVERAGE_POOL_2D CAST CONCATENATION CONV_2D DEPTHWISE_CONV_2D
    DEPTH_TO_SPACE DEQUANTIZE DIV ELU EQUAL EXP EXPAND_DIMS FULLY_CONNECTED GATHER GREATER
    GREATER_EQUAL HARD_SWISH L2_NORMALIZATION LESS LESS_EQUAL LOG LOGICAL_AND LOGICAL_NOT
    LOGICAL_OR LOGISTIC LOG_SOFTMAX MAXIMUM MAX_POOL_2D MEAN MINIMUM MIRROR_PAD MUL NEG NOT_EQUAL
    PACK PAD PADV2 POW PRELU QUANTIZE REDUCE_MAX REDUCE_MIN RELU RELU6 RELU_N1_TO_1 RESHAPE
    RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR RSQRT SELECT SIN SLICE SOFTMAX SPACE_TO_DEPTH SPLIT SQRT
    SQUEEZE STRIDED_SLICE SUB SUM TANH TILE TOPK_V2 TRANSPOSE TRANSPOSE_CONV UNPACK"""
)
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "NNAPI": COMMON,
    "QNN": COMMON
    | words(
        """BATCH_MATMUL COS FLOOR FLOOR_DIV GATHER_ND GELU LEAKY_RELU SELECT_V2 SIGN
        SPACE_TO_BATCH_ND BATCH_TO_SPACE_ND SQUARED_DIFFERENCE"""
    ),
}


def by_rules(accelerator: str, operations: Sequence[Op]) -> dict[str, str]:
    """Returns the operations that would leave "GPU delegate", "NNAPI" or "QNN", with the reason."""
    rules: dict[str, Sequence[Callable[[Op], str]]] = {
        "GPU delegate": (refused_by_gpu, left_constant, too_deep),
        "NNAPI": (unknown_to("NNAPI"), left_constant, too_deep),
        "QNN": (unknown_to("QNN"), left_constant, too_deep, batched),
    }
    found: dict[str, str] = {}
    for op in operations:
        reason = next((why for rule in rules[accelerator] if (why := rule(op))), "")
        if reason:
            found.setdefault(op.name, reason)
    found |= in_float(operations) if accelerator == "QNN" else {}
    return dict(sorted((storm(operations) | found).items()))


def refused_by_gpu(op: Op) -> str:
    return "not supported" if op.name in NO_GPU else ""


def unknown_to(accelerator: str) -> Callable[[Op], str]:
    return lambda op: "" if op.name in KNOWN[accelerator] else f"{accelerator} has no {op.name}"


def left_constant(op: Op) -> str:
    if op.name == "BATCH_MATMUL" and op.inputs[0].constant:
        return "a constant on the left of a matmul; write functional.linear(x, constant)"
    return ""


def too_deep(op: Op) -> str:
    rank = max((len(each.shape) for each in (*op.inputs, *op.outputs)), default=0)
    return f"a tensor of {rank} dimensions, {MOST_RANK} are taken" if rank > MOST_RANK else ""


def batched(op: Op) -> str:
    """A picture operation on more than one picture."""
    if op.name in {"CONV_2D", "DEPTHWISE_CONV_2D"} and op.inputs and op.inputs[0].shape[:1] != (1,):
        return "a batch of more than one"
    return ""


def in_float(operations: Sequence[Op]) -> dict[str, str]:
    """Float operations: the processor of QNN that is worth asking for computes in int8."""
    count = sum(FLOAT in types_of(op) for op in operations)
    return {FLOAT: f"{count} operations compute in float32; ship int8"} if count else {}


def types_of(op: Op) -> set[str]:
    return {each.type for each in (*op.inputs, *op.outputs) if not each.constant}


def storm(operations: Sequence[Op]) -> dict[str, str]:
    """Many transposes: each copies a whole tensor, which costs more than the work between."""
    count = Counter(op.name for op in operations)["TRANSPOSE"]
    return {"TRANSPOSE": f"{count} of them, each a copy"} if count > MOST_TRANSPOSES else {}
