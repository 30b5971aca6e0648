"""Hair: masks against a teacher and exact ones, their cost and flicker, colour, what stays.

python -m benchmarks.hair [--portraits DIR] [--heads DIR] [--clips DIR] [--assets DIR] [--quick]
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.progress import Progress

from benchmarks.contract.people import Person
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Table
from benchmarks.contract.suite import QUICK, made_result, options, publish
from benchmarks.hair.charts import charts
from benchmarks.hair.color import Colored, color_figures, color_table, measure_color
from benchmarks.hair.cost import Cost, cost_figures, measure_cost
from benchmarks.hair.flicker_figures import flicker_figures, flicker_table, shimmer_table
from benchmarks.hair.mask_figures import group_table, mask_figures
from benchmarks.hair.masks import Judged, judge_heads, judge_portrait
from benchmarks.hair.motion import (
    WARM_UP,
    Flicker,
    known_flicker,
    moving_flicker,
    still_flicker,
)
from benchmarks.hair.people import Labels, heldout_rows, portraits, rendered_heads, wheels
from benchmarks.hair.pictures import save_worst
from benchmarks.hair.sources import HairSource, OwnHair, opened_teacher
from benchmarks.hair.video import Shimmer, measure_shimmer
from prink.face import Tracker
from prink.parse import Parser
from prink.portraits import portraits_folder
from prink.render import Renderer

__all__ = ["main"]

HEADS, CLIPS = Path("out/heads_test"), Path("out/heads_clips")  # as heads_data fills them
CLIP_FRAMES: Final = 90


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    people: int | None = None
    heads: int | None = None
    clips: int = 99
    frames: int = 30
    rounds: int = 100


@dataclass(frozen=True)
class Findings:
    """What every part of the suite found."""

    people: Sequence[Judged]
    heads: Sequence[Judged]
    colored: Sequence[Colored]
    flicker: Sequence[Flicker]
    swung: Sequence[Shimmer]
    cost: Cost
    taught: bool


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    args = parse(arguments)
    if args.assets:
        os.environ["PRINK_ASSETS"] = str(args.assets)
    size = Size(4, 8, 1, 4, 5) if args.quick else Size()
    began = time.perf_counter()
    with Renderer() as renderer:
        with progress() as bar:
            found = measure(bar, args, size, renderer)
        result = made_result(
            "hair",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings=settings(found, size),
            figures=figures(found),
            tables=tables(found),
            series={},
        )
    publish(result, charts(found.people, found.heads, found.flicker, found.colored), args)
    for path in pictures(found, args):
        print(f"wrote {path}")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--heads", type=Path, default=HEADS, help=f"rendered heads ({HEADS})")
    parser.add_argument("--clips", type=Path, default=CLIPS, help=f"rendered clips ({CLIPS})")
    parser.add_argument("--assets", type=Path, help="folder with MediaPipe's hair network")
    return parser.parse_args(arguments)


def settings(found: Findings, size: Size) -> dict[str, Any]:
    """Returns who was measured, as counts."""
    return {
        "coloured": len(found.colored),
        "judged_by_teacher": len(found.people),
        "heads": len(found.heads),
        "clips": len({each.clip for each in found.flicker}),
        "frames": size.frames,
        "rounds": size.rounds,
        "tracker": tracker_name(),
    }


def tracker_name() -> str:
    """Returns which landmarks the heads were found by: the folder of assets may bring others."""
    with Tracker() as tracker:
        return tracker.source.name


def measure(bar: Progress, args: argparse.Namespace, size: Size, renderer: Renderer) -> Findings:
    """Returns the findings, showing how far it is."""

    def ticking(words: str, total: int) -> Callable[[], None]:
        task = bar.add_task(words, total=total)
        return lambda: bar.advance(task)

    own, teacher = OwnHair(), opened_teacher()
    shown = wheels()
    people = [person for person, _ in shown]
    folder = portraits_folder(args.portraits)
    rows = heldout_rows(folder, size.people)
    tick = ticking("cost", size.rounds + 3)
    cost = measure_cost(people[0], own, teacher, rounds=size.rounds, tick=tick)
    heads = rendered_heads(args.heads, size.heads)
    exact = judge_heads(heads, own, tick=ticking("masks of rendered heads", len(heads)))
    each = portraits(rows) if folder else iter(shown)
    tick = ticking("masks and colour of portraits", len(rows) or len(shown))
    judged, colored = look_at(each, own, teacher, renderer, tick)
    still = len(people) * (size.frames + WARM_UP)
    tick = ticking("flicker", 3 * still)
    flicker = still_flicker(people, frames=size.frames, tick=tick)
    flicker += moving_flicker(people, frames=size.frames, tick=tick)
    swung = measure_shimmer(people, renderer, frames=size.frames, tick=tick)
    clips = min(len(list(args.clips.glob("*.npz"))), size.clips)
    tick = ticking("flicker of rendered heads", clips * CLIP_FRAMES)
    flicker += known_flicker(args.clips, limit=clips, tick=tick)
    return Findings(judged, exact, colored, flicker, swung, cost, teacher is not None)


def look_at(
    people: Iterator[tuple[Person | None, Labels]],
    own: HairSource,
    teacher: HairSource | None,
    renderer: Renderer,
    tick: Callable[[], None],
) -> tuple[list[Judged], list[Colored]]:
    """Returns masks and colours of portraits, one at a time: all together are large."""
    judged, colored, parser = [], [], Parser()
    for person, labels in people:
        if person:
            seen = judge_portrait(person, labels, own, teacher) if teacher else None
            judged += [seen] if seen else []
            if labels["headwear"] != "yes" and not (seen and seen.bald):
                colored.append(measure_color(person, labels, parser, renderer))
        tick()
    return judged, colored


def figures(found: Findings) -> list[Figure]:
    """Returns every figure of the suite."""
    return [
        *mask_figures(found.people, found.heads, taught=found.taught),
        *cost_figures(found.cost),
        *flicker_figures(found.flicker, found.swung),
        *color_figures(found.colored),
    ]


def tables(found: Findings) -> dict[str, Table]:
    """Returns the tables behind the figures."""
    return {
        "masks against MediaPipe's, by people": group_table(found.people),
        "mask flicker": flicker_table(found.flicker),
        "flicker of recoloured hair: standard deviation of L*": shimmer_table(found.swung),
        "asked colour, median dE2000": color_table(found.colored),
    }


def pictures(found: Findings, args: argparse.Namespace) -> list[Path]:
    """Writes the worst masks; those of portraits only where nothing is published from."""
    usual = QUICK if args.quick else Path(__file__).parents[1] / "pictures"
    shown = (args.results or usual) / "hair_failures.jpg"
    private = QUICK / "hair_failures_portraits.jpg"
    written = (
        save_worst(found.heads, shown, count=6, truth="exact"),
        save_worst(found.people, private, count=8, truth="MediaPipe"),
    )
    return [path for path in written if path]


if __name__ == "__main__":
    main()
