"""Cloth to dress things in."""

import numpy as np

from prink.arrays import Floats
from prink.learn.parse.net import SIZE
from prink.learn.parse_things.thing import clouds

__all__ = ["cloth"]

Rng = np.random.Generator


def cloth(rng: Rng) -> Floats:
    """Returns a plain, woven, striped or spotted cloth (S, S, 3), often dark."""
    import cv2

    colour = rng.random(3).astype(np.float32)
    colour = colour.mean() + (colour - colour.mean()) * np.float32(rng.uniform(0, 1.2))
    colour *= np.float32(rng.uniform(0.08, 0.45) if rng.random() < 0.5 else rng.uniform(0.4, 1.4))
    picture = np.clip(colour, 0.01, 1) * clouds(rng, 0.6, 1.2, int(rng.integers(4, 14)))
    if rng.random() < 0.4:
        grain = rng.normal(1, rng.uniform(0.02, 0.15), (SIZE, SIZE, 1)).astype(np.float32)
        picture = picture * grain
    if rng.random() < 0.3:
        step, angle = rng.uniform(3, 14), rng.uniform(0, np.pi)
        x, y = np.meshgrid(np.arange(SIZE), np.arange(SIZE))
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * (2 * np.pi / step))
        if rng.random() < 0.4:
            wave = wave * np.sin((y * np.cos(angle) - x * np.sin(angle)) * (2 * np.pi / step))
        other = rng.random(3).astype(np.float32)
        share = np.clip(wave * 4, 0, 1).astype(np.float32)[..., None]
        picture = picture + (other * clouds(rng, 0.7, 1.1) - picture) * share
    picture = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.5)
    return np.asarray(np.clip(picture, 0, 1), np.float32)
