"""What the suite says in numbers: the student against its aims, the others beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.result import Figure, at_least, at_most, plain
from benchmarks.inverse.flicker import WAYS, Steadiness
from benchmarks.inverse.gap import Crossed
from benchmarks.inverse.parameter_error import scores
from benchmarks.inverse.readers import MEASURED, STUDENT, TEACHER
from benchmarks.inverse.speed import LANDMARKS, Speed
from benchmarks.inverse.tables import calibration, middle, pigments, seen, sure_and_right
from benchmarks.inverse.trials import Trial
from benchmarks.inverse.triplets import Moved

__all__ = ["Findings", "figures"]

JUDGED: Final = (STUDENT, MEASURED, TEACHER)
NO_STUDENT: Final = "no encoder is shipped"
NO_TEACHER: Final = "no teacher was given"
SHARE_OF_MEASURED: Final = 1 / 3
NEAR_TEACHER: Final = 1.1
LIMIT_MS: Final = 60.0


@dataclass(frozen=True)
class Findings:
    """What every section found; empty where one was not run."""

    trials: Sequence[Trial] = ()
    moved: Sequence[Moved] = ()
    crossed: Sequence[Crossed] = ()
    steady: Sequence[Steadiness] = ()
    speed: Sequence[Speed] = ()


@dataclass(frozen=True)
class Aim:
    """One number of a reader: how it is found, and what the student should reach."""

    label: str
    value: Callable[[Findings], float | None]
    make: Callable[..., Figure]
    target: float
    unit: str = "dE2000"


# Every one takes the findings of one reader.
LOOK_AIMS: Final[Mapping[str, Aim]] = {
    "lips_seen": Aim(
        "lipstick as seen, coverage over 0.5, median",
        lambda f: middle(seen(f.trials, "lips", strong=True)),
        at_most,
        1.5,
    ),
    "lips_pigment": Aim(
        "lipstick pigment, coverage over 0.5, median",
        lambda f: middle(pigments(f.trials, "lips.color")),
        at_most,
        3.0,
    ),
    "lids_seen": Aim(
        "eyeshadow as seen, median", lambda f: middle(seen(f.trials, "lids")), at_most, 3.0
    ),
    "cheeks_seen": Aim(
        "blush as seen, median", lambda f: middle(seen(f.trials, "cheeks")), at_most, 3.0
    ),
    "gloss_r2": Aim("lip gloss, R2", lambda f: r2(f, "lips.gloss"), at_least, 0.8, ""),
    "shimmer_r2": Aim("lip shimmer, R2", lambda f: r2(f, "lips.shimmer"), at_least, 0.8, ""),
    "lid_shimmer_r2": Aim(
        "eyeshadow shimmer, R2", lambda f: r2(f, "eyeshadow.shimmer"), at_least, 0.8, ""
    ),
}
GAP_AIMS: Final[Mapping[str, Aim]] = {
    "gap_lips": Aim(
        "lipstick of another renderer as seen, coverage over 0.5, median",
        lambda f: middle(each.seen["lips"] for each in f.crossed if each.strong),
        at_most,
        4.0,
    ),
}


def r2(found: Findings, path: str) -> float | None:
    made = [trial for trial in found.trials if trial.worn != type(trial.worn)()]
    return scores([t.worn for t in made], [t.read for t in made])[path].r2 if made else None


def figures(found: Findings) -> list[Figure]:
    """Returns every figure of the sections that were run."""
    made: list[Figure] = []
    if found.trials:
        made += of_readers(found, LOOK_AIMS)
        made += [near_teacher(found), *calibrated(found)]
    if found.moved:
        made += triplet_figures(found.moved)
    if found.crossed:
        made += of_readers(found, GAP_AIMS)
    if found.speed:
        made += speed_figures(found.speed)
    if found.steady:
        made += steady_figures(found.steady)
    return made


def of_reader(found: Findings, name: str) -> Findings:
    return Findings(
        trials=[each for each in found.trials if each.reader == name],
        crossed=[each for each in found.crossed if each.reader == name],
    )


def of_readers(found: Findings, aims: Mapping[str, Aim]) -> list[Figure]:
    """Returns the student's figures with their targets, then those of the others without."""
    made = []
    for name in JUDGED:
        own = of_reader(found, name)
        there = bool(own.trials or own.crossed)
        for key, aim in aims.items():
            label = f"{name}: {aim.label}"
            if name == STUDENT:
                value, note = (aim.value(own), "") if there else (None, NO_STUDENT)
                made.append(aim.make(key, label, value, aim.target, unit=aim.unit, note=note))
            elif there:
                made.append(plain(f"{name}_{key}", label, aim.value(own), unit=aim.unit))
    return [noted(each) for each in made]


def noted(figure: Figure) -> Figure:
    """Returns the figure; one without a value says that nothing was there to measure."""
    if figure.value is not None or figure.note:
        return figure
    words = "no photo of this run shows it"
    return Figure(
        figure.id, figure.label, None, figure.unit, figure.goal, figure.target, note=words
    )


def near_teacher(found: Findings) -> Figure:
    """Returns how much worse the student's seen colours are than the teacher's."""
    errors = [
        mean_of([e for place in ("lips", "lids", "cheeks") for e in seen(own.trials, place)])
        for own in (of_reader(found, STUDENT), of_reader(found, TEACHER))
    ]
    ratio = errors[0] / errors[1] if errors[0] is not None and errors[1] else None
    note = "" if ratio else NO_STUDENT if errors[0] is None else NO_TEACHER
    label = "student's seen colour error / the teacher's, mean of lips, lids and cheeks"
    return at_most("student_by_teacher", label, ratio, NEAR_TEACHER, note=note)


def mean_of(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def calibrated(found: Findings) -> list[Figure]:
    label = "calibration error of the confidence that a product is read right"
    made = []
    for name in JUDGED:
        own = of_reader(found, name).trials
        if own:
            made.append(
                plain(f"{name}_calibration", f"{name}: {label}", calibration(sure_and_right(own)))
            )
    return [noted(each) for each in made]


def triplet_figures(found: Sequence[Moved]) -> list[Figure]:
    """Returns the student's error on triplets beside the measured-colour estimator's."""
    means = {
        name: mean_of([100 * each.picture.l1 for each in found if each.way == name])
        for name in (STUDENT, MEASURED)
    }
    student, measured = means[STUDENT], means[MEASURED]
    ratio = student / measured if student is not None and measured else None
    label = "student's L1 on triplets / the measured-colour estimator's"
    note = "" if ratio else NO_STUDENT
    made = [at_most("triplet_ratio", label, ratio, round(SHARE_OF_MEASURED, 3), note=note)]
    for name, value in means.items():
        if value is not None:
            made.append(plain(f"{name}_triplet_l1", f"{name}: L1 on triplets", value, unit="%"))
    return made


def speed_figures(found: Sequence[Speed]) -> list[Figure]:
    """Returns what a read costs with its landmarks, on one core."""
    times = {each.stage: each.cpu_ms for each in found}
    note = "median CPU time, pinned to one core"
    made = []
    for name in JUDGED:
        label = f"{name}: one read, landmarks included"
        value = times[name] + times[LANDMARKS] if name in times else None
        if name == STUDENT:
            words = note if value is not None else NO_STUDENT
            made.append(at_most("read_ms", label, value, LIMIT_MS, unit="ms", note=words))
        elif value is not None:
            made.append(plain(f"{name}_read_ms", label, value, unit="ms", note=note))
    return made


def steady_figures(found: Sequence[Steadiness]) -> list[Figure]:
    """Returns the shake of what is drawn, reading once and reading every frame."""
    made = []
    for name in dict.fromkeys(each.reader for each in found):
        for way in WAYS[1:]:
            shakes = [each.shake for each in found if (each.reader, each.way) == (name, way)]
            words = f"{name}: shake of what is drawn, {way}"
            key = f"{name}_shake_{way.replace(' ', '_')}"
            bare = [each.shake for each in found if each.way == WAYS[0]]
            note = f"mean second difference, Lab; nothing drawn: {np.mean(bare):.3g}"
            made.append(plain(key, words, mean_of(shakes), note=note))
    return made
