"""Twin of `shaders/lib/foundation.glsl`: foundation, smoothing and dew."""

import torch
from torch import Tensor

from prink.render.reference.color import luma
from prink.render.reference.flat import SkinFlat
from prink.render.reference.glsl import mix, rgb, smoothstep, vec, w
from prink.render.reference.look_numbers import LookNumbers

__all__ = ["foundation"]


def smoothed(c: Tensor, near: Tensor, wide: Tensor, amount: Tensor) -> Tensor:
    edge = (luma(near) - luma(wide)).abs() / luma(wide).clamp(min=0.01)
    even = c + (wide - near) * (1.0 - smoothstep(0.10, 0.40, edge))
    return mix(c, torch.maximum(even, 0.3 * c), amount)


def foundation(
    c: Tensor, near: Tensor, wide: Tensor, mask: Tensor, look: LookNumbers, f: SkinFlat
) -> Tensor:
    """Returns skin with smoothing, foundation and dew where the mask `(N, 1)` says so."""
    c = smoothed(c, near, wide, look.foundation_smoothing * mask)
    y = luma(c)
    own = 0.5 * (rgb(f.f_skin) / w(f.f_skin) + wide / luma(wide).clamp(min=0.004))
    shade = mix(rgb(look.foundation_color) * f.f_light / w(f.f_skin), own, look.foundation_match)
    c = mix(c, shade * y, 0.85 * w(look.foundation_color) * mask)
    sheen = smoothstep(0.95, 1.9, y / w(f.f_skin))
    tint = mix(1.0, f.f_light, vec(c, 0.5))
    return c + look.foundation_dewiness * mask * sheen * 0.45 * y * tint
