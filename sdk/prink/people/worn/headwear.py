"""Headwear of all kinds."""

from typing import Final

import numpy as np

from prink.people.worn.capsule import Coat
from prink.people.worn.draped import Headwear
from prink.people.worn.hats import band, beanie, cap, wrap
from prink.people.worn.veils import hijab, hood

__all__ = ["KINDS", "random_headwear"]

Rng = np.random.Generator
KINDS: Final = ("beanie", "cap", "band", "wrap", "hood", "hijab")


def random_headwear(kind: str, body: Coat, rng: Rng) -> Headwear:
    """Returns headwear of a kind for the coat of a head, in random colours and shapes."""
    return {
        "beanie": beanie,
        "cap": cap,
        "band": band,
        "wrap": wrap,
        "hood": hood,
        "hijab": hijab,
    }[kind](body, rng)
