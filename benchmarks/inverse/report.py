"""The tables of a run, by title."""

from collections.abc import Sequence

from benchmarks.contract.result import Table
from benchmarks.inverse.figures import Findings
from benchmarks.inverse.readers import SLOW
from benchmarks.inverse.tables import (
    flicker_table,
    gap_table,
    look_overview,
    look_table,
    parameter_table,
    presence_table,
    product_table,
    speed_table,
    triplet_table,
)
from benchmarks.inverse.trials import Trial

__all__ = ["tables"]


def tables(found: Findings) -> dict[str, Table]:
    """Returns the tables of the sections that were run; those to look at first are printed last."""
    return {**of_looks(found.trials), **of_others(found), **overviews(found)}


def of_looks(trials: Sequence[Trial]) -> dict[str, Table]:
    if not trials:
        return {}
    return {
        "parameters: coverage everywhere, all else where it is worn": parameter_table(trials),
        "products: the share that is found, and false where there is none": presence_table(trials),
        "pigments on a white card, median dE2000": product_table(trials),
        "random looks on held-out people, by tone": look_table(trials),
    }


def of_others(found: Findings) -> dict[str, Table]:
    made: dict[str, Table] = {}
    if found.moved:
        made["triplets, by tone of the face that gets the look"] = triplet_table(found.moved)
    if found.crossed:
        made["makeup of another renderer, by tone"] = gap_table(found.crossed)
    if found.steady:
        made["flicker"] = flicker_table(found.steady)
    if found.speed:
        made["one read on one core"] = speed_table(found.speed)
    return made


def overviews(found: Findings) -> dict[str, Table]:
    made: dict[str, Table] = {}
    if found.trials:
        made["random looks on held-out people"] = look_overview(found.trials)
        few = read_slowly(found.trials)
        if few:
            made["the same photos for all, slow readers too"] = look_overview(few)
    if found.moved:
        made["triplets: a look moved to another face"] = triplet_table(found.moved, overview=True)
    if found.crossed:
        made["makeup of another renderer"] = gap_table(found.crossed, overview=True)
    return made


def read_slowly(found: Sequence[Trial]) -> list[Trial]:
    """Returns all trials of the photos that slow readers read too."""
    photos = {trial.photo for trial in found if trial.reader in SLOW}
    return [trial for trial in found if trial.photo in photos]
