"""What was found, as tables: readers beside each other, and every row by skin tone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, Protocol, TypeVar

import numpy as np

from benchmarks.contract.people import TONES
from benchmarks.contract.result import Cell, Table
from benchmarks.inverse.flicker import Steadiness
from benchmarks.inverse.gap import Crossed
from benchmarks.inverse.parameter_error import (
    COLORS,
    GROUPS,
    Score,
    calibration_error,
    coverage,
    pigment_error,
    read_right,
    scores,
    wears,
)
from benchmarks.inverse.places import PLACES, worn_places
from benchmarks.inverse.speed import LANDMARKS, Speed
from benchmarks.inverse.trials import Trial
from benchmarks.inverse.triplets import Moved
from prink.params import Look

__all__ = [
    "PIGMENT",
    "STRONG_LIPS",
    "calibration",
    "flicker_table",
    "gap_table",
    "look_overview",
    "look_table",
    "middle",
    "names_of",
    "parameter_table",
    "pigments",
    "presence_table",
    "product_table",
    "seen",
    "speed_table",
    "sure_and_right",
    "triplet_table",
]

BARE: Final = Look()
STRONG: Final = 0.5  # coverage of a colour that should be read well
# Names of rows; all colours are in dE2000, medians.
STRONG_LIPS: Final = "lips seen, strong"
PIGMENT: Final = "lip pigment, strong"


class Toned(Protocol):
    """Anything measured on a person of a tone."""

    @property
    def tone(self) -> str: ...


Item = TypeVar("Item", bound=Toned)


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


def painted(place: str, there: bool, found: Sequence[Crossed]) -> list[bool]:
    """Returns whether something is read at a place, of photos that are (not) painted there."""
    return [each.found[place] for each in found if (place in each.painted) == there]


def sure_and_right(
    found: Iterable[Trial], groups: Sequence[str] = GROUPS
) -> list[tuple[float, float]]:
    """Returns for every product of every trial how sure the reader was, and 1 if it was right."""
    return [
        (trial.confidence[group], float(read_right(trial.worn, trial.read, group)))
        for trial in found
        if trial.confidence is not None
        for group in groups
    ]


def calibration(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Returns the expected calibration error of what `sure_and_right` gave."""
    sure, right = np.array(list(pairs), np.float64).reshape(-1, 2).T
    return calibration_error(sure, right)


@dataclass(frozen=True)
class Measure(Generic[Item]):
    """A row of a table: the values of some photos, and what sums them up."""

    values: Callable[[Sequence[Item]], Sequence[Any]]
    sum_up: Callable[[Iterable[Any]], float | None] = middle

    def of(self, found: Sequence[Item]) -> float | None:
        """Returns the number of some photos, None if none of them shows it."""
        return self.sum_up(self.values(found))


Pictured = TypeVar("Pictured", Trial, Moved, Crossed)


def pictures(found: Sequence[Pictured], name: str) -> list[float]:
    """Returns one error of `PictureError` of every photo, in percent."""
    return [100 * getattr(each.picture, name) for each in found]


def at(place: str, found: Sequence[Moved | Crossed]) -> list[float]:
    """Returns dE2000 of a place in every photo that wears something there."""
    return [each.seen[place] for each in found if place in each.seen]


PICTURE_ROWS: Final[dict[str, Measure[Any]]] = {
    "L1, %": Measure(lambda t: pictures(t, "l1"), mean),
    "1 - MS-SSIM, %": Measure(lambda t: pictures(t, "ms_ssim"), mean),
    "FLIP, %": Measure(lambda t: pictures(t, "flip"), mean),
}
LOOK_ROWS: Final[dict[str, Measure[Trial]]] = {
    STRONG_LIPS: Measure(lambda t: seen(t, "lips", strong=True)),
    **{f"{place} seen": Measure(partial(seen, place=place)) for place in PLACES},
    PIGMENT: Measure(lambda t: pigments(t, "lips.color")),
    **PICTURE_ROWS,
    "calibration error": Measure(sure_and_right, calibration),
}
TRIPLET_ROWS: Final[dict[str, Measure[Moved]]] = {
    **PICTURE_ROWS,
    **{f"{place} seen": Measure(partial(at, place)) for place in PLACES},
}
GAP_ROWS: Final[dict[str, Measure[Crossed]]] = {
    STRONG_LIPS: Measure(lambda t: [each.seen["lips"] for each in t if each.strong]),
    **{f"{place} seen": Measure(partial(at, place)) for place in PLACES},
    **PICTURE_ROWS,
    **{f"{place} found": Measure(partial(painted, place, True), mean) for place in PLACES},
    **{f"{place} false": Measure(partial(painted, place, False), mean) for place in PLACES},
}


def by_tone(parts: dict[str, list[Item]], measures: dict[str, Measure[Item]], who: str) -> Table:
    """Returns a row for every measure and reader: all people, then those of each tone.

    The count is of the values behind the number of all people.
    """
    rows: list[tuple[Cell, ...]] = []
    for words, measure in measures.items():
        for name, found in parts.items():
            tones = ([each for each in found if each.tone == tone] for tone in TONES)
            count = len(measure.values(found))
            rows.append((words, name, count, measure.of(found), *map(measure.of, tones)))
    return Table(("what", who, "count", "all", *TONES), tuple(rows))


def beside(parts: dict[str, list[Item]], measures: dict[str, Measure[Item]], who: str) -> Table:
    """Returns a row for every reader, a column for every measure, over all people."""
    rows = (
        (name, *(each.of(found) for each in measures.values())) for name, found in parts.items()
    )
    return Table((who, *measures), tuple(rows))


def look_parts(found: Sequence[Trial]) -> dict[str, list[Trial]]:
    """Returns the trials with makeup by reader."""
    worn = [trial for trial in found if trial.worn != BARE]
    return {name: [t for t in worn if t.reader == name] for name in names_of(worn)}


def look_table(found: Sequence[Trial]) -> Table:
    """Returns seen colours, pigment, pictures and calibration on random looks, by tone."""
    return by_tone(look_parts(found), LOOK_ROWS, "reader")


def look_overview(found: Sequence[Trial]) -> Table:
    """Returns the same over all people, readers below each other."""
    return beside(look_parts(found), LOOK_ROWS, "reader")


def triplet_table(found: Sequence[Moved], *, overview: bool = False) -> Table:
    """Returns the errors of looks moved to another face, by the tone of that face."""
    ways = dict.fromkeys(each.way for each in found)
    parts = {way: [each for each in found if each.way == way] for way in ways}
    return (beside if overview else by_tone)(parts, TRIPLET_ROWS, "way")


def gap_table(found: Sequence[Crossed], *, overview: bool = False) -> Table:
    """Returns the errors on another renderer's makeup, by tone."""
    parts = {name: [c for c in found if c.reader == name] for name in names_of(found)}
    return (beside if overview else by_tone)(parts, GAP_ROWS, "reader")


def presence_table(found: Sequence[Trial]) -> Table:
    """Returns by product and reader: how often it is found, and how often where there is none."""
    measures: dict[str, Measure[Trial]] = {}
    for group in GROUPS:
        measures |= {
            f"{group}: found": Measure(partial(said, group=group, worn=True), mean),
            f"{group}: false": Measure(partial(said, group=group, worn=False), mean),
            f"{group}: false, bare": Measure(
                partial(said, group=group, worn=False, bare=True), mean
            ),
            f"{group}: calibration error": Measure(
                partial(sure_and_right, groups=(group,)), calibration
            ),
        }
    own = [trial for trial in found if trial.confidence is not None]
    parts = {name: [t for t in own if t.reader == name] for name in names_of(own)}
    return by_tone(parts, measures, "reader")


def said(found: Sequence[Trial], group: str, *, worn: bool, bare: bool = False) -> list[bool]:
    """Returns whether a product is read, off photos that wear it or do not; `bare`: no other."""
    kept = [t for t in found if (t.worn == BARE) == bare and wears(t.worn, group) == worn]
    return [wears(trial.read, group) for trial in kept]


def product_table(found: Sequence[Trial]) -> Table:
    """Returns the median pigment error of every colour: strongly worn, and worn at all."""
    measures: dict[str, Measure[Trial]] = {}
    for color in COLORS:
        measures |= {
            f"{color.path}, coverage > 0.5": Measure(partial(pigments, path=color.path)),
            f"{color.path}, worn": Measure(partial(pigments, path=color.path, least=0.0)),
        }
    return by_tone(look_parts(found), measures, "reader")


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
