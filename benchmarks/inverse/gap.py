"""Makeup of another renderer, read off and drawn by prink on the same bare face."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.inverse.controls.other_renderer import Paint, draw_other
from benchmarks.inverse.parameter_error import WORN, coverage
from benchmarks.inverse.picture_error import PictureError, picture_error
from benchmarks.inverse.places import PLACES, colors_apart, place_colors
from benchmarks.inverse.workers import Workers, reader
from benchmarks.reading_fit.renders import renderer

__all__ = ["Crossed", "cross_gap", "random_paints"]

SEED: Final = 47
SPREAD: Final = 0.05  # of a pigment around its palette, sRGB
# Colours, how often they are worn, how much of them. They are not those of the random looks.
WEAR: Final = {
    "lips": ("b03048 d0605c 8e2440 c8787c a8483c e05468 701c34 b86450", 0.85, (0.4, 1.0)),
    "lids": ("a88068 6c5048 d0b49c 5c5870 887080 4c6458 b88c5c 746c6c", 0.75, (0.3, 0.9)),
    "cheeks": ("d87878 e09078 c06870 b85c58 e8a088 a84c60", 0.65, (0.3, 0.8)),
}


@dataclass(frozen=True)
class Crossed:
    """One reader on one such photo.

    Attributes:
        seen: By painted place, dE2000 between the other renderer's colour and prink's redrawing.
        strong: Whether the lips are covered by over half.
        found: By place, whether the read look wears something there; painted or not.
        painted: The places with paint.
    """

    reader: str
    tone: str
    seen: Mapping[str, float]
    strong: bool
    found: Mapping[str, bool]
    painted: Sequence[str]
    picture: PictureError


@dataclass(frozen=True)
class Task:
    """One person, made up several times."""

    person: Person
    number: int
    looks: int
    readers: Sequence[str]


def cross_gap(
    people: Sequence[Person],
    readers: Sequence[str],
    *,
    looks: int,
    pool: Workers,
    watch: Callable[[int], Callable[[], None]],
) -> list[Crossed]:
    """Returns every reader on every person with several random paints."""
    tasks = [Task(person, number, looks, readers) for number, person in enumerate(people)]
    found = pool.each(crossed_of, tasks, tick=watch(len(tasks)))
    return [crossed for each in found for crossed in each]


def crossed_of(task: Task) -> list[Crossed]:
    random = np.random.default_rng((SEED, task.number))
    wanted = [random_paints(random) for _ in range(task.looks)]
    return [found for paints in wanted for found in on_paints(task.person, paints, task.readers)]


def on_paints(person: Person, paints: dict[str, Paint], readers: Sequence[str]) -> list[Crossed]:
    made = replace(person, rgb=draw_other(person.rgb, person.face, paints))
    true = place_colors(made.rgb, person.face)
    found = []
    for name in readers:
        look = reader(name)(made, person).look
        again = renderer().draw(person.rgb, [person.face], look)
        apart = colors_apart(true, place_colors(again, person.face))
        found.append(
            Crossed(
                reader=name,
                tone=person.tone,
                seen={place: apart[place] for place in paints},
                strong="lips" in paints and paints["lips"].amount > 0.5,
                found={place: coverage(look, path) > WORN for place, path in PLACES.items()},
                painted=tuple(paints),
                picture=picture_error(made.rgb, again, person.face),
            )
        )
    return found


def random_paints(random: np.random.Generator) -> dict[str, Paint]:
    """Returns paints by place, everyday to bold."""
    paints = {}
    for place, (palette, chance, (low, high)) in WEAR.items():
        if random.random() < chance:
            base = np.array(list(bytes.fromhex(str(random.choice(palette.split()))))) / 255.0
            red, green, blue = np.clip(base + random.normal(0, SPREAD, 3), 0.01, 1.0).tolist()
            amount = float(random.uniform(low, high))
            gloss = float(random.uniform(0, 1)) if place == "lips" else 0.0
            paints[place] = Paint((red, green, blue), amount, gloss)
    return paints
