"""The hair layer: a square of hair as the shaders take it, and what its face's row says of it."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles
from prink.parse.parsing import Square
from prink.render.box import Box, even_box
from prink.render.layer import LayerPicture
from prink.render.plan import read_plan

__all__ = ["HAIR", "hair_layer"]

HAIR: Final = "hair"
"""The layer's name in the plan."""


def hair_layer(hair: Square, *, width: int, height: int) -> LayerPicture | None:
    """Returns a head's hair to draw, or None where there is none or none lies in the frame."""
    hair = reduced(hair)
    bounds = hair.bounds()
    affine = hair.to_frame.astype(np.float64)
    if bounds is None or not np.isfinite(affine).all():
        return None
    tall, wide = hair.pixels.shape
    x0, y0, x1, y1 = bounds
    box = framed(affine, (x0, y0, x1, y1), width=width, height=height)
    reads = framed(affine, (0, 0, wide, tall), width=width, height=height)
    if box is None or reads is None:
        return None
    numbers: dict[str, ArrayLike] = {
        "hair_reach": hair.reach,
        "hair_to_frame": affine * [wide, tall, 1],
        "hair_bounds": (x0 / wide, y0 / tall, x1 / wide, y1 / tall),
    }
    return LayerPicture(hair.pixels, box, reads, numbers)


def reduced(hair: Square) -> Square:
    """Returns the square at the largest size that the plan allows, if it is larger."""
    largest = read_plan(1).layers[HAIR].largest
    if max(hair.pixels.shape) <= largest:
        return hair
    import cv2

    small = cv2.resize(hair.pixels, (largest, largest), interpolation=cv2.INTER_AREA)
    tall, wide = hair.pixels.shape
    scale = np.array([wide / largest, tall / largest, 1])
    to_frame = (hair.to_frame * scale).astype(np.float32)
    return Square(np.asarray(small, np.uint8), to_frame, hair.reach)


def framed(affine: Doubles, box: Box, *, width: int, height: int) -> Box | None:
    """Returns the pixels of a frame under a box of its pixels, or None where it has none."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ affine.T
    return even_box(corners.min(0), corners.max(0), width=width, height=height)
