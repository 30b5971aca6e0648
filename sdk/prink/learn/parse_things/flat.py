"""Flat things before a head, drawn quickly."""

from collections.abc import Callable
from typing import Final

import numpy as np

from prink.learn.parse.place import Crop
from prink.learn.parse_things.glasses import glasses
from prink.learn.parse_things.hair import beard, strands
from prink.learn.parse_things.hand import hand, held, mask_of_cloth
from prink.learn.parse_things.headwear import hat, scarf
from prink.learn.parse_things.thing import Thing

__all__ = ["random_thing"]

Rng = np.random.Generator
Draw = Callable[[Crop, Rng], Thing]

WITH_POINTS: Final[tuple[tuple[float, Draw], ...]] = (
    *((3.0, hand), (0.8, hat), (0.6, scarf), (2.2, glasses)),
    *((0.9, strands), (1.2, beard), (0.9, held), (0.25, mask_of_cloth)),
)
WITHOUT: Final[tuple[tuple[float, Draw], ...]] = ((2.0, hand), (1.0, held))


def random_thing(crop: Crop, rng: Rng) -> Thing:
    """Returns one at random; most need the points of the face."""
    kinds = WITH_POINTS if crop.points is not None else WITHOUT
    weights = np.array([weight for weight, _ in kinds])
    chosen = rng.choice(len(kinds), p=weights / weights.sum())
    return kinds[chosen][1](crop, rng)
