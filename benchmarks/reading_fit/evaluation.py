"""How well looks are read off portraits that no constant was fitted on."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.contract.result import Table
from benchmarks.reading_fit.renders import Bytes, freshly, numbered, renderer
from prink.arrays import Doubles
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.learn.data.look_sampling import average_look, random_look
from prink.params import Look, parameters
from prink.reading import read_look
from prink.reading.grid import eye_grid, lip_grid, open_picture, skin_grid
from prink.reading.skin import blush_mask

__all__ = ["Trial", "judge_heldout", "tables"]

SEED: Final = 5
LOOKS: Final = 2  # a portrait
SEEN: Final = {"lips": "lips.color", "lid": "eyeshadow.lid", "cheek": "blush.color"}
WORN: Final = 0.1  # coverage from which a product counts as read
COLORS: Final = tuple(p.path for p in parameters() if p.is_color and p.group != "hair")
SHARES: Final = tuple(
    p.path for p in parameters() if not p.is_color and p.group not in ("teeth", "hair")
)


@dataclass(frozen=True, eq=False)
class Trial:
    """One look on one held-out portrait.

    Attributes:
        worn, read: The truth, and what was read off its rendering.
        bare: What was read off the portrait without makeup.
        seen: (3 guesses, 3 places) dE2000 of the rendered colour of lips, lid and cheek if the
            guess is what was read, the average look, or no makeup.
        seconds: How long the reading took.
    """

    worn: Look
    read: Look
    bare: Look
    seen: Doubles
    seconds: float


def judge_heldout(people: Sequence[Person], *, tick: Callable[[], None]) -> list[Trial]:
    """Returns trials with several looks on every person, in a fresh interpreter."""
    tasks = numbered(list(people), seed=SEED)
    return [trial for found in freshly(trials_of, tasks, tick=tick) for trial in found]


def trials_of(task: tuple[Person, tuple[int, int]]) -> list[Trial]:
    person, seed = task
    random = np.random.default_rng(seed)
    looks = [random_look(random) for _ in range(LOOKS)]
    average = average_look(np.random.default_rng(SEED))
    bare = read_look(person.rgb, face=person.face, by="measured").look
    return [trial(person, look, average, bare) for look in looks]


def trial(person: Person, look: Look, average: Look, bare: Look) -> Trial:
    def drawn(guess: Look) -> Bytes:
        return renderer().draw(person.rgb, [person.face], guess)

    made = drawn(look)
    began = time.perf_counter()
    read = read_look(made, face=person.face, by="measured").look
    seconds = time.perf_counter() - began
    true = places(made, person)
    guesses = [places(drawn(guess), person) for guess in (read, average, Look())]
    return Trial(look, read, bare, np.array([delta_e_2000(true, g) for g in guesses]), seconds)


def places(rgb: Bytes, person: Person) -> Doubles:
    """Returns the mean colours, CIELAB (3, 3), of lips, lids and cheeks."""
    picture = open_picture(rgb, person.face.points)
    lips, eyes, skin = lip_grid(), eye_grid(), skin_grid()
    ring = eyes.region[:, 2]
    cheek = blush_mask(skin.face, np.array([0.5]), np.array([0.3]))[0] > 0.4
    parts = (
        (lips, (lips.region[:, 2] > 0.2) & (lips.region[:, 2] < 0.8)),
        (eyes, (ring > 0.2) & (ring < 0.9) & (eyes.region[:, 1] > 0.5)),
        (skin, cheek),
    )
    colors = [picture.sample(grid.at(picture.points)[kept]).mean(axis=0) for grid, kept in parts]
    return linear_to_lab(np.array(colors))


def tables(trials: Sequence[Trial]) -> Mapping[str, Table]:
    """Returns what was found: colours seen, products, plain parameters."""
    seconds = np.mean([trial.seconds for trial in trials])
    count = f"{len(trials)} looks on {len(trials) // LOOKS} held-out portraits"
    return {
        f"colour seen, dE2000, median (mean); {count}, {seconds:.3f} s a reading": seen(trials),
        f"products; read or worn means coverage over {WORN}": products(trials),
        "plain parameters of worn products, mean error": shares(trials),
    }


def seen(trials: Sequence[Trial]) -> Table:
    rows = []
    for place, (name, path) in enumerate(SEEN.items()):
        error = np.array([trial.seen[:, place] for trial in trials if cover(trial.worn, path) > 0])
        cells = [f"{np.median(e):.2f} ({e.mean():.2f})" for e in error.T]
        rows.append((name, str(len(error)), *cells))
    return Table(("place", "worn", "as read", "average look", "no makeup"), tuple(rows))


def products(trials: Sequence[Trial]) -> Table:
    average = average_look(np.random.default_rng(SEED))
    rows = []
    for path in COLORS:
        worn, read, bare = (
            np.array([cover(getattr(trial, what), path) for trial in trials])
            for what in ("worn", "read", "bare")
        )
        both = [t for t in trials if cover(t.worn, path) > 0 and cover(t.read, path) > 0]
        pairs = [apart(trial.worn, trial.read, path) for trial in both]
        means = [apart(trial.worn, average, path) for trial in both]
        rows.append(
            (
                path,
                f"{(read > WORN)[worn > 0].mean():.2f}",
                f"{(read > WORN)[worn == 0].mean():.2f}",
                f"{(bare > WORN).mean():.2f}",
                f"{bare.mean():.3f}",
                f"{np.abs(read - worn).mean():.3f}",
                f"{np.abs(cover(average, path) - worn).mean():.3f}",
                *(f"{np.median(p):.1f}" if p else "-" for p in (pairs, means)),
            )
        )
    columns = "colour", "found", "false", "false, bare", "bare, mean"
    errors = "coverage error", "of average", "pigment dE2000", "of average"
    return Table((*columns, *errors), tuple(rows))


def shares(trials: Sequence[Trial]) -> Table:
    average = average_look(np.random.default_rng(SEED))
    rows = []
    for path in SHARES:
        group = path.split(".")[0]
        on = [trial for trial in trials if getattr(trial.worn, group) != getattr(Look(), group)]
        read = [abs(number(trial.worn, path) - number(trial.read, path)) for trial in on]
        guess = [abs(number(trial.worn, path) - number(average, path)) for trial in on]
        rows.append((path, f"{np.mean(read):.3f}", f"{np.mean(guess):.3f}"))
    return Table(("parameter", "as read", "average look"), tuple(rows))


def number(look: Look, path: str) -> float:
    group, name = path.split(".")
    return float(getattr(getattr(look, group), name))


def cover(look: Look, path: str) -> float:
    group, name = path.split(".")
    return float(getattr(getattr(look, group), name).a)


def apart(one: Look, two: Look, path: str) -> float:
    """Returns dE2000 of the pigments of two looks."""
    group, name = path.split(".")
    pair = [getattr(getattr(look, group), name)[:3] for look in (one, two)]
    labs = [linear_to_lab(srgb_to_linear(np.array(color))) for color in pair]
    return float(delta_e_2000(*labs))
