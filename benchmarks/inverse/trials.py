"""Random looks on held-out faces, read back by every reader."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.inverse.picture_error import PictureError, picture_error
from benchmarks.inverse.places import colors_apart, place_colors
from benchmarks.inverse.workers import Workers, reader
from benchmarks.reading_fit.renders import renderer
from prink.learn.data.look_sampling import random_look
from prink.params import Look

__all__ = ["Trial", "read_back"]

SEED: Final = 23


@dataclass(frozen=True, eq=False)
class Trial:
    """One reader on one made-up face.

    Attributes:
        photo: Which photo: the same for all readers of it.
        tone: Of the person.
        worn, read: The truth and what was read; a bare look is worn where the portrait was left as
            it is.
        confidence: By group; None where the reader gives none.
        seen: By place, dE2000 of the colour that both looks have on this face.
        picture: How far both renderings on this face are apart.
        seconds: How long reading took.
    """

    photo: str
    tone: str
    reader: str
    worn: Look
    read: Look
    confidence: Mapping[str, float] | None
    seen: Mapping[str, float]
    picture: PictureError
    seconds: float


@dataclass(frozen=True)
class Task:
    """One person: who reads all of the looks and the bare face, and who only the first look."""

    person: Person
    number: int
    looks: int
    readers: Sequence[str]
    slow: Sequence[str]


def read_back(
    people: Sequence[Person],
    readers: Sequence[str],
    slow: Sequence[str],
    *,
    looks: int,
    few: int,
    pool: Workers,
    watch: Callable[[int], Callable[[], None]],
) -> list[Trial]:
    """Returns the trials of all people; slow readers see one look on the first `few` of them."""
    tasks = [
        Task(person, number, looks, readers, slow if number < few else ())
        for number, person in enumerate(people)
    ]
    found = pool.each(trials_of, tasks, tick=watch(len(tasks)))
    return [trial for trials in found for trial in trials]


def trials_of(task: Task) -> list[Trial]:
    random = np.random.default_rng((SEED, task.number))
    looks = [random_look(random) for _ in range(task.looks)]
    found = []
    for number, look in enumerate((Look(), *looks)):
        names = [*task.readers, *(task.slow if number == 1 else ())]
        found += on_one_photo(task.person, look, names, f"{task.person.name}/{number}")
    return found


def on_one_photo(person: Person, look: Look, names: Sequence[str], photo: str) -> list[Trial]:
    """Returns what each reader makes of one look on one person."""
    made = replace(person, rgb=renderer().draw(person.rgb, [person.face], look))
    true = place_colors(made.rgb, person.face)
    found = []
    for name in names:
        began = time.perf_counter()
        guess = reader(name)(made, person)
        seconds = time.perf_counter() - began
        again = renderer().draw(person.rgb, [person.face], guess.look)
        seen = colors_apart(true, place_colors(again, person.face))
        error = picture_error(made.rgb, again, person.face)
        found.append(
            Trial(
                photo=photo,
                tone=person.tone,
                reader=name,
                worn=look,
                read=guess.look,
                confidence=guess.confidence,
                seen=seen,
                picture=error,
                seconds=seconds,
            )
        )
    return found
