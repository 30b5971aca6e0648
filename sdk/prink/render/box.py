"""Boxes of pixels in a frame."""

import numpy as np

from prink.arrays import Doubles, Floats
from prink.frame import Box

__all__ = ["MARGIN", "Box", "even_box", "overlap", "union"]

Numbers = Doubles | Floats
MARGIN = 2  # pixels around what is drawn, for rasterisation


def even_box(low: Numbers, high: Numbers, *, width: int, height: int) -> Box | None:
    """Returns the pixels between two corners (2,) with a margin, None where the frame has none.

    Its bounds are even, because video shares its chroma between two rows and two columns.
    """
    x0, y0 = np.maximum(np.floor(low).astype(int) - MARGIN, 0) // 2 * 2
    x1, y1 = np.ceil(high).astype(int) + MARGIN
    x1, y1 = min(x1 + x1 % 2, width), min(y1 + y1 % 2, height)
    return (int(x0), int(y0), int(x1), int(y1)) if x0 < x1 and y0 < y1 else None


def overlap(one: Box, two: Box) -> Box | None:
    """Returns the pixels that lie in both boxes, None if there are none."""
    x0, y0 = np.maximum(one[:2], two[:2]).tolist()
    x1, y1 = np.minimum(one[2:], two[2:]).tolist()
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def union(one: Box, two: Box) -> Box:
    """Returns the smallest box around two."""
    low, high = np.minimum(one, two).tolist(), np.maximum(one, two).tolist()
    return low[0], low[1], high[2], high[3]
