"""Which portraits the constants are fitted on, and which they are judged by: bare faces only."""

import csv
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.contract.people import TONES, Person, load, tone_of, track_all
from prink.face import Tracker, judge

__all__ = ["Faces", "chosen", "find_faces"]

Row = dict[str, str]
SPLITS: Final = {"train": 40, "heldout": 16}  # portraits of each tone at most
SMALLEST_IOD: Final = 60.0  # px
SEED: Final = 3


@dataclass(frozen=True, eq=False)
class Faces:
    """People without makeup: to fit on, to judge by, and the names of those who wear glasses."""

    training: list[Person]
    heldout: list[Person]
    glasses: frozenset[str]


def chosen(folder: Path, *, share: float = 1.0) -> list[Row]:
    """Returns the rows of portraits.csv that are used, a `share` of the usual number of each."""
    with (folder / "portraits.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if usable(row)]
    random.Random(SEED).shuffle(rows)
    taken: Counter[tuple[str, str]] = Counter()
    kept = []
    for row in rows:
        key = row["split"], tone_of(row)
        taken[key] += 1
        if taken[key] <= max(1, round(share * SPLITS[row["split"]])):
            kept.append(row)
    return kept


def usable(row: Row) -> bool:
    return (
        row["makeup_visible"] == "no"
        and row["n_faces"] == "1"
        and row["headwear"] in ("no", "")
        and row["glasses"] != "sunglasses"
        and row["skin_bin_ita"] in TONES
        and float(row["iod_px"]) >= SMALLEST_IOD
    )


def find_faces(folder: Path, rows: list[Row], *, tick: Callable[[], None]) -> Faces:
    """Returns the people of the rows whose faces are found and are good enough to read."""
    people = []
    with Tracker(max_faces=1) as tracker:
        for row in rows:
            found = track_all(load(folder, [row]), tracker)
            people += [person for person in found if judge(person.rgb, person.face).ok]
            tick()
    return Faces(
        [person for person in people if not person.heldout],
        [person for person in people if person.heldout],
        frozenset(Path(row["file"]).stem for row in rows if row["glasses"] not in ("no", "")),
    )
