"""Sets of classes, a bit each: what a pixel may be where its sources leave more than one choice.

A pixel that is known has a set of one. 0 stands for what lies outside the picture.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes
from prink.parse.classes import ANSWER, CLASSES, PAINTED

__all__ = ["ANY", "OUTSIDE", "Sets", "answers", "any_of", "none_of", "shares"]

Sets = NDArray[np.uint16]
ANY: Final = np.uint16((1 << len(CLASSES)) - 1)
OUTSIDE: Final = np.uint16(0)


def any_of(*names: str) -> np.uint16:
    """Returns the set of some classes."""
    return np.uint16(sum(1 << CLASSES.index(name) for name in names))


def none_of(*names: str) -> np.uint16:
    """Returns the set of all other classes."""
    return np.uint16(ANY & ~any_of(*names))


BITS: Final = 3  # a count of up to four pixels


@cache
def table() -> NDArray[np.uint32]:
    """Returns what each set says of each answer: its value and whether it is known, in counters."""
    sets = np.arange(1 << len(CLASSES)).astype(np.uint16)
    found = np.zeros(len(sets), np.uint32)
    for number, name in enumerate(ANSWER):
        painted = any_of(*PAINTED[name])
        yes, no = (sets & painted) != 0, (sets & ~painted) != 0
        for place, flag in enumerate((yes & ~no, (yes != no) | (sets == OUTSIDE))):
            found |= flag.astype(np.uint32) << np.uint32(BITS * (2 * number + place))
    return found


def answers(sets: Sets) -> tuple[Bytes, Bytes]:
    """Returns what sets (2H, 2W) say of the answer: value and known, (5, H, W) each, 0 to 4.

    They count the pixels of each block of four.
    """
    flags = table()[sets]
    rows = flags[::2] + flags[1::2]
    counts = rows[:, ::2] + rows[:, 1::2]
    fields = np.empty((2 * len(ANSWER), *counts.shape), np.uint8)
    for number in range(len(fields)):
        fields[number] = (counts >> np.uint32(BITS * number)) & np.uint32(7)
    return fields[::2], fields[1::2]


def shares(sets: Sets) -> NDArray[np.bool_]:
    """Returns which classes each pixel may be, (H, W, 16); what lies outside is background."""
    whole = np.where(sets == OUTSIDE, any_of("background"), sets)
    return (whole[..., None] >> np.arange(len(CLASSES)).astype(np.uint16) & 1).astype(bool)
