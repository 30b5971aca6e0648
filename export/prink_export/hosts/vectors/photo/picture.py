"""A small drawn picture of a face for vectors, and the edits that make cases of it."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.face.landmark import (
    FACE_OVAL,
    LEFT_EYE,
    LEFT_EYE_UPPER,
    LEFT_IRIS,
    LIPS_OUTER,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_EYE,
    RIGHT_EYE_UPPER,
    RIGHT_IRIS,
)
from prink_export.hosts.vectors.faces.face import head

__all__ = ["EDITS", "HEIGHT", "PICTURE", "WIDTH", "Edit", "drawn_head", "drawn_picture", "stored"]

WIDTH: Final = 60
HEIGHT: Final = 68
FINE: Final = 8  # times finer it is drawn, for smooth edges
NOISE: Final = 1.5  # levels
BROWS: Final = (
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
)
BACK: Final = (120, 130, 140)
HAIR: Final = (66, 46, 36)
SKIN: Final = (205, 160, 135)
LIPS: Final = (160, 82, 84)
SEAM: Final = (70, 35, 35)
WHITE: Final = (226, 220, 214)
IRIS: Final = (78, 58, 42)
LASH: Final = (40, 30, 28)
BROW: Final = (92, 68, 54)

PICTURE: Final = (
    "`width`, `height` in pixels and `rgb`, three bytes a pixel, row by row, sRGB, as base64"
)
EDITS: Final = (
    "what makes the case's frame of the picture, in this order: `fill`: each `box` x0, "
    "y0, x1, y1 (the last two excluded) gets its `color` r, g, b; `grey`: red and blue become "
    "what green is; `gain`: each channel becomes floor(value * gain / 256); `zoom`: each pixel "
    "becomes zoom x zoom pixels"
)


@dataclass(frozen=True)
class Edit:
    """What makes a case's frame of the picture, see `EDITS`."""

    fill: tuple[tuple[tuple[int, int, int, int], tuple[int, int, int]], ...] = ()
    grey: bool = False
    gain: tuple[int, int, int] = (256, 256, 256)
    zoom: int = 1

    def frame(self, picture: Bytes) -> Bytes:
        """Returns the frame (zoom * h, zoom * w, 3) of a picture (h, w, 3)."""
        made = picture.copy()
        for (x0, y0, x1, y1), color in self.fill:
            made[y0:y1, x0:x1] = color
        if self.grey:
            made[..., :] = made[..., 1:2]
        bright = (made.astype(np.int64) * self.gain >> 8).astype(np.uint8)
        return np.asarray(bright.repeat(self.zoom, axis=0).repeat(self.zoom, axis=1))

    def told(self) -> dict[str, Any]:
        """Returns the edit as a file tells it."""
        fill = [{"box": list(box), "color": list(color)} for box, color in self.fill]
        return {"fill": fill, "grey": self.grey, "gain": list(self.gain), "zoom": self.zoom}


def drawn_head(*, zoom: int = 1, middle: tuple[float, float] = (30.0, 32.0)) -> Floats:
    """Returns the landmarks (478, 3) of the drawn face in pixels of a frame of this zoom."""
    places = np.round(head(at=middle, size=3.0) * zoom, 1)
    return np.asarray(places, np.float32)


@cache
def drawn_picture(
    width: int = WIDTH, height: int = HEIGHT, *, hair: tuple[float, float] = (1.25, 1.22)
) -> Bytes:
    """Returns the picture (height, width, 3): a head with hair before a wall, lit from one side.

    Args:
        width: In pixels.
        height: In pixels; the face is always of the same size, about in the middle.
        hair: How far the hair reaches beside and above the face, by its half width and height.
    """
    import cv2

    middle = (width / 2, height / 2 - 2.0)
    points = head(at=middle, size=3.0)[:, :2].astype(np.float64)
    fine = np.full((height * FINE, width * FINE, 3), BACK, np.uint8)

    def area(places: Doubles, color: tuple[int, int, int]) -> None:
        cv2.fillPoly(fine, [np.rint(places * FINE).astype(np.int32)], color)

    oval = points[list(FACE_OVAL)]
    area((oval - middle) * hair + middle, HAIR)
    area(oval, SKIN)
    for brow in BROWS:
        area(points[list(brow)], BROW)
    for ring, iris, lid in (
        (RIGHT_EYE, RIGHT_IRIS, RIGHT_EYE_UPPER),
        (LEFT_EYE, LEFT_IRIS, LEFT_EYE_UPPER),
    ):
        area(points[list(ring)], WHITE)
        area(points[list(iris[1:])], IRIS)
        upper = points[list(lid)]
        area(np.concatenate([upper, upper[::-1] - (0.0, 0.9)]), LASH)
    area(points[list(LIPS_OUTER)], LIPS)
    seam = (points[list(MOUTH_INNER_UPPER)] + points[list(MOUTH_INNER_LOWER)]) / 2
    half = np.array([0.0, 0.35])
    area(np.concatenate([seam - half, seam[::-1] + half]), SEAM)
    small = fine.reshape(height, FINE, width, FINE, 3).mean(axis=(1, 3))
    return lit(small)


def lit(colors: Doubles) -> Bytes:
    """Returns a picture darkened towards its right and its rim, with noise of brightness."""
    height, width = colors.shape[:2]
    y, x = np.mgrid[:height, :width] + 0.5
    x, y = x / width, y / height
    light = 1.05 - 0.2 * x - 0.4 * ((x - 0.5) ** 2 + (y - 0.45) ** 2)
    noise = np.random.default_rng(3).normal(0.0, NOISE, (height, width))
    shaded = colors * light[..., None] + noise[..., None]
    return np.asarray(np.rint(np.clip(shaded, 0.0, 255.0)), np.uint8)


def stored(picture: Bytes) -> dict[str, Any]:
    """Returns the picture (H, W, 3) as a file holds it, see `PICTURE`."""
    height, width = picture.shape[:2]
    rgb = b64encode(np.ascontiguousarray(picture).tobytes()).decode()
    return {"width": width, "height": height, "rgb": rgb}
