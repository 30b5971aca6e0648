"""Hats, hands and dark glasses that were outlined by hand in some portraits to learn from.

`outlined.json` holds `{picture: [[class, [[x, y], ...]], ...]}`, places in pixels of the picture.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.learn.parse.sets import OUTSIDE, any_of
from prink.learn.parse_labels.combine import SURE, Label
from prink.learn.parse_labels.polygons import drawn, grown
from prink.learn.parse_labels.sources import SIDE, Seen
from prink.parse.head import inverse

__all__ = ["outlined", "outlined_pictures"]

FILE: Final = Path(__file__).with_name("outlined.json")
EDGE: Final = 2  # px that an outline may be wrong


@cache
def outlines() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def outlined_pictures() -> frozenset[str]:
    """Returns the names of the pictures in which something was outlined."""
    return frozenset(outlines())


def outlined(label: Label, seen: Seen, picture: str) -> Label:
    """Returns a label with what was outlined by hand in its picture, if anything was.

    Whatever else the teacher took for hair in such a picture is hair.
    """
    shapes = outlines().get(picture)
    if not shapes:
        return label
    sets, hair, known = label.sets.copy(), label.hair.copy(), label.hair_known.copy()
    doubt = (sets & any_of("hair")) != 0
    doubt &= (sets & any_of("headwear")) != 0
    sets[doubt] &= ~any_of("headwear")
    sets[doubt & (seen.hair > SURE)] = any_of("hair")
    hair[doubt] = seen.hair[doubt]
    known |= doubt & (seen.hair_sure > SURE)
    back = inverse(seen.to_frame)
    inside = sets != OUTSIDE
    for name, places in shapes:
        corners = np.array(places, np.float32) @ back[:, :2].T + back[:, 2]
        mask = drawn(corners, range(len(corners)), SIDE)
        near, sure = (grown(mask, EDGE) > 0) & inside, (grown(mask, -EDGE) > 0) & inside
        sets[near & ~sure] |= any_of(name)
        sets[sure] = any_of(name)
        hair[near] = 0
        known[near] = sure[near]
    return Label(sets, hair, known)
