"""Makeup by another renderer: polygons of landmarks, and a blend in CIELAB.

It stands for real makeup that prink's formulas did not draw: other edges, other shading, other
optics. Nothing is trained on it, and nothing else may use it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.face.landmark import (
    LEFT_EYE,
    LEFT_EYE_UPPER,
    LIPS_INNER,
    LIPS_OUTER,
    RIGHT_EYE,
    RIGHT_EYE_UPPER,
    iod,
)

__all__ = ["Layer", "Paint", "draw_other"]

# From the corners of the eye along the fold of the lid, back to where the upper lashes begin.
RIGHT_FOLD: Final = (133, 190, 56, 28, 27, 29, 30, 247, 33)
LEFT_FOLD: Final = (362, 414, 286, 258, 257, 259, 260, 467, 263)
# From below the eye over the apple of the cheek to below the cheekbone.
RIGHT_BLUSH: Final = (116, 117, 118, 101, 36, 205, 207, 187, 147, 123)
LEFT_BLUSH: Final = (345, 346, 347, 330, 266, 425, 427, 411, 376, 352)
USUAL_SKIN: Final = 68.0  # L* of the skin on which a pigment looks as on its swatch
GLINT: Final = 80.0  # percentile of lightness from which glossy lips shine


@dataclass(frozen=True)
class Paint:
    """A pigment in sRGB 0..1, how much of it, and how it shines, 0..1."""

    rgb: tuple[float, float, float]
    amount: float
    gloss: float = 0.0


@dataclass(frozen=True, eq=False)
class Layer:
    """Where a paint goes: loops of landmarks in, loops out, and the feather in eye distances."""

    inside: Sequence[Sequence[int]]
    outside: Sequence[Sequence[int]]
    feather: float


LAYERS: Final = {
    "cheeks": Layer((RIGHT_BLUSH, LEFT_BLUSH), (RIGHT_EYE, LEFT_EYE), 0.12),
    "lids": Layer(
        ((33, *RIGHT_EYE_UPPER, *RIGHT_FOLD), (263, *LEFT_EYE_UPPER, *LEFT_FOLD)),
        (RIGHT_EYE, LEFT_EYE),
        0.035,
    ),
    "lips": Layer((LIPS_OUTER,), (LIPS_INNER,), 0.018),
}


def draw_other(rgb: Bytes, face: Face, paints: dict[str, Paint]) -> Bytes:
    """Returns the picture (H, W, 3) with paints on `cheeks`, `lids` and `lips`."""
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    light = float(np.median(lab[..., 0][mask_of(LAYERS["cheeks"], face, rgb.shape) > 0.5]))
    for name, layer in LAYERS.items():
        if name in paints and paints[name].amount > 0:
            lab = painted(lab, mask_of(layer, face, rgb.shape), paints[name], light)
    out = cv2.cvtColor(np.asarray(lab, np.float32), cv2.COLOR_LAB2RGB)
    return np.asarray(np.rint(np.clip(out, 0.0, 1.0) * 255.0), np.uint8)


def mask_of(layer: Layer, face: Face, shape: tuple[int, ...]) -> Floats:
    """Returns how much of a layer lies on each pixel, (H, W)."""
    mask = np.zeros(shape[:2], np.uint8)
    for loops, value in ((layer.inside, 255), (layer.outside, 0)):
        for loop in loops:
            corners = np.rint(face.points[list(loop), :2]).astype(np.int32)
            around = corners if layer.feather < 0.1 else cv2.convexHull(corners)
            cv2.fillPoly(mask, [around], value)
    soft = cv2.GaussianBlur(mask, (0, 0), max(0.6, layer.feather * iod(face.points)))
    return np.asarray(soft, np.float32) / 255.0


def painted(lab: Floats, mask: Floats, paint: Paint, light: float) -> Floats:
    """Returns CIELAB (H, W, 3) under a film: its colour in this light, with the skin's relief."""
    swatch = np.array(paint.rgb, np.float32)[None, None]
    pigment = cv2.cvtColor(swatch, cv2.COLOR_RGB2LAB)[0, 0]
    here = mask > 0.5
    middle = float(lab[..., 0][here].mean()) if here.any() else light
    film = np.empty_like(lab)
    shade = min(max((light / USUAL_SKIN) ** 0.7, 0.5), 1.2)
    film[..., 0] = pigment[0] * shade + 0.8 * (lab[..., 0] - middle)
    film[..., 1:] = pigment[1:] * shade
    if paint.gloss > 0 and here.any():
        edge = float(np.percentile(lab[..., 0][here], GLINT))
        film[..., 0] += 1.2 * paint.gloss * np.maximum(lab[..., 0] - edge, 0.0)
    film[..., 0] = np.clip(film[..., 0], 0.0, 100.0)
    share = (paint.amount * mask)[..., None]
    return np.asarray(lab + share * (film - lab), np.float32)
