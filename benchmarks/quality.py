"""Quality: colour, detail, what stays untouched, sweeps, jitter and lag, hands; by skin tone.

python -m benchmarks.quality [--portraits DIR] [--limit N] [--quick]
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import Progress

from benchmarks.chart import TONE_COLOURS, Panel, bars, curves
from benchmarks.detail import Kept, detail_figures, detail_table, measure_skin
from benchmarks.hands import Covered, hand_figures, hand_table, measure_photos, measure_streams
from benchmarks.jitter import (
    FRAMES,
    Steadiness,
    jitter_figures,
    jitter_series,
    jitter_table,
    measure_steadiness,
)
from benchmarks.lipstick import Painted, colour_figures, measure_lipstick, tone_table
from benchmarks.people import (
    TONES,
    Person,
    choose,
    load,
    portraits_folder,
    track_all,
    wheel_pictures,
)
from benchmarks.report import progress
from benchmarks.result import Figure, Result, Table
from benchmarks.suite import made_result, options, publish
from benchmarks.sweep import (
    Sweep,
    measure_sweeps,
    paths,
    sweep_figures,
    sweep_people,
    sweep_table,
)
from benchmarks.untouched import Leaks, measure_leaks, untouched_figures, untouched_table
from prink.face import Tracker
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
    with ExitStack() as stack:
        renderer = stack.enter_context(Renderer())
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
        people = track_all(load(folder, choose(folder, limit)), tracker) if folder else wheels
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
    extremes = sweep_people([*people, *wheels])
    still, frames = (wheels[:1], 30) if quick else (wheels, FRAMES)
    if quick:
        in_photos, in_streams, extremes = in_photos[:2], in_streams[:1], extremes[:1]
    count = len(people)
    return Findings(
        measure_lipstick(people, renderer, tick=ticking("lipstick colour", count)),
        measure_skin(people, renderer, tick=ticking("skin detail", count)),
        measure_leaks(people, renderer, tick=ticking("what stays untouched", count)),
        measure_sweeps(
            extremes, renderer, tick=ticking("sweeps", len(extremes) * len(list(paths())))
        ),
        measure_steadiness(
            still, frames=frames, tick=ticking("jitter and lag", 2 * frames * len(still))
        ),
        [
            *measure_photos(
                in_photos, renderer, tick=ticking("hands in photos", 4 * len(in_photos))
            ),
            *measure_streams(
                in_streams, renderer, tick=ticking("hands in streams", len(in_streams))
            ),
        ],
    )


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
    lips, skin = (
        result.tables["matte lipstick by skin tone"],
        result.tables["skin detail left by skin tone"],
    )
    way = {
        "moving, truth": "truth",
        "moving, unfiltered": "unfiltered",
        "moving, filtered": "filtered",
    }
    rest = {"still, unfiltered": "unfiltered", "still, filtered": "filtered"}
    hands = result.tables["hands before the mouth"]
    return [
        bars(
            "Matte lipstick: error by skin tone",
            column(lips, 2),
            "dE2000, median",
            target=3.0,
            colours=tones(lips),
        ),
        bars(
            "Matte lipstick: error, 95th percentile",
            column(lips, 3),
            "dE2000",
            target=6.0,
            colours=tones(lips),
        ),
        bars(
            "Lip detail kept under matte lipstick",
            column(lips, 5),
            "correlation",
            target=0.8,
            colours=tones(lips),
        ),
        bars(
            "Pores kept at smoothing 0.5", column(skin, 2), "share", target=0.6, colours=tones(skin)
        ),
        curves("Still face, sensor noise sigma 2", result, rest),
        curves("Head in motion, 30 fps", result, way),
        bars(
            "Hand before the mouth: pixels with lip colour", column(hands, 2), "share", target=0.1
        ),
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
