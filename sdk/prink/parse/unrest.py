"""Whether a head moves too fast, or its pixels change too much, for its next turn to be waited."""

import math
from typing import Final

import numpy as np

from prink.face import Face
from prink.parse.network import Answer

__all__ = ["changed", "moved"]

ENDS: Final = (10, 152, 234, 454)  # brow, chin, and both sides of the face
WAY: Final = 0.03  # face sizes
TURN: Final = 4.0  # degrees
CHANGE: Final = 0.2  # of what a channel shows
LEAST: Final = 0.004  # of the square: a smaller part's change is noise


def moved(before: Face, now: Face) -> bool:
    """Returns whether a head is far from where its square was parsed: carrying it cannot be right.

    That is by more than 0.03 face sizes, by a growth of as much, or by a turn of 4 degrees.
    """
    (x, y, size), (nx, ny, nsize) = placed(before), placed(now)
    way = max(abs(nx - x), abs(ny - y)) / size
    growth = abs(nsize / size - 1)
    old, new = before.pose, now.pose
    turns = (new.yaw - old.yaw, new.pitch - old.pitch, new.roll - old.roll)
    return max(way, growth) > WAY or max(map(abs, turns)) > TURN


def placed(face: Face) -> tuple[float, float, float]:
    """Returns x and y of the middle of a face's ends, and the longer of its axes, in pixels."""
    brow, chin, right, left = face.points[list(ENDS)].tolist()
    x, y = (sum(end[axis] for end in (brow, chin, right, left)) / 4 for axis in (0, 1))
    return x, y, max(math.dist(brow, chin), math.dist(right, left), 1.0)


def changed(before: Answer, now: Answer) -> bool:
    """Returns whether some channel (C, S, S) is quite another than before, at the same place.

    That is where the sum of its changes is a fifth of what either shows.
    """
    change = np.abs(now - before).mean(axis=(1, 2))
    shown = np.maximum(now, before).mean(axis=(1, 2))
    return bool((change > CHANGE * np.maximum(shown, LEAST)).any())
