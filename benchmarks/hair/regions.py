"""Where hair masks lie in a frame."""

from typing import Final

import cv2
import numpy as np

from prink.arrays import Bytes, Flags
from prink.face import Face
from prink.parse import Parser, Square
from prink.parse.head import inverse, warp

__all__ = ["hair_in_frame", "hair_of", "hair_reach", "head_square"]

NEARLY_NONE: Final = 3  # of 255: from 1 % on a mask says hair
AROUND: Final = 0.06  # face sizes that a mask may be blurred and refined beyond its edge


def hair_of(parser: Parser, rgb: Bytes, face: Face) -> Square:
    """Returns the hair of a face in a photo (H, W, 3)."""
    (parsing,) = parser.find(rgb, [face], face=False)
    assert parsing.hair is not None
    return parsing.hair


def hair_in_frame(hair: Square, shape: tuple[int, ...]) -> Bytes:
    """Returns a mask in its frame, (H, W) uint8, 255 is hair."""
    return warp(hair.pixels, inverse(hair.to_frame), (shape[1], shape[0]))


def head_square(hair: Square, shape: tuple[int, ...]) -> Flags:
    """Returns the frame's pixels (H, W) inside the square that the network saw."""
    whole = Square(np.full_like(hair.pixels, 255), hair.to_frame)
    return np.asarray(hair_in_frame(whole, shape) > 127)


def hair_reach(hair: Square, shape: tuple[int, ...]) -> Flags:
    """Returns where hair colour may change pixels at all: the mask from 1 % on, dilated."""
    some = Square(np.where(hair.pixels >= NEARLY_NONE, 255, 0).astype(np.uint8), hair.to_frame)
    side = np.sqrt(abs(np.linalg.det(hair.to_frame[:, :2].astype(np.float64)))) * len(hair.pixels)
    around = AROUND * float(side) / (2 * hair.reach)
    beyond = (hair_in_frame(some, shape) == 0).astype(np.uint8)
    if beyond.all():
        return np.zeros(shape[:2], bool)
    return np.asarray(cv2.distanceTransform(beyond, cv2.DIST_L2, 5) <= around)
