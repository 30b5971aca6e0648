"""Work spread over processes that are started anew, not forked."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

__all__ = ["spread"]

Job = TypeVar("Job")
Made = TypeVar("Made")


def spread(
    work: Callable[[Job], Made], jobs: Iterable[Job], *, workers: int, at_once: int = 1
) -> Iterator[Made]:
    """Yields what some work makes of each job, in the jobs' order.

    A forked process would share its parent's GL context and the threads of its trackers, and hang.

    Args:
        work: A function of a module; it is sent by name.
        jobs: What it is given, one at a time.
        workers: Processes; 0 does the work in this one.
        at_once: Jobs that a process is sent together.
    """
    if not workers:
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, jobs, chunksize=at_once)
