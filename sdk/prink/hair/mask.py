"""A hair mask: which part of a head square is hair, and where the square lies in the frame."""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Bytes, Floats
from prink.hair.source import HairError
from prink.parse.head import Affine

__all__ = ["HairMask", "eight_bits"]

FAINT = 20  # of 255: less than this is no hair anywhere
MARGIN = 3  # mask pixels around, for the refined edge
COARSE = 8  # mask pixels: bounds that moved with every frame would unsettle what is drawn in them


@dataclass(frozen=True, eq=False)
class HairMask:
    """Hair in the square around one head.

    Attributes:
        alpha: (S, S) uint8, 255 is hair.
        to_frame: (2, 3) affine from mask pixels to frame pixels.
    """

    alpha: Bytes
    to_frame: Affine

    def __post_init__(self) -> None:
        if self.alpha.ndim != 2 or self.alpha.dtype != np.uint8 or 0 in self.alpha.shape:
            got = f"{self.alpha.dtype} {self.alpha.shape}"
            raise HairError(f"a hair mask is uint8 (S, S), got {got}")
        if np.shape(self.to_frame) != (2, 3):
            raise HairError(f"to_frame is an affine (2, 3), got {np.shape(self.to_frame)}")

    def bounds(self) -> tuple[int, int, int, int] | None:
        """Returns the box around all hair in mask pixels: x0, y0, x1, y1; None if there is none."""
        rows = np.flatnonzero(self.alpha.max(axis=1) >= FAINT)
        if not rows.size:
            return None
        columns = np.flatnonzero(self.alpha.max(axis=0) >= FAINT)
        height, width = self.alpha.shape
        x0, x1 = coarse(int(columns[0]), int(columns[-1]), width)
        y0, y1 = coarse(int(rows[0]), int(rows[-1]), height)
        return x0, y0, x1, y1


def eight_bits(values: Floats) -> Bytes:
    """Returns values 0..1 as bytes 0..255 of the same shape."""
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)


def coarse(first: int, last: int, size: int) -> tuple[int, int]:
    """Returns the range around two places, on a coarse grid within 0..size."""
    low, high = first - MARGIN, last + 1 + MARGIN
    return max(low // COARSE * COARSE, 0), min(-(-high // COARSE) * COARSE, size)
