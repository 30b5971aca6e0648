"""Where to measure on a face: masks from landmark polygons, sized by inter-ocular distances.

They share no code and no sample points with the shaders, so that a fault there cannot hide here.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from prink.arrays import Doubles, Flags
from prink.face import Face
from prink.face.landmark import (
    LEFT_EYE,
    LEFT_IRIS,
    LIPS_INNER,
    LIPS_OUTER,
    RIGHT_EYE,
    RIGHT_IRIS,
)

__all__ = [
    "EYE_AREA",
    "band",
    "lip_core",
    "lips",
    "mouth_opening",
    "polygon",
    "reach_of",
    "scleras",
    "skin",
    "unit",
    "whole_face",
    "widened",
]

SHIFT: Final = 4  # sub-pixel bits of the polygons

# Both cheeks, below the eyes and beside the nose, and the middle of the forehead.
SKIN: Final = (
    (117, 118, 101, 36, 205, 50),
    (346, 347, 330, 266, 425, 280),
    (108, 151, 337, 336, 9, 107),
)
EYE_AREA: Final = (
    (46, 53, 52, 65, 55, 107, 66, 105, 63, 70, 156, 35, 31, 228, 229, 230, 231, 232, 244, 193),
    (
        276,
        283,
        282,
        295,
        285,
        336,
        296,
        334,
        293,
        300,
        383,
        265,
        261,
        448,
        449,
        450,
        451,
        452,
        464,
        417,
    ),
)


def unit(face: Face) -> float:
    """Returns the inter-ocular distance in pixels, in depth too: a turned head is no smaller."""
    return float(np.linalg.norm(face.points[RIGHT_IRIS[0]] - face.points[LEFT_IRIS[0]]))


def polygon(face: Face, shape: tuple[int, ...], *loops: Sequence[int]) -> Flags:
    """Returns the mask (H, W) inside landmark loops, placed to a sixteenth of a pixel."""
    mask = np.zeros(shape[:2], np.uint8)
    for loop in loops:
        corners = np.rint(face.points[list(loop), :2] * (1 << SHIFT)).astype(np.int32)
        cv2.fillPoly(mask, [corners], 1, shift=SHIFT)
    return np.asarray(mask > 0)


def widened(mask: Flags, face: Face, by: float) -> Flags:
    """Returns a mask grown (`by` > 0) or shrunk (`by` < 0) by inter-ocular distances."""
    pixels = abs(by) * unit(face)
    # The mask ends half a pixel before the centre of the nearest pixel beyond it.
    away = cv2.distanceTransform((mask == (by < 0)).astype(np.uint8), cv2.DIST_L2, 5) - 0.5
    return np.asarray(away > pixels if by < 0 else away <= pixels)


def lips(face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns the red of the lips without the opening of the mouth."""
    return polygon(face, shape, LIPS_OUTER) & ~polygon(face, shape, LIPS_INNER)


def lip_core(face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns the lips well inside both contours, where every pixel is lip and fully painted."""
    opening = widened(polygon(face, shape, LIPS_INNER), face, 0.03)
    return widened(polygon(face, shape, LIPS_OUTER), face, -0.045) & ~opening


def mouth_opening(face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns teeth and tongue: the opening of the mouth, inside the error of its landmarks."""
    return widened(polygon(face, shape, LIPS_INNER), face, -0.03)


def skin(face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns the cheeks and the middle of the forehead."""
    return polygon(face, shape, *SKIN)


def scleras(face: Face, shape: tuple[int, ...]) -> list[Flags]:
    """Returns the white of the right and of the left eye: the opening without the iris."""
    found = []
    for contour, iris in ((RIGHT_EYE, RIGHT_IRIS), (LEFT_EYE, LEFT_IRIS)):
        centre, rim = face.points[iris[0], :2], face.points[list(iris[1:]), :2]
        radius = 1.12 * float(np.linalg.norm(rim - centre, axis=1).mean())
        disc = np.zeros(shape[:2], np.uint8)
        cv2.circle(disc, centre.astype(int).tolist(), max(1, round(radius)), 1, -1)
        found.append(widened(polygon(face, shape, contour), face, -0.012) & (disc == 0))
    return found


def whole_face(face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns the hull of all landmarks: in a turned face the nose may stand out of the oval."""
    hull = cv2.convexHull(np.rint(face.points[:, :2]).astype(np.int32))
    mask = np.zeros(shape[:2], np.uint8)
    return np.asarray(cv2.fillConvexPoly(mask, hull, 1) > 0)


def reach_of(product: str, face: Face, shape: tuple[int, ...]) -> Flags:
    """Returns where a product may change pixels at all: its region, dilated."""
    if product in ("lips", "lip liner", "teeth"):
        return widened(polygon(face, shape, LIPS_OUTER), face, 0.15)
    if product == "eyes":
        return widened(polygon(face, shape, RIGHT_EYE, LEFT_EYE), face, 0.05)
    if product in ("eyeshadow", "eyeliner", "lashes", "brows"):
        return widened(polygon(face, shape, *EYE_AREA), face, 0.25)
    # Landmarks end below the hair line, foundation does not.
    return widened(whole_face(face, shape), face, 0.35)


def band(
    luminance: Doubles, face: Face, fine: float, coarse: float, *, inside: Flags | None = None
) -> Doubles:
    """Returns what lies between two Gaussian blurs, their sigmas in inter-ocular distances.

    With `inside`, only pixels of that mask are averaged (normalised convolution, Knutsson and
    Westin 1993), so that a contour beside it is not taken for detail.
    """
    iod = unit(face)
    share = np.ones_like(luminance) if inside is None else inside.astype(np.float64)

    def blurred(sigma: float) -> Doubles:
        weight = cv2.GaussianBlur(share, (0, 0), sigma)
        soft = cv2.GaussianBlur(luminance * share, (0, 0), sigma)
        return np.asarray(soft / np.maximum(weight, 1e-9), np.float64)

    return np.asarray(blurred(max(fine * iod, 0.3)) - blurred(coarse * iod), np.float64)
