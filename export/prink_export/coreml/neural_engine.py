"""Which operations of a Core ML program would leave the Neural Engine, by rules.

Apple publishes no list. This one holds what networks are known to run there with iOS 16, and says
no where that is not known; a phone's own performance report decides.
"""

from collections.abc import Iterator
from typing import Final

from prink_export.coreml.mil import Program, Step

__all__ = ["STAYS", "leaves"]

STAYS: Final = frozenset(
    {
        *("conv", "conv_transpose", "linear", "matmul", "einsum"),
        *("add", "sub", "mul", "real_div", "maximum", "minimum", "abs", "square", "sqrt", "rsqrt"),
        *("exp", "log", "pow", "inverse", "clip", "identity"),
        *("relu", "relu6", "leaky_relu", "prelu", "elu", "thresholded_relu", "linear_activation"),
        *("sigmoid", "sigmoid_hard", "tanh", "silu", "gelu", "softplus", "softsign", "softmax"),
        *("batch_norm", "instance_norm", "layer_norm", "l2_norm"),
        *("reduce_mean", "reduce_sum", "reduce_max", "reduce_min"),
        *("max_pool", "avg_pool", "upsample_bilinear", "upsample_nearest_neighbor"),
        *("resize_bilinear", "resize_nearest_neighbor", "pixel_shuffle", "pixel_unshuffle"),
        *("reshape", "transpose", "expand_dims", "squeeze", "concat", "stack", "split"),
        *("slice_by_index", "slice_by_size", "pad", "tile"),
    }
)
"""Operations that stay, if they compute float16 with at most five dimensions."""
SAMPLES: Final = "it reads at computed places; sample outside the network"
SORTS: Final = "it sorts or searches; do it outside the network"
REASONS: Final = {
    "resample": SAMPLES,
    "gather": SAMPLES,
    "gather_nd": SAMPLES,
    "gather_along_axis": SAMPLES,
    "crop_resize": SAMPLES,
    "topk": SORTS,
    "argsort": SORTS,
    "non_zero": SORTS,
    "reduce_argmax": SORTS,
    "reduce_argmin": SORTS,
    "cumsum": "it adds one number after the other; multiply by a triangle of ones",
    "lstm": "it is recurrent",
    "gru": "it is recurrent",
    "rnn": "it is recurrent",
    "while_loop": "control flow runs on the CPU",
    "cond": "control flow runs on the CPU",
    "scatter": "it writes to computed places",
    "scatter_nd": "it writes to computed places",
}
DOORS: Final = ("cast", "mul", "add")  # of an 8-bit picture, its scale and bias
UNKNOWN: Final = "not known to run there with iOS 16"
MOST_SIDES: Final = 5


def leaves(program: Program) -> dict[str, str]:
    """Returns the operations that would leave the Neural Engine, each with the reason.

    What turns the float32 doors into float16 and back is not counted.
    """
    found: dict[str, str] = {}
    doors = set(door_results(program))
    for step in program.steps:
        reason = None if step.outputs[0].name in doors else why_not(step)
        if reason is not None:
            found.setdefault(step.op, reason)
    return found


def why_not(step: Step) -> str | None:
    """Returns why an operation would leave, or None."""
    if step.op not in STAYS and step.op != "cast":
        return REASONS.get(step.op, UNKNOWN)
    kind = step.outputs[0].type
    if kind != "float16":
        return f"it computes {kind}; the Neural Engine has float16 only"
    if any(len(each.shape) > MOST_SIDES for each in step.outputs):
        return f"it has more than {MOST_SIDES} dimensions"
    return None


def door_results(program: Program) -> Iterator[str]:
    """Yields what lies between the float32 doors and the float16 inside."""
    if not any(each.type == "float16" for step in program.steps for each in step.outputs):
        return
    outside = {each.name for each in program.inputs}
    for step in program.steps:
        given = [name for names in step.inputs.values() for name in names]
        computed = [name for name in given if name not in program.constants]
        result = step.outputs[0]
        enters = bool(computed) and all(name in outside for name in computed)
        if enters and step.op in DOORS:
            if result.type == "float32":
                outside.add(result.name)
            yield result.name
        elif step.op == "cast" and result.name in program.outputs:
            yield result.name
