"""The parts of a face as polygons of its landmarks, drawn with soft edges."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import (
    FACE_OVAL,
    LIPS_INNER,
    LIPS_OUTER,
)

__all__ = ["BROWS", "LOWER_LIP", "UPPER_LIP", "drawn", "grown", "oval"]

BROWS: Final = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
# From the right corner over the outer edge and back over the inner one.
UPPER_LIP: Final = (*LIPS_OUTER[:11], *LIPS_INNER[10::-1])
LOWER_LIP: Final = (*LIPS_OUTER[10:], LIPS_OUTER[0], LIPS_INNER[0], *LIPS_INNER[:9:-1])
FINER: Final = 3  # bits of a pixel that OpenCV counts corners in


def drawn(points: Floats, loop: Sequence[int], size: int) -> Bytes:
    """Returns the inside of a loop of points (478, 2), (size, size) uint8 0 or 255."""
    import cv2

    mask = np.zeros((size, size), np.uint8)
    # OpenCV counts from the middle of the first pixel, places here from its corner.
    corners = np.rint((points[list(loop), :2] - 0.5) * (1 << FINER)).astype(np.int32)
    cv2.fillPoly(mask, [corners], 255, lineType=cv2.LINE_8, shift=FINER)
    return mask


def oval(points: Floats, size: int) -> Bytes:
    """Returns the inside of a face's outline."""
    return drawn(points, FACE_OVAL, size)


def grown(mask: Bytes, by: float) -> Bytes:
    """Returns a mask grown by some pixels, or shrunk where that is below 0."""
    import cv2

    side = 2 * round(abs(by)) + 1
    if side == 1:
        return mask
    change = cv2.dilate if by > 0 else cv2.erode
    return np.asarray(change(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))))
