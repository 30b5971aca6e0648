"""The colour of a face's own skin, and how far each pixel is from it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import LEFT_CHEEK, RIGHT_CHEEK
from prink.learn.parse_labels.polygons import drawn

__all__ = ["Skin", "lab", "skin_of"]

LEAST_SPREAD: Final = np.array([7.0, 3.0, 3.5], np.float32)  # of L, a, b
SHADE: Final = 0.35  # what a step in lightness counts beside one in colour


def lab(rgb: Bytes) -> Floats:
    """Returns CIE L*a*b* (H, W, 3) of sRGB, L 0..100."""
    import cv2

    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB))


@dataclass(frozen=True, eq=False)
class Skin:
    """Mean and spread (3,) of the cheeks in L*a*b*."""

    mean: Floats
    spread: Floats

    def away(self, colours: Floats, *, shade: float = SHADE) -> Floats:
        """Returns how far colours (H, W, 3) are from skin, in its spreads; `shade` counts less."""
        z = (colours - self.mean) / self.spread
        return np.asarray(np.sqrt(z[..., 1] ** 2 + z[..., 2] ** 2 + (shade * z[..., 0]) ** 2))

    def darker(self, colours: Floats) -> Floats:
        """Returns log lightness below that of the skin."""
        return np.asarray(np.log((self.mean[0] + 3) / (colours[..., 0] + 3)))


def skin_of(colours: Floats, points: Floats) -> Skin:
    """Returns the skin of a face's cheeks: a robust mean, so that a strand or a hand counts little.

    Args:
        colours: (S, S, 3) L*a*b* of the square.
        points: (478, 3) of the face in it.
    """
    size = len(colours)
    mask = drawn(points, RIGHT_CHEEK, size) | drawn(points, LEFT_CHEEK, size)
    cheeks = colours[mask > 0]
    if len(cheeks) < 20:
        cheeks = colours[size // 2 - 4 : size // 2 + 4, size // 2 - 4 : size // 2 + 4].reshape(
            -1, 3
        )
    mean = np.median(cheeks, axis=0)
    spread = 1.5 * np.median(np.abs(cheeks - mean), axis=0)
    return Skin(mean.astype(np.float32), np.maximum(spread, LEAST_SPREAD).astype(np.float32))
