"""Twin of `shaders/lib/lip_edge.glsl`: where the lips begin and end on each pixel.

Colours `c`, `near`, `wide` `(N, 3)` are linear light; the rest, and what is returned, are planes
`(N, 1)`. `feather` is one width, in inter-ocular distances like all distances.
"""

from torch import Tensor

from prink.render.glsl.built_in import mix, smoothstep, w
from prink.render.glsl.chroma import chroma
from prink.render.glsl.color import luma
from prink.render.glsl.flat import LipsFlat

__all__ = ["inner_edge", "lipness", "outer_edge", "uncovered"]


def lipness(c: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 for the colour of the skin, 1 for that of the lips."""
    return (chroma(c) * f.f_hue[:2]).sum(-1, keepdim=True) - f.f_hue[2]


def outer_edge(inside: Tensor, hue: Tensor, feather: Tensor, f: LipsFlat) -> Tensor:
    """Returns the mask of the outer contour, which follows the colour edge where there is one."""
    snapped = inside + f.f_hue[3] * 0.024 * (hue * 2.0 - 1.0).clamp(-1.0, 1.0)
    return smoothstep(-0.5 * feather, 0.5 * feather, snapped)


def uncovered(wide: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 where a finger lies before the mouth."""
    finger = 1.0 - smoothstep(-0.2, 0.2, lipness(wide, f))
    finger = finger * smoothstep(0.30, 0.60, luma(wide) / w(f.f_lips))
    return 1.0 - f.f_hue[3] * finger


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
