"""Locks and beards, drawn flat."""

import numpy as np

from prink.face.landmark import LIPS_OUTER
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import FINE, Crop
from prink.learn.parse_things.thing import HAIR, Thing, blank, clouds, filled, fixed, need

__all__ = ["beard", "strands"]

Rng = np.random.Generator


def strands(crop: Crop, rng: Rng) -> Thing:
    """Draws locks that hang over the face from above."""
    import cv2

    points = need(crop)
    mask = blank()
    face = crop.face
    for _ in range(int(rng.integers(1, 4))):
        start = points[int(rng.choice([10, 67, 297, 54, 284, 103, 332]))]
        start = start + rng.normal(0, 0.08, 2) * face + [0, -0.1 * face]
        end = points[int(rng.choice([50, 280, 61, 291, 159, 386, 234, 454, 152, 33, 263]))]
        bend = (start + end) / 2 + rng.normal(0, 0.12, 2) * face
        t = np.linspace(0, 1, 14)[:, None]
        path = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
        for _ in range(int(rng.integers(2, 12))):
            moved = path + rng.normal(0, 0.012, 2) * face + t * rng.normal(0, 0.03, 2) * face
            thick = max(1, round(face * 2 * rng.uniform(0.004, 0.02)))
            cv2.polylines(mask, [np.array(fixed(moved))], False, 255, thick, cv2.LINE_AA, 3)
    colour = np.array(HAIR[rng.integers(len(HAIR))]) * rng.uniform(0.7, 1.3)
    at = np.clip(points[10].astype(int) - [0, int(0.18 * face)], 0, SIZE - 1)
    if crop.hair[at[1], at[0], 0] > 0.8:
        colour = crop.rgb[at[1], at[0]]
    picture = np.clip(colour * clouds(rng, 0.6, 1.4, 24), 0, 1)
    return Thing("hair", picture.astype(np.float32), mask, shadow=0.2)


def beard(crop: Crop, rng: Rng) -> Thing:
    """Draws a beard or a moustache on the lower face, thinner towards its rim."""
    import cv2

    points = need(crop)
    mask = blank()
    if rng.random() < 0.75:
        rim = [132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361]
        inner = [411, 425, 2, 205, 187] if rng.random() < 0.5 else [434, 410, 164, 186, 214]
        outline = points[rim + inner].copy()
        outline[4:13] += (points[152] - points[17]) * rng.uniform(0, 0.6)
        filled(mask, outline)
    if rng.random() < 0.7 or not mask.any():
        filled(mask, points[[186, 92, 165, 164, 391, 322, 410, 409, 270, 269, 0, 39, 40, 185]])
        filled(mask, points[[186, 92, 165, 164, 391, 322, 410, 61, 0, 291][:7]])
    lips = blank()
    filled(lips, points[list(LIPS_OUTER)])
    mask = cv2.GaussianBlur(mask, (0, 0), max(crop.face * 0.03, 1))
    coarse = rng.random((FINE // 2, FINE // 3)).astype(np.float32)
    noise = cv2.resize(coarse, (FINE, FINE)) - 0.5
    share = mask / 255 * rng.uniform(0.8, 1.1) + noise * rng.uniform(0.1, 0.5) * (mask > 20)
    share = np.clip(share, 0, 1) * (1 - cv2.GaussianBlur(lips, (0, 0), 1.0) / 255.0)
    colour = np.array(HAIR[rng.integers(len(HAIR))]) * rng.uniform(0.6, 1.1)
    picture = np.clip(colour * clouds(rng, 0.5, 1.5, 48), 0, 1).astype(np.float32)
    return Thing("beard", picture, np.rint(share * 255).astype(np.uint8), shadow=0.0)
