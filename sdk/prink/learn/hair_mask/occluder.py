"""Shapes pasted before heads in training: hands, hats and other things that are not hair."""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.learn.hair_mask.data import Samples
from prink.learn.hair_mask.net import SIZE

__all__ = ["occluder"]

Rng = np.random.Generator

# Linear mixes of these make skin of every tone, sRGB 0..1.
SKIN: Final = ((0.98, 0.84, 0.74), (0.35, 0.21, 0.14))
FACE: Final = SIZE / 6  # px, half a face in a crop


def occluder(samples: Samples, rng: Rng, *, hats: bool) -> tuple[Floats, Floats]:
    """Returns a soft shape (S, S) 0..1 and what it looks like, (S, S, 3) 0..1.

    With `hats` most shapes are hats, of cloth as dark as hair, too.
    """
    import cv2

    shape = np.zeros((SIZE, SIZE), np.float32)
    kind = rng.random()
    if kind < (0.1 if hats else 0.35):
        draw_hand(shape, rng)
        texture = skin_texture(rng)
    elif kind < (0.85 if hats else 0.7):
        draw_hat(shape, rng)
        texture = hat_texture(samples, rng) if hats else cloth_texture(samples, rng)
    else:
        draw_thing(shape, rng)
        texture = cloth_texture(samples, rng)
    return cv2.GaussianBlur(shape, (0, 0), float(rng.uniform(0.5, 1.2))), texture


def draw_hand(shape: Floats, rng: Rng) -> None:
    """Draws a palm with fingers somewhere on the head."""
    import cv2

    palm = rng.uniform(0.35, 0.6) * FACE
    away = rng.uniform(0, 2 * np.pi)
    middle = np.full(2, SIZE / 2) + np.array([np.cos(away), np.sin(away)]) * FACE * rng.uniform(
        0.8, 1.8
    )
    towards = away + np.pi + rng.normal(0, 0.6)
    cv2.circle(shape, tuple(np.rint(middle).astype(int).tolist()), int(palm), 1.0, -1)
    for finger in np.linspace(-0.6, 0.6, 4) + rng.normal(0, 0.05, 4):
        way = np.array([np.cos(towards + finger), np.sin(towards + finger)])
        tip = middle + way * palm * rng.uniform(1.8, 2.4)
        root, end = (np.rint(p).astype(int).tolist() for p in (middle + way * palm * 0.7, tip))
        cv2.line(shape, root, end, 1.0, max(2, int(palm * 0.42)))


def draw_hat(shape: Floats, rng: Rng) -> None:
    """Draws a cap, a brimmed hat or a band over the top of the head."""
    import cv2

    wide, line = FACE * rng.uniform(0.9, 1.3), SIZE / 2 - FACE * rng.uniform(0.55, 1.0)
    middle = SIZE / 2 + rng.normal(0, 0.08) * FACE
    tall = FACE * rng.uniform(0.7, 1.5)
    tilt = float(rng.normal(0, 6))
    center = (int(middle), int(line))
    if rng.random() < 0.25:
        half = FACE * rng.uniform(0.1, 0.25)
        cv2.ellipse(shape, center, (int(wide), int(half)), tilt, 0, 360, 1.0, -1)
        return
    cv2.ellipse(shape, center, (int(wide), int(tall)), tilt, 180, 360, 1.0, -1)
    brim = wide * rng.uniform(1.0, 1.7)
    cv2.ellipse(shape, center, (int(brim), int(FACE * rng.uniform(0.08, 0.3))), tilt, 0, 360, 1, -1)


def draw_thing(shape: Floats, rng: Rng) -> None:
    """Draws a random polygon at the rim of the head."""
    import cv2

    angles = np.sort(rng.uniform(0, 2 * np.pi, int(rng.integers(3, 8))))
    radii = FACE * rng.uniform(0.2, 0.9, angles.size)
    middle = SIZE / 2 + rng.uniform(-2, 2, 2) * FACE
    corners = middle + radii[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    cv2.fillPoly(shape, [np.rint(corners).astype(np.int32)], 1.0)


def skin_texture(rng: Rng) -> Floats:
    """Returns skin of a random tone with soft shading."""
    import cv2

    tone = np.array(SKIN[0]) + (np.array(SKIN[1]) - SKIN[0]) * rng.random()
    light = cv2.resize(rng.uniform(0.75, 1.1, (5, 5)).astype(np.float32), (SIZE, SIZE))
    return np.asarray(np.clip(light[..., None] * tone, 0, 1), np.float32)


def hat_texture(samples: Samples, rng: Rng) -> Floats:
    """Returns a cloth, often as dark as hair and with a badge or a band of another."""
    import cv2

    cloth = cloth_texture(samples, rng)
    if rng.random() < 0.5:
        cloth *= np.float32(rng.uniform(0.05, 0.4) / max(float(cloth.mean()), 0.05))
    if rng.random() < 0.4:
        place = (int(SIZE / 2 + rng.normal(0, 6)), int(SIZE / 2 - FACE * rng.uniform(0.7, 1.6)))
        half = (int(FACE * rng.uniform(0.15, 1.2)), int(FACE * rng.uniform(0.1, 0.3)))
        badge = np.zeros((SIZE, SIZE), np.float32)
        cv2.ellipse(badge, place, half, 0, 0, 360, 1.0, -1)
        cloth += (cloth_texture(samples, rng) - cloth) * badge[..., None]
    return np.asarray(np.clip(cloth, 0, 1), np.float32)


def cloth_texture(samples: Samples, rng: Rng) -> Floats:
    """Returns a plain or woven cloth, or a piece of clothing out of another portrait."""
    import cv2

    if rng.random() < 0.4:
        other = samples.crops[int(rng.integers(len(samples)))]
        low = other[other.shape[0] * 3 // 4 :, other.shape[1] // 4 : other.shape[1] * 3 // 4]
        return np.asarray(cv2.resize(low, (SIZE, SIZE)), np.float32) / np.float32(255)
    colour = rng.random(3) * rng.uniform(0.15, 1)
    light = cv2.resize(rng.uniform(0.6, 1.15, (6, 6)).astype(np.float32), (SIZE, SIZE))
    weave = rng.normal(1, rng.uniform(0, 0.1), (SIZE, SIZE)).astype(np.float32)
    return np.asarray(np.clip((light * weave)[..., None] * colour, 0, 1), np.float32)
