"""Vectors of the landmark filter: One-Euro filters alone, and a whole face over time."""

import math
from typing import Any, Final

import numpy as np

from prink.arrays import Doubles
from prink.face.filter import MOTION, SHAPE, FaceFilter, OneEuro, OneEuroSettings
from prink_export.hosts.vectors.faces.flat_face import face_points
from prink_export.hosts.vectors.vector import PIXELS, Vector, rounded

__all__ = ["landmark_filter"]

UNITS: Final = 1e-4  # of filtered values around one
SHOWN: Final = (0, 13, 33, 61, 133, 152, 234, 263, 291, 362, 454, 468, 473, 477)
FRAMES: Final = 10


def landmark_filter() -> Vector:
    """Returns two filters on four rows each, and a noisy face that moves and talks."""
    times, frames = face_series()
    face, shown = FaceFilter(), []
    for place, points in enumerate(frames):
        seconds = times[place] - times[place - 1] if place else 1.0 / 30.0
        shown.append(face.step(points.astype(np.float32), float(seconds))[list(SHOWN)])
    data = {
        "one_euro": [series(MOTION, "motion"), series(SHAPE, "shape")],
        "face": {
            "tolerance": PIXELS,
            "times": times.tolist(),
            "points": frames.tolist(),
            "shown": list(SHOWN),
            "expected": rounded(np.stack(shown), 4),
        },
    }
    return Vector(
        subject="Landmarks steadied over time: the One-Euro filter with its additions, and how a "
        "face's motion and shape are filtered apart.",
        inputs={
            "one_euro.settings": "rest, speed: cut-offs in Hz; slope: Hz per unit/s; noise: "
            "unit/s; adapt: 1/s; catch_up: s",
            "one_euro.unit": "per axis, the length that counts as 1 in the speed",
            "one_euro.values": "24 steps of 4 rows of 3 numbers; a row's axes share a cut-off",
            "one_euro.seconds": "since the step before; of no meaning for the first step",
            "face.points": "10 frames of all 478 landmarks: x, y, z in pixels",
            "face.times": "their time stamps in seconds",
            "face.shown": "numbers of the landmarks that are compared",
        },
        outputs={
            "one_euro.expected": "the filtered values; the first step returns its input",
            "face.expected": "the filtered `shown` landmarks of each frame: a new filter, whose "
            "first step is taken 1/30 s after nothing",
            "one_euro.tolerance": "of a value",
            "face.tolerance": "pixels",
        },
        data=data,
    )


def face_series() -> tuple[Doubles, Doubles]:
    """Returns times (T,) in seconds and points (T, 478, 3): a noisy face that moves and talks."""
    random = np.random.default_rng(5)
    times = np.cumsum([0.0, *(0.033 + 0.01 * random.random(FRAMES - 1))])
    base, frames = face_points(), []
    for time in times:
        points = base + random.normal(0.0, 0.4, base.shape)
        points[:, 0] += 60.0 * time
        points[[13, 14, 87, 317], 1] += 12.0 * math.sin(6.0 * time)
        frames.append(points)
    return np.round(times, 4), np.round(np.stack(frames), 1)


def series(settings: OneEuroSettings, name: str) -> dict[str, Any]:
    """Returns input and output of one filter: four rows, of which one moves and one jumps."""
    random = np.random.default_rng(9)
    seconds = np.round(0.02 + 0.03 * random.random(24), 3)
    values = np.round(random.normal(0.0, 0.01, (24, 4, 3)), 3)
    values[:, 1, 0] += np.round(0.4 * np.cumsum(seconds), 3)
    values[12:, 2, 1] += 0.5
    one, unit = OneEuro(settings), np.array([1.0, 1.0, 4.0])
    found = [one.step(value, float(s), unit=unit) for value, s in zip(values, seconds, strict=True)]
    told = vars(settings)
    return {
        "name": name,
        "tolerance": UNITS,
        "settings": dict(told),
        "unit": unit.tolist(),
        "seconds": seconds.tolist(),
        "values": np.round(values, 3).tolist(),
        "expected": rounded(np.stack(found), 6),
    }
