"""Processes that read and draw, each on one core with a renderer and readers of its own."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.contract.people import Person
from benchmarks.inverse.controls.search import Standins
from benchmarks.inverse.readers import Read, open_reader

__all__ = ["Setup", "Workers", "one_thread", "prepare", "reader", "workers"]

Task = TypeVar("Task")
Found = TypeVar("Found")
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LP_NUM_THREADS")
PROCESSES: Final = 2


@dataclass(frozen=True)
class Setup:
    """What readers need besides a photo; a search takes `seconds`."""

    standins: Sequence[Person]
    seconds: float
    teacher: Path | None = None


@dataclass(frozen=True)
class Workers:
    """A pool of processes that know the setup."""

    pool: ProcessPoolExecutor

    def each(
        self, work: Callable[[Task], Found], tasks: Sequence[Task], *, tick: Callable[[], None]
    ) -> Iterator[Found]:
        """Yields the results of tasks in order."""
        for found in self.pool.map(work, tasks):
            tick()
            yield found


SETUP: list[Setup] = []  # of this process


def prepare(setup: Setup) -> None:
    """Makes the setup known to this process, for `reader`."""
    SETUP[:] = [setup]
    reader.cache_clear()


@cache
def reader(name: str) -> Read:
    """Returns a reader of this process, opened once."""
    (setup,) = SETUP
    return open_reader(name, Standins(setup.standins), seconds=setup.seconds, teacher=setup.teacher)


@contextmanager
def workers(setup: Setup, *, count: int = PROCESSES) -> Iterator[Workers]:
    """Opens processes with one thread each."""
    with one_thread():
        pool = ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=prepare, initargs=(setup,)
        )
        try:
            yield Workers(pool)
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def one_thread() -> Iterator[None]:
    """Sets the environment so that processes started inside use one thread for each library."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
