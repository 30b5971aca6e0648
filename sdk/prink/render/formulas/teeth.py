"""Twin of `shaders/lib/teeth.glsl`: what is bright and hardly red in the mouth loses its yellow.

Colours `c` `(N, 3)` are linear light, `in_mouth` `(N, 1)` is a share 0..1.
"""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, smoothstep, vec, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import LipsFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["teeth"]


def teeth(c: Tensor, in_mouth: Tensor, look: LookNumbers, f: SkinFlat, lips: LipsFlat) -> Tensor:
    """Returns the mouth with whitened teeth."""
    y = luma(c)
    red = c[:, 0:1] / c[:, 1:2].clamp(min=0.003) / lips.f_redness
    pale = (1.0 - smoothstep(0.60, 0.80, red)) * smoothstep(0.35, 0.75, y * w(f.f_tone))
    clean = mix(c, y * vec(c, 0.99, 1.0, 1.02), vec(c, 0.75)) * 1.14
    whiter = torch.minimum(clean, c.clamp(min=0.92))
    return mix(c, whiter, look.teeth_whitening * pale * in_mouth)
