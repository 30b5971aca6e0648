"""How still landmarks stand on a noisy still face, and how far they lag behind a moving one."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.contract.clip import STILL, Clip, Motion
from benchmarks.contract.people import Person
from benchmarks.contract.regions import unit
from benchmarks.contract.result import Figure, Series, Table, at_most
from prink.arrays import Doubles
from prink.face import Tracker
from prink.face.landmark import LIPS_INNER, LIPS_OUTER

__all__ = [
    "FRAMES",
    "Steadiness",
    "jitter_figures",
    "jitter_series",
    "jitter_table",
    "measure_steadiness",
]

LIPS: Final = [*LIPS_OUTER, *LIPS_INNER]
SIZE: Final = (1280, 720)
NOISE: Final = 2.0  # standard deviation of the sensor's noise, 8-bit steps
WARM_UP: Final = 45  # frames until a filter has settled
FRAMES: Final = 150
# A head in conversation: sways, nods, leans and tilts; peak speeds of about half an IOD a second.
HEAD: Final = Motion(across=(0.07, 0.35), up=(0.03, 0.6), size=(0.04, 0.25), roll=(5.0, 0.4))
WAYS: Final = {"filtered": True, "unfiltered": False}


@dataclass(frozen=True, eq=False)
class Steadiness:
    """One portrait through one tracker: jitter in % of the IOD, lag in frames, and the curves.

    The curves are in % of the IOD: the mean lip's x of the still face off its mean, and of the
    moving face beside the truth.
    """

    person: str
    way: str
    jitter: float
    lag: float
    still: Doubles
    moving: Doubles
    truth: Doubles


def measure_steadiness(
    people: Sequence[Person], *, frames: int = FRAMES, tick: Callable[[], None]
) -> list[Steadiness]:
    """Returns every portrait with and without the filter, still with noise and in motion."""
    found = []
    for person in people:
        still = Clip(person.rgb, person.face, *SIZE, motion=STILL, noise=NOISE)
        moving = replace(still, motion=HEAD)
        scale = 100.0 / unit(still.face_at(0))
        truth = np.stack([moving.points(n)[LIPS, :2] for n in range(frames)]) * scale
        stands, moves = (track_lips(clip, frames, tick=tick) for clip in (still, moving))
        for way in WAYS:
            stood, moved = stands[way] * scale, moves[way] * scale
            found.append(
                Steadiness(
                    person.name,
                    way,
                    jitter_of(stood[settled(frames) :]),
                    lag_of(moved[settled(frames) :], truth[settled(frames) :]),
                    off_mean(stood[:, 0, 0]),
                    off_mean(moved.mean(1)[:, 0]),
                    off_mean(truth.mean(1)[:, 0]),
                )
            )
    return found


def settled(frames: int) -> int:
    return min(WARM_UP, frames // 3)


def off_mean(curve: Doubles) -> Doubles:
    return np.asarray(curve - curve.mean())


def track_lips(clip: Clip, frames: int, *, tick: Callable[[], None]) -> dict[str, Doubles]:
    """Returns the lip contour of every frame as a stream sees it, (N, L, 2) pixels, by way.

    The first frame, which a stream does not show yet, repeats the second.
    """
    rows: dict[str, list[Doubles]] = {way: [] for way in WAYS}
    with ExitStack() as stack:
        trackers = {
            way: stack.enter_context(Tracker(stream=True, smoothing=smoothing))
            for way, smoothing in WAYS.items()
        }
        for number in range(frames):
            frame = clip.frame(number)
            for way, tracker in trackers.items():
                faces = tracker.track(frame, time=number / clip.fps)
                if faces:
                    rows[way].append(faces[0].points[LIPS, :2].astype(np.float64))
            tick()
    if any(len(each) < frames - 1 for each in rows.values()):
        raise RuntimeError(f"the tracker lost the only face in a clip of {frames} frames")
    return {way: np.stack([each[0], *each][-frames:]) for way, each in rows.items()}


def jitter_of(lips: Doubles) -> float:
    """Returns the standard deviation of a contour point's place, root mean square over points."""
    return float(np.sqrt(lips.var(axis=0).sum(-1).mean()))


def lag_of(lips: Doubles, truth: Doubles) -> float:
    """Returns by how many frames the tracked contour trails the true one, as the best fit."""
    times = np.arange(len(lips), dtype=np.float64)
    delays = np.arange(-2.0, 6.0, 0.02)
    inside = slice(6, len(lips) - 3)  # where every delay still has a truth to look up
    path, known = lips.mean(1), truth.mean(1)
    errors = []
    for delay in delays:
        late = np.stack([np.interp(times - delay, times, known[:, i]) for i in (0, 1)], axis=1)
        errors.append(float((path - late)[inside].var(axis=0).sum()))
    return float(delays[int(np.argmin(errors))])


def jitter_figures(found: Sequence[Steadiness]) -> list[Figure]:
    """Returns the worst portrait's jitter and lag with the filter."""
    filtered = [each for each in found if each.way == "filtered"]
    bare = [each for each in found if each.way == "unfiltered"]
    jitter, lag = max(f.jitter for f in filtered), max(f.lag for f in filtered)
    without = f"worst of {len(bare)}; without filter {max(b.jitter for b in bare):.3f}"
    fast = f"30 fps; without filter {max(b.lag for b in bare):.2f}"
    still = "lip jitter of a still face, noise sigma 2"
    return [
        at_most("jitter", still, jitter, 0.05, unit="% IOD", note=without),
        at_most("lag", "lag behind normal head motion", lag, 1, unit="frames", note=fast),
    ]


def jitter_table(found: Sequence[Steadiness]) -> Table:
    """Returns jitter and lag of each portrait, with and without the filter."""
    rows = tuple((s.person, s.way, s.jitter, s.lag) for s in found)
    return Table(("portrait", "points", "jitter, % IOD", "lag, frames"), rows)


def jitter_series(found: Sequence[Steadiness]) -> Mapping[str, Series]:
    """Returns the curves of the first portrait."""
    first = [each for each in found if each.person == found[0].person]
    series = {}
    for each in first:
        series[f"still, {each.way}"] = curve(each.still, "right mouth corner, x, % IOD")
        series[f"moving, {each.way}"] = curve(each.moving, "lips, x, % IOD")
        off = each.moving - each.truth
        series[f"off the truth, {each.way}"] = curve(off, "lips, x, % IOD off the truth")
    series["moving, truth"] = curve(first[0].truth, "lips, x, % IOD")
    return series


def curve(values: Doubles, label: str) -> Series:
    return Series("frame", label, tuple(map(float, range(len(values)))), tuple(values.tolist()))
