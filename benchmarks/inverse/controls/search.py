"""Black-box baselines: draw looks on a bare face until the colours agree with the photo's.

They compare colours at places of lips, lids and skin that are the same on every face, so the bare
face may be another person's. Without the true one they draw on a stand-in of like skin.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.contract.people import Person
from benchmarks.inverse.places import face_samples, place_colors
from benchmarks.reading_fit.renders import renderer
from prink.arrays import Doubles
from prink.params import LOOKS, Look, from_vector, parameters, to_vector

__all__ = ["Standins", "nearest_preset", "sample_error", "search"]

SEED: Final = 4
STEP: Final = 0.2  # first standard deviation of the search
GROUPS_LEFT: Final = ("hair", "teeth")  # random looks do not wear them


@dataclass(frozen=True, eq=False)
class Standins:
    """Bare faces to draw on where the true one is not known."""

    people: Sequence[Person]

    @cached_property
    def skins(self) -> Doubles:
        """CIELAB (N, 3) of each one's cheeks."""
        return np.array([place_colors(each.rgb, each.face)[2] for each in self.people])

    def like(self, photo: Person) -> Person:
        """Returns the one whose cheeks have the colour nearest to the photo's."""
        others = [n for n, each in enumerate(self.people) if each.name != photo.name]
        skin = place_colors(photo.rgb, photo.face)[2]
        off = np.linalg.norm(self.skins[others] - skin, axis=1)
        return self.people[others[int(off.argmin())]]


def sample_error(wanted: Doubles, bare: Person, look: Look) -> float:
    """Returns how far, mean dE76, a look on a bare face is from wanted samples (N, 3)."""
    drawn = renderer().draw(bare.rgb, [bare.face], look)
    return float(np.linalg.norm(face_samples(drawn, bare.face) - wanted, axis=1).mean())


def nearest_preset(photo: Person, bare: Person) -> Look:
    """Returns the look of prink's own that comes nearest to a photo when drawn on a bare face."""
    wanted = face_samples(photo.rgb, photo.face)
    return min((Look(), *LOOKS.values()), key=lambda look: sample_error(wanted, bare, look))


def search(photo: Person, bare: Person, *, start: Look, seconds: float) -> Look:
    """Returns the best look that CMA-ES (Hansen 2016) finds in seconds of CPU time."""
    import cma

    wanted = face_samples(photo.rgb, photo.face)
    free = free_places()
    vector = to_vector(start)

    def look_of(numbers: Doubles) -> Look:
        full = vector.copy()
        full[free] = np.clip(numbers, 0.0, 1.0)
        return from_vector(full)

    options = {"bounds": [0, 1], "seed": SEED, "verbose": -9, "CMA_diagonal": True}
    strategy = cma.CMAEvolutionStrategy(np.clip(vector[free], 0.02, 0.98), STEP, options)
    best, least = start, sample_error(wanted, bare, start)
    end = time.process_time() + seconds
    while time.process_time() < end and not strategy.stop():
        tried = strategy.ask()
        errors = [sample_error(wanted, bare, look_of(each)) for each in tried]
        strategy.tell(tried, errors)
        if min(errors) < least:
            best, least = look_of(tried[int(np.argmin(errors))]), min(errors)
    return best


def free_places() -> NDArray[np.intp]:
    """Returns which numbers of a look's vector are searched."""
    groups = [each.group for each in parameters() for _ in range(each.width)]
    return np.flatnonzero([group not in GROUPS_LEFT for group in groups])
