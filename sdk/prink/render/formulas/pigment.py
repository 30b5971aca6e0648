"""Twin of `shaders/lib/pigment.glsl`: how a product meets the skin under it.

Colours `c` and `shaded`, the light on the pigment, `(N, 3)`, are linear; `pigment` `(4,)` is linear
RGB and coverage, `mask` `(N, 1)` the share of that, 0..1.
"""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, w
from prink.render.glsl.color import luma

__all__ = ["paint", "veil"]


def paint(c: Tensor, pigment: Tensor, shaded: Tensor, mask: Tensor) -> Tensor:
    """Returns skin under opaque pigment, which replaces the albedo and keeps the shading."""
    return mix(c, rgb(pigment) * shaded, w(pigment) * mask)


def veil(c: Tensor, pigment: Tensor, shaded: Tensor, mask: Tensor) -> Tensor:
    """Returns skin under sheer powder: its hue is laid on, its luminance stays near the skin's."""
    target = rgb(pigment) * shaded
    y = luma(c)
    lit = luma(target).clamp(min=1e-4)
    target = target * (torch.clamp(lit, 0.62 * y, 1.15 * y) / lit)
    return mix(c, target, w(pigment) * mask)
