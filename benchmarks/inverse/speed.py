"""What one read costs on one core, with the landmarks and without."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.contract.people import Person
from benchmarks.contract.stopwatch import Stopwatch, percentiles
from benchmarks.inverse.workers import Setup, prepare, reader, workers
from benchmarks.reading_fit.renders import renderer
from prink.face import Tracker
from prink.params import LOOKS

__all__ = ["LANDMARKS", "Speed", "measure_speed"]

LANDMARKS: Final = "landmarks"
LOOK: Final = "classic_red"
WARM_UP: Final = 2


@dataclass(frozen=True)
class Speed:
    """Median milliseconds of CPU and of wall time of one stage."""

    stage: str
    cpu_ms: float
    wall_ms: float


@dataclass(frozen=True)
class Task:
    """Who is read, by which readers, how often."""

    person: Person
    readers: Sequence[str]
    rounds: int
    setup: Setup


def measure_speed(
    person: Person,
    readers: Sequence[str],
    *,
    rounds: int,
    setup: Setup,
    tick: Callable[[], None],
) -> list[Speed]:
    """Returns the landmarks, then every reader with the face given, in turn on one core."""
    with workers(setup, count=1) as pool:
        (found,) = pool.each(timed, [Task(person, readers, rounds, setup)], tick=tick)
    return found


def timed(task: Task) -> list[Speed]:
    on_one_core()
    prepare(task.setup)
    person, watch = task.person, Stopwatch()
    made = replace(person, rgb=renderer().draw(person.rgb, [person.face], LOOKS[LOOK]))
    with Tracker(max_faces=1) as tracker:
        for number in range(-WARM_UP, task.rounds):
            if number == 0:
                watch.times.clear()
            with watch.stage(LANDMARKS):
                tracker.track(made.rgb)
            for name in task.readers:
                with watch.stage(name):
                    reader(name)(made, person)
    return [
        Speed(name, cpu, wall)
        for name, (cpu, _, wall, _) in ((n, percentiles(t)) for n, t in watch.times.items())
    ]


def on_one_core() -> None:
    """Keeps this process, and the threads that it will start, on one core where that is known."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
