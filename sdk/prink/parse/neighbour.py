"""Whose hair it is where several people stand close: that of the head it is nearer to."""

from collections.abc import Sequence

import numpy as np

from prink.arrays import Doubles, Floats
from prink.face import Face
from prink.parse.head import Affine, head_to_frame

__all__ = ["nearer_than_others"]

BLUR = 0.1  # half the width of the border, as a share of the distance
COARSE = 24  # the field is smooth: this many places a side are enough


def nearer_than_others(
    face: Face, faces: Sequence[Face], to_frame: Affine, size: int
) -> Floats | float:
    """Returns how much each pixel (S, S) of a head square belongs to its face, 0..1."""
    rivals = [other for other in faces if other is not face]
    if not rivals:
        return 1.0
    import cv2

    at = (np.arange(COARSE) + 0.5) * size / COARSE
    grid = np.stack([*np.meshgrid(at, at), np.ones((COARSE, COARSE))], axis=-1)
    places = grid @ to_frame.T.astype(np.float64)
    own = distance(places, face)
    others = np.min([distance(places, other) for other in rivals], axis=0)
    lead = (others - own) / np.maximum(others + own, 1e-6)
    share = np.clip(lead / (2 * BLUR) + 0.5, 0, 1).astype(np.float32)
    return np.asarray(cv2.resize(share, (size, size), interpolation=cv2.INTER_LINEAR), np.float32)


def distance(places: Doubles, face: Face) -> Doubles:
    """Returns distances from the middle of a face, in its own sizes."""
    square = head_to_frame(face, 1)
    middle = square[:, :2] @ np.full(2, 0.5) + square[:, 2]
    side = np.sqrt(abs(np.linalg.det(square[:, :2])))
    return np.asarray(np.linalg.norm(places - middle, axis=-1) / side)
