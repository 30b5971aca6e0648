"""Twin of `shaders/lib/lip_liner.glsl`: a pencil line on the outer contour.

Colours `c` `(N, 3)` are linear light, `shade`, `inside` and `mask` planes `(N, 1)`.
"""

from torch import Tensor

from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import mix, smoothstep
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["lip_liner"]


def lip_liner(
    c: Tensor, shade: Tensor, inside: Tensor, mask: Tensor, look: LookNumbers, f: SkinFlat
) -> Tensor:
    """Returns lips with liner, softer toward the inside."""
    width = mix(0.012, 0.065, look.lip_liner_width)
    line = 1.0 - smoothstep(0.45 * width, width, inside)
    return paint(c, look.lip_liner_color, f.f_light * shade.clamp(max=1.25), mask * line)
