"""Makeup as one writes it with OpenCV: a mask for each product, blurred, blended onto the frame.

Honest and idiomatic: eight-bit masks, OpenCV's own threaded blends and filters, no Python loop
over pixels, each product one call. The same products as `products.full_look`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import (
    FACE_OVAL,
    LEFT_EYE,
    LEFT_EYE_UPPER,
    LIPS_INNER,
    LIPS_OUTER,
    RIGHT_EYE,
    RIGHT_EYE_UPPER,
)

__all__ = ["Naive", "draw_on_crop", "draw_on_frame"]

Points = Floats

BROWS: Final = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
LIDS: Final = (
    (33, 246, 161, 160, 159, 158, 157, 173, 56, 28, 27, 29, 30, 247),
    (263, 466, 388, 387, 386, 385, 384, 398, 286, 258, 257, 259, 260, 467),
)
CREASES: Final = (
    (30, 29, 27, 28, 56, 222, 223, 224, 225),
    (260, 259, 257, 258, 286, 442, 443, 444, 445),
)
CORNERS: Final = ((33, 130, 247, 30, 225, 113), (263, 359, 467, 260, 445, 342))
CHEEKS: Final = (50, 280)
CONTOURS: Final = ((116, 123, 147, 213, 192, 187, 207), (345, 352, 376, 433, 416, 411, 427))
GLOWS: Final = ((117, 118, 119, 101, 50), (346, 347, 348, 330, 280), (6, 197, 195, 5))


@dataclass(frozen=True, eq=False)
class Naive:
    """One frame in the making: `image` (H, W, 3) and the face's points `(478, 2)` in its pixels."""

    image: Bytes
    points: Points
    iod: float

    def polygon(self, *loops: Sequence[int]) -> Bytes:
        """Returns a mask of filled landmark loops."""
        mask = np.zeros(self.image.shape[:2], np.uint8)
        cv2.fillPoly(mask, [self.points[list(loop)].astype(np.int32) for loop in loops], 255)
        return mask

    def line(self, *rows: Sequence[int], width: float, closed: bool = False) -> Bytes:
        """Returns a mask of lines along landmarks; width in inter-ocular distances."""
        mask = np.zeros(self.image.shape[:2], np.uint8)
        paths = [self.points[list(row)].astype(np.int32) for row in rows]
        cv2.polylines(mask, paths, closed, 255, max(1, round(width * self.iod)), cv2.LINE_AA)
        return mask

    def discs(self, places: Sequence[int], radius: float) -> Bytes:
        """Returns a mask of discs on landmarks; radius in inter-ocular distances."""
        mask = np.zeros(self.image.shape[:2], np.uint8)
        for place in places:
            centre = self.points[place].astype(int).tolist()
            cv2.circle(mask, centre, max(1, round(radius * self.iod)), 255, -1)
        return mask

    def blend(self, layer: Bytes, mask: Bytes, opacity: float, feather: float) -> "Naive":
        """Lays a picture on the image through a mask, feathered by inter-ocular distances."""
        mixed = cv2.addWeighted(self.image, 1.0 - opacity, layer, opacity, 0.0)
        soft = cv2.GaussianBlur(mask, (0, 0), max(0.5, feather * self.iod))
        weight = soft.astype(np.float32) / 255.0
        image = cv2.blendLinear(mixed, self.image, weight, 1.0 - weight)
        return Naive(np.asarray(image, np.uint8), self.points, self.iod)

    def tint(
        self, colour: tuple[int, int, int], mask: Bytes, opacity: float, feather: float
    ) -> "Naive":
        """Lays a plain colour on the image through a mask."""
        return self.blend(np.full_like(self.image, colour), mask, opacity, feather)

    def brighten(self, gain: float, mask: Bytes, feather: float) -> "Naive":
        """Makes what a mask covers brighter."""
        lit = np.asarray(cv2.convertScaleAbs(self.image, alpha=gain, beta=8), np.uint8)
        return self.blend(lit, mask, 1.0, feather)


def draw_on_frame(rgb: Bytes, points: Points) -> Bytes:
    """Returns the frame with every product, on whole frames as most such code works."""
    flat = np.ascontiguousarray(points[:, :2])
    face = Naive(rgb, flat, float(np.linalg.norm(flat[468] - flat[473])))
    for product in (skin, cheeks, eyelids, eyes, lips):
        face = product(face)
    return face.image


def draw_on_crop(rgb: Bytes, points: Points) -> Bytes:
    """Returns the same picture, worked on the face's box only: what a careful user would do."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    margin = 0.15 * (high - low)
    x0, y0 = np.maximum(low - margin, 0).astype(int)
    x1, y1 = np.ceil(np.minimum(high + margin, rgb.shape[1::-1])).astype(int)
    shifted = points.copy()
    shifted[:, :2] -= (x0, y0)
    out = rgb.copy()
    out[y0:y1, x0:x1] = draw_on_frame(np.ascontiguousarray(rgb[y0:y1, x0:x1]), shifted)
    return out


def skin(face: Naive) -> Naive:
    """Foundation with smoothing and dew: bilateral filter, a tint and brighter glints."""
    holes = face.polygon(RIGHT_EYE, LEFT_EYE, LIPS_OUTER, *BROWS)
    mask = cv2.subtract(face.polygon(FACE_OVAL), holes)
    smooth = np.asarray(cv2.bilateralFilter(face.image, 9, 60, 60), np.uint8)
    face = face.blend(smooth, np.asarray(mask, np.uint8), 0.5, 0.03)
    face = face.tint((204, 158, 130), np.asarray(mask, np.uint8), 0.25, 0.03)
    shine = cv2.inRange(cv2.cvtColor(face.image, cv2.COLOR_RGB2GRAY), 190, 255)
    return face.brighten(1.08, np.asarray(cv2.bitwise_and(shine, mask), np.uint8), 0.02)


def cheeks(face: Naive) -> Naive:
    """Contour, blush and highlighter."""
    face = face.tint((143, 102, 77), face.polygon(*CONTOURS), 0.35, 0.10)
    face = face.tint((219, 97, 97), face.discs(CHEEKS, 0.28), 0.3, 0.14)
    return face.tint((255, 230, 199), face.polygon(*GLOWS), 0.3, 0.06)


def eyelids(face: Naive) -> Naive:
    """Eyeshadow in three colours, eyeliner, lashes and brows."""
    face = face.tint((158, 115, 97), face.polygon(*LIDS), 0.6, 0.03)
    face = face.tint((107, 71, 56), face.polygon(*CREASES), 0.5, 0.04)
    face = face.tint((64, 41, 36), face.polygon(*CORNERS), 0.5, 0.04)
    face = face.tint(
        (13, 10, 13), face.line(RIGHT_EYE, LEFT_EYE, width=0.03, closed=True), 0.9, 0.008
    )
    face = face.tint((10, 8, 8), lashes(face), 0.9, 0.004)
    return face.tint((61, 41, 28), face.polygon(*BROWS), 0.5, 0.02)


def lashes(face: Naive) -> Bytes:
    mask = np.zeros(face.image.shape[:2], np.uint8)
    for row, centre in ((RIGHT_EYE_UPPER, 468), (LEFT_EYE_UPPER, 473)):
        roots = face.points[list(row)]
        roots = np.concatenate([roots, (roots[1:] + roots[:-1]) / 2])
        away = roots - face.points[centre]
        tips = roots + 0.12 * face.iod * away / np.linalg.norm(away, axis=1, keepdims=True)
        hairs = list(np.stack([roots, tips], axis=1).astype(np.int32))
        cv2.polylines(mask, hairs, False, 255, max(1, round(0.01 * face.iod)), cv2.LINE_AA)
    return mask


def eyes(face: Naive) -> Naive:
    """Coloured irises and clearer whites."""
    openings = face.polygon(RIGHT_EYE, LEFT_EYE)
    irises = np.asarray(cv2.bitwise_and(face.discs((468, 473), 0.09), openings), np.uint8)
    face = face.tint((77, 115, 140), irises, 0.4, 0.01)
    return face.brighten(1.1, np.asarray(cv2.subtract(openings, irises), np.uint8), 0.01)


def lips(face: Naive) -> Naive:
    """Two-tone lipstick with gloss, liner and whiter teeth."""
    mouth = face.polygon(LIPS_INNER)
    film = np.asarray(cv2.subtract(face.polygon(LIPS_OUTER), mouth), np.uint8)
    face = face.tint((158, 31, 53), film, 0.7, 0.015)
    face = face.tint((115, 13, 26), face.line(LIPS_INNER, width=0.06, closed=True), 0.3, 0.02)
    bright = cv2.inRange(cv2.cvtColor(face.image, cv2.COLOR_RGB2GRAY), 120, 255)
    face = face.brighten(1.25, np.asarray(cv2.bitwise_and(bright, film), np.uint8), 0.01)
    face = face.tint((102, 31, 36), face.line(LIPS_OUTER, width=0.03, closed=True), 0.6, 0.008)
    return face.brighten(1.1, mouth, 0.01)
