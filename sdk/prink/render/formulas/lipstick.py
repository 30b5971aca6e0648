"""Twin of `shaders/lib/lipstick.glsl`: colour, two-tone, finish.

Colours `c` `(N, 3)` are linear light, the rest are planes `(N, 1)`.
"""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, smoothstep, vec, w
from prink.render.glsl.flat import LipsFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["lipstick"]


def lip_shading(
    pigment: Tensor,
    shade: Tensor,
    calm: Tensor,
    across: Tensor,
    glitter: Tensor,
    look: LookNumbers,
    f: SkinFlat,
    lips: LipsFlat,
) -> Tensor:
    shade = mix(1.0, shade, vec(shade, 0.85))
    over = (shade - 1.0).clamp(min=0.0)
    matte = smoothstep(0.0, 0.3, look.lips_gloss)
    body = shade.clamp(max=1.0) + over * mix(0.25, 1.0, matte)
    film = pigment * f.f_light * body

    gloss = smoothstep(0.3, 1.0, look.lips_gloss)
    sharp = look.lips_gloss_sharpness
    width = mix(0.34, 0.15, sharp)
    bend = (across - 0.46) / width
    band = torch.exp2(-2.0 * bend * bend)
    broken = smoothstep(mix(0.75, 0.95, sharp), mix(1.55, 1.35, sharp), calm)
    glint = band * broken + 0.6 * (0.85 * (calm - 1.0)).clamp(0.0, 1.5)
    film = film + gloss * f.f_light * glint * (0.10 + 0.22 * w(lips.f_lips))

    metal = 0.32 * shade + 1.7 * band * smoothstep(0.4, 1.4, calm)
    film = mix(film, pigment * f.f_light * metal, look.lips_metallic)
    return film + look.lips_shimmer * glitter * (pigment * 2.0 + 0.3) * f.f_light


def lipstick(
    c: Tensor,
    shade: Tensor,
    calm: Tensor,
    across: Tensor,
    mask: Tensor,
    sparkle: Tensor,
    look: LookNumbers,
    f: SkinFlat,
    lips: LipsFlat,
) -> Tensor:
    """Returns lips with lipstick.

    `across` runs from the outer contour (0) to the inner one (1); `calm` is `shade` without grain.
    """
    spread = 0.35
    start = 1.0 - look.lips_inner_ratio
    inner = w(look.lips_inner) * smoothstep(start - spread, start + spread, across)
    pigment = mix(rgb(look.lips_color), rgb(look.lips_inner), inner)
    coverage = torch.maximum(w(look.lips_color).expand_as(inner), inner) * mask
    film = lip_shading(pigment, shade, calm, across, sparkle, look, f, lips)
    return mix(c, film, coverage)
