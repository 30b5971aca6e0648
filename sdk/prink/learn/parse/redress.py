"""The same head with other hair, other skin and another background."""

from dataclasses import replace
from typing import Final

import numpy as np

from prink.arrays import Flags, Floats
from prink.learn.data.skin_shift import MELANIN
from prink.learn.parse.data import Samples
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import Crop
from prink.learn.parse.sets import OUTSIDE, any_of
from prink.learn.parse_things.cloth import cloth
from prink.learn.parse_things.thing import HAIR

__all__ = ["before_other_background", "of_other_skin", "with_other_hair"]

Rng = np.random.Generator
# Dyes beside the colours that grow.
DYES: Final = (
    *HAIR,
    *((0.85, 0.85, 0.86), (0.60, 0.15, 0.30), (0.25, 0.30, 0.60), (0.80, 0.55, 0.65)),
    (0.30, 0.50, 0.45),
)


def halved(mask: Flags) -> Floats:
    """Returns the mean of each 2 x 2 pixels of a mask (2S, 2S) bool, (S, S) 0..1."""
    import cv2

    eight = mask.astype(np.uint8) * np.uint8(255)
    small = cv2.resize(eight, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)


def with_other_hair(crop: Crop, rng: Rng) -> Crop:
    """Returns a crop with hair of another colour; its light and shade stay."""
    hair = crop.hair[..., 0]
    total = float(hair.sum())
    if total < 50:
        return crop
    rgb = crop.rgb
    mean = np.tensordot(hair, rgb, 2) / total
    target = np.array(DYES[rng.integers(len(DYES))]) * rng.uniform(0.8, 1.2, 3)
    weights = np.array([0.3, 0.6, 0.1], np.float32)
    grey = rgb @ weights
    relative = (grey + 0.02) / (float(mean @ weights) + 0.02)
    relative = relative ** np.float32(rng.uniform(0.6, 1.0))
    dyed = relative[..., None] * target.astype(np.float32)
    kept = (rgb - grey[..., None]) * np.float32(rng.uniform(0, 0.6))
    weight = hair[..., None] * np.float32(rng.uniform(0.7, 1))
    return replace(crop, rgb=rgb + (np.clip(dyed + kept, 0, 1) - rgb) * weight)


def of_other_skin(crop: Crop, rng: Rng) -> Crop:
    """Returns a crop whose skin has more pigment, or less; eyes, teeth and clothes stay."""
    import cv2

    bodily = any_of("skin", "upper_lip", "lower_lip", "brow", "neck", "hand", "beard", "mouth")
    inside = (crop.sets & bodily) != 0
    other = (crop.sets & any_of("eye", "teeth", "background", "clothes")) != 0
    mask = cv2.GaussianBlur(halved(inside & ~other), (5, 5), 1.2)[..., None]
    pigment = rng.uniform(0.3, 1.5) if rng.random() < 0.75 else -rng.uniform(0.1, 0.5)
    # Powers of sRGB come near enough to powers of light for a change of this size.
    gain = np.exp(-pigment * MELANIN / 2.2).astype(np.float32)
    shine = np.clip(crop.rgb.min(-1, keepdims=True) - 0.75, 0, 1)
    return replace(crop, rgb=crop.rgb * (1 + (gain - 1) * mask * (1 - 2 * shine)))


def before_other_background(crop: Crop, samples: Samples, rng: Rng) -> Crop:
    """Returns the head and body before another picture, a gradient, a pattern or in the dark."""
    behind = (crop.sets == any_of("background")) | (crop.sets == OUTSIDE)
    kept = 1 - halved(behind)
    hair = crop.hair[..., 0]
    soft = crop.sets[::2, ::2]
    fringe = ((soft & any_of("hair")) != 0) & ((soft & any_of("background")) != 0)
    kept = np.where(fringe, np.minimum(kept, hair), np.maximum(kept, 0))[..., None]
    rgb = crop.rgb * kept + background(samples, rng) * (1 - kept)
    return replace(crop, rgb=rgb.astype(np.float32))


def background(samples: Samples, rng: Rng) -> Floats:
    """Returns something that may stand behind a head, (S, S, 3)."""
    import cv2

    kind = rng.random()
    if kind < 0.4:
        return smeared(samples, int(rng.integers(len(samples))), rng)
    if kind < 0.55:
        return cloth(rng)
    coarse = rng.random((2, 2, 3) if kind < 0.8 else (1, 1, 3)).astype(np.float32)
    if rng.random() < 0.45:
        coarse *= np.float32(rng.uniform(0.02, 0.3))
    picture = cv2.resize(coarse, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        side = int(rng.integers(6, 60))
        grain = rng.normal(0, rng.uniform(0.02, 0.2), (side, side, 3)).astype(np.float32)
        picture = picture + cv2.resize(grain, (SIZE, SIZE)) * (0.3 + picture)
    return np.asarray(np.clip(picture, 0, 1), np.float32)


def smeared(samples: Samples, number: int, rng: Rng) -> Floats:
    """Returns what is around another portrait's person, who is smeared out of the way."""
    import cv2

    square = samples.square(number)
    step = 2
    away = square.rgb[::step, ::step].astype(np.float32) / np.float32(255)
    free = (square.sets[::step, ::step] == any_of("background")).astype(np.float32)
    small = cv2.resize(np.dstack([away * free[..., None], free]), (32, 32), interpolation=3)
    small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(1, 3)))
    filled = small[..., :3] / (small[..., 3:] + 0.02)
    side = free.shape[0]
    low = int(rng.integers(0, side // 3))
    part = slice(low, low + 2 * side // 3)
    whole = away * free[..., None] + cv2.resize(filled, free.shape) * (1 - free[..., None])
    return np.asarray(cv2.resize(whole[:, part], (SIZE, SIZE)), np.float32)
