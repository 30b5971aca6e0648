"""Figures, tables and charts of the imitator suite."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.result import Cell, Figure, Table, at_least, plain
from benchmarks.imitator.slopes import Judged, Row, Trained, over_faces

__all__ = ["Findings", "charts", "figures", "tables"]

# Every imitator with its trials, in the order of the folders.
Findings = Sequence[tuple[Trained, Sequence[Judged]]]
Ways = Mapping[str, Sequence[Mapping[str, Row]]]

MOVES: Final = 0.01  # share of the seen pixels from which on a number is judged
GOOD: Final = 0.9
COLOURS: Final = {"with": "#35618f", "without": "#b5453c", "as published": "#9a9a9a"}


def by_way(found: Findings) -> dict[str, list[dict[str, Row]]]:
    """Returns the rows of every imitator, sorted by whether the sensitivity loss was used."""
    ways: dict[str, list[dict[str, Row]]] = {}
    for trained, trials in found:
        ways.setdefault(trained.way, []).append(over_faces(trials))
    return {way: ways[way] for way in COLOURS if way in ways}


def mean(rows: Sequence[Mapping[str, Row]], name: str, part: str) -> float | None:
    """Returns the mean over seeds of one number of one row."""
    values = [getattr(each[name], part) for each in rows]
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def moving(rows: Mapping[str, Row]) -> list[str]:
    """Returns the rows that move over 1 % of the seen pixels; they are the same of every seed."""
    return [name for name, row in rows.items() if (row.moved or 0.0) > MOVES]


def cosines(rows: Sequence[Mapping[str, Row]], part: str = "slope_cosine") -> dict[str, float]:
    """Returns the mean cosine of each row that moves enough to be judged."""
    return {name: mean(rows, name, part) or 0.0 for name in moving(rows[0])}


def figures(found: Findings) -> list[Figure]:
    """Returns every figure of the suite."""
    listed: list[Figure] = []
    for way, rows in by_way(found).items():
        listed += way_figures(way, rows)
    return listed


def way_figures(way: str, rows: Sequence[Mapping[str, Row]]) -> list[Figure]:
    id_, words = way.replace(" ", "_"), f"{way} sensitivity loss" if way != "as published" else way
    slopes, changes = cosines(rows), cosines(rows, "step_cosine")
    if not slopes:
        note = "no number moved 1 % of the pixels"
        return [plain(f"imitator.{id_}.slope", f"Gradient, {words}", None, note=note)]
    worst = min(slopes, key=lambda name: slopes[name])
    good = [name for name, value in slopes.items() if value >= GOOD]
    errors = [mean(rows, name, "slope_error") or 0.0 for name in slopes]
    note = f"{len(good)} of {len(slopes)} numbers that move over 1 % reach {GOOD}; mean of seeds"
    label, key = f"gradient, {words}", f"imitator.{id_}"
    return [
        at_least(f"{key}.slope_lowest", f"Lowest cosine of {label}", slopes[worst], GOOD,
                 note=f"{worst}; {note}"),
        plain(f"{key}.slope_share", f"Cosine of {label}, {GOOD} or more",
              100.0 * len(good) / len(slopes), unit="%"),
        plain(f"{key}.slope_median", f"Median cosine of {label}", median(slopes.values())),
        plain(f"{key}.slope_error", f"Median response error of {label}", median(errors)),
        plain(f"{key}.step_median", f"Median cosine of a step, {words}", median(changes.values())),
    ]  # fmt: skip


def median(values: Any) -> float:  # noqa: ANN401 (any collection of floats)
    return float(np.median(list(values)))


def tables(found: Findings) -> dict[str, Table]:
    """Returns the tables behind the figures."""
    return {
        "imitators": imitator_table(found),
        "gradient and step against the exact ones, mean of seeds": row_table(by_way(found)),
    }


def imitator_table(found: Findings) -> Table:
    """Returns one row for each imitator."""
    rows: list[tuple[Cell, ...]] = []
    for trained, trials in found:
        parts = over_faces(trials)
        values = [parts[name].slope_cosine or 0.0 for name in moving(parts)]
        steps = [parts[name].step_cosine or 0.0 for name in moving(parts)]
        rows.append(
            (
                f"{trained.name}: {trained.way}, seed {trained.seed}",
                float(trained.steps),
                float(np.mean([trial.l1 for trial in trials])),
                float(np.mean([trial.bare_l1 for trial in trials])),
                median(values) if values else None,
                100.0 * float(np.mean(np.array(values) >= GOOD)) if values else None,
                median(steps) if steps else None,
            )
        )
    return Table(
        (
            *("imitator: sensitivity loss", "steps", "L1, 1/255", "of no makeup"),
            *("median cosine", f"% of numbers over {GOOD}", "median cosine of a step"),
        ),
        tuple(rows),
    )


PARTS: Final = {
    "slope_cosine": "cosine",
    "slope_error": "response error",
    "step_cosine": "cosine of a step",
    "step_error": "error of a step",
}


def row_table(ways: Ways) -> Table:
    """Returns one row for each number or pigment, those that move the most pixels first."""
    first = next(iter(ways.values()))[0]
    names = sorted(first, key=lambda name: -(first[name].moved or 0.0))
    columns = [f"{words}, {way}" for words in PARTS.values() for way in ways]
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        share = first[name].moved
        values = [mean(rows, name, part) for part in PARTS for rows in ways.values()]
        rows.append((name, None if share is None else 100.0 * share, *values))
    return Table(("parameter", "moves % of pixels", *columns), tuple(rows))


def charts(found: Findings) -> list[Panel]:
    """Returns the panels of the chart."""
    ways = by_way(found)
    images = {
        f"{trained.way}, seed {trained.seed}": float(np.mean([trial.l1 for trial in trials]))
        for trained, trials in found
    }
    return [
        sorted_cosines("Gradient against the exact one", ways, "slope_cosine"),
        sorted_cosines("Step against the exact one", ways, "step_cosine"),
        by_pixels("Gradient, by how many pixels a number moves", ways),
        bars("Picture, by sensitivity loss", images, "L1, 1/255"),
    ]


def sorted_cosines(title: str, ways: Ways, part: str) -> Panel:
    """Returns a panel with the cosines of all numbers that move over 1 %, worst first."""

    def draw(axis: Any) -> None:  # noqa: ANN401 (matplotlib has no types here)
        for way, rows in ways.items():
            axis.plot(sorted(cosines(rows, part).values()), color=COLOURS[way], label=way)
        axis.axhline(GOOD, color="#9a9a9a", linewidth=0.8)
        axis.set(title=title, xlabel="parameter, worst first", ylabel="cosine")
        axis.legend(fontsize=8, frameon=False)

    return draw


def by_pixels(title: str, ways: Ways) -> Panel:
    """Returns a panel of cosine over the share of pixels, for every number that moves any."""

    def draw(axis: Any) -> None:  # noqa: ANN401 (matplotlib has no types here)
        for way, rows in ways.items():
            known = [name for name, row in rows[0].items() if row.moved]
            shares = [100.0 * (rows[0][name].moved or 0.0) for name in known]
            values = [mean(rows, name, "slope_cosine") for name in known]
            axis.scatter(shares, values, s=9, color=COLOURS[way], label=way)
        axis.axhline(GOOD, color="#9a9a9a", linewidth=0.8)
        axis.set(title=title, xscale="log", xlabel="% of pixels", ylabel="cosine")
        axis.legend(fontsize=8, frameon=False)

    return draw
