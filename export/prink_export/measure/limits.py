"""The largest errors that an artifact of ours may have: one table for all networks and precisions.

- `fp32` is torch's own arithmetic in another order: a few units in the last place, which layers
  add up to about 4e-6. More is a fault.
- `fp16` may cost less than a look shows: half of a just noticeable difference in a worn colour,
  three of 255 levels in a channel, one hair pixel in a hundred. Found: dE 0.06, 1.6 levels, 0.2 %.
- What is smaller still (int8 in any way, a palette) may add no more error than the network has by
  itself, whichever way it was made small: the encoder's lipsticks are off by dE 2.75 in the median
  (encoder.md), hair masks reach an IoU of 0.88 (hair.md). One that is beyond is red, and does not
  ship because it converts.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["LIMITS"]

Limits = Mapping[str, float]

EXACT_LOOK: Final[Limits] = {
    "max": 1e-4,
    "p99": 2e-5,
    "colour, 1/255": 0.03,
    "worn colour, dE2000": 0.02,
    "amount": 1e-4,
    "confidence": 1e-4,
}
HALF_LOOK: Final[Limits] = {
    "max": 0.02,
    "p99": 0.003,
    "colour, 1/255": 3.0,
    "worn colour, dE2000": 0.5,
    "amount": 0.02,
    "confidence": 0.01,
}
SMALL_LOOK: Final[Limits] = {
    "max": 0.1,
    "p99": 0.05,
    "colour, 1/255": 16.0,
    "worn colour, dE2000": 2.75,
    "amount": 0.1,
    "confidence": 0.1,
}
EXACT_MASK: Final[Limits] = {"max": 1e-4, "p99": 2e-5, "1 - IoU": 0.001, "mean error": 1e-5}
HALF_MASK: Final[Limits] = {"max": 0.02, "p99": 0.005, "1 - IoU": 0.01, "mean error": 0.001}
SMALL_MASK: Final[Limits] = {"max": 0.25, "p99": 0.05, "1 - IoU": 0.08, "mean error": 0.01}
SMALL: Final = ("int8", "int8c", "int8w", "pal6")

LIMITS: Final[Mapping[str, Mapping[str, Limits]]] = {
    "encoder": {"fp32": EXACT_LOOK, "fp16": HALF_LOOK, **dict.fromkeys(SMALL, SMALL_LOOK)},
    "hair": {"fp32": EXACT_MASK, "fp16": HALF_MASK, **dict.fromkeys(SMALL, SMALL_MASK)},
}
