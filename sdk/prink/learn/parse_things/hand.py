"""Hands and what they hold, drawn flat."""

import numpy as np

from prink.learn.parse.net import SIZE
from prink.learn.parse.place import Crop
from prink.learn.parse_things.cloth import cloth
from prink.learn.parse_things.thing import (
    Thing,
    blank,
    clouds,
    filled,
    fixed,
    need,
    own_skin,
    rounded,
    towards,
)

__all__ = ["hand", "held", "mask_of_cloth"]

Rng = np.random.Generator


def hand(crop: Crop, rng: Rng) -> Thing:
    """Draws a palm with fingers, shaded round, the nails paler or painted."""
    import cv2

    mask, nails = blank(), blank()
    wide = crop.face * rng.uniform(0.075, 0.115)  # of a finger
    tip = towards(crop, rng)
    way = angle_of(rng)
    if rng.random() < 0.6:  # from below or the side
        way = np.pi / 2 + rng.normal(0, 0.9)
    count = int(rng.choice([1, 2, 3, 4, 4, 4, 5]))
    spread = rng.uniform(0.0, 0.22)
    out = np.array([np.cos(way), np.sin(way)])
    across = np.array([-out[1], out[0]])
    palm = tip + out * crop.face * rng.uniform(0.4, 0.62)
    for number in range(count):
        off = number - (count - 1) / 2
        root = palm + across * off * wide * 1.05
        lean = way + np.pi + off * spread + rng.normal(0, 0.04)
        long = crop.face * rng.uniform(0.33, 0.5) * (1 - 0.08 * abs(off))
        end = root + np.array([np.cos(lean), np.sin(lean)]) * long
        knee = (root + end) / 2 + across * rng.normal(0, 0.015) * crop.face
        path = np.array(fixed(np.stack([root + out * wide, knee, end])))
        cv2.polylines(mask, [path], False, 255, max(2, round(2 * wide)), cv2.LINE_AA, 3)
        nail = fixed(end[None] - np.array([np.cos(lean), np.sin(lean)]) * -0.15 * wide)[0]
        axes = (round(0.75 * wide * 8), round(0.6 * wide * 8))
        cv2.ellipse(nails, nail, axes, np.degrees(lean), 0, 360, 255, -1, cv2.LINE_AA, 3)
    half = wide * 1.1 * max(count, 3) / 2
    corners = [palm - across * half, palm + across * half]
    corners += [palm + across * half * 0.8 + out * crop.face, palm - across * half * 0.8]
    corners[3] = corners[3] + out * crop.face
    filled(mask, np.array(corners))
    skin = own_skin(crop, rng)
    colour = skin * rounded(mask, wide) * clouds(rng, 0.85, 1.1)
    if rng.random() < 0.7:
        paint = skin * (1.12, 1.02, 1.02) if rng.random() < 0.6 else rng.random(3)
        share = cv2.resize(nails, (SIZE, SIZE), interpolation=cv2.INTER_AREA)[..., None] / 255
        colour = colour + (np.asarray(paint) - colour) * share * 0.8
    return Thing("hand", np.clip(colour, 0, 1).astype(np.float32), mask)


def angle_of(rng: Rng) -> float:
    return float(rng.uniform(0, 2 * np.pi))


def held(crop: Crop, rng: Rng) -> Thing:
    """Draws a cup, a telephone, a microphone or some other plain thing before the face."""
    import cv2

    mask = blank()
    place = towards(crop, rng) + rng.normal(0, 0.15, 2) * crop.face
    half = crop.face * rng.uniform(0.08, 0.4, 2)
    angle = rng.normal(0, 25)
    if rng.random() < 0.5:
        box = cv2.boxPoints(((0.0, 0.0), (2 * half[0], 2 * half[1]), float(angle)))
        filled(mask, box + place)
    else:
        center = fixed(place[None])[0]
        axes = (round(half[0] * 16), round(half[1] * 16))
        cv2.ellipse(mask, center, axes, float(angle), 0, 360, 255, -1, cv2.LINE_AA, 3)
    colour = cloth(rng)
    if rng.random() < 0.5:
        colour = np.clip(colour * rounded(mask, float(half.min())), 0, 1).astype(np.float32)
    return Thing("hand", colour, mask, shadow=0.35)


def mask_of_cloth(crop: Crop, rng: Rng) -> Thing:
    """Draws a face mask over nose and mouth."""
    points = need(crop)
    rim = [234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397]
    rim += [288, 361, 323, 454, 346, int(rng.choice([6, 197, 5])), 117]
    return Thing("hand", cloth(rng), filled(blank(), points[rim]), shadow=0.3)
