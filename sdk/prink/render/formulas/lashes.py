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
    lean: float,
    row: Tensor | int,
    look: LookNumbers,
    eyes: EyesFlat,
) -> Tensor:
    turned = (along - 0.7).clamp(min=0.0)
    hair = count * (along - 0.9 * turned * turned)
    # Which hair a pixel belongs to is a step: it has no gradient, the hair's shape has.
    own = grain().to(hair)[row, (hair.detach().long() * 95 + 512) & 255]
    first, second = own[..., 0], own[..., 1]
    length_of = reach * mix(0.40, 1.0, first)
    up = (off / length_of).clamp(0.0, 1.0)
    grown = smoothstep(0.45, 0.85, 1.25 * look.lashes_density + first)
    half = mix(0.24, 0.30, look.lashes_density) * grown * (1.0 - up) * (1.0 - 0.35 * up)
    pixel = count * eyes.f_pixel * mix(2.1, 3.0, smoothstep(0.75, 0.95, along))
    bent = up * (2.0 - up) * (0.5 * (second - 0.5) + lean)
    within = hair - hair.detach().floor()
    away = (within - 0.5 - 0.35 * (first - 0.5) - bent).abs()
    crisp = (torch.minimum(half - away, half) + 0.5 * pixel) / pixel
    crisp = torch.minimum(crisp.clamp(min=0.0), (2.0 * half / pixel).clamp(max=1.0))
    cover = mix(crisp, 1.6 * half, smoothstep(0.5, 1.4, pixel))
    return cover * smoothstep(-0.006, 0.0, off)


def bunch(along: Tensor, often: float, start: float) -> Tensor:
    at = often * along + start
    at = at - at.detach().floor() - 0.5
    return at * (1.0 - 4.0 * at * at)


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
    doll = 1.0 - (2.0 * look.lashes_style - 1.0).abs()
    cat = (2.0 * look.lashes_style - 1.0).clamp(min=0.0)
    middle = 0.30 + 0.12 * doll + 0.60 * cat
    fan = along + (along - middle) * (1.0 - 0.7 * doll + 0.6 * cat) * off * (1.2 + 5.0 * off)
    fan = fan + (off + 0.008) * (1.5 * bunch(along, 6.7, 0.0) + 1.2 * bunch(along, 4.3, 0.4))
    outward = smoothstep(0.2, 0.85, along)
    rounded = 0.92 - 0.45 * smoothstep(0.12, 0.5, (along - 0.52).abs())
    longest = mix(mix(0.6 - 0.30 * cat, 1.0 + 0.30 * cat, outward), rounded, doll)
    profile = smoothstep(0.02, 0.25, along) * longest
    reach = mix(0.030, 0.155, look.lashes_length) * profile + 1e-3
    lid = smoothstep(0.05, 0.5, upper)
    above = upper > 0.0
    count = torch.where(above, 1.31 * LASHES, 0.6 * LASHES)
    shorter = torch.where(above, 0.8 * reach, 0.33 * reach)
    row = torch.where(above, 115, 205)
    second = lash_row(fan + 0.013, off, count, shorter, -0.10, row, look, eyes)
    top = torch.maximum(lash_row(fan, off, LASHES, reach, 0.10, 25, look, eyes), second)
    low = 0.5 * smoothstep(0.05, 0.5, -upper) * smoothstep(0.25, 0.6, along) * second
    root_line = 0.8 * smoothstep(-0.010, 0.0, off) * (1.0 - smoothstep(0.004, 0.016, off)) * profile
    mask = torch.maximum(lid * torch.maximum(top, root_line), low)
    return paint(c, look.lashes_color, f.f_light, mask)
