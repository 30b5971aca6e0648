"""The face layer: what the parts of a face are, as the shaders take it, and what its row says."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Bytes
from prink.parse.head import inverse
from prink.parse.parsing import FACE as CHANNELS
from prink.parse.parsing import Square
from prink.render.layer import LayerPicture
from prink.render.plan import read_plan

__all__ = ["FACE", "face_layer"]

FACE: Final = "face"
"""The layer's name in the plan."""


def face_layer(square: Square, *, parsed: float = 1.0) -> LayerPicture | None:
    """Returns the parts of a face to draw by, or None where its place makes no sense.

    It shows nothing beyond the face's own makeup, so it has no boxes.

    Args:
        square: The face square of a `Parsing`.
        parsed: How far it decides, 0..1; at 0 landmarks alone do.

    Raises:
        ValueError: if the square has other channels than those of `prink.parse.parsing.FACE`.
    """
    pixels = square.pixels
    if pixels.ndim != 3 or pixels.shape[2] != len(CHANNELS):
        raise ValueError(f"a face square is (S, S, {len(CHANNELS)}), got {pixels.shape}")
    affine = square.to_frame.astype(np.float64)
    if not np.isfinite(affine).all() or abs(np.linalg.det(affine[:, :2])) < 1e-9:
        return None
    tall, wide = pixels.shape[:2]
    to_square = inverse(square.to_frame) / np.array([[wide], [tall]])
    numbers: dict[str, ArrayLike] = {"face_from_frame": to_square, "parsed": parsed}
    return LayerPicture(reduced(pixels), numbers=numbers)


def reduced(pixels: Bytes) -> Bytes:
    """Returns the picture at the largest size that the plan allows, if it is larger."""
    largest = read_plan(1).layers[FACE].largest
    if max(pixels.shape[:2]) <= largest:
        return pixels
    import cv2

    small = cv2.resize(pixels, (largest, largest), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)
