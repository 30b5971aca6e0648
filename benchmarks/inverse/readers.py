"""The readers that are compared: each says which look a made-up photo shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.inverse.controls.search import Standins, nearest_preset, search
from prink.learn.data.look_sampling import average_look
from prink.params import Look
from prink.reading import Encoder, read_look
from prink.reading.encoder import FILE

__all__ = [
    "MEASURED",
    "OWN",
    "SLOW",
    "STUDENT",
    "TEACHER",
    "Guess",
    "Read",
    "available",
    "open_reader",
]

SEED: Final = 5  # of the average look
STUDENT, TEACHER, MEASURED = "student", "teacher", "measured"
REFINED: Final = "student, refined"
# prink's own, and what they are compared with. "told" is given the bare photo, which no user has.
OWN: Final = (STUDENT, REFINED, TEACHER, MEASURED)
BASELINES: Final = ("preset", "preset, told", "search", "search, told", "mean look", "no makeup")
SLOW: Final = (REFINED, "search", "search, told")


@dataclass(frozen=True)
class Guess:
    """A look that was read; with confidence by group where the reader gives one."""

    look: Look
    confidence: Mapping[str, float] | None = None


# Photo with its face, and the same without makeup: only readers that are told look at that.
Read = Callable[[Person, Person], Guess]


def available(teacher: Path | None) -> tuple[str, ...]:
    """Returns the names of the readers that can be run."""
    missing = set()
    if not FILE.is_file():
        missing |= {STUDENT, REFINED}
    if find_spec("prink.refine.analysis") is None:
        missing.add(REFINED)
    if teacher is None:
        missing.add(TEACHER)
    return tuple(name for name in (*OWN, *BASELINES) if name not in missing)


def open_reader(
    name: str, standins: Standins, *, seconds: float, teacher: Path | None = None
) -> Read:
    """Returns a reader by its name; a search takes so many seconds.

    Raises:
        KeyError: if there is none of that name.
    """
    told, guessed = partial(bare_of, True, standins), partial(bare_of, False, standins)
    readers: dict[str, Read] = {
        STUDENT: partial(prink_reader, "encoder"),
        MEASURED: partial(prink_reader, "measured"),
        TEACHER: partial(prink_reader, teacher),
        REFINED: refined,
        "preset": lambda photo, bare: Guess(nearest_preset(photo, guessed(photo, bare))),
        "preset, told": lambda photo, bare: Guess(nearest_preset(photo, told(photo, bare))),
        "search": lambda photo, bare: Guess(
            search(photo, guessed(photo, bare), start=mean_look(), seconds=seconds)
        ),
        "search, told": lambda photo, bare: Guess(
            search(photo, told(photo, bare), start=mean_look(), seconds=seconds)
        ),
        "mean look": lambda photo, bare: Guess(mean_look()),
        "no makeup": lambda photo, bare: Guess(Look()),
    }
    return readers[name]


def bare_of(told: bool, standins: Standins, photo: Person, bare: Person) -> Person:
    return bare if told else standins.like(photo)


def prink_reader(by: str | Path | None, photo: Person, _: Person) -> Guess:
    found = read_look(photo.rgb, face=photo.face, by=opened(by) if isinstance(by, Path) else by)
    return Guess(found.look, dict(found.confidence))


def refined(photo: Person, _: Person) -> Guess:
    from prink.refine.analysis import refine

    first = read_look(photo.rgb, face=photo.face, by="encoder")
    return Guess(refine(photo.rgb, photo.face, first.look).look, dict(first.confidence))


@cache
def opened(path: Path) -> Encoder:
    return Encoder(path)


@cache
def mean_look() -> Look:
    """Returns the mean of random looks: the best guess without a photo."""
    return average_look(np.random.default_rng(SEED))
