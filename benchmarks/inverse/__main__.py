"""Looks read off photos, beside baselines: random looks, triplets, another renderer, clips, speed.

python -m benchmarks.inverse [--portraits DIR] [--teacher ONNX] [--only SECTION] [--quick]
"""

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from rich.progress import Progress

from benchmarks.contract.report import progress
from benchmarks.contract.suite import QUICK, made_result, options, publish
from benchmarks.inverse.cast import Cast, find_cast, wheel_cast
from benchmarks.inverse.charts import charts
from benchmarks.inverse.figures import Findings, figures
from benchmarks.inverse.flicker import clip_steadiness
from benchmarks.inverse.gap import cross_gap
from benchmarks.inverse.readers import OWN, SLOW, available
from benchmarks.inverse.report import tables
from benchmarks.inverse.sheets import save_sheets
from benchmarks.inverse.speed import measure_speed
from benchmarks.inverse.trials import read_back
from benchmarks.inverse.triplets import move_looks
from benchmarks.inverse.workers import Setup, Workers, workers
from prink.portraits import Portrait, portraits_folder
from prink.render import Renderer

__all__ = ["main"]

SECTIONS: Final = ("looks", "triplets", "gap", "flicker", "speed", "sheets")
CLIPS, SHEETS = Path("out/heads_clips"), Path("out/inverse")


@dataclass(frozen=True)
class Size:
    """How much is measured; `few` photos for readers that take seconds each."""

    people: int | None = None
    wearers: int = 16
    looks: int = 3
    few: int = 30
    triplets: int = 300
    frames: int = 60
    clips: int = 2
    rounds: int = 30
    seconds: float = 10.0  # of a search


SMALL: Final = Size(12, 4, 1, 4, 24, 12, 1, 5, 2.0)


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite, or a section of it, and writes its files."""
    args = parse(arguments)
    size = SMALL if args.quick else Size()
    began = time.perf_counter()
    with progress() as bar:
        run = Run(bar, size, args)
        found, written = run.measure()
    with Renderer() as renderer:
        result = made_result(
            "inverse",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings=run.settings(),
            figures=figures(found),
            tables=tables(found),
            series={},
        )
    if result.figures:
        publish(result, charts(found), args)
    for path in written:
        print(f"wrote {path}")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = options(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--clips", type=Path, default=CLIPS, help=f"rendered clips ({CLIPS})")
    parser.add_argument("--teacher", type=Path, help="ONNX file of the student's teacher")
    parser.add_argument("--only", choices=SECTIONS, help=f"one section, written to {QUICK}")
    args = parser.parse_args(arguments)
    if args.only and not args.results:
        args.results = QUICK
    return args


class Run:
    """One run: who is measured, by whom, how much, and how far it is."""

    def __init__(self, bar: Progress, size: Size, args: argparse.Namespace) -> None:
        self.bar, self.size, self.args = bar, size, args
        names = available(args.teacher)
        self.fast = [name for name in names if name not in SLOW]
        self.slow = [name for name in names if name in SLOW]
        self.own = [name for name in self.fast if name in OWN]
        self.cast = self.find_people()

    def find_people(self) -> Cast:
        folder, size = portraits_folder(self.args.portraits), self.size
        if folder is None:
            return wheel_cast()
        return find_cast(folder, bare=size.people, wearers=size.wearers, watch=self.watch_rows)

    def watch_rows(self, rows: Iterable[Portrait]) -> Iterable[Portrait]:
        return self.bar.track(list(rows), description="tracking")

    def watch(self, words: str) -> Callable[[int], Callable[[], None]]:
        """Returns what starts a line of the progress bar, given how long it is."""
        return lambda total: partial(self.bar.advance, self.bar.add_task(words, total=total))

    def asked(self, section: str) -> bool:
        return self.args.only in (None, section)

    def measure(self) -> tuple[Findings, list[Path]]:
        """Returns the findings and the sheets that were written."""
        setup = Setup(self.cast.standins, self.size.seconds, self.args.teacher)
        with workers(setup) as pool:
            found = self.on_faces(pool)
            written = self.sheets(pool) if self.asked("sheets") else []
        speed = []
        if self.asked("speed"):
            names = [name for name in self.fast if name not in ("mean look", "no makeup")]
            tick = self.watch("speed")(1)
            person, rounds = wheel_cast().bare[0], self.size.rounds
            speed = measure_speed(person, names, rounds=rounds, setup=setup, tick=tick)
        return Findings(found.trials, found.moved, found.crossed, found.steady, speed), written

    def on_faces(self, pool: Workers) -> Findings:
        bare, size = self.cast.bare, self.size
        trials, moved, crossed, steady = [], [], [], []
        if self.asked("looks"):
            trials = read_back(
                bare,
                self.fast,
                self.slow,
                looks=size.looks,
                few=size.few,
                pool=pool,
                watch=self.watch("random looks"),
            )
        if self.asked("triplets"):
            watch = self.watch("triplets")
            moved = move_looks(bare, self.fast, count=size.triplets, pool=pool, watch=watch)
        if self.asked("gap"):
            watch = self.watch("another renderer")
            crossed = cross_gap(bare, self.fast, looks=2, pool=pool, watch=watch)
        if self.asked("flicker"):
            steady = clip_steadiness(
                wheel_cast().bare,
                self.clips(),
                self.own,
                frames=size.frames,
                pool=pool,
                watch=self.watch("flicker"),
            )
        return Findings(trials, moved, crossed, steady)

    def clips(self) -> list[Path]:
        return sorted(self.args.clips.glob("*.npz"))[: self.size.clips]

    def sheets(self, pool: Workers) -> list[Path]:
        watch = self.watch("sheets of real makeup")
        cast = self.cast
        return save_sheets(cast.wearers, cast.bare, self.own, SHEETS, pool=pool, watch=watch)

    def settings(self) -> dict[str, object]:
        """Returns who was measured, as counts."""
        tones: dict[str, int] = {}
        for person in self.cast.bare:
            tones[person.tone] = tones.get(person.tone, 0) + 1
        return {
            "people": len(self.cast.bare),
            "tones": tones,
            "standins": len(self.cast.standins),
            "looks": self.size.looks,
            "triplets": self.size.triplets,
            "slow_photos": min(self.size.few, len(self.cast.bare)),
            "clips": len(self.clips()),
            "readers": [*self.fast, *self.slow],
        }


if __name__ == "__main__":
    main()
