"""Synthetic triplets: a look read off one person, drawn on another, beside the truth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.inverse.controls.lab_transfer import TRANSFERS, lab_transfer
from benchmarks.inverse.picture_error import PictureError, picture_error
from benchmarks.inverse.places import colors_apart, place_colors, worn_places
from benchmarks.inverse.workers import Workers, reader
from benchmarks.reading_fit.renders import renderer
from prink.arrays import Bytes
from prink.learn.data.look_sampling import random_look

__all__ = ["Moved", "move_looks"]

SEED: Final = 31


@dataclass(frozen=True)
class Moved:
    """One way on one triplet: errors of the source's face, dE2000 of places that wear makeup.

    `tone` is the source's, `reference_tone` the one's whose look it is.
    """

    way: str
    tone: str
    reference_tone: str
    picture: PictureError
    seen: Mapping[str, float]


@dataclass(frozen=True)
class Task:
    """One triplet; the truth is drawn where it is needed."""

    source: Person
    reference: Person
    number: int
    readers: Sequence[str]


def move_looks(
    people: Sequence[Person],
    readers: Sequence[str],
    *,
    count: int,
    pool: Workers,
    watch: Callable[[int], Callable[[], None]],
) -> list[Moved]:
    """Returns every way on `count` triplets of two different people each."""
    random = np.random.default_rng(SEED)
    tasks = []
    for number in range(count):
        one, two = random.choice(len(people), 2, replace=False).tolist()
        tasks.append(Task(people[one], people[two], number, readers))
    found = pool.each(moved_of, tasks, tick=watch(len(tasks)))
    return [moved for ways in found for moved in ways]


def moved_of(task: Task) -> list[Moved]:
    source, reference = task.source, task.reference
    look = random_look(np.random.default_rng((SEED, task.number)))
    made = replace(reference, rgb=renderer().draw(reference.rgb, [reference.face], look))
    truth = renderer().draw(source.rgb, [source.face], look)
    true, worn = place_colors(truth, source.face), worn_places(look)

    def judged(way: str, result: Bytes) -> Moved:
        apart = colors_apart(true, place_colors(result, source.face))
        seen = {place: apart[place] for place in worn}
        error = picture_error(truth, result, source.face)
        return Moved(way, source.tone, reference.tone, error, seen)

    found = []
    for name in task.readers:
        guess = reader(name)(made, reference)
        found.append(judged(name, renderer().draw(source.rgb, [source.face], guess.look)))
    for name, regions in TRANSFERS.items():
        found.append(judged(name, lab_transfer(source, made, regions)))
    return found
