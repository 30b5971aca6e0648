"""Twin of `shaders/lib/eyeshadow.glsl`.

Colours `c` `(N, 3)` are linear light, the rest are planes `(N, 1)`: `ring` is 0 at the lash line, 1
at the fold of the lid, 2 above it, 3 at the brow.
"""

import torch
from torch import Tensor

from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import mix, rgb, smoothstep, vec, w
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["eyeshadow"]


def eyeshadow(
    c: Tensor,
    shade: Tensor,
    along: Tensor,
    upper: Tensor,
    ring: Tensor,
    sparkle: Tensor,
    look: LookNumbers,
    f: SkinFlat,
) -> Tensor:
    """Returns the skin around the eyes with lid, crease and outer colour, sheen and sparkles."""
    top = mix(1.1, 2.7, look.eyeshadow_height)
    haze = mix(0.10, 0.95, look.eyeshadow_blend)
    above = smoothstep(-0.1, 0.5, upper)
    fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring)
    ends = smoothstep(0.0, 0.22, along)

    lid = above * ends * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring)) * fade
    fold = above * smoothstep(0.02, 0.35, along) * smoothstep(0.35, 1.05, ring) * fade
    corner = smoothstep(0.72 - 0.30 * haze, 0.98, along)
    under = 1.0 - smoothstep(0.25, 0.9 + 0.5 * haze, ring)
    outer = corner * mix(under, 1.0 - smoothstep(0.55 * top, 0.9 * top, ring), above)

    light = f.f_light * shade
    c = paint(c, look.eyeshadow_lid, light, lid * mix(1.0, 0.85, ring.clamp(max=1.0)))
    c = paint(c, look.eyeshadow_crease, light, fold * 0.85)
    c = paint(c, look.eyeshadow_outer, light, outer * 0.9)

    middle = 1.0 - smoothstep(0.1, 0.45, (along - 0.5).abs())
    sheen = lid * middle * smoothstep(0.5, 1.3, shade)
    glitter = torch.maximum(lid, 0.5 * fold) * sparkle
    shimmer = look.eyeshadow_shimmer * w(look.eyeshadow_lid)
    metal = (rgb(look.eyeshadow_lid) + vec(c, 0.08)) * f.f_light
    return c + shimmer * metal * (0.45 * sheen + 0.8 * glitter)
