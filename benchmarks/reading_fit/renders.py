"""Portraits with random looks, and what the fits make of them; meant for a process of its own.

The processes are started after the constants are written, so that they import the new ones.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from typing import Final, TypeVar

import numpy as np

from benchmarks.contract.people import Person
from prink.arrays import Bytes, Doubles
from prink.learn.data.look_sampling import random_look
from prink.params import Look
from prink.reading.details import read_brows, read_iris
from prink.reading.eyes import read_eyes
from prink.reading.grid import open_picture
from prink.reading.light import measure_scene
from prink.reading.lips import read_lips
from prink.reading.skin import read_skin
from prink.render import Renderer

__all__ = ["Bytes", "Sample", "freshly", "numbered", "renderer", "samples_of", "value"]

Task = TypeVar("Task")
Found = TypeVar("Found")
BOTH: Final = (1.0, 1.0)  # how well the right and the left side are seen
LOOKS: Final = 3  # a portrait


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture: the look that was rendered, and what was fitted.

    Attributes:
        look: The truth; the bare look for the portrait as it is.
        fitted: By path, see `prink.reading.priors.Made`: a colour (4,), its coverage alone or a
            plain parameter (1,); of brows and irises what `prink.reading.details` measures.
        gains: By product, how much more it would cost to explain the picture without it.
    """

    look: Look
    fitted: dict[str, Doubles]
    gains: dict[str, float]


@cache
def renderer() -> Renderer:
    """Returns the renderer of this process."""
    return Renderer()


def freshly(
    work: Callable[[Task], Found], tasks: Iterable[Task], *, tick: Callable[[], None]
) -> Iterator[Found]:
    """Yields the results of tasks worked off in order by a new interpreter."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for found in pool.map(work, tasks):
            tick()
            yield found


def numbered(people: list[Person], *, seed: int) -> list[tuple[Person, tuple[int, int]]]:
    """Returns tasks: a person, and the seed of the looks to try on."""
    return [(person, (seed, number)) for number, person in enumerate(people)]


def samples_of(task: tuple[Person, tuple[int, int]]) -> list[Sample]:
    """Returns one person bare, then with several random looks."""
    person, seed = task
    random = np.random.default_rng(seed)
    looks = [random_look(random) for _ in range(LOOKS)]
    found = [sample(person.rgb, person, Look())]
    return found + [sample(renderer().draw(person.rgb, [person.face], k), person, k) for k in looks]


def sample(rgb: Bytes, person: Person, look: Look) -> Sample:
    """Returns what the fits find on a picture of a person."""
    picture = open_picture(rgb, person.face.points)
    scene = measure_scene(picture, person.face)
    lips, lip_gain = read_lips(picture, scene)
    eyes, gains = read_eyes(picture, scene, BOTH)
    skin, skin_gains = read_skin(picture, scene, BOTH)
    fitted = {**lips, **eyes, **skin}
    fitted["brows.color"] = read_brows(picture, scene)
    fitted["eyes.iris"] = read_iris(picture, scene)
    products = {"lips": lip_gain, "lip_liner": lip_gain, **gains, **skin_gains}
    return Sample(look, fitted, {name: max(gain, 0.0) for name, gain in products.items()})


def value(look: Look, path: str) -> object:
    """Returns a parameter of a look by its path."""
    group, name = path.split(".")
    return getattr(getattr(look, group), name)
