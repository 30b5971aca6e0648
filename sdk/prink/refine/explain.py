"""How well a look over an unknown bare face explains a photo, differentiably."""

from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor

from prink.params import Look, Rgba, parameters, to_vector
from prink.refine.bare_face import BareFace
from prink.render.formulas.eyeliner import eyeliner
from prink.render.formulas.eyeshadow import eyeshadow
from prink.render.formulas.lashes import lashes
from prink.render.formulas.skin import skin_look
from prink.render.glsl.built_in import mix, w
from prink.render.glsl.color import luma
from prink.render.glsl.flat import SkinFlat, eyes_flat, skin_flat
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.reference import packed_from_vector
from prink.render.reference.draw import draw_lips, draw_skin
from prink.render.reference.lab import linear_to_lab
from prink.render.reference.scene import Patch, Scene

__all__ = ["FREE", "UNIT", "Explanation", "explanation_of"]

UNIT: Final = 3.0  # CIELAB; standard deviation of a* and b* that no smooth face explains
LIGHTNESS: Final = 0.5  # weight of L*: light varies more than skin
TAIL: Final = 3.0  # errors beyond this many deviations count less and less (Cauchy)
# How many independent places the pixels of a pass stand for.
COUNT: Final = {"lips": 50.0, "eyes": 100.0, "skin": 150.0}
# What is moved. The rest changes too few pixels, or looks like bare skin: foundation, the colour of
# eyeliner, metallic lipstick and the size of blush came out worse than an encoder had read them.
FREE: Final = {
    "lips": {"lips": ("color", "inner", "gloss"), "lip_liner": ("color", "width")},
    "eyes": {
        "eyeshadow": ("lid", "crease", "outer", "height", "blend"),
        "eyeliner": ("thickness", "wing"),
    },
    "skin": {
        "blush": ("color", "placement"),
        "contour": ("color",),
        "highlight": ("color",),
    },
}
ONLY_COVERAGE: Final = ("blush.color",)  # its pigment stays, for the same reason
# How far a reading is off, of red, green and blue, of coverage, of a plain parameter.
COLOR, COVERAGE, SHARE = 0.06, 0.15, 0.15


@dataclass(frozen=True)
class Explanation:
    """A photo with its unknown bare face, and the look from which to start.

    Attributes:
        bare: the bare face; of passes where the look can change.
        seen: CIELAB of the photo by pass, `(N, 3)`.
        start: the look as `to_vector` gives it, `(P,)`.
        spread: how far each number may be off, 0 for those that stay, `(P,)`.
        worn: groups that are drawn.
    """

    bare: BareFace
    seen: dict[str, Tensor]
    start: Tensor
    spread: Tensor
    worn: frozenset[str]

    @property
    def low(self) -> Tensor:
        """The least deviation from the start, `(P,)`."""
        return torch.where(self.spread > 0.0, -self.start / self.spread.clamp(min=1e-6), 0.0)

    @property
    def high(self) -> Tensor:
        """The greatest deviation from the start, `(P,)`."""
        room = (1.0 - self.start) / self.spread.clamp(min=1e-6)
        return torch.where(self.spread > 0.0, room, 0.0)

    def look(self) -> Tensor:
        """Returns the look at its start: deviations of zero, `(P,)`."""
        return torch.zeros_like(self.start)

    def vector(self, look: Tensor) -> Tensor:
        """Returns the numbers of `to_vector` from deviations, `(P,)`."""
        return self.start + self.spread * look

    def cost(self, look: Tensor, ground: dict[str, Tensor]) -> Tensor:
        """Returns the mean square of errors over their deviations, improbability included, `()`.

        Args:
            look: deviations from the start, `(P,)`.
            ground: of the bare face, as `BareFace.unknowns` gives them.
        """
        scene = self.bare.under(ground)
        numbers = LookNumbers(packed_from_vector(self.vector(look)))
        f = skin_flat(numbers, scene.probe)
        total = look.square().sum()
        for unknown in ground.values():
            total = total + unknown.square().sum()
        for name, patch in scene.patches.items():
            off = (
                linear_to_lab(self.drawn(name, patch, scene, numbers, f)) - self.seen[name]
            ) / UNIT
            square = (off * off.new_tensor((LIGHTNESS, 1.0, 1.0))).square().sum(-1)
            robust = TAIL**2 * torch.log1p(square / TAIL**2)
            total = total + COUNT[name] * robust.mean()
        return total / max(sum(COUNT[name] for name in scene.patches), 1.0)

    def drawn(
        self, name: str, patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat
    ) -> Tensor:
        """Returns the made-up linear colours `(N, 3)` of a pass."""
        if name == "eyes":
            return self.eyes(patch, scene, look, f)
        return (draw_lips if name == "lips" else draw_skin)(patch, scene, look, f)

    def eyes(self, patch: Patch, scene: Scene, look: LookNumbers, f: SkinFlat) -> Tensor:
        """Returns `draw_eyes`, `(N, 3)`, for lids alone, without what is not worn."""
        eyes = eyes_flat(scene.probe, scene.row, f, patch.right)
        along, upper, ring, off = torch.split(patch.varyings["v_region"], 1, -1)
        shade, made = luma(patch.c) / w(eyes.f_lid), patch.c
        at = patch.varyings["v_eye"][:, :2]
        if self.worn & {"foundation", "contour", "blush", "highlight"}:
            made = skin_look(patch, eyes.f_seen[:, 1:2], look, f)
        eye = made
        if "eyeshadow" in self.worn:
            sparkle = patch.read("eyeshadow.sparkle")
            calm = mix(shade, luma(patch.near) / w(eyes.f_lid), 0.5).clamp(0.0, 2.5)
            rings = ring.clamp(min=0.0)
            eye = eyeshadow(eye, calm, along, upper, rings, at, sparkle, look, f)
        if "eyeliner" in self.worn:
            eye = eyeliner(eye, shade.clamp(max=1.5), along, upper, off, at, look, f, eyes)
        if "lashes" in self.worn:
            eye = lashes(eye, along, upper, off, look, f, eyes)
        return mix(made, eye, eyes.f_seen[:, 0:1])


def explanation_of(bare: BareFace, start: Look) -> Explanation:
    """Returns what is needed to compare looks near `start` with the photo of `bare`.

    Passes in which nothing can change are left out, unless nothing can change at all.
    """
    worn = frozenset(p.group for p in parameters() if p.is_color and covers(start, p.path))
    free = {name for name, groups in FREE.items() if worn & groups.keys()} or set(FREE)
    kept = {name: field for name, field in bare.fields.items() if name in free}
    return Explanation(
        bare=replace(bare, fields=kept),
        seen={name: linear_to_lab(field.patch.c) for name, field in kept.items()},
        start=torch.from_numpy(to_vector(start)),
        spread=spread_of(start, worn),
        worn=worn,
    )


def covers(look: Look, path: str) -> bool:
    group, name = path.split(".")
    value = getattr(getattr(look, group), name)
    return isinstance(value, Rgba) and value.a > 0.0


def spread_of(start: Look, worn: frozenset[str]) -> Tensor:
    """Returns how far each number `(P,)` of a look may be off, 0 for those that stay."""
    free = {
        f"{group}.{name}"
        for groups in FREE.values()
        for group, names in groups.items()
        if group in worn
        for name in names
    }
    spread: list[float] = []
    for p in parameters():
        if p.is_color:
            moves = float(p.path in free and covers(start, p.path))
            pigment = 0.0 if p.path in ONLY_COVERAGE else COLOR * moves
            spread += [pigment] * 3 + [COVERAGE * moves]
        else:
            spread.append(SHARE * float(p.path in free))
    return torch.tensor(spread)
