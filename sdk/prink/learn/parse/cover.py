"""Puts things before a head: its colours, the classes, and the hair that is left to see."""

from dataclasses import replace

import numpy as np

from prink.arrays import Floats
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import Crop
from prink.learn.parse.sets import OUTSIDE, any_of
from prink.learn.parse_things.thing import Thing

__all__ = ["covered"]

Rng = np.random.Generator
CLEAR, FAINT = 160, 90  # of 255: from here on it is the thing, from there on it may be
HIDES = 0.6  # share from which a lens hides the eye


def covered(crop: Crop, thing: Thing, rng: Rng) -> Crop:
    """Returns a crop with a thing before it that throws a soft shadow."""
    import cv2

    if thing.under is not None:
        crop = covered(crop, thing.under, rng)
    share = cv2.resize(thing.share, (SIZE, SIZE), interpolation=cv2.INTER_AREA) / np.float32(255)
    rgb = shaded(crop, share, thing.shadow, rng)
    rgb = rgb + (thing.colour * exposure(crop, rng) - rgb) * share[..., None]
    hair = crop.hair.copy()
    away = 1 - share
    hair[..., 0] = hair[..., 0] * away + (share if thing.name == "hair" else 0)
    hair[..., 1] = np.maximum(hair[..., 1], share > 0.9) if thing.name != "hair" else hair[..., 1]
    one = any_of(thing.name) if thing.sets is None else thing.sets
    inside = crop.sets != OUTSIDE
    sets = np.where((thing.share > FAINT) & inside, crop.sets | one, crop.sets)
    sets = np.where((thing.share > CLEAR) & inside, one, sets)
    return replace(crop, rgb=np.clip(rgb, 0, 1).astype(np.float32), hair=hair, sets=sets)


def shaded(crop: Crop, share: Floats, shadow: float, rng: Rng) -> Floats:
    """Returns the colours with the shadow of what is before them."""
    import cv2

    if not shadow or rng.random() < 0.3:
        return crop.rgb
    shift = rng.normal(0, 0.03, 2) * crop.face
    matrix = np.array([[1, 0, shift[0]], [0, 1, abs(shift[1])]])
    moved = cv2.warpAffine(share, matrix, (SIZE, SIZE))
    soft = cv2.GaussianBlur(moved, (0, 0), float(rng.uniform(0.01, 0.05) * crop.face))
    return np.asarray(crop.rgb * (1 - shadow * rng.uniform(0.3, 1.5) * soft[..., None]), np.float32)


def exposure(crop: Crop, rng: Rng) -> Floats:
    """Returns factors (3,) that bring a thing into the light of the crop, roughly."""
    if rng.random() < 0.3:
        return np.ones(3, np.float32)
    middle = crop.rgb[SIZE // 3 : 2 * SIZE // 3 : 4, SIZE // 3 : 2 * SIZE // 3 : 4]
    level = float(np.clip(middle.mean() / 0.45, 0.4, 1.3)) ** 0.6
    cast = middle.mean((0, 1)) / max(float(middle.mean()), 0.02)
    return np.asarray(level * (cast / np.array([1.25, 0.95, 0.8])) ** 0.4, np.float32)
