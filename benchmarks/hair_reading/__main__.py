"""Hair colour read off photos of held-out people: the hair encoder beside what it must beat.

python -m benchmarks.hair_reading [--weights FILE] [--portraits DIR] [--looks 3] [--quick]

The hair encoder is the one in the shipped encoder; --weights takes one that
`python -m prink.learn.train_hair_color` wrote.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.contract.chart import TONE_COLOURS, bars
from benchmarks.contract.people import TONES
from benchmarks.contract.report import progress
from benchmarks.contract.result import Figure, Table, at_most, plain
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.hair.people import heldout_rows, portraits, wheels
from benchmarks.hair_reading.readings import (
    Haired,
    Trial,
    Way,
    encoder_way,
    ends,
    haired,
    measure_way,
    network_way,
    trial,
)
from prink.color import delta_e_2000
from prink.learn.hair_color.looks import (
    GREY,
    LIGHTENING,
    LINE,
    ROOT_A,
    SHINE,
    SOFTNESS,
    TIP_A,
    hair_numbers,
    sample_hair,
)
from prink.params import Look
from prink.parse import Parser
from prink.portraits import portraits_folder
from prink.reading.encoder import is_shipped, shipped_encoder
from prink.render import Renderer

__all__ = ["main"]

Trials = Mapping[str, Sequence[Trial]]
NETWORK, MEASURED, MEAN, NOTHING = "hair encoder", "measured colour", "mean look", "no hair colour"
SHARES: Final = {
    "root coverage": ROOT_A,
    "tip coverage": TIP_A,
    "line": LINE,
    "softness": SOFTNESS,
    "lightening": LIGHTENING,
    "shine": SHINE,
    "grey": GREY,
}
WORN: Final = 0.5  # coverage from which a colour is judged


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite and writes its files."""
    parser = options(__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--portraits", type=Path, help="folder with portraits.csv and images/")
    parser.add_argument("--weights", type=Path, help="a hair encoder instead of the shipped one")
    parser.add_argument("--looks", type=int, default=3, help="random hair colours on each head")
    args = parser.parse_args(arguments)
    began = time.perf_counter()
    people = gathered(args)
    network = args.weights.name if args.weights else "shipped"
    with Renderer() as renderer:
        found = measured(people, ways(args.weights), renderer, looks=args.looks)
        result = made_result(
            "hair_reading",
            renderer.context,
            seconds=time.perf_counter() - began,
            settings={
                "heldout": len(people),
                "looks": args.looks,
                "network": network if NETWORK in found else "none",
            },
            figures=figures(found),
            tables=tables(found),
            series={},
        )
    panels = [
        bars(f"Drawn again on {where}", errors, "median dE2000")
        for where, errors in (
            ("the same head", {n: middle([t.same for t in dyed(ts)]) for n, ts in found.items()}),
            ("another head", {n: middle(others(ts)) for n, ts in found.items()}),
        )
    ]
    if NETWORK in found:
        by_tone = {tone: middle(others(of_tone(found[NETWORK], tone))) for tone in TONES}
        title = "Hair encoder, another head, by skin tone"
        panels.append(bars(title, by_tone, "median dE2000", colours=TONE_COLOURS))
    publish(result, panels, args)


def gathered(args: argparse.Namespace) -> list[Haired]:
    """Returns the people with hair."""
    folder, parser = portraits_folder(args.portraits), Parser()
    rows = [r for r in heldout_rows(folder, 6 if args.quick else None) if not r.headwear]
    shown = portraits(rows) if folder else iter(wheels())
    found = (haired(person, parser) for person, _ in shown if person is not None)
    return [each for each in found if each is not None]


def ways(weights: Path | None) -> dict[str, Way]:
    """Returns the ways by name; without weights and a shipped encoder of hair, none by network."""
    rng = np.random.default_rng(11)
    mean = np.mean([sample_hair(rng) for _ in range(2000)], axis=0)
    nothing = hair_numbers(Look())
    known: dict[str, Way] = {
        MEASURED: measure_way,
        MEAN: lambda rgb, face: (mean, 0.0),
        NOTHING: lambda rgb, face: (nothing, 0.0),
    }
    if weights is not None:
        return {NETWORK: network_way(weights), **known}
    if is_shipped() and shipped_encoder().reads_hair:
        return {NETWORK: encoder_way(shipped_encoder()), **known}
    print("no shipped encoder reads hair; --weights takes one that train_hair_color wrote")
    return known


def measured(
    people: Sequence[Haired], known: Mapping[str, Way], renderer: Renderer, *, looks: int
) -> Trials:
    """Returns all trials of each way: random colours, and each head's own hair."""
    found: dict[str, list[Trial]] = {name: [] for name in known}
    rng = np.random.default_rng(7)
    with progress() as bar:
        task = bar.add_task("readings", total=len(people) * (looks + 1))
        for one in people:
            for number in range(looks + 1):
                other = people[int(rng.integers(len(people)))]
                truth = sample_hair(rng) if number else None
                for name, way in known.items():
                    found[name].append(trial(way, one, other, truth, renderer))
                bar.advance(task)
    return found


def dyed(trials: Sequence[Trial]) -> list[Trial]:
    return [each for each in trials if each.truth is not None]


def others(trials: Sequence[Trial]) -> list[float]:
    return [each.other for each in trials if each.other is not None]


def of_tone(trials: Sequence[Trial], tone: str) -> list[Trial]:
    return [each for each in trials if each.tone == tone]


def middle(values: Sequence[float]) -> float | None:
    return float(np.median(values)) if len(values) else None


def tones_off(trials: Sequence[Trial], at: int) -> list[float]:
    """Returns dE2000 of the dye at the roots (0) or the ends (1), where it is worn."""
    worn = (ROOT_A, TIP_A)[at]
    return [
        float(delta_e_2000(ends(t.truth)[at], ends(t.read)[at]))
        for t in trials
        if t.truth is not None and t.truth[worn] >= WORN
    ]


def explained(trials: Sequence[Trial], at: int) -> float | None:
    """Returns R2 of a number, over the looks that show it."""
    tip_only = at in (LINE, SOFTNESS)
    pairs = np.array(
        [(t.truth[at], t.read[at]) for t in dyed(trials) if t.truth is not None]
        if not tip_only
        else [
            (t.truth[at], t.read[at])
            for t in trials
            if t.truth is not None and t.truth[TIP_A] >= WORN
        ]
    )
    if len(pairs) < 3:
        return None
    truth, read = pairs.T
    return float(1 - np.sum((read - truth) ** 2) / max(np.sum((truth - truth.mean()) ** 2), 1e-9))


def figures(found: Trials) -> list[Figure]:
    """Returns how near each way comes; the encoder should beat what is measured."""
    rows: list[Figure] = []
    for name, trials in found.items():
        key = name.replace(" ", "_")
        rows += [
            judged(f"{key}_other", f"{name}: another head", middle(others(trials)), found, name),
            plain(f"{key}_same", f"{name}: same head", middle([t.same for t in dyed(trials)])),
        ]
    return rows


def judged(id: str, label: str, value: float | None, found: Trials, name: str) -> Figure:
    if name != NETWORK or value is None:
        return plain(id, label, value, unit="dE2000", note="" if value else "no readings")
    bar = middle(others(found[MEASURED]))
    return at_most(id, label, value, bar or 0.0, unit="dE2000", note="target: measured colour")


def tables(found: Trials) -> dict[str, Table]:
    """Returns errors by way, R2 by number, errors by skin tone and by confidence."""
    heads = (
        "way",
        "root dE",
        "tip dE",
        "same head",
        "p90",
        "another head",
        "p90 ",
        "natural",
        "ms",
    )
    by_way = tuple((name, *cells(trials)) for name, trials in found.items())
    numbers = tuple(
        (name, *(explained(trials, at) for trials in found.values())) for name, at in SHARES.items()
    )
    tones = tuple(
        (tone, *(middle(others(of_tone(trials, tone))) for trials in found.values()))
        for tone in TONES
    )
    made = {
        "median dE2000": Table(heads, by_way),
        "R2": Table(("number", *found), numbers),
        "another head by skin tone, median dE2000": Table(("skin tone", *found), tones),
    }
    if NETWORK in found:
        made["hair encoder by confidence"] = by_confidence(found[NETWORK])
    return made


def cells(trials: Sequence[Trial]) -> list[float | None]:
    same, away = [t.same for t in dyed(trials)], others(trials)
    natural = [t.same for t in trials if t.truth is None]
    return [
        middle(tones_off(trials, 0)),
        middle(tones_off(trials, 1)),
        middle(same),
        float(np.percentile(same, 90)) if same else None,
        middle(away),
        float(np.percentile(away, 90)) if away else None,
        middle(natural),
        middle([1000 * t.seconds for t in trials]),
    ]


def by_confidence(trials: Sequence[Trial]) -> Table:
    """Returns the error where the encoder says it is more or less sure."""
    rows: list[tuple[Any, ...]] = []
    edges = (0.0, 0.25, 0.5, 0.75, 1.01)
    for low, high in pairwise(edges):
        part = [t for t in dyed(trials) if low <= t.sure < high]
        rows.append((f"{low:.2f} to {min(high, 1):.2f}", float(len(part)), middle(others(part))))
    return Table(("confidence", "readings", "another head, median dE2000"), tuple(rows))


if __name__ == "__main__":
    main()
