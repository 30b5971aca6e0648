"""The chart of the suite: readers beside each other."""

from collections.abc import Sequence
from typing import Final

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.result import Cell, Table
from benchmarks.inverse.figures import Findings
from benchmarks.inverse.tables import (
    PIGMENT,
    STRONG_LIPS,
    flicker_table,
    gap_table,
    look_overview,
    speed_table,
    triplet_table,
)

__all__ = ["charts"]

# Row of the table, title, unit, target.
LOOK_PANELS: Final = (
    (STRONG_LIPS, "Lipstick as seen, held-out people", 1.5),
    (PIGMENT, "Lipstick pigment", 3.0),
    ("lids seen", "Eyeshadow as seen", 3.0),
    ("cheeks seen", "Blush as seen", 3.0),
)


def charts(found: Findings) -> list[Panel]:
    """Returns the panels of the sections that were run."""
    panels: list[Panel] = []
    if found.trials:
        table = look_overview(found.trials)
        panels += [
            bars(title, values(table, row), "median dE2000", target=target)
            for row, title, target in LOOK_PANELS
        ]
    if found.moved:
        table = triplet_table(found.moved, overview=True)
        panels.append(bars("Triplets", values(table, "L1, %"), "mean L1, %"))
        panels.append(bars("Triplets", values(table, "FLIP, %"), "mean FLIP, %"))
    if found.crossed:
        shown = values(gap_table(found.crossed, overview=True), STRONG_LIPS)
        panels.append(bars("Lipstick of another renderer", shown, "median dE2000", target=4.0))
    if found.speed:
        table = speed_table(found.speed)
        times = {str(row[0]): number(row[3]) for row in table.rows}
        panels.append(bars("One read, landmarks included", times, "CPU ms", target=60.0))
    if found.steady:
        panels.append(bars("What is drawn shakes", shakes(flicker_table(found.steady)), "Lab"))
    return panels


def values(table: Table, what: str) -> dict[str, float | None]:
    """Returns a column of an overview by its first cells."""
    place = table.columns.index(what)
    return {str(row[0]): number(row[place]) for row in table.rows}


def shakes(table: Table) -> dict[str, float | None]:
    """Returns the mean shake of each reader and way over the clips."""
    parts: dict[str, list[float]] = {}
    for row in table.rows:
        shake = number(row[-1])
        if shake is not None:
            parts.setdefault(f"{row[1]}, {row[2]}", []).append(shake)
    return {name: mean(found) for name, found in parts.items()}


def mean(found: Sequence[float]) -> float:
    return sum(found) / len(found)


def number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
