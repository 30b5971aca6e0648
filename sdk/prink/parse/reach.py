"""How far a head's square reaches: wider for hair that does not fit, with some hysteresis."""

from typing import Final

from prink.arrays import Floats
from prink.parse.head import REACH

__all__ = ["REACHES", "next_reach"]

REACHES: Final = {"face": (0.8,), "hair": (REACH, 1.9, 2.3)}
"""By square, in face sizes from the middle to each side; the widest shows hair to the elbows."""

RIM: Final = 1 / 48  # of the side: hair there goes on outside
INNER: Final = 0.06  # of the side that stays free around hair in the narrower square
HAIRY: Final = 0.5
TOUCHES: Final = 0.04  # of a rim's length that is hair


def next_reach(kind: str, hair: Floats, reach: float) -> float:
    """Returns the reach for the next square, one step wider or narrower or the same.

    Wider where hair (S, S) touches the left, right or lower rim of the square of that reach;
    narrower where it would fit the narrower one with room to spare.
    """
    steps = REACHES[kind]
    place = steps.index(reach)
    if place + 1 < len(steps) and beyond(hair, RIM):
        return steps[place + 1]
    if place and not beyond(hair, (1 - steps[place - 1] / reach) / 2 + INNER):
        return steps[place - 1]
    return reach


def beyond(hair: Floats, rim: float) -> bool:
    """Returns whether hair (S, S) lies within a share of the side from left, right or below."""
    size = len(hair)
    wide = max(round(rim * size), 1)
    solid = hair > HAIRY
    parts = (solid[:, :wide].any(1), solid[:, -wide:].any(1), solid[-wide:].any(0))
    return any(float(part.mean()) > TOUCHES for part in parts)
