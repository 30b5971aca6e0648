"""Random hair colours: natural ones by their melanin, grey ones, dyes, roots and tips."""

from typing import Final

import numpy as np

from prink.arrays import Doubles
from prink.people.scene import Dye

__all__ = ["hair_colour", "random_dye"]

Rng = np.random.Generator

# How the two melanins absorb red, green and blue light (d'Eon et al., 2011).
EUMELANIN: Final = np.array([0.419, 0.697, 1.37])
PHEOMELANIN: Final = np.array([0.187, 0.4, 1.05])
DYED: Final = 0.2  # share of the heads
GREY: Final = 0.08
TWO_COLOURS: Final = 0.2


def random_dye(rng: Rng, *, dark: bool) -> Dye:
    """Returns hair colours; with dark skin natural hair is mostly dark."""
    roots = hair_colour(rng, dark=dark)
    ends, tips = roots, (-9.0, -8.0)
    if rng.random() < TWO_COLOURS:
        ends = hair_colour(rng, dark=False)
        middle, width = rng.uniform(-2.2, 0.3), rng.uniform(0.3, 1.5)
        tips = (float(middle - width / 2), float(middle + width / 2))
    root, end = (tuple(np.clip(each, 0.002, 0.95).tolist()) for each in (roots, ends))
    return Dye(root, end, tips, float(rng.uniform(0.2, 0.7)))


def hair_colour(rng: Rng, *, dark: bool) -> Doubles:
    """Returns a mean hair colour (3,), linear."""
    kind = rng.random()
    if kind < DYED:
        strength = rng.uniform(0.3, 1)
        return np.asarray(rng.uniform(0.02, 0.7) * (1 - strength * rng.random(3)))
    if kind < DYED + GREY:
        return np.asarray(rng.uniform(0.12, 0.75) * np.exp(rng.normal(0, 0.05, 3)))
    much = rng.uniform(3, 12) if dark else np.exp(rng.uniform(np.log(0.3), np.log(14)))
    red = np.exp(rng.normal(-1.5, 1.0))
    absorbed = much * EUMELANIN + red * PHEOMELANIN
    # The colour of a layer of fibres, from what one of them absorbs (Chiang et al., 2016).
    return np.asarray(np.exp(-2.2 * np.sqrt(absorbed)))
