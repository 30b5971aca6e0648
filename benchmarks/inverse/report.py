"""The tables of a run, by title."""

from collections.abc import Sequence

from benchmarks.inverse.figures import Findings
from benchmarks.inverse.readers import SLOW
from benchmarks.inverse.tables import (
    flicker_table,
    gap_table,
    look_table,
    parameter_table,
    presence_table,
    product_table,
    speed_table,
    triplet_table,
)
from benchmarks.inverse.trials import Trial
from benchmarks.result import Table

__all__ = ["tables"]


def tables(found: Findings) -> dict[str, Table]:
    """Returns the tables of the sections that were run."""
    made: dict[str, Table] = {}
    if found.trials:
        made |= {
            "parameters: coverage everywhere, all else where it is worn": parameter_table(
                found.trials
            ),
            "products: the share that is found, and found where there is none": presence_table(
                found.trials
            ),
            "pigments on a white card, median dE2000": product_table(found.trials),
            "random looks on held-out people": look_table(found.trials),
        }
        few = read_slowly(found.trials)
        if few:
            made["the same photos for all, slow readers too"] = look_table(few)
    if found.moved:
        made["triplets: a look moved to another face"] = triplet_table(found.moved)
    if found.crossed:
        made["makeup of another renderer"] = gap_table(found.crossed)
    if found.steady:
        made["flicker"] = flicker_table(found.steady)
    if found.speed:
        made["one read on one core"] = speed_table(found.speed)
    return made


def read_slowly(found: Sequence[Trial]) -> list[Trial]:
    """Returns all trials of the photos that slow readers read too."""
    photos = {trial.photo for trial in found if trial.reader in SLOW}
    return [trial for trial in found if trial.photo in photos]
