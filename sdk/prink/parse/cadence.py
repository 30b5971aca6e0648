"""When a head's mask is made anew and how it fades in: numbers only, the same on every host."""

import math
from collections.abc import Mapping
from typing import Final

__all__ = ["EVERY", "MOST", "adapted", "due", "fade", "usual_cost"]

EVERY: Final = 3  # frames
MOST: Final = 12  # frames between two masks, however slow the network is
SHARE: Final = 0.1  # of the time between frames that masks may take when `every` adapts


def due(ages: Mapping[int, int], *, every: int) -> int | None:
    """Returns the head whose mask is made anew now: one of several a frame, the oldest first.

    Args:
        ages: Frames since each known head's mask was made, by the face's number.
        every: Frames from mask to mask; nobody's turn has come before.
    """
    if not ages:
        return None
    age, number = max((age, -number) for number, age in ages.items())
    return -number if age + 1 >= every else None


def fade(age: int, *, every: int, heads: int) -> float:
    """Returns how much of a new mask shows over the one before, 0..1, `age` frames after it."""
    return min((age + 1) / max(every, heads), 1.0)


def usual_cost(usual: float, took: float) -> float:
    """Returns the seconds that a mask usually takes after one more took `took`; 0 is unknown.

    A slow one counts for a fifth, a fast one at once: what else runs can only slow it down.
    """
    return took if not usual else min(took, 0.8 * usual + 0.2 * took)


def adapted(every: int, *, cost: float, heads: int, seconds: float) -> int:
    """Returns the frames from mask to mask for the next frame, 1 to 12, one more or fewer at most.

    Args:
        every: Of the last frame.
        cost: Seconds that a mask usually takes.
        heads: Faces whose masks are kept.
        seconds: From the last frame to this one, > 0.
    """
    wanted = math.ceil(cost * max(heads, 1) / (SHARE * seconds))
    return min(max(wanted, 1, every - 1), every + 1, MOST)
