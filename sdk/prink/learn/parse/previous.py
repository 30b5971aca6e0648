"""The answer before: none, an old one, a faded one, someone else's, one that had no hand yet."""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.learn.parse.net import SIZE

__all__ = ["previous_answer"]

Rng = np.random.Generator
NONE: Final = 0.45  # share of the pictures that come without one
STALE: Final = 0.5  # of the others whose head is covered: those that do not know of it


def previous_answer(now: Floats, bare: Floats, rng: Rng) -> Floats:
    """Returns what a stream may hold as the answer before, (5, S, S) 0..1.

    Args:
        now: The answer (5, S, S), as far as it is known.
        bare: The answer of the head before anything covered it.
        rng: Of the choices.
    """
    import cv2

    if rng.random() < NONE:
        return np.zeros_like(now)
    old = np.ascontiguousarray((bare if rng.random() < STALE else now).transpose(1, 2, 0))
    matrix = cv2.getRotationMatrix2D(
        (SIZE / 2, SIZE / 2), float(rng.normal(0, 2)), float(np.exp(rng.normal(0, 0.03)))
    )
    far = 0.02 if rng.random() < 0.85 else 0.12
    matrix[:, 2] += rng.normal(0, far * SIZE, 2)
    old = cv2.warpAffine(old, matrix, (SIZE, SIZE))
    if rng.random() < 0.3:
        size = int(rng.integers(2, 6))
        change = cv2.dilate if rng.random() < 0.5 else cv2.erode
        old = change(old, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    if rng.random() < 0.6:
        old = cv2.GaussianBlur(old, (0, 0), float(rng.uniform(0.5, 3)))
    if rng.random() < 0.35:
        old = patchy(old, rng)
    return np.asarray(np.clip(old, 0, 1).transpose(2, 0, 1), np.float32)


def patchy(old: Floats, rng: Rng) -> Floats:
    """Returns an answer that is faded, missing or claimed in places, or lacks a channel."""
    import cv2

    side = int(rng.integers(3, 12))
    field = cv2.resize(rng.random((side, side)).astype(np.float32), (SIZE, SIZE))[..., None]
    kind = rng.random()
    if kind < 0.5:
        return np.asarray(old * np.clip(field * 3, 0, 1))
    if kind < 0.75:
        wrong = (rng.random(old.shape[-1]) < 0.4).astype(np.float32)
        return np.asarray(np.maximum(old, wrong * np.clip(field * 4 - 2.6, 0, 1)))
    return np.asarray(old * (rng.random(old.shape[-1]) < 0.6).astype(np.float32))
