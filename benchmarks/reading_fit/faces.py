"""Which portraits the constants are fitted on, and which they are judged by: bare faces only."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.contract.people import TONES, Person, load, tone_of, track_all
from prink.face import Tracker, judge
from prink.portraits import Portrait, read_portraits

__all__ = ["Faces", "chosen", "find_faces"]

SPLITS: Final = {"train": 40, "heldout": 16}  # portraits of each tone at most
SMALLEST_IOD: Final = 60.0  # px
SEED: Final = 3


@dataclass(frozen=True, eq=False)
class Faces:
    """People without makeup: to fit on, to judge by, and the names of those who wear glasses."""

    training: list[Person]
    heldout: list[Person]
    glasses: frozenset[str]


def chosen(folder: Path, *, share: float = 1.0) -> list[Portrait]:
    """Returns the portraits that are used, a `share` of the usual number of each."""
    rows = [row for row in read_portraits(folder) if usable(row)]
    random.Random(SEED).shuffle(rows)
    taken: Counter[tuple[str, str]] = Counter()
    kept = []
    for row in rows:
        key = row.split, tone_of(row)
        taken[key] += 1
        if taken[key] <= max(1, round(share * SPLITS[row.split])):
            kept.append(row)
    return kept


def usable(row: Portrait) -> bool:
    bare = row.labels["makeup_visible"] == "no" and row.labels["headwear"] in ("no", "")
    return bare and row.clear(SMALLEST_IOD) and row.tone in TONES


def find_faces(rows: list[Portrait], *, tick: Callable[[], None]) -> Faces:
    """Returns the people of the rows whose faces are found and are good enough to read."""
    people = []
    with Tracker(max_faces=1) as tracker:
        for row in rows:
            found = track_all(load([row]), tracker)
            people += [person for person in found if judge(person.rgb, person.face).ok]
            tick()
    return Faces(
        [person for person in people if not person.heldout],
        [person for person in people if person.heldout],
        frozenset(row.name for row in rows if row.labels["glasses"] not in ("no", "")),
    )
