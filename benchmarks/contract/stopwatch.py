"""Milliseconds of processor and wall time, by stage."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["Stopwatch", "percentiles"]


class Stopwatch:
    """Collects (CPU ms, wall ms) by stage; CPU time counts all threads of the process.

    GPU work must be finished before a stage ends. On a software driver, and on a machine that
    others use too, CPU time is the figure that can be compared.
    """

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.start()

    def start(self) -> None:
        """Starts a stage without recording anything."""
        self.last = time.process_time(), time.perf_counter()

    def lap(self, stage: str) -> None:
        """Records the time since the last lap or start under a stage."""
        cpu, wall = time.process_time(), time.perf_counter()
        self.times[stage].append((1e3 * (cpu - self.last[0]), 1e3 * (wall - self.last[1])))
        self.start()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Records the time of a block."""
        self.start()
        yield
        self.lap(name)


def percentiles(times: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Returns p50 and p95 of CPU ms, then p50 and p95 of wall ms."""
    cpu, wall = np.percentile(np.array(times), (50, 95), axis=0).T
    return float(cpu[0]), float(cpu[1]), float(wall[0]), float(wall[1])
