"""How well two hair masks agree: in area, and along their outline."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from prink.arrays import Flags, Floats

__all__ = ["boundary_f", "iou", "share"]

Mask = NDArray[Any]
NEAR: Final = 0.02  # face sizes between outlines that count as the same
CROSS: Final = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


def share(mask: Mask) -> float:
    """Returns how much of a picture a mask 0..1 calls hair."""
    return float((mask > 0.5).mean())


def iou(one: Mask, other: Mask) -> float:
    """Returns intersection over union of two masks 0..1, cut at 0.5; 1 where both are empty."""
    a, b = one > 0.5, other > 0.5
    union = int((a | b).sum())
    return float((a & b).sum() / union) if union else 1.0


def boundary_f(one: Mask, other: Mask, *, face_size: float) -> float:
    """Returns the F measure of two masks' outlines (Martin et al. 2004).

    An outline's pixel is matched where the other's is within 2 % of the face size, in pixels.
    """
    a, b = outline(one), outline(other)
    if not a.any() or not b.any():
        return float(not a.any() and not b.any())
    near = NEAR * face_size
    found, right = float((away(b)[a] <= near).mean()), float((away(a)[b] <= near).mean())
    return 2 * found * right / (found + right) if found + right else 0.0


def outline(mask: Mask) -> Flags:
    solid = (mask > 0.5).astype(np.uint8)
    inner = cv2.erode(solid, CROSS, borderType=cv2.BORDER_CONSTANT, borderValue=1)
    return np.asarray(solid != inner)


def away(line: Flags) -> Floats:
    return np.asarray(cv2.distanceTransform((~line).astype(np.uint8), cv2.DIST_L2, 5), np.float32)
