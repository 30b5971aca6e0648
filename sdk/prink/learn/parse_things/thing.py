"""What a thing before a head is, and what drawing one takes."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import FINE, Crop
from prink.learn.parse.sets import Sets

__all__ = ["HAIR", "Thing", "blank", "clouds", "filled", "fixed", "need", "own_skin", "rounded"]
__all__ += ["towards"]

Rng = np.random.Generator

# Linear mixes of these make skin of every tone, sRGB 0..1.
SKIN: Final = ((0.98, 0.84, 0.74), (0.30, 0.18, 0.12))
HAIR: Final = (
    *((0.05, 0.04, 0.04), (0.10, 0.08, 0.07), (0.18, 0.12, 0.09), (0.30, 0.20, 0.14)),
    *((0.62, 0.50, 0.36), (0.78, 0.68, 0.52), (0.45, 0.20, 0.10), (0.60, 0.60, 0.61)),
)


@dataclass(frozen=True, eq=False)
class Thing:
    """Something before a head.

    Attributes:
        name: Its class.
        colour: (S, S, 3) sRGB 0..1.
        share: (2S, 2S) uint8, how much of each pixel it covers.
        shadow: How dark its shadow on the head is, 0..1.
        under: What lies under it: a second thing that is drawn first.
        sets: (2S, 2S) uint16, where its parts are of several classes.
    """

    name: str
    colour: Floats
    share: Bytes
    shadow: float = 0.25
    under: "Thing | None" = None
    sets: Sets | None = None


def blank() -> Bytes:
    """Returns a fine mask of nothing, (2S, 2S)."""
    return np.zeros((FINE, FINE), np.uint8)


def fixed(places: Floats) -> list[list[int]]:
    """Returns places in pixels of a crop as OpenCV's whole numbers in a fine picture, times 8."""
    return np.rint((places * 2 - 0.5) * 8).astype(np.int32).tolist()  # type: ignore[no-any-return]


def filled(mask: Bytes, places: Floats) -> Bytes:
    """Returns the mask with a polygon of places filled."""
    import cv2

    cv2.fillPoly(mask, [np.array(fixed(places))], 255, cv2.LINE_AA, 3)
    return mask


def clouds(rng: Rng, low: float, high: float, cells: int = 6) -> Floats:
    """Returns smooth light and shade (S, S, 1)."""
    import cv2

    coarse = rng.uniform(low, high, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC))[..., None]


def rounded(mask: Bytes, wide: float) -> Floats:
    """Returns shade (S, S, 1) that falls off to the rim of a mask, as on something round."""
    import cv2

    small = cv2.resize(mask, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    away = cv2.distanceTransform((small > 127).astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(0.62 + 0.4 * np.sqrt(np.clip(away / max(wide, 1), 0, 1)))[..., None]


def need(crop: Crop) -> Floats:
    """Returns the points of a crop that has them."""
    if crop.points is None:
        raise ValueError("expected a crop with points")
    return crop.points


def own_skin(crop: Crop, rng: Rng) -> Floats:
    """Returns the colour of this face's skin, now and then another one's, (3,)."""
    if crop.points is not None and rng.random() < 0.75:
        at = np.clip(crop.points[[50, 280, 205, 425]].astype(int), 0, SIZE - 1)
        tone = np.median(crop.rgb[at[:, 1], at[:, 0]], axis=0)
        return np.asarray(tone * rng.uniform(0.75, 1.15) * rng.normal(1, 0.03, 3), np.float32)
    share = rng.random()
    tone = np.array(SKIN[0]) * (1 - share) + np.array(SKIN[1]) * share
    return np.asarray(tone * rng.uniform(0.5, 1.05), np.float32)


def towards(crop: Crop, rng: Rng) -> Floats:
    """Returns a place on the face that a hand may cover, (2,): the mouth and eyes often."""
    middle = np.full(2, SIZE / 2, np.float32)
    if crop.points is None:
        return np.asarray(middle + rng.normal(0, 0.35, 2) * crop.face, np.float32)
    names = (13, 14, 17, 61, 291, 159, 386, 50, 280, 152, 234, 454, 10, 205, 425)
    weights = np.array([3, 3, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1], float)
    place = crop.points[int(rng.choice(names, p=weights / weights.sum()))]
    return np.asarray(place + rng.normal(0, 0.08, 2) * crop.face, np.float32)
