"""Twin of `shaders/lib/skin.glsl`: everything on bare skin, in the order it is applied."""

from typing import TYPE_CHECKING

from torch import Tensor

from prink.render.formulas.cheek import blush, contour, highlight
from prink.render.formulas.foundation import foundation
from prink.render.glsl.built_in import smoothstep, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import SkinFlat
from prink.render.glsl.look_numbers import LookNumbers

if TYPE_CHECKING:  # a scene is made of formulas
    from prink.render.reference.scene import Patch

__all__ = ["skin_look"]

RED_BLUE = [0, 2]


def skin_likeness(c: Tensor, f: SkinFlat) -> Tensor:
    y = luma(c).clamp(min=0.003)
    off = c[:, RED_BLUE] / y - f.f_tone[RED_BLUE]
    hue = (1.2 - 1.7 * (off * off).sum(-1, keepdim=True)).clamp(0.0, 1.0)
    return hue * smoothstep(0.10, 0.42, y * w(f.f_tone))


def skin_look(patch: "Patch", seen: Tensor, look: LookNumbers, f: SkinFlat) -> Tensor:
    """Returns the pixels `(N, 3)` with all skin products; `seen` `(N, 1)`: how well skin shows."""
    mask, sparkle = patch.read("skinLook.mask"), patch.read("highlight.glitter")
    face = patch.varyings["v_face"][:, :2]
    on_skin = skin_likeness(patch.c, f) * seen
    c = foundation(patch.c, patch.near, patch.wide, mask[:, 0:1] * on_skin, look, f)
    c = contour(c, mask, on_skin, look, f)
    c = blush(c, face, on_skin, look, f)
    return highlight(c, mask, on_skin, sparkle, look, f)
