"""What of a face is covered, by its pixels: geometry knows only what is turned away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from prink.arrays import Doubles
from prink.face import Face
from prink.face.landmark import (
    LEFT_CHEEK,
    LEFT_EYE,
    LEFT_IRIS,
    LIPS_LOWER,
    LIPS_UPPER,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_CHEEK,
    RIGHT_EYE,
    RIGHT_IRIS,
)
from prink.face.visibility import ramp
from prink.parse.head import inverse
from prink.parse.parsing import FACE, Parsing, Square

__all__ = ["as_seen"]

SHOWN: Final = (0.3, 0.6)  # share of a region that is itself: covered, and seen
OPEN: Final = 0.3  # openness below which an eye shows next to nothing to go by


def as_seen(face: Face, parsing: Parsing) -> Face:
    """Returns the face with the visibility of what is covered lowered, as its pixels tell.

    Args:
        face: A face, whose visibility is by its landmarks.
        parsing: Of the same frame; where it has no face square, nothing changes.
    """
    square = parsing.face
    if square is None:
        return face
    points, seen = face.points[:, :2].astype(np.float64), face.visibility

    def shows(channel: str, places: Doubles) -> float:
        return ramp(share(square, channel, places), *SHOWN)

    eyes = ((RIGHT_EYE, RIGHT_IRIS, seen.right_open), (LEFT_EYE, LEFT_IRIS, seen.left_open))
    right, left = (
        shows("eye", inside(points, ring, iris)) if is_open >= OPEN else 1.0
        for ring, iris, is_open in eyes
    )
    return replace(
        face,
        visibility=replace(
            seen,
            lips=seen.lips * shows("lips", middles(points)),
            right_eye=seen.right_eye * right,
            left_eye=seen.left_eye * left,
            right_cheek=seen.right_cheek * shows("face", points[list(RIGHT_CHEEK)]),
            left_cheek=seen.left_cheek * shows("face", points[list(LEFT_CHEEK)]),
        ),
    )


def middles(points: Doubles) -> Doubles:
    """Returns places (18, 2) in the middle of both lips, from corner to corner."""
    pairs = ((LIPS_UPPER, MOUTH_INNER_UPPER), (LIPS_LOWER, MOUTH_INNER_LOWER))
    return np.concatenate(
        [(points[list(outer)] + points[list(inner)]) / 2 for outer, inner in pairs]
    )


def inside(points: Doubles, ring: Sequence[int], iris: Sequence[int]) -> Doubles:
    """Returns places (33, 2) in an open eye."""
    rim, center = points[list(ring)], points[iris[0]]
    return np.concatenate([center[None], rim * 0.6 + center * 0.4, rim * 0.3 + center * 0.7])


def share(square: Square, channel: str, places: Doubles) -> float:
    """Returns the mean of a channel at places (N, 2) of the frame, 0..1; 0 beyond the square."""
    import cv2

    to_square = inverse(square.to_frame)
    at = (places @ to_square[:, :2].T + to_square[:, 2] - 0.5).astype(np.float32)[None]
    plane = np.ascontiguousarray(square.pixels[..., FACE.index(channel)])
    found = cv2.remap(plane, at[..., 0], at[..., 1], cv2.INTER_LINEAR)
    return float(found.mean() / 255)
