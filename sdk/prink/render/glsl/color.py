"""Twin of `shaders/lib/color.glsl`: sRGB to linear light and back, luminance.

The curves take and give 0..1 in any shape.
The shaders take fits of both curves; `srgb_to_linear` is exact, as looks are packed.
"""

import torch
from torch import Tensor

from prink.render.glsl.built_in import vec

__all__ = ["luma", "srgb_to_linear", "to_linear", "to_srgb"]


def luma(c: Tensor) -> Tensor:
    """Returns the Rec. 709 luminance of linear colours `(..., 3)` as `(..., 1)`."""
    return (c * vec(c, 0.2126, 0.7152, 0.0722)).sum(-1, keepdim=True)


def to_linear(s: Tensor) -> Tensor:
    """Returns linear light: the cubic fit of the sRGB decoding curve."""
    return s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878)


def to_srgb(linear: Tensor) -> Tensor:
    """Returns sRGB: the inverse of `to_linear`; its slope is finite at black."""
    s = (linear.clamp(min=0.0) + 0.0000441068).sqrt()
    return s * (1.20287316 + 0.06482727 * linear) - 0.25910589 * linear - 0.00833810


def srgb_to_linear(srgb: Tensor) -> Tensor:
    """Returns linear light (IEC 61966-2-1): `prink.color.srgb_to_linear` in torch."""
    # A power of what is negative would turn the gradient into nan.
    high = ((srgb.clamp(min=0.0) + 0.055) / 1.055) ** 2.4
    return torch.where(srgb <= 0.04045, srgb / 12.92, high)
