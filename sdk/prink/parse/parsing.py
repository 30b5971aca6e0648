"""What a head's pixels are, as the renderer takes it: the face's parts, and its hair."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.parse.classes import ANSWER
from prink.parse.error import ParseError
from prink.parse.head import REACH, Affine

__all__ = ["FACE", "Parsing", "Square"]

FACE: Final = ANSWER[1:]
"""The channels of a face square, red to alpha; see `prink.parse.classes.ANSWER`."""

FAINT: Final = 20  # of 255: less than this is nothing anywhere
MARGIN: Final = 3  # pixels around, for the refined edge
COARSE: Final = 8  # pixels: bounds that moved with every frame would unsettle what is drawn in them


@dataclass(frozen=True, eq=False)
class Square:
    """A picture over a square of the frame.

    Attributes:
        pixels: (S, S, 4) uint8 with the channels of `FACE`, or (S, S) uint8 with hair.
        to_frame: (2, 3) affine from its pixels to the frame's.
        reach: Half the square's side, in face sizes; how large the head is in it.
    """

    pixels: Bytes
    to_frame: Affine
    reach: float = REACH

    def __post_init__(self) -> None:
        shape, kind = np.shape(self.pixels), getattr(self.pixels, "dtype", None)
        if kind != np.uint8 or shape[2:] not in ((), (len(FACE),)) or len(shape) < 2 or 0 in shape:
            raise ParseError(
                f"a square is uint8 (S, S), or (S, S, {len(FACE)}) of a face, got {kind} {shape}"
            )
        if np.shape(self.to_frame) != (2, 3):
            raise ParseError(f"to_frame is an affine (2, 3), got {np.shape(self.to_frame)}")
        if not self.reach > 0:
            raise ParseError(f"reach is {self.reach} face sizes, expected more than 0")

    def bounds(self) -> tuple[int, int, int, int] | None:
        """Returns the box around all that is there, in its pixels: x0, y0, x1, y1; None if empty.

        Of a face square, all channels count.
        """
        rows = np.flatnonzero(self.pixels.reshape(len(self.pixels), -1).max(axis=1) >= FAINT)
        if not rows.size:
            return None
        height, width = self.pixels.shape[:2]
        across = self.pixels.max(axis=0).reshape(width, -1).max(axis=1)
        columns = np.flatnonzero(across >= FAINT)
        x0, x1 = coarse(int(columns[0]), int(columns[-1]), width)
        y0, y1 = coarse(int(rows[0]), int(rows[-1]), height)
        return x0, y0, x1, y1


@dataclass(frozen=True, eq=False)
class Parsing:
    """One head.

    Attributes:
        face: the parts of the face, or None where the network has not seen it.
        hair: the hair, in a wider square, or None.
    """

    face: Square | None
    hair: Square | None

    def __post_init__(self) -> None:
        for name, square, channels in (("face", self.face, (len(FACE),)), ("hair", self.hair, ())):
            if square is not None and square.pixels.shape[2:] != channels:
                raise ParseError(f"the {name} of a parsing cannot be {square.pixels.shape}")


def coarse(first: int, last: int, size: int) -> tuple[int, int]:
    """Returns the range around two places, on a coarse grid within 0..size."""
    low, high = first - MARGIN, last + 1 + MARGIN
    return max(low // COARSE * COARSE, 0), min(-(-high // COARSE) * COARSE, size)
