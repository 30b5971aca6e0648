"""Jobs in processes side by side, where one that dies takes only its own rows with it."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Final, TypeVar

__all__ = ["side_by_side"]

Job = TypeVar("Job")
Result = TypeVar("Result")

GRACE: Final = 10.0  # seconds that a process which is ended has to remove what is half written
THREADS: Final = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def side_by_side(
    work: Sequence[Job],
    run: Callable[[Job], Iterable[Result]],
    *,
    lost: Callable[[Job, str, Sequence[Result]], Iterable[Result]],
    jobs: int,
) -> Iterator[Result]:
    """Yields what `run` yields for each job, in the order in which they are done.

    Args:
        work: The jobs; they are pickled.
        run: A function of a module, called in a new process for each job.
        lost: Says what to yield for a job whose process died: the job, the reason, what it yielded
            before.
        jobs: How many processes at once; each computes on one thread.
    """
    context = multiprocessing.get_context("spawn")
    waiting = deque(work)
    running: dict[Any, tuple[Job, Any, list[Result]]] = {}
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                job = waiting.popleft()
                mine, theirs = context.Pipe(duplex=False)
                process = context.Process(target=work_off, args=(run, job, theirs))
                try:
                    process.start()
                except Exception as cause:  # a job that cannot be pickled
                    yield from lost(job, f"cannot be sent to a process: {cause}", [])
                    continue
                finally:
                    theirs.close()
                running[mine] = (job, process, [])
            ready: list[Any] = wait(list(running))
            for pipe in ready:
                job, process, done = running[pipe]
                try:
                    done.append(pipe.recv())
                    yield done[-1]
                except EOFError:
                    process.join()
                    del running[pipe]
                    if process.exitcode:
                        yield from lost(job, died(process.exitcode), done)
    finally:
        end([process for _, process, _ in running.values()])
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def end(processes: Sequence[Any]) -> None:
    """Ends processes and gives them time to clean up."""
    for each in processes:
        each.terminate()
    for each in processes:
        each.join(GRACE)


def died(code: int) -> str:
    if code < 0:
        return f"its process was killed by signal {-code} (out of memory?); try fewer --jobs"
    return f"its process ended with code {code}; run it alone with --jobs 1 to see why"


def work_off(run: Callable[[Any], Iterable[Any]], job: object, pipe: Connection) -> None:
    """Sends each result of one job; Ctrl-C is the parent's, whose end lets this one clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for each in run(job):
        pipe.send(each)
    pipe.close()
