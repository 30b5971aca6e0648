"""Glasses, drawn flat."""

import numpy as np

from prink.face.landmark import LEFT_EYE, RIGHT_EYE
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import Crop
from prink.learn.parse_things.thing import Thing, blank, clouds, filled, fixed, need

__all__ = ["glasses"]

Rng = np.random.Generator


def glasses(crop: Crop, rng: Rng) -> Thing:
    """Draws frames around both eyes; dark lenses hide them, clear ones hardly show."""
    import cv2

    points = need(crop)
    frame, lens = blank(), blank()
    eyes = [points[list(loop)].mean(0) for loop in (RIGHT_EYE, LEFT_EYE)]
    apart = float(np.linalg.norm(eyes[1] - eyes[0]))
    tilt = float(np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1])))
    power = float(rng.choice([1.0, 1.0, 1.6, 2.5]))  # from an ellipse to a box
    wide, tall = apart * rng.uniform(0.36, 0.5), apart * rng.uniform(0.2, 0.42)
    thick = max(1, round(apart * 2 * rng.choice([0.015, 0.03, 0.05, 0.09])))
    turn = np.array([[np.cos(np.radians(tilt)), -np.sin(np.radians(tilt))]])
    turn = np.vstack([turn, [-turn[0, 1], turn[0, 0]]])
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    round_off = np.abs(np.stack([np.cos(angles), np.sin(angles)], 1)) ** (1 / power)
    rim = round_off * np.sign(np.stack([np.cos(angles), np.sin(angles)], 1)) * [wide, tall]
    drop = np.array([0, apart * rng.uniform(-0.02, 0.12)]) @ turn.T
    rims = [each + drop + rim @ turn.T for each in eyes]
    for each in rims:
        filled(lens, each)
        cv2.polylines(frame, [np.array(fixed(each))], True, 255, thick, cv2.LINE_AA, 3)
    arms = [(eyes[0] + drop, points[127], -wide), (eyes[1] + drop, points[356], wide)]
    bars = [(eyes[0] + drop + [wide, 0] @ turn.T, eyes[1] + drop - [wide, 0] @ turn.T)]
    bars += [(eye + [reach, 0] @ turn.T, ear) for eye, ear, reach in arms]
    for start, end in bars:
        path = np.array(fixed(np.stack([start, end])))
        cv2.polylines(frame, [path], False, 255, thick, cv2.LINE_AA, 3)
    metal = rng.random(3) * rng.uniform(0.02, 0.9)
    colour = np.clip(metal * clouds(rng, 0.6, 1.4, 9), 0, 1).astype(np.float32)
    if rng.random() < 0.5:
        return Thing("glasses", colour, frame, shadow=0.15)
    tint = rng.random(3) * rng.uniform(0.02, 0.25) * (1 if rng.random() < 0.75 else 2.5)
    ramp = np.linspace(rng.uniform(0.3, 1), rng.uniform(0.8, 2), SIZE, dtype=np.float32)
    shine = np.clip(clouds(rng, -2.5, 1.0, 5), 0, 1) * rng.uniform(0, 0.7)
    glass = np.clip(tint * ramp[:, None, None] + shine, 0, 1).astype(np.float32)
    covers = np.rint(lens * rng.uniform(0.82, 1.0)).astype(np.uint8)
    return Thing("glasses", colour, frame, 0.15, Thing("lens", glass, covers, shadow=0.1))
