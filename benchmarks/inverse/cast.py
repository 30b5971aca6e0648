"""Who is measured: held-out bare faces, stand-ins for an unknown bare face, people in makeup."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.contract.people import TONES, Person, load, tone_of, track_all, wheel_pictures
from benchmarks.reading_fit.faces import usable
from prink.face import Tracker, judge
from prink.portraits import Portrait, read_portraits

__all__ = ["Cast", "find_cast", "wheel_cast"]

SEED: Final = 8
STANDINS: Final = 2  # of each tone
WEARER_IOD: Final = 70.0  # px


@dataclass(frozen=True, eq=False)
class Cast:
    """The people of a run; no two of `bare` are the same person.

    Attributes:
        bare: Held-out portraits without visible makeup.
        standins: Portraits of the training split without makeup, for readers that must draw on
            some bare face and are not told the true one.
        wearers: Portraits of people in real makeup.
    """

    bare: list[Person]
    standins: list[Person]
    wearers: list[Person] = field(default_factory=list)


def find_cast(
    folder: Path,
    *,
    bare: int | None,
    wearers: int,
    watch: Callable[[Iterable[Portrait]], Iterable[Portrait]],
) -> Cast:
    """Returns the people of a folder of portraits: at most so many, their tones spread evenly.

    Args:
        folder: Has portraits.csv and images/.
        bare: How many bare faces; None for all.
        wearers: How many people in makeup, held-out ones first.
        watch: Wraps the rows, to show how far it is.
    """
    rows = read_portraits(folder)
    random.Random(SEED).shuffle(rows)
    clean = [row for row in rows if usable(row)]
    heldout = one_each([row for row in clean if row.split == "heldout"])
    training = one_each([row for row in clean if row.split == "train"])
    worn = one_each(sorted(filter(in_makeup, rows), key=lambda row: row.split != "heldout"))
    parts = (
        spread(heldout, len(heldout) if bare is None else bare),
        spread(training, STANDINS * len(TONES)),
        spread(worn, wearers),
    )
    found: list[list[Person]] = [[], [], []]
    number = {id(row): part for part, rows in enumerate(parts) for row in rows}
    with Tracker(max_faces=1) as tracker:
        for row in watch([row for rows in parts for row in rows]):
            part, people = number[id(row)], track_all(load([row]), tracker)
            # Real photos are read as they are; the others must show their face well.
            found[part] += [p for p in people if part == 2 or judge(p.rgb, p.face).ok]
    return Cast(*found)


def wheel_cast() -> Cast:
    """Returns the two public-domain portraits, as all that there is: they stand in for each other.

    The astronaut wears makeup, so this shows that the suite runs, and little else.
    """
    with Tracker(max_faces=1) as tracker:
        pictures = ((name, rgb, None, True) for name, rgb in wheel_pictures().items())
        people = track_all(pictures, tracker)
    return Cast(people, people, people[:1])


def in_makeup(row: Portrait) -> bool:
    labels = row.labels
    worn = labels["makeup_visible"] == "yes" and labels["glasses"] in ("no", "")
    return worn and row.clear(WEARER_IOD) and row.tone in TONES


def one_each(rows: Iterable[Portrait]) -> list[Portrait]:
    """Returns the first portrait of every person."""
    first: dict[str, Portrait] = {}
    for row in rows:
        first.setdefault(row.person, row)
    return list(first.values())


def spread(rows: list[Portrait], limit: int) -> list[Portrait]:
    """Returns at most `limit` rows, the tones in turn as long as each lasts."""
    seen: Counter[str] = Counter()
    turns = []
    for place, row in enumerate(rows):
        tone = tone_of(row)
        turns.append((seen[tone], place))
        seen[tone] += 1
    return [rows[place] for _, place in sorted(turns)[:limit]]
