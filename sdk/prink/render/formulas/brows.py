"""Twin of `shaders/lib/brows.glsl`.

Brow coordinates: u from the head (0) to the tail (1), v from the lower (0) to the upper edge (1).
"""

from torch import Tensor

from prink.render.formulas.pigment import paint
from prink.render.glsl.built_in import smoothstep, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import EyesFlat, SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

__all__ = ["brows"]


def brows(
    c: Tensor, brow: Tensor, lines: Tensor, look: LookNumbers, f: SkinFlat, eyes: EyesFlat
) -> Tensor:
    """Returns brows with tint and fine strokes; `lines` `(N, 1)` is what `stroke()` gave."""
    u, v = brow[:, 0:1], brow[:, 1:2]
    inside = smoothstep(-0.35, 0.15, v) * (1.0 - smoothstep(0.85, 1.35, v))
    inside = inside * smoothstep(-0.25, 0.22, u) * (1.0 - smoothstep(0.95, 1.2, u))
    y = luma(c)
    hair = 1.0 - smoothstep(0.45, 0.95, y * w(f.f_tone))
    tinted = f.f_light * (y / w(eyes.f_brow)).clamp(0.08, 2.2)
    c = paint(c, look.brows_color, tinted, inside * hair * 0.9)

    core = smoothstep(-0.10, 0.25, v) * (1.0 - smoothstep(0.70, 1.0, v))
    core = core * smoothstep(-0.05, 0.40, u) * (1.0 - smoothstep(0.85, 1.03, u))
    fill = look.brows_definition * core * (1.0 - 0.6 * hair) * smoothstep(0.35, 0.75, lines)
    shaded = f.f_light * (1.2 * y * w(f.f_tone)).clamp(max=1.0)
    return paint(c, look.brows_color, shaded, fill * 0.75)
