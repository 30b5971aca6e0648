"""The one table of a face's row in the points texture: what a host tells the shaders of a face.

A row is 512 texels of four numbers: the landmarks, then what stands here. Places are computed, so
texels are appended and never reordered. GLSL, Kotlin, Swift and TypeScript get them generated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Floats
from prink.face.landmark import POINT_COUNT

__all__ = ["ROW", "TEXELS", "Numbers", "Placed", "Texel", "named", "new_row", "placed"]

ROW: Final = 512
"""Texels in a row, as wide as a texture of a power of two that holds them."""

Index = tuple[int | slice, int | slice]


@dataclass(frozen=True)
class Numbers:
    """Numbers that lie side by side in a texel, such as the centre of the face.

    Attributes:
        name: In snake case, alone in the row.
        unit: px (of the frame), share (0..1), square (0..1 over the layer's picture) or face sizes.
        doc: What they tell.
        width: How many.
    """

    name: str
    unit: str
    doc: str
    width: int = 1


@dataclass(frozen=True)
class Texel:
    """One texel, or several of the same numbers one after another.

    Attributes:
        name: In snake case; in GLSL `ROW_` and the name in capitals is its place.
        numbers: What its channels hold, from the first one on.
        count: How many texels.
    """

    name: str
    numbers: tuple[Numbers, ...]
    count: int = 1


TEXELS: Final = (
    Texel("points", (Numbers("points", "px", "a landmark: x, y, depth", 3),), POINT_COUNT),
    Texel(
        "seen",
        (
            Numbers("presence", "share", "how surely there is a face; fades in and out"),
            Numbers("lips_seen", "share", "how visible the lips are"),
            Numbers("right_eye_seen", "share", "how visible the right eye is"),
            Numbers("left_eye_seen", "share", "how visible the left eye is"),
        ),
    ),
    Texel(
        "seen_more",
        (
            Numbers("right_cheek_seen", "share", "how visible the right cheek is"),
            Numbers("left_cheek_seen", "share", "how visible the left cheek is"),
            Numbers("right_open", "share", "how far the right eye is open"),
            Numbers("left_open", "share", "how far the left eye is open"),
        ),
    ),
    Texel(
        "face_box",
        (
            Numbers("centre", "px", "centre of the square around the face", 2),
            Numbers("half", "px", "half side of that square"),
            Numbers("scale", "px", "the inter-ocular distance, also of a turned head"),
        ),
    ),
    Texel(
        "hair_to_frame",
        (
            Numbers(
                "hair_to_frame",
                "px",
                "a row of the affine from the hair layer's 0..1 to the frame",
                3,
            ),
        ),
        2,
    ),
    Texel(
        "hair_bounds",
        (Numbers("hair_bounds", "square", "where there is hair: lowest x, y, highest x, y", 4),),
    ),
    Texel(
        "drawn_box",
        (Numbers("drawn_box", "px", "what may be drawn on before a layer is: x0, y0, x1, y1", 4),),
    ),
    Texel(
        "face_from_frame",
        (
            Numbers(
                "face_from_frame",
                "square",
                "a row of the affine from the frame's pixels to the face layer's 0..1",
                3,
            ),
        ),
        2,
    ),
    Texel(
        "parsed",
        (Numbers("parsed", "share", "how far the face layer decides; 0: landmarks alone"),),
    ),
    Texel(
        "hair_reach",
        (Numbers("hair_reach", "face sizes", "half the side of the hair layer's square"),),
    ),
)


@dataclass(frozen=True)
class Placed:
    """Numbers, their texel, and where they lie.

    Attributes:
        numbers: Which.
        texel: Theirs.
        place: The first such texel, counted along the row.
        channel: Of the first number, 0..3.
    """

    numbers: Numbers
    texel: Texel
    place: int
    channel: int

    @property
    def offset(self) -> int:
        """Of the first number in a row laid out flat, in floats."""
        return 4 * self.place + self.channel

    @property
    def channels(self) -> str:
        """Their channels as GLSL names them, such as `xy`."""
        return "xyzw"[self.channel : self.channel + self.numbers.width]

    @property
    def index(self) -> Index:
        """Where they lie in a row `(512, 4)`, an array or a tensor."""
        last = self.channel + self.numbers.width
        return (
            self.place
            if self.texel.count == 1
            else slice(self.place, self.place + self.texel.count),
            self.channel if self.numbers.width == 1 else slice(self.channel, last),
        )


@cache
def placed() -> tuple[Placed, ...]:
    """Returns all numbers of a row in order, with their places."""
    return tuple(laid_out(TEXELS))


def laid_out(texels: tuple[Texel, ...]) -> Iterator[Placed]:
    place = 0
    for texel in texels:
        channel = 0
        for numbers in texel.numbers:
            yield Placed(numbers, texel, place, channel)
            channel += numbers.width
        place += texel.count


@cache
def named(name: str) -> Index:
    """Returns where numbers lie in a row `(512, 4)`: `row[named("presence")]`.

    Raises:
        KeyError: if the row has none of that name.
    """
    return {each.numbers.name: each.index for each in placed()}[name]


def new_row(**values: ArrayLike) -> Floats:
    """Returns a row `(512, 4)` float32 with these numbers by name, 0 elsewhere.

    Raises:
        KeyError: if the row has none of a name.
    """
    row = np.zeros((ROW, 4), np.float32)
    for name, value in values.items():
        row[named(name)] = value
    return row
