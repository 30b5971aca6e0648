"""Where hair masks lie in a frame."""

from typing import Final

import cv2
import numpy as np

from prink.arrays import Bytes, Flags
from prink.hair import HairMask
from prink.parse.head import REACH, inverse, warp

__all__ = ["hair_in_frame", "hair_reach", "head_square"]

NEARLY_NONE: Final = 3  # of 255: from 1 % on a mask says hair
AROUND: Final = 0.06  # face sizes that a mask may be blurred and refined beyond its edge


def hair_in_frame(mask: HairMask, shape: tuple[int, ...]) -> Bytes:
    """Returns a mask in its frame, (H, W) uint8, 255 is hair."""
    return warp(mask.alpha, inverse(mask.to_frame), (shape[1], shape[0]))


def head_square(mask: HairMask, shape: tuple[int, ...]) -> Flags:
    """Returns the frame's pixels (H, W) inside the square that the network saw."""
    whole = HairMask(np.full_like(mask.alpha, 255), mask.to_frame)
    return np.asarray(hair_in_frame(whole, shape) > 127)


def hair_reach(mask: HairMask, shape: tuple[int, ...]) -> Flags:
    """Returns where hair colour may change pixels at all: the mask from 1 % on, dilated."""
    some = HairMask(np.where(mask.alpha >= NEARLY_NONE, 255, 0).astype(np.uint8), mask.to_frame)
    side = np.sqrt(abs(np.linalg.det(mask.to_frame[:, :2].astype(np.float64)))) * len(mask.alpha)
    around = AROUND * float(side) / (2 * REACH)
    beyond = (hair_in_frame(some, shape) == 0).astype(np.uint8)
    if beyond.all():
        return np.zeros(shape[:2], bool)
    return np.asarray(cv2.distanceTransform(beyond, cv2.DIST_L2, 5) <= around)
