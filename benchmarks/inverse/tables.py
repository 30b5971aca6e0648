"""What was found, as tables: readers beside each other, and every row by skin tone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol, TypeVar

import numpy as np

from benchmarks.inverse.flicker import Steadiness
from benchmarks.inverse.gap import Crossed
from benchmarks.inverse.parameter_error import (
    COLORS,
    GROUPS,
    Score,
    calibration_error,
    coverage,
    pigment_error,
    scores,
    wears,
)
from benchmarks.inverse.places import PLACES, worn_places
from benchmarks.inverse.speed import LANDMARKS, Speed
from benchmarks.inverse.trials import Trial
from benchmarks.inverse.triplets import Moved
from benchmarks.people import TONES
from benchmarks.result import Cell, Table
from prink.params import Look

__all__ = [
    "calibration",
    "flicker_table",
    "gap_table",
    "look_table",
    "middle",
    "names_of",
    "parameter_table",
    "pigments",
    "presence_table",
    "product_table",
    "seen",
    "speed_table",
    "triplet_table",
]

BARE: Final = Look()
STRONG: Final = 0.5  # coverage of a colour that should be read well


class Toned(Protocol):
    """Anything measured on a person of a tone."""

    @property
    def tone(self) -> str: ...


Item = TypeVar("Item", bound=Toned)
Measure = Callable[[Sequence[Item]], float | None]


def middle(values: Iterable[float]) -> float | None:
    """Returns the median, None of nothing."""
    all_of = list(values)
    return float(np.median(all_of)) if all_of else None


def mean(values: Iterable[float]) -> float | None:
    all_of = list(values)
    return float(np.mean(all_of)) if all_of else None


def names_of(found: Iterable[Trial | Crossed]) -> list[str]:
    """Returns the readers in the order in which they were run."""
    return list(dict.fromkeys(each.reader for each in found))


def seen(found: Iterable[Trial], place: str, *, strong: bool = False) -> list[float]:
    """Returns dE2000 of a place's colour in every trial that wears it; `strong`: by over half."""
    path = PLACES[place]
    worn = [trial for trial in found if place in worn_places(trial.worn)]
    return [t.seen[place] for t in worn if not strong or coverage(t.worn, path) > STRONG]


def pigments(found: Iterable[Trial], path: str, *, least: float = STRONG) -> list[float]:
    """Returns dE2000 of a pigment in every trial that wears over `least` of it."""
    return [pigment_error(t.worn, t.read, path) for t in found if coverage(t.worn, path) > least]


def calibration(found: Iterable[Trial], groups: Sequence[str] = GROUPS) -> float | None:
    """Returns the expected calibration error of the confidence in whether products are worn."""
    pairs = [
        (trial.confidence[group], wears(trial.worn, group) == wears(trial.read, group))
        for trial in found
        if trial.confidence is not None
        for group in groups
    ]
    sure, right = np.array(pairs, np.float64).reshape(-1, 2).T
    return calibration_error(sure, right)


LOOK_ROWS: Final[dict[str, Measure[Trial]]] = {
    "lips seen, dE2000, coverage > 0.5": lambda t: middle(seen(t, "lips", strong=True)),
    "lips seen, dE2000": lambda t: middle(seen(t, "lips")),
    "lids seen, dE2000": lambda t: middle(seen(t, "lids")),
    "cheeks seen, dE2000": lambda t: middle(seen(t, "cheeks")),
    "lipstick pigment, dE2000, coverage > 0.5": lambda t: middle(pigments(t, "lips.color")),
    "L1 of the face, %": lambda t: mean(100 * each.picture.l1 for each in t),
    "1 - MS-SSIM, %": lambda t: mean(100 * each.picture.ms_ssim for each in t),
    "FLIP, %": lambda t: mean(100 * each.picture.flip for each in t),
    "calibration error": calibration,
}
TRIPLET_ROWS: Final[dict[str, Measure[Moved]]] = {
    "L1 of the face, %": lambda t: mean(100 * each.picture.l1 for each in t),
    "1 - MS-SSIM, %": lambda t: mean(100 * each.picture.ms_ssim for each in t),
    "FLIP, %": lambda t: mean(100 * each.picture.flip for each in t),
    **{
        f"{place}, dE2000": lambda t, place=place: middle(
            each.seen[place] for each in t if place in each.seen
        )
        for place in PLACES
    },
}
GAP_ROWS: Final[dict[str, Measure[Crossed]]] = {
    "lips seen, dE2000, coverage > 0.5": lambda t: middle(
        each.seen["lips"] for each in t if each.strong
    ),
    **{
        f"{place} seen, dE2000": lambda t, place=place: middle(
            each.seen[place] for each in t if place in each.seen
        )
        for place in PLACES
    },
    "L1 of the face, %": lambda t: mean(100 * each.picture.l1 for each in t),
    "FLIP, %": lambda t: mean(100 * each.picture.flip for each in t),
    **{
        f"{place} found": lambda t, place=place: mean(
            each.found[place] for each in t if place in each.painted
        )
        for place in PLACES
    },
    **{
        f"{place} found where there is none": lambda t, place=place: mean(
            each.found[place] for each in t if place not in each.painted
        )
        for place in PLACES
    },
}


def by_tone(parts: dict[str, list[Item]], measures: dict[str, Measure[Item]], who: str) -> Table:
    """Returns a row for every measure and reader: all people, then those of each tone."""
    rows: list[tuple[Cell, ...]] = []
    for words, measure in measures.items():
        for name, found in parts.items():
            tones = ([each for each in found if each.tone == tone] for tone in TONES)
            rows.append((words, name, len(found), measure(found), *map(measure, tones)))
    return Table(("what", who, "photos", "all", *TONES), tuple(rows))


def look_table(found: Sequence[Trial]) -> Table:
    """Returns seen colours, pigment, pictures and calibration on random looks."""
    worn = [trial for trial in found if trial.worn != BARE]
    parts = {name: [t for t in worn if t.reader == name] for name in names_of(worn)}
    return by_tone(parts, LOOK_ROWS, "reader")


def triplet_table(found: Sequence[Moved]) -> Table:
    """Returns the errors of looks moved to another face, by the tone of that face."""
    ways = dict.fromkeys(each.way for each in found)
    parts = {way: [each for each in found if each.way == way] for way in ways}
    return by_tone(parts, TRIPLET_ROWS, "way")


def gap_table(found: Sequence[Crossed]) -> Table:
    """Returns the errors on another renderer's makeup."""
    parts = {name: [c for c in found if c.reader == name] for name in names_of(found)}
    return by_tone(parts, GAP_ROWS, "reader")


def presence_table(found: Sequence[Trial]) -> Table:
    """Returns by product and reader: how often it is found, and how often where there is none."""
    measures: dict[str, Measure[Trial]] = {}
    for group in GROUPS:
        measures |= {
            f"{group}: found": lambda t, g=group: said(t, g, worn=True),
            f"{group}: false": lambda t, g=group: said(t, g, worn=False),
            f"{group}: false, bare": lambda t, g=group: said(t, g, worn=False, bare=True),
            f"{group}: calibration error": lambda t, g=group: calibration(t, [g]),
        }
    own = [trial for trial in found if trial.confidence is not None]
    parts = {name: [t for t in own if t.reader == name] for name in names_of(own)}
    return by_tone(parts, measures, "reader")


def said(found: Sequence[Trial], group: str, *, worn: bool, bare: bool = False) -> float | None:
    """Returns how often a product is read, off photos that wear it or do not; `bare`: no other."""
    kept = [t for t in found if (t.worn == BARE) == bare and wears(t.worn, group) == worn]
    return mean(wears(trial.read, group) for trial in kept)


def product_table(found: Sequence[Trial]) -> Table:
    """Returns the median pigment error of every colour: strongly worn, and worn at all."""
    measures: dict[str, Measure[Trial]] = {}
    for color in COLORS:
        measures |= {
            f"{color.path}, coverage > 0.5": lambda t, p=color.path: middle(pigments(t, p)),
            f"{color.path}, worn": lambda t, p=color.path: middle(pigments(t, p, least=0.0)),
        }
    parts = {name: [t for t in found if t.reader == name] for name in names_of(found)}
    return by_tone(parts, measures, "reader")


def parameter_table(found: Sequence[Trial]) -> Table:
    """Returns MAE and R2 of every parameter, and the MAE by tone."""
    worn = [trial for trial in found if trial.worn != BARE]
    rows: list[tuple[Cell, ...]] = []
    for name in names_of(worn):
        own = [trial for trial in worn if trial.reader == name]
        all_of = scored(own)
        tones = [scored([t for t in own if t.tone == tone]) for tone in TONES]
        for path, score in all_of.items():
            cells = (each[path].mae if path in each else None for each in tones)
            rows.append((path, name, score.count, score.r2, score.mae, *cells))
    return Table(("parameter", "reader", "worn", "R2", "MAE", *TONES), tuple(rows))


def scored(found: Sequence[Trial]) -> dict[str, Score]:
    return scores([t.worn for t in found], [t.read for t in found]) if found else {}


def speed_table(found: Sequence[Speed]) -> Table:
    """Returns milliseconds of a read, with landmarks and without."""
    first = next(each for each in found if each.stage == LANDMARKS)
    rows = tuple(
        (s.stage, s.cpu_ms, s.wall_ms, s.cpu_ms + first.cpu_ms, s.wall_ms + first.wall_ms)
        for s in found
        if s is not first
    )
    after = ("with landmarks, CPU ms", "with landmarks, wall ms")
    return Table(("reader", "CPU ms", "wall ms", *after), rows)


def flicker_table(found: Sequence[Steadiness]) -> Table:
    """Returns drift and shake of every clip, reader and way."""
    rows = tuple((s.clip, s.reader, s.way, s.frames, s.drift, s.shake) for s in found)
    return Table(("clip", "reader", "way", "frames", "drift, dE2000", "shake, Lab"), rows)
