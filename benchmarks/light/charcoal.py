"""Does charcoal stay charcoal? Drawn in another light, beside the same drawn before the change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.light import linear
from benchmarks.contract.people import Person
from benchmarks.contract.products import look_of
from benchmarks.light.casts import CASTS, cast
from prink.arrays import Bytes, Doubles, Flags
from prink.color import linear_to_lab, luminance
from prink.params import Look
from prink.render import Renderer

__all__ = ["Drawn", "measure_charcoal"]

CHARCOAL: Final = "#4a4a4c"
COVERED: Final = 0.9  # of the largest difference that black and white shadow make
FEWEST: Final = 12  # pixels


@dataclass(frozen=True)
class Drawn:
    """Charcoal in another light: how blue and how green it turned, and how far, in CIELAB."""

    cast: str
    person: str
    tone: str
    bluer: float
    greener: float

    @property
    def off(self) -> float:
        """The distance in a* and b*."""
        return float(np.hypot(self.bluer, self.greener))


def shadow(color: str) -> Look:
    """Returns a look of one opaque colour on the lids."""
    return look_of(f"eyeshadow.lid={color}ff", f"eyeshadow.crease={color}ff", "eyeshadow.shimmer=0")


def measure_charcoal(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Drawn]:
    """Returns how charcoal came out on everyone whose lids have enough pixels, in every light."""
    found = []
    for person in people:
        lid = painted(person, renderer)
        if lid.sum() >= FEWEST:
            plain = renderer.draw(person.rgb, [person.face], shadow(CHARCOAL))
            for name, gains in CASTS.items():
                changed = cast(person.rgb, gains)
                drawn = renderer.draw(changed, [person.face], shadow(CHARCOAL))
                off = hue(drawn, lid) - hue(cast(plain, gains), lid)
                found.append(Drawn(name, person.name, person.tone, -off[1], -off[0]))
        tick()
    return found


def painted(person: Person, renderer: Renderer) -> Flags:
    """Returns the mask (H, W) of what shadow covers most."""
    faces = [person.face]
    white, black = (
        linear(renderer.draw(person.rgb, faces, shadow(color))) for color in ("#ffffff", "#000000")
    )
    apart = (white - black).sum(axis=-1)
    level = np.maximum(white.sum(axis=-1), 1e-3)
    share = np.where(apart > 0, apart / level, 0.0)
    return np.asarray(share > COVERED * float(share.max()))


def hue(rgb: Bytes, lid: Flags) -> Doubles:
    """Returns a* and b* (2,) of the mean colour of the lids, as bright as charcoal in the sun."""
    mean = linear(rgb)[lid].mean(axis=0)
    return np.asarray(linear_to_lab(mean * (0.08 / max(float(luminance(mean)), 1e-6))))[1:]
