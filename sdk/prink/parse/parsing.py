"""What a head's pixels are, as the renderer takes it: the face's parts, and its hair."""

from dataclasses import dataclass
from typing import Final

from prink.arrays import Bytes
from prink.parse.head import Affine

__all__ = ["FACE", "Parsing", "Square"]

FACE: Final = ("lips", "face", "eye", "teeth")
"""The channels of a face square, red to alpha; see `prink.parse.classes.ANSWER`."""


@dataclass(frozen=True, eq=False)
class Square:
    """A picture over a square of the frame.

    Attributes:
        pixels: (S, S, 4) uint8 with the channels of `FACE`, or (S, S) uint8 with hair.
        to_frame: (2, 3) affine from its pixels to the frame's.
    """

    pixels: Bytes
    to_frame: Affine


@dataclass(frozen=True, eq=False)
class Parsing:
    """One head.

    Attributes:
        face: the parts of the face, or None where the network has not seen it.
        hair: the hair, in a wider square, or None.
    """

    face: Square | None
    hair: Square | None
