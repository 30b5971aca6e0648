"""Twin of `shaders/lib/foundation.glsl`: foundation, smoothing and dew."""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, smoothstep, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["foundation"]


def smoothed(c: Tensor, near: Tensor, wide: Tensor, amount: Tensor) -> Tensor:
    return torch.maximum(c + (rgb(wide) - near) * (w(wide) * amount), 0.3 * c)


def foundation(
    c: Tensor, near: Tensor, wide: Tensor, mask: Tensor, look: LookNumbers, f: SkinFlat
) -> Tensor:
    """Returns skin with smoothing, foundation and dew where the mask `(N, 1)` says so."""
    amount = look.foundation_smoothing * (2.0 - look.foundation_smoothing)
    c = smoothed(c, near, wide, amount * mask)
    y = luma(c)
    own = 0.5 * (rgb(f.f_tone) + rgb(wide) / luma(rgb(wide)).clamp(min=0.004)) * f.f_neck
    shade = mix(rgb(look.foundation_color) * f.f_light * w(f.f_tone), own, look.foundation_match)
    c = mix(c, shade * y, 0.85 * w(look.foundation_color) * mask)
    sheen = smoothstep(0.95, 1.9, y * w(f.f_tone))
    return c + look.foundation_dewiness * mask * sheen * 0.45 * y * (0.5 + 0.5 * f.f_light)
