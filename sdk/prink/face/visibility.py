"""How well each region of a face can be seen, as far as its points tell.

What covers a face, such as a hand or dark glasses, only pixels tell: see `prink.parse`.
"""

import math
from dataclasses import replace
from typing import Final

import numpy as np

from prink.face.landmark import (
    LEFT_EYE_LOWER,
    LEFT_EYE_UPPER,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
    Visibility,
)
from prink.face.source import Points

__all__ = ["Watcher", "ramp", "see"]

# Triangles on the skin, wound so that their normal's z is towards the viewer.
RIGHT_CHEEK_FACING: Final = (118, 123, 205)
LEFT_CHEEK_FACING: Final = (347, 425, 352)
RIGHT_EYE_FACING: Final = (133, 33, 205)
LEFT_EYE_FACING: Final = (362, 425, 263)
LIPS_FACING: Final = (61, 291, 168)

BROW, CHIN, BRIDGE = 10, 152, 168

EDGE_ON: Final = (-0.1, 0.15)  # cosine to the viewer at which a region is gone, and fully there
# Where the middle of an eye lies beside the bridge of the nose, by the height of the face, when
# that hides it, and when it is clear of it: turns of about 62 and 45 degrees.
BESIDE_NOSE: Final = (-0.02, 0.055)
MOUTH_GAP: Final = (0.03, 0.5)  # gap by width of a closed mouth, and of one wide open
EYE_GAP: Final = (0.08, 0.26)  # gap by width of a closed eye, and of an open one
STEADY_SECONDS: Final = 0.08


def see(points: Points) -> Visibility:
    """Returns the visibility of each region of a face (478, 3): turned away, open."""
    mouth = gap(points, MOUTH_INNER_UPPER[3:6], MOUTH_INNER_LOWER[3:6], (61, 291))
    right = gap(points, RIGHT_EYE_UPPER[2:5], RIGHT_EYE_LOWER[2:5], (33, 133))
    left = gap(points, LEFT_EYE_UPPER[2:5], LEFT_EYE_LOWER[2:5], (362, 263))
    return Visibility(
        lips=ramp(facing(points, LIPS_FACING), *EDGE_ON),
        right_eye=eye(points, RIGHT_EYE_FACING, (33, 133), -1.0),
        left_eye=eye(points, LEFT_EYE_FACING, (263, 362), 1.0),
        right_cheek=ramp(facing(points, RIGHT_CHEEK_FACING), *EDGE_ON),
        left_cheek=ramp(facing(points, LEFT_CHEEK_FACING), *EDGE_ON),
        right_open=linear(right, *EYE_GAP),
        left_open=linear(left, *EYE_GAP),
        mouth_open=linear(mouth, *MOUTH_GAP),
    )


class Watcher:
    """Watches one face over time, and steadies what is seen of it."""

    def __init__(self) -> None:
        self.last: Visibility | None = None

    def see(self, points: Points, seconds: float) -> Visibility:
        """Returns the visibility of each region.

        Args:
            points: (478, 3), in pixels.
            seconds: Since the last call, 0 or more; the first call's does not matter.
        """
        now = see(points)
        if self.last is not None:
            now = steady(self.last, now, seconds)
        self.last = now
        return now


def facing(points: Points, triangle: tuple[int, int, int]) -> float:
    """Returns the cosine between a triangle's normal and the direction to the viewer, -1..1."""
    a, b, c = points[list(triangle)].astype(np.float64)
    normal = np.cross(b - a, c - a)
    return float(-normal[2] / max(float(np.linalg.norm(normal)), 1e-9))


def eye(
    points: Points, triangle: tuple[int, int, int], ends: tuple[int, int], side: float
) -> float:
    """Returns how visible an eye is, 0..1: turned to the viewer, and not behind the nose."""
    beside = side * beside_nose(points, ends)
    return ramp(facing(points, triangle), *EDGE_ON) * ramp(beside, *BESIDE_NOSE)


def beside_nose(points: Points, ends: tuple[int, int]) -> float:
    """Returns how far to the left of the bridge the middle of two points lies, by face heights.

    That is the person's left, across the line from brow to chin, in the plane of the picture.
    """
    brow, chin, bridge, one, two = points[[BROW, CHIN, BRIDGE, *ends]].astype(np.float64)
    down = chin - brow
    x, y = ((one + two) / 2 - bridge)[:2]
    across = (x * down[1] - y * down[0]) / max(float(np.hypot(down[0], down[1])), 1e-9)
    return float(across / max(float(np.linalg.norm(down)), 1e-9))


def gap(
    points: Points, upper: tuple[int, ...], lower: tuple[int, ...], ends: tuple[int, int]
) -> float:
    """Returns the mean distance of facing points by the distance of the ends."""
    tall = np.linalg.norm(points[list(upper)] - points[list(lower)], axis=1).mean()
    wide = np.linalg.norm(points[ends[0]] - points[ends[1]])
    return float(tall / max(float(wide), 1e-6))


def linear(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def ramp(value: float, low: float, high: float) -> float:
    """Returns 0 below `low`, 1 above `high` and a smooth step between; `low` > `high` falls."""
    share = linear(value, low, high)
    return share * share * (3.0 - 2.0 * share)


def steady(before: Visibility, now: Visibility, seconds: float) -> Visibility:
    """Returns an exponential mean of what fades; openness is taken as it is."""
    passed = 1.0 - math.exp(-seconds / STEADY_SECONDS)
    names = ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek")
    mixed = {
        name: (1 - passed) * getattr(before, name) + passed * getattr(now, name) for name in names
    }
    return replace(now, **mixed)
