"""MIL's operations in torch: what each computes, before its result is rounded to its type."""

from collections.abc import Callable
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from prink_export.coreml.mil_inputs import Inputs
from prink_export.coreml.mil_layers import LAYERS
from prink_export.coreml.mil_shapes import SHAPES

__all__ = ["CONSTANTS", "OPERATIONS", "Operation"]

Operation = Callable[[Inputs], Tensor | list[Tensor]]


def unary(compute: Callable[[Tensor], Tensor]) -> Operation:
    return lambda given: compute(given.tensor())


def binary(compute: Callable[[Tensor, Tensor], Tensor]) -> Operation:
    return lambda given: compute(given.tensor("x"), given.tensor("y"))


def shaped(compute: Callable[[Tensor, float, float], Tensor]) -> Operation:
    """An activation with numbers alpha and beta."""
    return lambda given: compute(
        given.tensor(), given.number("alpha", 1.0), given.number("beta", 0.0)
    )


def offset(compute: Callable[[Tensor], Tensor], epsilon: float) -> Operation:
    return lambda given: compute(given.tensor() + given.number("epsilon", epsilon))


def reduced(compute: Callable[[Tensor, list[int], bool], Tensor]) -> Operation:
    def reduce(given: Inputs) -> Tensor:
        x = given.tensor()
        return compute(x, given.wholes("axes", range(x.dim())), given.flag("keep_dims"))

    return reduce


def product(x: Tensor, axes: list[int], keep: bool) -> Tensor:
    for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
        x = x.prod(axis, keepdim=keep)
    return x


def matmul(given: Inputs) -> Tensor:
    x, y = given.tensor("x"), given.tensor("y")
    x = x.transpose(-1, -2) if given.flag("transpose_x") else x
    return x @ (y.transpose(-1, -2) if given.flag("transpose_y") else y)


def gelu(given: Inputs) -> Tensor:
    x, mode = given.tensor(), given.word("mode", "EXACT")
    if mode == "SIGMOID_APPROXIMATION":
        return x * torch.sigmoid(1.702 * x)
    return functional.gelu(x, approximate="none" if mode == "EXACT" else "tanh")


def softmax(given: Inputs) -> Tensor:
    return torch.softmax(given.tensor(), given.whole("axis", -1))


def prelu(given: Inputs) -> Tensor:
    return functional.prelu(given.tensor(), given.tensor("alpha").reshape(-1))


def cast(given: Inputs) -> Tensor:
    x, kind = given.tensor(), given.word("dtype", "fp32")
    if kind in ("fp16", "fp32"):
        return x.float()
    if kind == "bool":
        return x != 0
    return torch.trunc(x.float()).to(torch.int32) if x.is_floating_point() else x


def linear(given: Inputs) -> Tensor:
    return functional.linear(given.tensor(), given.tensor("weight"), given.maybe("bias"))


def einsum(given: Inputs) -> Tensor:
    return torch.einsum(given.word("equation", ""), *given.tensors("values"))


def divided(x: Tensor, y: Tensor) -> Tensor:
    """MIL's real_div of integers is an integer."""
    return x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="floor")


ARITHMETIC: Final[dict[str, Operation]] = {
    "add": binary(torch.add),
    "sub": binary(torch.sub),
    "mul": binary(torch.mul),
    "real_div": binary(divided),
    "floor_div": binary(torch.floor_divide),
    "mod": binary(torch.remainder),
    "maximum": binary(torch.maximum),
    "minimum": binary(torch.minimum),
    "pow": binary(torch.pow),
    "equal": binary(torch.eq),
    "not_equal": binary(torch.ne),
    "greater": binary(torch.gt),
    "greater_equal": binary(torch.ge),
    "less": binary(torch.lt),
    "less_equal": binary(torch.le),
    "logical_and": binary(torch.logical_and),
    "logical_or": binary(torch.logical_or),
    "logical_xor": binary(torch.logical_xor),
    "logical_not": unary(torch.logical_not),
    "matmul": matmul,
    "linear": linear,
    "einsum": einsum,
    "select": lambda g: torch.where(g.tensor("cond") != 0, g.tensor("a"), g.tensor("b")),
    "cast": cast,
}
CURVES: Final[dict[str, Operation]] = {
    name: unary(getattr(torch, name))
    for name in (
        *("abs", "acos", "asin", "atan", "atanh", "ceil", "cos", "cosh", "erf", "exp", "exp2"),
        *("floor", "relu", "round", "sigmoid", "sign", "sin", "sinh", "sqrt", "square", "tan"),
        "tanh",
    )
} | {
    "log": offset(torch.log, 1e-45),
    "rsqrt": offset(torch.rsqrt, 1e-12),
    "inverse": offset(torch.reciprocal, 1e-4),
    "relu6": unary(functional.relu6),
    "silu": unary(functional.silu),
    "softplus": unary(functional.softplus),
    "softsign": unary(functional.softsign),
    "gelu": gelu,
    "softmax": softmax,
    "prelu": prelu,
    "leaky_relu": shaped(lambda x, a, _: functional.leaky_relu(x, a)),
    "elu": shaped(lambda x, a, _: functional.elu(x, a)),
    "clip": lambda g: g.tensor().clamp(g.number("alpha"), g.number("beta")),
    "sigmoid_hard": lambda g: (g.tensor() * g.number("alpha", 0.2) + g.number("beta", 0.5)).clamp(
        0, 1
    ),
    "linear_activation": shaped(lambda x, a, b: x * a + b),
    "scaled_tanh": shaped(lambda x, a, b: a * torch.tanh(b * x)),
    "threshold": shaped(lambda x, a, _: x.clamp(min=a)),
    "thresholded_relu": shaped(lambda x, a, _: torch.where(x >= a, x, 0.0)),
}
REDUCTIONS: Final[dict[str, Operation]] = {
    "reduce_mean": reduced(lambda x, a, k: x.mean(a, keepdim=k)),
    "reduce_sum": reduced(lambda x, a, k: x.sum(a, keepdim=k)),
    "reduce_max": reduced(lambda x, a, k: x.amax(a, keepdim=k)),
    "reduce_min": reduced(lambda x, a, k: x.amin(a, keepdim=k)),
    "reduce_prod": reduced(product),
    "reduce_l1_norm": reduced(lambda x, a, k: x.abs().sum(a, keepdim=k)),
    "reduce_l2_norm": reduced(lambda x, a, k: x.square().sum(a, keepdim=k).sqrt()),
    "reduce_sum_square": reduced(lambda x, a, k: x.square().sum(a, keepdim=k)),
    "reduce_log_sum": reduced(lambda x, a, k: x.sum(a, keepdim=k).log()),
    "reduce_log_sum_exp": reduced(lambda x, a, k: x.logsumexp(a, keepdim=k)),
    "reduce_argmax": lambda g: g.tensor().argmax(g.whole("axis", -1), g.flag("keep_dims", True)),
    "reduce_argmin": lambda g: g.tensor().argmin(g.whole("axis", -1), g.flag("keep_dims", True)),
}


def affine(given: Inputs) -> Tensor:
    """Weights of 8 bits: `scale * (number - zero point)`, both by the channels of an axis."""
    stored = given.tensor("quantized_data").float()
    axis = given.whole("axis")
    shape = [-1 if side == axis % stored.dim() else 1 for side in range(stored.dim())]
    scale, zero = given.tensor("scale"), given.tensor("zero_point").float()
    zero = zero.reshape(shape) if zero.dim() else zero
    return (stored - zero) * (scale.reshape(shape) if scale.dim() else scale)


def palette(given: Inputs) -> Tensor:
    """Weights as places in a table; the places are packed bits, lowest first."""
    table = given.tensor("lut")
    width = max(table.numel().bit_length() - 1, 1)
    shape = given.wholes("shape")
    bits = np.unpackbits(given.tensor("indices").numpy().reshape(-1), bitorder="little")
    count = int(np.prod(shape))
    places = bits[: count * width].reshape(count, width) @ (1 << np.arange(width))
    return table[torch.from_numpy(places).long()].reshape(shape)


CONSTANTS: Final[dict[str, Operation]] = {
    "constexpr_affine_dequantize": affine,
    "constexpr_lut_to_dense": palette,
    "constexpr_cast": lambda g: g.tensor("source_val"),
}
"""Operations that unpack stored weights once, when the program is loaded."""
OPERATIONS: Final[dict[str, Operation]] = {
    **ARITHMETIC,
    **CURVES,
    **REDUCTIONS,
    **LAYERS,
    **SHAPES,
}
"""Operations by their MIL name."""
