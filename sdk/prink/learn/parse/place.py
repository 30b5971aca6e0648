"""A crop of a labelled square as the network sees it: another reach, place, angle and side."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Floats
from prink.learn.parse.data import Square
from prink.learn.parse.net import SIZE
from prink.learn.parse.sets import Sets

__all__ = ["FINE", "Crop", "placed"]

Rng = np.random.Generator
Picture = NDArray[Any]

FINE: Final = 2 * SIZE  # px a side of the sets, so that edges of the answer are soft
FACE: Final = (0.72, 0.95)  # reaches of a crop of the face
HEAD: Final = 1.5
WIDE: Final = (1.6, 2.3)


@dataclass(frozen=True, eq=False)
class Crop:
    """A crop of `SIZE` px a side.

    Attributes:
        rgb: (S, S, 3) float32 0..1.
        sets: (2S, 2S) uint16.
        hair: (S, S, 2) float32, how much is hair and how far that is known, 0..1.
        points: (478, 2) of the face in pixels of the crop, or None.
        face: Size of the face in pixels; its middle is near that of the crop.
    """

    rgb: Floats
    sets: Sets
    hair: Floats
    points: Floats | None
    face: float


def placed(square: Square, rng: Rng) -> Crop:
    """Returns a square seen anew, near where a crop of the face, head or more has it."""
    reach = random_reach(rng)
    if square.reach < WIDE[1]:  # nothing is known beyond what was drawn
        reach = square.reach * rng.uniform(0.85, 1.02)
    scale = 2 * reach * square.face / SIZE  # of the square's pixels to one of the crop
    angle = np.radians(rng.normal(0, 7) if rng.random() < 0.88 else rng.uniform(-35, 35))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    if rng.random() < 0.5:
        turn[:, 0] *= -1
    middle = np.full(2, SIZE / 2) + rng.normal(0, 0.025 * SIZE, 2)
    matrix = np.column_stack([turn, square.middle - turn @ middle])
    points = None
    if square.points is not None:
        points = (square.points - matrix[:, 2]) @ np.linalg.inv(turn).T
    return Crop(
        rgb=shrunk(square, matrix, scale),
        sets=seen(square.sets, fine(matrix), FINE, smooth=False),
        hair=seen(square.hair, matrix, SIZE).astype(np.float32) / np.float32(255),
        points=None if points is None else points.astype(np.float32),
        face=square.face / scale,
    )


def random_reach(rng: Rng) -> float:
    kind = rng.random()
    if kind < 0.42:
        return float(rng.uniform(*FACE))
    if kind < 0.78:
        return float(HEAD * np.exp(rng.normal(0, 0.1)))
    return float(rng.uniform(*WIDE))


def shrunk(square: Square, matrix: Doubles, scale: float) -> Floats:
    """Returns the colours; averaged down first where bilinear taps would skip pixels."""
    import cv2

    rgb = square.rgb
    if scale > 1.7:
        side = len(rgb) // 2
        rgb = cv2.resize(rgb, (side, side), interpolation=cv2.INTER_AREA)
        matrix = matrix / 2
    return np.asarray(seen(rgb, matrix, SIZE), np.float32) / np.float32(255)


def fine(matrix: Doubles) -> Doubles:
    """Returns the affine from pixels of half the size."""
    half = matrix.copy()
    half[:, :2] *= SIZE / FINE
    return half


def seen(picture: Picture, matrix: Doubles, side: int, *, smooth: bool = True) -> Picture:
    """Returns a picture through an affine between places, nought beyond it."""
    import cv2

    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.full(2, 0.5) - 0.5
    flags = (cv2.INTER_LINEAR if smooth else cv2.INTER_NEAREST) | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, shifted, (side, side), flags=flags), picture.dtype)
