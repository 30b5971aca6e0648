"""MIL operations with windows, weights or a size of their own: convolution, pooling, resizing."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from prink_export.coreml.mil_inputs import Inputs

__all__ = ["LAYERS"]

CONVOLVE: Final = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED: Final = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}
MAX_POOL: Final = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVERAGE_POOL: Final = {
    1: functional.avg_pool1d,
    2: functional.avg_pool2d,
    3: functional.avg_pool3d,
}
CORNERS: Final = {"STRICT_ALIGN_CORNERS": True, "ALIGN_CORNERS": True, "UNALIGN_CORNERS": False}
BEYOND: Final = {"constant": "zeros", "border": "border", "reflection": "reflection"}


def padding(given: Inputs, x: Tensor, window: list[int], stride: list[int]) -> list[int]:
    """Returns (before, after) of each spatial side, first side first."""
    kind, sides = given.word("pad_type", "valid"), x.dim() - 2
    if kind == "valid":
        return [0] * (2 * sides)
    if kind == "custom":
        return given.wholes("pad", [0] * (2 * sides))
    if kind not in ("same", "same_lower"):
        raise given.refuse(f"pad_type '{kind}' is not known")
    found = []
    for side, (reach, step) in enumerate(zip(window, stride, strict=True)):
        size = x.shape[2 + side]
        total = max((-(-size // step) - 1) * step + reach - size, 0)
        more = total - total // 2
        found += [more, total - more] if kind == "same_lower" else [total - more, more]
    return found


def padded(x: Tensor, around: list[int], value: float = 0.0) -> Tensor:
    """Returns planes with a border; torch counts sides from the last one."""
    flipped = [
        each for side in reversed(range(len(around) // 2)) for each in around[2 * side :][:2]
    ]
    return functional.pad(x, flipped, value=value) if any(around) else x


def conv(given: Inputs) -> Tensor:
    x, weight = given.tensor(), given.tensor("weight")
    sides = x.dim() - 2
    stride = given.wholes("strides", [1] * sides)
    dilation = given.wholes("dilations", [1] * sides)
    window = [(each - 1) * wide + 1 for each, wide in zip(weight.shape[2:], dilation, strict=True)]
    x = padded(x, padding(given, x, window, stride))
    groups = given.whole("groups", 1)
    return CONVOLVE[sides](x, weight, given.maybe("bias"), stride, 0, dilation, groups)


def conv_transpose(given: Inputs) -> Tensor:
    x, weight = given.tensor(), given.tensor("weight")
    sides = x.dim() - 2
    stride = given.wholes("strides", [1] * sides)
    dilation = given.wholes("dilations", [1] * sides)
    groups, bias = given.whole("groups", 1), given.maybe("bias")
    if given.word("pad_type", "valid") not in ("valid", "custom"):
        raise given.refuse("only paddings 'valid' and 'custom' are known")
    around = padding(given, x, [], [])
    asked = given.wholes("output_shape", ())[-sides:]
    more = [0] * sides
    if asked:
        full = [
            (n - 1) * s + (k - 1) * d + 1 - sum(around[2 * i :][:2])
            for i, (n, s, k, d) in enumerate(
                zip(x.shape[2:], stride, weight.shape[2:], dilation, strict=True)
            )
        ]
        more = [max(want - got, 0) for want, got in zip(asked, full, strict=True)]
    y = TRANSPOSED[sides](x, weight, bias, stride, 0, more, groups, dilation)
    for side in range(sides):
        before, after = around[2 * side : 2 * side + 2]
        y = y.narrow(2 + side, before, y.shape[2 + side] - before - after)
    return y


def ceiled(x: Tensor, around: list[int], window: list[int], stride: list[int]) -> list[int]:
    """Returns the padding that lets the last, only partly filled, window count too."""
    found = list(around)
    for side, (reach, step) in enumerate(zip(window, stride, strict=True)):
        left = (x.shape[2 + side] + around[2 * side] + around[2 * side + 1] - reach) % step
        found[2 * side + 1] += (step - left) % step
    return found


def max_pool(given: Inputs) -> Tensor:
    x, window = given.tensor(), given.wholes("kernel_sizes")
    stride = given.wholes("strides", [1] * len(window))
    around = padding(given, x, window, stride)
    if given.flag("ceil_mode"):
        around = ceiled(x, around, window, stride)
    return MAX_POOL[len(window)](padded(x, around, -torch.inf), window, stride)


def avg_pool(given: Inputs) -> Tensor:
    x, window = given.tensor(), given.wholes("kernel_sizes")
    stride = given.wholes("strides", [1] * len(window))
    around = padding(given, x, window, stride)
    alone = given.flag("exclude_padding_from_average")
    if given.flag("ceil_mode"):
        if not alone:
            raise given.refuse("ceil_mode that averages its padding is not known")
        around = ceiled(x, around, window, stride)
    pool = AVERAGE_POOL[len(window)]
    average = pool(padded(x, around), window, stride)
    if not alone:
        return average
    return average / pool(padded(torch.ones_like(x), around), window, stride)


def factors(given: Inputs, x: Tensor) -> tuple[int, int]:
    """Returns the height and width that the scale factors make, in px."""
    high, wide = given.number("scale_factor_height", 1), given.number("scale_factor_width", 1)
    return int(x.shape[-2] * high + 1e-6), int(x.shape[-1] * wide + 1e-6)


def upsample_bilinear(given: Inputs) -> Tensor:
    x, aligned = given.tensor(), given.flag("align_corners", True)
    if not given.flag("half_pixel_centers", not aligned) and not aligned:
        raise given.refuse("pixel centres at whole numbers are not known")
    return functional.interpolate(x, factors(given, x), mode="bilinear", align_corners=aligned)


def resize_bilinear(given: Inputs) -> Tensor:
    mode = given.word("sampling_mode", "DEFAULT")
    if mode not in CORNERS:
        raise given.refuse(f"sampling_mode {mode} is not known")
    size = target(given)
    return functional.interpolate(
        given.tensor(), size, mode="bilinear", align_corners=CORNERS[mode]
    )


def target(given: Inputs) -> tuple[int, int]:
    return given.whole("target_size_height", 1), given.whole("target_size_width", 1)


def resample(given: Inputs) -> Tensor:
    x, at = given.tensor(), given.tensor("coordinates")
    beyond, where = given.word("padding_mode", "constant"), given.word("coordinates_mode", "")
    aligned = given.flag("align_corners", True)
    if beyond not in BEYOND or given.number("padding_value", 0.0):
        raise given.refuse(f"padding_mode {beyond} with this value is not known")
    size = torch.tensor([x.shape[3], x.shape[2]], dtype=torch.float32)
    if where == "normalized_zero_to_one":
        at = at * 2 - 1
    elif where == "unnormalized":
        at = at * 2 / (size - 1) - 1 if aligned else (at * 2 + 1) / size - 1
    elif where != "normalized_minus_one_to_one":
        raise given.refuse(f"coordinates_mode '{where}' is not known")
    mode = given.word("sampling_mode", "bilinear")
    return functional.grid_sample(x, at, mode, BEYOND[beyond], aligned)


def batch_norm(given: Inputs) -> Tensor:
    mean, variance = given.tensor("mean"), given.tensor("variance")
    gamma, beta = given.maybe("gamma"), given.maybe("beta")
    return functional.batch_norm(
        given.tensor(), mean, variance, gamma, beta, eps=given.number("epsilon", 1e-5)
    )


def instance_norm(given: Inputs) -> Tensor:
    gamma, beta = given.maybe("gamma"), given.maybe("beta")
    return functional.instance_norm(
        given.tensor(), weight=gamma, bias=beta, eps=given.number("epsilon", 1e-5)
    )


def layer_norm(given: Inputs) -> Tensor:
    x = given.tensor()
    axes = sorted(axis % x.dim() for axis in given.wholes("axes", range(x.dim())))
    if any(b - a != 1 for a, b in pairwise(axes)):
        raise given.refuse(f"axes {axes} that do not follow each other are not known")
    mean = x.mean(axes, keepdim=True)
    spread = (x - mean).square().mean(axes, keepdim=True)
    y = (x - mean) / torch.sqrt(spread + given.number("epsilon", 1e-5))
    shape = [x.shape[axis] if axis in axes else 1 for axis in range(x.dim())]
    gamma, beta = given.maybe("gamma"), given.maybe("beta")
    y = y if gamma is None else y * gamma.reshape(shape)
    return y if beta is None else y + beta.reshape(shape)


def l2_norm(given: Inputs) -> Tensor:
    x = given.tensor()
    total = x.square().sum((-3, -2, -1), keepdim=True) + given.number("epsilon", 1e-6)
    return x / torch.sqrt(total)


LAYERS: Final[dict[str, Callable[[Inputs], Tensor]]] = {
    "conv": conv,
    "conv_transpose": conv_transpose,
    "max_pool": max_pool,
    "avg_pool": avg_pool,
    "upsample_bilinear": upsample_bilinear,
    "upsample_nearest_neighbor": lambda g: functional.interpolate(
        g.tensor(), factors(g, g.tensor())
    ),
    "resize_bilinear": resize_bilinear,
    "resize_nearest_neighbor": lambda g: functional.interpolate(g.tensor(), target(g)),
    "resample": resample,
    "batch_norm": batch_norm,
    "instance_norm": instance_norm,
    "layer_norm": layer_norm,
    "l2_norm": l2_norm,
    "pixel_shuffle": lambda g: functional.pixel_shuffle(g.tensor(), g.whole("upscale_factor")),
    "pixel_unshuffle": lambda g: functional.pixel_unshuffle(
        g.tensor(), g.whole("downscale_factor")
    ),
}
"""Operations by their MIL name."""
