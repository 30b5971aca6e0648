"""Quality: colour, detail, what stays untouched, sweeps, jitter and lag, hands; by skin tone.

python -m benchmarks.quality [--portraits DIR] [--limit N] [--quick]
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import Progress

from benchmarks.contract.chart import TONE_COLOURS, Panel, bars, curves
from benchmarks.contract.people import (
    TONES,
    Person,
    choose,
    load,
    track_all,
    wheel_pictures,
)
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Result, Table
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.hair.worn import greyest
from benchmarks.quality.detail import Kept, detail_figures, detail_table, measure_skin
from benchmarks.quality.hands import (
    HANDS,
    Covered,
    hand_figures,
    hand_table,
    measure_photos,
    measure_streams,
)
from benchmarks.quality.jitter import (
    FRAMES,
    Steadiness,
    jitter_figures,
    jitter_series,
    jitter_table,
    measure_steadiness,
)
from benchmarks.quality.lipstick import Painted, colour_figures, measure_lipstick, tone_table
from benchmarks.quality.sweep import (
    Sweep,
    measure_sweeps,
    paths,
    sweep_figures,
    sweep_people,
    sweep_plan,
    sweep_table,
)
from benchmarks.quality.untouched import Leaks, measure_leaks, untouched_figures, untouched_table
from prink.face import Tracker
from prink.parse import Parser
from prink.portraits import portraits_folder
from prink.render import Renderer

__all__ = ["main"]

HANDS_IN_PHOTOS, HANDS_IN_STREAMS = 24, 12


@dataclass(frozen=True)
class Findings:
    """What every part of the suite found."""

    painted: Sequence[Painted]
    kept: Sequence[Kept]
    leaks: Sequence[Leaks]
    sweeps: Sequence[Sweep]
    steadiness: Sequence[Steadiness]
    covered: Sequence[Covered]


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    parser = options(__doc__)
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--limit", type=int, default=96, help="portraits at most (default 96)")
    args = parser.parse_args(arguments)
    began = time.perf_counter()
    wheels, people = gather(portraits_folder(args.portraits), 6 if args.quick else args.limit)
    with Renderer() as renderer:
        with progress() as bar:
            found = measure(bar, wheels, people, renderer, quick=args.quick)
        result = made_result(
            "quality",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings=settings(people),
            figures=figures(found),
            tables=tables(found),
            series=jitter_series(found.steadiness),
        )
    publish(result, charts(result, found), args)


def gather(folder: Path | None, limit: int) -> tuple[list[Person], list[Person]]:
    """Returns the two wheel portraits, and the people to measure: they alone where no folder is."""
    with Tracker() as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        wheels = track_all(pictures, tracker)
        people = track_all(load(choose(folder, limit)), tracker) if folder else wheels
    return wheels, people


def settings(people: Sequence[Person]) -> dict[str, Any]:
    """Returns who was measured, as counts."""
    return {
        "portraits": len(people),
        "heldout": sum(person.heldout for person in people),
        "by_tone": {tone: sum(person.tone == tone for person in people) for tone in TONES},
    }


def measure(
    bar: Progress,
    wheels: Sequence[Person],
    people: Sequence[Person],
    renderer: Renderer,
    *,
    quick: bool,
) -> Findings:
    """Returns the findings, showing how far it is."""

    def ticking(words: str, total: int) -> Any:  # noqa: ANN401 (a callable for the part)
        task = bar.add_task(words, total=total)
        return lambda: bar.advance(task)

    lips = [p for p in people if p.face.visibility.lips > 0.9]
    in_photos, in_streams = spread(lips, HANDS_IN_PHOTOS), spread(lips, HANDS_IN_STREAMS)
    parser = Parser()
    extremes = sweep_people([*people, *wheels], parser)
    still, frames = (wheels[:1], 30) if quick else (wheels, FRAMES)
    if quick:
        in_photos, in_streams, extremes = in_photos[:2], in_streams[:1], extremes[:1]
    count, numbers = len(people), list(paths())[:: 8 if quick else 1]
    photos, streams, clips = len(in_photos) * len(HANDS), len(in_streams), 2 * frames * len(still)
    painted = measure_lipstick(people, renderer, tick=ticking("lipstick colour", count))
    kept = measure_skin(people, renderer, tick=ticking("skin detail", count))
    leaks = measure_leaks(people, renderer, tick=ticking("what stays untouched", count))
    plan = sweep_plan(extremes, numbers, greyest([*people, *wheels], parser))
    sweeps = measure_sweeps(plan, renderer, tick=ticking("sweeps", len(plan)))
    steadiness = measure_steadiness(still, frames=frames, tick=ticking("jitter and lag", clips))
    covered = measure_photos(in_photos, renderer, tick=ticking("hands in photos", photos))
    covered += measure_streams(in_streams, renderer, tick=ticking("hands in streams", streams))
    return Findings(painted, kept, leaks, sweeps, steadiness, covered)


def spread(people: Sequence[Person], count: int) -> list[Person]:
    """Returns at most `count` people, spread evenly."""
    places = np.linspace(0, len(people) - 1, min(count, len(people))).round().astype(int)
    return [people[place] for place in places]


def figures(found: Findings) -> list[Figure]:
    """Returns every figure of the suite."""
    return [
        *colour_figures(found.painted),
        *detail_figures(found.kept),
        *untouched_figures(found.leaks),
        *sweep_figures(found.sweeps),
        *jitter_figures(found.steadiness),
        *hand_figures(found.covered),
    ]


def tables(found: Findings) -> dict[str, Table]:
    """Returns the tables behind the figures."""
    return {
        "matte lipstick by skin tone": tone_table(found.painted),
        "skin detail left by skin tone": detail_table(found.kept),
        "pixels changed beyond reach": untouched_table(found.leaks),
        "every number of a look, swept": sweep_table(found.sweeps),
        "jitter and lag": jitter_table(found.steadiness),
        "hands before the mouth": hand_table(found.covered),
    }


def charts(result: Result, found: Findings) -> list[Panel]:
    """Returns the panels of the chart."""
    lips, skin = tone_table(found.painted), detail_table(found.kept)
    hands = column(hand_table(found.covered), 2)
    moving = {f"moving, {way}": way for way in ("truth", "unfiltered", "filtered")}
    still, off = (
        {f"{name}, {way}": way for way in ("unfiltered", "filtered")}
        for name in ("still", "off the truth")
    )
    on_lips, on_skin = tones(lips), tones(skin)
    middle, far, detail = (column(lips, place) for place in (2, 3, 5))
    return [
        bars("Matte lipstick, median", middle, "dE2000", target=3.0, colours=on_lips),
        bars("Matte lipstick, 95th percentile", far, "dE2000", target=6.0, colours=on_lips),
        bars("Lip detail under it", detail, "correlation", target=0.8, colours=on_lips),
        bars("Pores at smoothing 0.5", column(skin, 2), "share left", target=0.6, colours=on_skin),
        curves("Still face, sensor noise sigma 2", result, still),
        curves("Head in motion, 30 fps", result, moving),
        curves("The same, off the truth", result, off),
        bars("Hand's pixels that get lip colour", hands, "share", target=0.1),
    ]


def column(table: Table, place: int) -> dict[str, float | None]:
    """Returns a column of numbers by the names of the first."""
    cells = ((str(row[0]), row[place]) for row in table.rows)
    return {name: cell if isinstance(cell, float) else None for name, cell in cells}


def tones(table: Table) -> Sequence[str]:
    """Returns a colour for each row of a table by skin tone."""
    return [TONE_COLOURS[TONES.index(str(row[0]))] for row in table.rows]


if __name__ == "__main__":
    main()
