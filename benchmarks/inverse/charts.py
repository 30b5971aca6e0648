"""The chart of the suite: readers beside each other."""

from collections.abc import Sequence
from typing import Final

from benchmarks.chart import Panel, bars
from benchmarks.inverse.figures import Findings
from benchmarks.inverse.tables import (
    flicker_table,
    gap_table,
    look_table,
    speed_table,
    triplet_table,
)
from benchmarks.result import Cell, Table

__all__ = ["charts"]

ALL: Final = 3  # column of all people in tables by tone
# Row of the table, title, unit, target.
LOOK_PANELS: Final = (
    ("lips seen, dE2000, coverage > 0.5", "Lipstick as seen, held-out people", 1.5),
    ("lipstick pigment, dE2000, coverage > 0.5", "Lipstick pigment", 3.0),
    ("lids seen, dE2000", "Eyeshadow as seen", 3.0),
    ("cheeks seen, dE2000", "Blush as seen", 3.0),
)


def charts(found: Findings) -> list[Panel]:
    """Returns the panels of the sections that were run."""
    panels: list[Panel] = []
    if found.trials:
        table = look_table(found.trials)
        panels += [
            bars(title, values(table, row, ALL), "median dE2000", target=target)
            for row, title, target in LOOK_PANELS
        ]
    if found.moved:
        table = triplet_table(found.moved)
        panels.append(bars("Triplets", values(table, "L1 of the face, %", ALL), "mean L1, %"))
        panels.append(bars("Triplets", values(table, "FLIP, %", ALL), "mean FLIP, %"))
    if found.crossed:
        row = "lips seen, dE2000, coverage > 0.5"
        shown = values(gap_table(found.crossed), row, ALL)
        panels.append(bars("Lipstick of another renderer", shown, "median dE2000", target=4.0))
    if found.speed:
        table = speed_table(found.speed)
        times = {str(row[0]): number(row[3]) for row in table.rows}
        panels.append(bars("One read, landmarks included", times, "CPU ms", target=60.0))
    if found.steady:
        panels.append(bars("What is drawn shakes", shakes(flicker_table(found.steady)), "Lab"))
    return panels


def values(table: Table, what: str, column: int) -> dict[str, float | None]:
    return {str(row[1]): number(row[column]) for row in table.rows if row[0] == what}


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
