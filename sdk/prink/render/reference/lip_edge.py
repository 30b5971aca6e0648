"""Twin of `shaders/lib/lip_edge.glsl`: where the lips begin and end on each pixel."""

from torch import Tensor

from prink.render.reference.chroma import chroma
from prink.render.reference.color import luma
from prink.render.reference.flat import LipsFlat
from prink.render.reference.glsl import mix, smoothstep, w

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
    finger = smoothstep(0.40, 0.0, lipness(wide, f))
    finger = finger * smoothstep(0.30, 0.60, luma(wide) / w(f.f_lips))
    return 1.0 - f.f_hue[3] * finger


def inner_edge(from_opening: Tensor, c: Tensor, y: Tensor, f: LipsFlat) -> Tensor:
    """Returns 0 on teeth and in the open mouth."""
    red = c[:, 0:1] / c[:, 1:2].clamp(min=0.003) / f.f_redness
    tooth = smoothstep(0.85, 0.62, red) * smoothstep(1.1, 1.6, y / w(f.f_lips))
    tooth = tooth * smoothstep(0.055, 0.015, from_opening) * (1.0 - f.f_sealed * f.f_sealed)
    return (1.0 - tooth) * mix(smoothstep(0.0, 0.020, from_opening), 1.0, f.f_sealed)
