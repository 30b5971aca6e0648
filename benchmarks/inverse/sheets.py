"""Real makeup, read and put on others: pictures for the eyes of who ran it, never published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.people import TONES, Person
from benchmarks.inverse.workers import Workers, reader
from benchmarks.reading_fit.renders import renderer
from prink.arrays import Bytes
from prink.face import Face
from prink.params import Look
from prink.photo import save_photo
from prink.sheet import Strip, contact_sheet

__all__ = ["save_sheets"]

OTHERS: Final = 5
ROWS: Final = 4  # references on one sheet
SIDE: Final = 300  # px of a cell
ROOM: Final = 0.15  # of the face around it


@dataclass(frozen=True)
class Task:
    """A reference and the people who get its look."""

    wearer: Person
    others: Sequence[Person]
    reader: str


def save_sheets(
    wearers: Sequence[Person],
    bare: Sequence[Person],
    readers: Sequence[str],
    folder: Path,
    *,
    pool: Workers,
    watch: Callable[[int], Callable[[], None]],
) -> list[Path]:
    """Writes the sheets of every reader and returns their paths.

    A row is a reference as it is, then bare, then with the look, one after another, of five
    others, whose tones differ.
    """
    others = one_of_each_tone(bare)
    tasks = [Task(wearer, others, name) for name in readers for wearer in wearers]
    drawn = list(pool.each(row_of, tasks, tick=watch(len(tasks))))
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for place, name in enumerate(readers):
        rows = drawn[place * len(wearers) : (place + 1) * len(wearers)]
        for start in range(0, len(rows), ROWS):
            path = folder / f"{name.replace(', ', '_')}_{start // ROWS + 1}.png"
            strips = [bare_row(others), *rows[start : start + ROWS]]
            save_photo(contact_sheet(strips, side=SIDE), path)
            written.append(path)
    return written


def one_of_each_tone(people: Sequence[Person]) -> list[Person]:
    """Returns five people of tones as different as there are."""
    turns: list[tuple[int, int]] = []
    seen = dict.fromkeys(TONES, 0)
    for place, person in enumerate(people):
        turns.append((seen[person.tone], place))
        seen[person.tone] += 1
    return [people[place] for _, place in sorted(turns)[:OTHERS]]


def bare_row(others: Sequence[Person]) -> Strip:
    blank = np.full((8, 8, 3), 255, np.uint8)
    return Strip([("reference", blank), *((p.name, close_up(p.rgb, p.face)) for p in others)])


def row_of(task: Task) -> Strip:
    wearer = task.wearer
    look = reader(task.reader)(wearer, wearer).look
    cells = [(f"{wearer.name}: {told(look)}", close_up(wearer.rgb, wearer.face))]
    for other in task.others:
        drawn = renderer().draw(other.rgb, [other.face], look)
        cells.append((other.name, close_up(drawn, other.face)))
    return Strip(cells)


def close_up(rgb: Bytes, face: Face) -> Bytes:
    """Returns the face cut out of a picture, close enough to judge its makeup."""
    low, high = face.points[:, :2].min(axis=0), face.points[:, :2].max(axis=0)
    edge = ROOM * (high - low)
    left, top = np.maximum(low - edge, 0).astype(int)
    right, bottom = np.minimum(high + edge, rgb.shape[1::-1]).astype(int)
    return np.ascontiguousarray(rgb[top:bottom, left:right])


def told(look: Look) -> str:
    """Returns the lipstick in words: the first thing to check by eye."""
    red, green, blue, amount = look.lips.color
    code = "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
    return f"#{code} {100 * amount:.0f}%"
