"""Twin of `shaders/lib/lashes.glsl`: lashes, hair by hair.

Colours `c` `(N, 3)` are linear light, `along`, `upper` and `off` planes `(N, 1)`.
"""

from functools import cache

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from prink.render.assets import asset
from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import mix, smoothstep
from prink.render.glsl.flat import EyesFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.plan import read_plan

__all__ = ["lashes"]

LASHES = 34.0


@cache
def grain() -> Tensor:
    with Image.open(asset(read_plan(1).textures["grain"].file)) as picture:
        return torch.from_numpy(np.array(picture.convert("RGBA"))).float() / 255.0


def lash_row(
    along: Tensor,
    off: Tensor,
    count: Tensor | float,
    reach: Tensor,
    row: Tensor | int,
    look: LookNumbers,
    eyes: EyesFlat,
) -> Tensor:
    hair = along * count
    # Which hair a pixel belongs to is a step: it has no gradient, the hair's shape has.
    own = grain().to(hair)[row, (hair.detach().long() * 95 + 512) & 255]
    first, second = own[..., 0], own[..., 1]
    length_of = reach * mix(0.40, 1.0, first)
    up = (off / length_of).clamp(0.0, 1.0)
    grown = smoothstep(0.45, 0.85, 1.25 * look.lashes_density + first)
    half = mix(0.20, 0.25, look.lashes_density) * grown * (1.0 - 0.85 * up)
    pixel = count * eyes.f_pixel * 2.1
    within = hair - hair.detach().floor()
    away = (within - 0.5 - 0.35 * (first - 0.5) - 0.9 * (second - 0.5) * up).abs()
    crisp = ((half - away) / pixel + 0.5).clamp(0.0, 1.0) * grown
    cover = mix(crisp, 1.6 * half, smoothstep(0.5, 1.4, pixel))
    return cover * (1.0 - smoothstep(0.80, 1.0, up)) * smoothstep(-0.006, 0.0, off)


def lashes(
    c: Tensor,
    along: Tensor,
    upper: Tensor,
    off: Tensor,
    look: LookNumbers,
    f: SkinFlat,
    eyes: EyesFlat,
) -> Tensor:
    """Returns eyes with two rows of upper lashes, one lower row and the line of their roots."""
    fan = along + (along - 0.30) * off * (1.2 + 5.0 * off)
    profile = smoothstep(0.02, 0.25, along) * mix(0.6, 1.0, smoothstep(0.2, 0.85, along))
    reach = mix(0.030, 0.155, look.lashes_length) * profile + 1e-3
    lid = smoothstep(0.05, 0.5, upper)
    above = upper > 0.0
    more = torch.where(above, 1.31 * LASHES, 0.8 * LASHES)
    shorter = torch.where(above, 0.8 * reach, 0.33 * reach)
    row = torch.where(above, 115, 205)
    second = lash_row(fan + 0.013, off, more, shorter, row, look, eyes)
    top = torch.maximum(lash_row(fan, off, LASHES, reach, 25, look, eyes), second)
    low = 0.55 * smoothstep(0.05, 0.5, -upper) * smoothstep(0.25, 0.6, along) * second
    root_line = 0.8 * smoothstep(-0.010, 0.0, off) * (1.0 - smoothstep(0.004, 0.016, off)) * profile
    mask = torch.maximum(lid * torch.maximum(top, root_line), low)
    return paint(c, look.lashes_color, f.f_light, mask)
