"""Light: does the estimate move with known changes of the light, does charcoal stay charcoal?

python -m benchmarks.light [--portraits DIR] [--split heldout] [--limit 48] [--quick]
"""

import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.chart import TONE_COLOURS, bars
from benchmarks.contract.people import TONES, Person, choose, load, track_all, wheel_pictures
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Table, at_most, plain
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.light.casts import CASTS
from benchmarks.light.charcoal import Drawn, measure_charcoal
from benchmarks.light.tint import WAYS, Moved, measure_tints, shift_of
from prink.arrays import Doubles
from prink.face import Tracker
from prink.portraits import portraits_folder
from prink.reading.light import LUMA
from prink.render import Renderer

__all__ = ["main"]

WARM = tuple(CASTS)[:5]
# Charcoal as prink 0.1.0 drew it, medians of the 45 held-out people of the published run: distance
# in a* and b*, and how much bluer.
EARLIER: Final = {
    "candle, 1900 K": (36.2, 33.4),
    "dim bulb, 2200 K": (31.2, 29.2),
    "bulb, 2700 K": (22.1, 21.2),
    "bulb, half balanced": (9.93, 9.76),
    "tungsten": (9.81, 9.72),
    "sky, 9000 K": (2.7, -2.7),
    "dim, 0.4": (1.17, 0.863),
}


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    parser = options(__doc__)
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--split", default="heldout", help="train or heldout (default)")
    parser.add_argument("--limit", type=int, default=48, help="portraits at most (default 48)")
    args = parser.parse_args(arguments)
    began = time.perf_counter()
    people = gather(portraits_folder(args.portraits), args.split, 6 if args.quick else args.limit)
    with Renderer() as renderer:
        with progress() as bar:
            first, second = (
                bar.add_task(words, total=len(people)) for words in ("the light", "charcoal")
            )
            moved = measure_tints(people, tick=lambda: bar.advance(first))
            drawn = measure_charcoal(people, renderer, tick=lambda: bar.advance(second))
        result = made_result(
            "light",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={
                "portraits": len(people),
                "heldout": sum(person.heldout for person in people),
                "by_tone": {tone: sum(person.tone == tone for person in people) for tone in TONES},
            },
            figures=figures(moved, drawn, shift_of(people)),
            tables={
                "the light, degrees off": light_table(moved),
                "the light, stops off": level_table(moved),
                "charcoal, a* b* off": charcoal_table(drawn),
            },
            series={},
        )
    by_tone = {tone: middle([m for m in moved if m.tone == tone], WARM) for tone in TONES}
    panels = [
        bars(f"The light, {way}", {c: worst(moved, way, c) for c in CASTS}, "degrees, p90")
        for way in WAYS
    ]
    panels.append(bars("Warm light by skin tone", by_tone, "degrees", colours=TONE_COLOURS))
    panels.append(bars("Charcoal", charcoal_off(drawn), "a* b*, median"))
    publish(result, panels, args)


def gather(folder: Path | None, split: str, limit: int) -> list[Person]:
    """Returns the people to measure: of one split, or those of the wheels where no folder is."""
    with Tracker() as tracker:
        if folder:
            return track_all(load(choose(folder, limit, split=split)), tracker)
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        return track_all(pictures, tracker)


def of(moved: Sequence[Moved], casts: Collection[str], way: str = "now") -> Doubles:
    return np.array([m.degrees for m in moved if m.way == way and m.cast in casts])


def middle(moved: Sequence[Moved], casts: Collection[str], way: str = "now") -> float | None:
    values = of(moved, casts, way)
    return float(np.median(values)) if len(values) else None


def worst(moved: Sequence[Moved], way: str, cast: str) -> float:
    """Returns the 90th percentile of the degrees in one light."""
    return at(of(moved, (cast,), way), 90)


def worst_tone(moved: Sequence[Moved], way: str, cast: str) -> float:
    """Returns the median of the tone that comes out worst."""
    tones = {m.tone for m in moved}
    found = [middle([m for m in moved if m.tone == tone], (cast,), way) for tone in tones]
    return max(value for value in found if value is not None)


def charcoal_off(drawn: Sequence[Drawn]) -> dict[str, float | None]:
    """Returns the median distance in a* and b* in each light."""
    found = {name: [d.off for d in drawn if d.cast == name] for name in CASTS}
    return {name: float(np.median(off)) if off else None for name, off in found.items()}


def figures(moved: Sequence[Moved], drawn: Sequence[Drawn], shift: Doubles) -> list[Figure]:
    """Returns the figures with their targets."""
    warm = of(moved, WARM)
    earlier = of(moved, WARM, "skin alone")
    tones = max(worst_tone(moved, "now", name) for name in WARM)
    blue = np.array([d.bluer for d in drawn if d.cast in WARM] or [0.0])
    level = np.abs(np.log2(shift @ LUMA))
    color = np.abs(np.log2(shift / (shift @ LUMA)[:, None])).max(axis=1)
    note = f"{len(warm)} photos in warm light"
    return [
        at_most("tint_warm", "light, degrees off, median", at(warm, 50), 3, note=note),
        at_most("tint_warm_p90", "light, degrees off, 90th percentile", at(warm, 90), 6),
        at_most("tint_warm_tone", "light, degrees off, worst tone and light", tones, 5),
        plain("tint_warm_skin", "the same by skin alone, median", at(earlier, 50)),
        at_most("charcoal_blue", "charcoal, -b*, 90th percentile", at(blue, 90), 4),
        plain("level_kept", "photos as they are, stops moved, median", at(level, 50)),
        plain("level_kept_p90", "photos as they are, stops moved, 90th percentile", at(level, 90)),
        plain("color_kept", "photos as they are, stops a channel moved, median", at(color, 50)),
        plain("color_kept_p90", "the same, 90th percentile", at(color, 90)),
    ]


def at(values: Doubles, percent: float) -> float:
    return float(np.percentile(values, percent))


def light_table(moved: Sequence[Moved]) -> Table:
    """Returns median, 90th percentile and worst tone of each way in each light."""
    rows = []
    for name in CASTS:
        row: list[str | float | None] = [name]
        for way in WAYS:
            row += [
                middle(moved, (name,), way),
                worst(moved, way, name),
                worst_tone(moved, way, name),
            ]
        rows.append(tuple(row))
    words = ("p50", "p90", "worst tone")
    return Table(("light", *(f"{way} {word}" for way in WAYS for word in words)), tuple(rows))


def level_table(moved: Sequence[Moved]) -> Table:
    """Returns median and 90th percentile of the level's error of each way in each light."""
    rows = []
    for name in CASTS:
        row: list[str | float | None] = [name]
        for way in WAYS:
            off = np.array([m.stops for m in moved if m.cast == name and m.way == way])
            row += [at(off, 50), at(np.abs(off), 90)]
        rows.append(tuple(row))
    return Table(("light", *(f"{w} {p}" for w in WAYS for p in ("p50", "|p90|"))), tuple(rows))


def charcoal_table(drawn: Sequence[Drawn]) -> Table:
    """Returns how far charcoal turned in each light, and how far that of 0.1.0 did."""
    rows = []
    for name in CASTS:
        here = [d for d in drawn if d.cast == name]
        if here:
            off, blue = np.array([d.off for d in here]), np.array([d.bluer for d in here])
            before = EARLIER.get(name, (None, None))
            rows.append((name, at(off, 50), at(off, 90), at(blue, 50), *before))
    return Table(("light", "p50", "p90", "bluer p50", "0.1.0 p50", "0.1.0 bluer p50"), tuple(rows))


if __name__ == "__main__":
    main()
