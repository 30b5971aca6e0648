"""Twin of `shaders/lib/eyeliner.glsl`: eyeliner and wing.

Colours `c` `(N, 3)` are linear light, `eye` `(N, 2)` is in eye widths, the rest are `(N, 1)`.
"""

import torch
from torch import Tensor

from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import mix, smoothstep, vec
from prink.render.glsl.flat import EyesFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["eyeliner"]

LIFT = (0.85, 0.53)


def wing(eye: Tensor, thick: Tensor, soft: Tensor, look: LookNumbers) -> Tensor:
    dx, dy = eye[:, 0:1] - 0.985, eye[:, 1:2]
    s = dx * LIFT[0] + dy * LIFT[1]
    t = dy * LIFT[0] - dx * LIFT[1]
    left = (1.0 - s / (0.05 + 0.39 * look.eyeliner_wing)).clamp(0.0, 1.0)
    top = thick * left * mix(left, 1.0, 0.7)
    body = smoothstep(-soft, soft, t) * (1.0 - smoothstep(-soft, soft, t - top))
    ends = smoothstep(-0.10, 0.0, s) * smoothstep(0.0, 0.12, left)
    return body * ends * smoothstep(0.0, 0.3, look.eyeliner_wing)


def eyeliner(
    c: Tensor,
    shade: Tensor,
    along: Tensor,
    upper: Tensor,
    off: Tensor,
    eye: Tensor,
    look: LookNumbers,
    f: SkinFlat,
    eyes: EyesFlat,
) -> Tensor:
    """Returns lids with upper line, lower line and wing; `off` is how far the lid contour is."""
    soft = (0.7 * eyes.f_pixel).clamp(min=0.005) + 0.045 * look.eyeliner_smudge
    taper = mix(0.30, 1.0, smoothstep(0.05, 0.75, along))
    thick = mix(0.006, 0.050, look.eyeliner_thickness) * taper
    on_lash = smoothstep(-0.012, 0.002, off)
    line = smoothstep(0.0, 0.45, upper) * on_lash
    line = line * (1.0 - smoothstep(thick - soft, thick + soft, off))
    below = 0.6 * thick
    under = look.eyeliner_lower * smoothstep(0.0, 0.45, -upper) * smoothstep(0.15, 0.55, along)
    under = under * on_lash * (1.0 - smoothstep(below - soft, below + soft, off))
    flick = on_lash * wing(eye, 3.0 * thick, 1.6 * soft, look)
    mask = torch.maximum(torch.maximum(line, under), flick)
    return paint(c, look.eyeliner_color, f.f_light * mix(1.0, shade, vec(c, 0.7)), mask)
