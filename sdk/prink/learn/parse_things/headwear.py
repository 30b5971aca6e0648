"""Hats and scarves, drawn flat."""

import numpy as np

from prink.face.landmark import FACE_OVAL
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import Crop
from prink.learn.parse_things.cloth import cloth
from prink.learn.parse_things.thing import Thing, blank, clouds, filled, fixed, need

__all__ = ["hat", "scarf"]

Rng = np.random.Generator


def hat(crop: Crop, rng: Rng) -> Thing:
    """Draws a cap, a beanie, a brimmed hat or a band over the top of the head."""
    import cv2

    mask, face = blank(), crop.face
    up = np.array([0.0, -1.0])
    middle = np.full(2, SIZE / 2)
    if crop.points is not None:
        up = crop.points[10] - crop.points[152]
        up = up / max(float(np.linalg.norm(up)), 1e-6)
        middle = (crop.points[234] + crop.points[454]) / 2
    tilt = float(np.degrees(np.arctan2(up[0], -up[1])) + rng.normal(0, 4))
    line = middle + up * face * rng.uniform(0.22, 0.5)
    center = fixed(line[None])[0]
    wide, tall = face * rng.uniform(0.48, 0.68), face * rng.uniform(0.35, 0.8)

    def ellipse(across: float, high: float, start: int = 0) -> None:
        axes = (round(across * 16), round(high * 16))
        cv2.ellipse(mask, center, axes, tilt, start, 360, 255, -1, cv2.LINE_AA, 3)

    kind = rng.random()
    if kind < 0.15:
        ellipse(wide, face * rng.uniform(0.06, 0.14))
    else:
        ellipse(wide, tall, 180)
        ellipse(wide, face * rng.uniform(0.03, 0.15))
        if kind > 0.45:
            ellipse(wide * rng.uniform(1.0, 1.7), face * rng.uniform(0.04, 0.16))
    colour = cloth(rng)
    if rng.random() < 0.4:
        place = (line + up * face * rng.uniform(0.1, 0.4)).tolist()
        badge = np.zeros((SIZE, SIZE), np.uint8)
        half = (int(face * rng.uniform(0.08, 0.5)), int(face * rng.uniform(0.05, 0.15)))
        cv2.ellipse(badge, (int(place[0]), int(place[1])), half, tilt, 0, 360, 255, -1)
        colour = np.where(badge[..., None] > 127, cloth(rng), colour)
    return Thing("headwear", colour, mask, shadow=0.4)


def scarf(crop: Crop, rng: Rng) -> Thing:
    """Draws a cloth around the whole face: a hijab, a hood, a wrap that leaves the neck bare."""
    import cv2

    points = need(crop)
    oval = points[list(FACE_OVAL)]
    middle = oval.mean(0)
    mask = blank()
    around = middle + (oval - middle) * rng.uniform(1.35, 1.75)
    filled(mask, around)
    down = points[152] - points[10]
    down = down / max(float(np.linalg.norm(down)), 1e-6)
    if rng.random() < 0.7:
        side = np.array([-down[1], down[0]])
        chin, face = points[152], crop.face
        top, low = rng.uniform(0.5, 0.75), rng.uniform(0.6, 1.2)
        corners = [chin - side * face * top - down * face * 0.4, chin + side * face * top]
        corners[1] = corners[1] - down * face * 0.4
        corners += [chin + side * face * low + down * 2 * face, chin - side * face * low]
        corners[3] = corners[3] + down * 2 * face
        filled(mask, np.array(corners))
    opening = blank()
    filled(opening, middle + (oval - middle) * rng.uniform(0.94, 1.12) + rng.normal(0, 1, 2))
    mask = cv2.subtract(mask, cv2.GaussianBlur(opening, (0, 0), 1.0))
    folds = clouds(rng, 0.55, 1.25, int(rng.integers(5, 16)))
    return Thing("headwear", np.clip(cloth(rng) * folds, 0, 1), mask, shadow=0.4)
