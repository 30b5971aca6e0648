"""The chart of the hair suite."""

from collections.abc import Sequence

from benchmarks.contract.chart import Panel, bars
from benchmarks.contract.result import Cell
from benchmarks.hair.color import Colored, color_table
from benchmarks.hair.mask_figures import CONTROLS, groups, mean_iou
from benchmarks.hair.masks import Judged, haired
from benchmarks.hair.motion import Flicker
from benchmarks.hair.people import BINS

__all__ = ["charts"]


def charts(
    people: Sequence[Judged],
    heads: Sequence[Judged],
    flicker: Sequence[Flicker],
    colored: Sequence[Colored],
) -> list[Panel]:
    """Returns the panels of the chart."""
    wanted = {"skin_bin_ita": 0.8, "hair_colour_auto": 0.8, "hair_length_auto": 0.8}
    by_people = [
        bars(f"Mask by {BINS[column]}", mean_ious(people, column), "mean IoU", target=target)
        for column, target in wanted.items()
    ]
    clips = {f"{f.clip}, {f.way}": f.change for f in flicker if f.exact is None}
    colors = color_table(colored).rows
    of_all = {str(row[0]): number(row[-1]) for row in colors if not str(row[0]).startswith("all:")}
    return [
        bars("Mask, beside what was tried before", ways(people, heads), "mean IoU", target=0.85),
        *by_people,
        bars("Mask flicker", clips, "% a frame"),
        bars("Asked colour, by hair before", of_all, "median dE2000", target=4.0),
    ]


def mean_ious(people: Sequence[Judged], column: str) -> dict[str, float | None]:
    parts = groups(haired(people), column)
    return {f"{name} ({len(g)})": mean_iou(g) for name, g in parts.items()} or {"-": None}


def ways(people: Sequence[Judged], heads: Sequence[Judged]) -> dict[str, float | None]:
    """Returns the mean IoU of prink's masks and of the controls."""
    own = {
        "own network, portraits": mean_iou(haired(people)),
        "own network, rendered heads": mean_iou(haired(heads)),
    }
    return {**own, **CONTROLS}


def number(cell: Cell) -> float | None:
    return cell if isinstance(cell, float) else None
