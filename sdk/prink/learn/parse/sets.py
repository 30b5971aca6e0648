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


@cache
def table() -> Bytes:
    """Returns what each set says of each answer: (65536, 5, 2) with its value and whether known."""
    sets = np.arange(1 << len(CLASSES)).astype(np.uint16)
    found = np.zeros((len(sets), len(ANSWER), 2), np.uint8)
    for number, name in enumerate(ANSWER):
        painted = any_of(*PAINTED[name])
        yes = (sets & painted) != 0
        no = (sets & ~painted) != 0
        found[:, number, 0] = 255 * (yes & ~no)
        found[:, number, 1] = 255 * (yes != no)
    found[OUTSIDE, :, 1] = 255
    return found


def answers(sets: Sets) -> tuple[Bytes, Bytes]:
    """Returns what sets (H, W) say of the answer: value and known, (H, W, 5) each, 0 or 255."""
    found = table()[sets]
    return found[..., 0], found[..., 1]


def shares(sets: Sets) -> NDArray[np.bool_]:
    """Returns which classes each pixel may be, (H, W, 16); what lies outside is background."""
    whole = np.where(sets == OUTSIDE, any_of("background"), sets)
    return (whole[..., None] >> np.arange(len(CLASSES)).astype(np.uint16) & 1).astype(bool)
