"""Twin of `shaders/lib/eyeball.glsl`: lens colour and the white of the eye.

Colours `c` `(N, 3)` are linear light; `opening` `(N, 1)` is 1 between the lids, 0 on them.
"""

import torch
from torch import Tensor

from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import mix, root, smoothstep, vec, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import EyesFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["eyeball"]


def eyeball(
    c: Tensor, opening: Tensor, iris: Tensor, look: LookNumbers, f: SkinFlat, eyes: EyesFlat
) -> Tensor:
    """Returns eyes with cleared white and lens; `iris` `(N, 2)`: radii from its centre."""
    r = root((iris * iris).sum(-1, keepdim=True))
    y = luma(c)
    bright = smoothstep(0.25, 0.6, y / (w(eyes.f_iris) * 1.5).clamp(min=0.05))
    white = opening * smoothstep(1.05, 1.30, r) * bright
    clear = mix(c, y, vec(c, 0.55)) * 1.16
    whiter = torch.minimum(clear, c.clamp(min=0.85))
    c = mix(c, whiter, look.eyes_whitening * white)

    ring = (1.0 - smoothstep(0.88, 1.04, r)) * smoothstep(0.30, 0.46, r) * opening
    ratio = y / w(eyes.f_iris).clamp(min=0.004)
    keep_light = 1.0 - smoothstep(2.2, 4.0, ratio)
    depth = mix(0.9, 0.30, smoothstep(0.62, 1.0, r))
    lens = f.f_light * eyes.f_dim * (0.16 + 0.50 * ratio.clamp(max=2.0)) * depth
    return paint(c, look.eyes_iris, lens, 0.78 * ring * keep_light)
