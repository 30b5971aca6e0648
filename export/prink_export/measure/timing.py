"""How long one run of an artifact takes on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final

from prink.arrays import Floats
from prink_export.network import Runner

__all__ = ["STAND_IN", "Timing", "timed"]

FEWEST, MOST, SECONDS = 3, 30, 1.0
STAND_IN: Final = "our interpreter"
"""In the name of every runner that is no runtime of a device."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one run: the least and the median of `runs`.

    The least is what a quiet machine takes; a median far above it tells of busy neighbours.
    """

    least: float
    median: float
    runs: int


def timed(name: str, run: Runner, inputs: Sequence[Floats]) -> Timing | None:
    """Returns the time of a run after one to warm up, or None for a stand-in's, which says nothing.

    Takes about a second: at least three runs, at most thirty. Each input has its port's shape.
    """
    if STAND_IN in name:
        return None
    run(inputs)
    found: list[float] = []
    begin = perf_counter()
    while len(found) < FEWEST or (len(found) < MOST and perf_counter() - begin < SECONDS):
        start = perf_counter()
        run(inputs)
        found.append(1000 * (perf_counter() - start))
    return Timing(min(found), median(found), len(found))
