"""Twin of `shaders/lib/cheek.glsl`: blush, contour and highlighter.

Colours `c` `(N, 3)` are linear light; `mask` `(N, 4)`, `on_skin`, `sparkle` `(N, 1)` lie in 0..1.
"""

import torch
from torch import Tensor

from prink.render.formulas.pigment import veil
from prink.render.glsl.built_in import mix, rgb, smoothstep, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["blush", "contour", "highlight"]


def blush_mask(face: Tensor, f: SkinFlat) -> Tensor:
    dx = (face[:, 0:1] - 0.5).abs() - f.f_blush[0]
    dy = face[:, 1:2] - f.f_blush[1]
    qx = (dx + f.f_lean * dy) * f.f_blush[2]
    qy = (dy + f.f_lean * dx) * f.f_blush[3]
    r = (1.0 - 0.25 * (qx * qx + qy * qy)).clamp(min=0.0)
    return r * r


def blush(c: Tensor, face: Tensor, on_skin: Tensor, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns skin with blush; `face` `(N, 2)` are flat face coordinates."""
    y = luma(c) * w(f.f_tone)
    return veil(c, look.blush_color, f.f_light * y * 0.9, blush_mask(face, f) * on_skin * 0.6)


def contour(c: Tensor, mask: Tensor, on_skin: Tensor, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns skin with contour: a thin brown film that darkens every skin by the same share."""
    amount = w(look.contour_color) * torch.maximum(mask[:, 1:2], w(mask) * look.contour_nose)
    return c * mix(1.0, f.f_contour, amount * on_skin)


def highlight(
    c: Tensor, mask: Tensor, on_skin: Tensor, sparkle: Tensor, look: LookNumbers, f: SkinFlat
) -> Tensor:
    """Returns skin with powder that shines where the skin already catches light."""
    y = luma(c) * w(f.f_tone)
    glow = w(look.highlight_color) * mask[:, 2:3] * on_skin * smoothstep(0.55, 1.45, y)
    glitter = look.highlight_shimmer * (6.0 * sparkle - 0.1)
    shine = rgb(look.highlight_color) * (0.65 * luma(c) + 0.07 * luma(f.f_light))
    return c + shine * glow * (1.0 + glitter)
