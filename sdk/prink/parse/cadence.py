"""When a head's squares are parsed anew and how that fades in: numbers only, same on every host."""

import math
from collections.abc import Collection, Mapping
from typing import Final

__all__ = ["AT_ONCE", "EVERY", "KINDS", "MOST", "Job", "adapted", "due", "fade", "usual_cost"]

EVERY: Final = 3  # frames
MOST: Final = 12  # frames between two answers, however slow the network is
AT_ONCE: Final = 2  # squares parsed in one frame where heads are restless
RESTLESS: Final = 4  # times as often as others are those parsed
SHARE: Final = 0.1  # of the time between frames that parsing may take when `every` adapts

KINDS: Final = ("face", "hair")
"""The squares of a head, in the order of their turns."""

Job = tuple[int, str]
"""A face's number, and which of its squares."""


def due(ages: Mapping[Job, int], *, every: int, restless: Collection[Job] = ()) -> tuple[Job, ...]:
    """Returns the squares that are parsed anew now: one of several a frame, the oldest first.

    Of equally old ones the lowest number comes first, of one head the face. The restless ones do
    not wait their turn; two a frame then are the most.

    Args:
        ages: Frames since each known square was parsed.
        every: Frames from answer to answer; no calm one's turn has come before.
        restless: Those whose head moves fast or whose answer just changed.
    """
    order = sorted(ages, key=lambda job: (-ages[job], job[0], KINDS.index(job[1])))
    soon = max(every // RESTLESS, 1)
    usual = [job for job in order[:1] if ages[job] + 1 >= every]
    hasty = [job for job in order if job in restless and ages[job] + 1 >= soon]
    return tuple(job for job in order if job in usual or job in hasty)[:AT_ONCE]


def fade(age: int, *, every: int, jobs: int) -> float:
    """Returns how much of a new answer shows over the one before, 0..1, `age` frames after it.

    Args:
        age: Frames since it was made.
        every: As in `due`.
        jobs: Squares that are known, of all heads.
    """
    return min((age + 1) / max(every, jobs), 1.0)


def usual_cost(usual: float, took: float) -> float:
    """Returns the seconds that a square usually takes after one more took `took`; 0 is unknown.

    A slow one counts for a fifth, a fast one at once: what else runs can only slow it down.
    """
    return took if not usual else min(took, 0.8 * usual + 0.2 * took)


def adapted(every: int, *, cost: float, jobs: int, seconds: float) -> int:
    """Returns the frames from answer to answer for the next frame, 1 to 12, one more or fewer.

    Args:
        every: Of the last frame.
        cost: Seconds that a square usually takes.
        jobs: Squares that are kept.
        seconds: From the last frame to this one, > 0.
    """
    wanted = math.ceil(cost * max(jobs, 1) / (SHARE * seconds))
    return min(max(wanted, 1, every - 1), every + 1, MOST)
