"""Twin of `shaders/lib/lip_edge.glsl` without parsing: where the lips begin and end on each pixel.

Colours `c`, `near`, `wide` `(N, 3)` are linear light; the rest, and what is returned, are planes
`(N, 1)`. `feather` is one width, in inter-ocular distances like all distances.
"""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, smoothstep, w
from prink.render.glsl.chroma import lip_color
from prink.render.glsl.color import luma
from prink.render.glsl.flat import LipsFlat

__all__ = ["inner_edge", "lipness", "outer_edge", "uncovered"]


def lipness(c: Tensor, upper: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 for the colour of the skin around, 1 for that of this lip."""
    color = lip_color(c)
    low, high = ((color * way[:3]).sum(-1, keepdim=True) - way[3] for way in (f.f_lower, f.f_upper))
    return mix(low, high, upper)


def outer_edge(inside: Tensor, hue: Tensor, trust: Tensor, feather: Tensor, f: LipsFlat) -> Tensor:
    """Returns the mask of the outer contour, which follows the colour edge where there is one."""
    soft = torch.maximum(feather, 1.4 * f.f_pixel * (1.0 + trust))
    by_color = 0.024 * trust * (hue * 2.0 - 1.0).clamp(-1.0, 1.0)
    return smoothstep(-0.5 * soft, 0.5 * soft, inside + by_color)


def uncovered(wide: Tensor, hue: Tensor, trust: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 where a finger lies before the mouth."""
    finger = 1.0 - smoothstep(-0.2, 0.2, hue)
    finger = finger * smoothstep(0.30, 0.60, luma(wide) / w(f.f_lips))
    return 1.0 - trust * finger


def pale(c: Tensor, y: Tensor, f: LipsFlat) -> Tensor:
    """Returns 1 for the colour of teeth."""
    red = c[:, 0:1] / c[:, 1:2].clamp(min=0.003) / f.f_redness
    return (1.0 - smoothstep(0.62, 0.85, red)) * smoothstep(1.1, 1.6, y / w(f.f_lips))


def inner_edge(from_opening: Tensor, c: Tensor, y: Tensor, near: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 on teeth and in the open mouth; lip colour is painted a little way into it."""
    y_near = luma(near)
    tooth = pale(c, y, f) * smoothstep(0.0, 0.6, pale(near, y_near, f))
    tooth = tooth * (1.0 - smoothstep(0.006, 0.026, from_opening))
    mean, level = 0.5 * (c + near), 0.5 * (y + y_near) / w(f.f_lips)
    red = mean[:, 0:1] / mean[:, 1:2].clamp(min=0.003) / f.f_redness
    lip = smoothstep(0.72, 0.92, red) * smoothstep(0.35, 0.70, level)
    lip = lip * (1.0 - smoothstep(1.3, 1.7, level))
    opened = smoothstep(0.0, 0.020, from_opening + 0.012 * lip)
    return (1.0 - tooth * (1.0 - f.f_sealed * f.f_sealed)) * mix(opened, 1.0, f.f_sealed)
