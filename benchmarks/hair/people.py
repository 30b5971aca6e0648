"""The heads whose hair is measured: held-out portraits, the two from wheels, and rendered heads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.people import Person, track_all, wheel_pictures
from prink.arrays import Bytes
from prink.face import Tracker
from prink.photo import load_photo
from prink.portraits import Portrait, read_portraits

__all__ = ["BINS", "Head", "Labels", "heldout_rows", "portraits", "rendered_heads", "wheels"]


# What people are sorted by: the column of portraits.csv and its words in tables.
BINS: Final = {
    "skin_bin_ita": "skin tone",
    "hair_colour_auto": "hair colour",
    "hair_length_auto": "hair length",
    "hair_curly_by_eye": "curly",
}
Labels = Mapping[str, str]

# Seen by eye: nobody labelled the wheels' portraits.
WHEELS: Final[dict[str, Labels]] = {
    "astronaut": {"hair_colour_auto": "brown", "hair_length_auto": "medium", "headwear": "no"},
    "hopper": {"hair_colour_auto": "grey/white", "hair_length_auto": "short", "headwear": "yes"},
}


@dataclass(frozen=True, eq=False)
class Head:
    """A rendered head: crop (S, S, 3), its exact mask (S, S), both uint8, the face's size in px."""

    crop: Bytes
    hair: Bytes
    face_size: float


def heldout_rows(folder: Path | None, limit: int | None = None) -> list[Portrait]:
    """Returns the held-out portraits with one face, at most `limit` spread over them."""
    if folder is None:
        return []
    rows = [each for each in read_portraits(folder) if each.split == "heldout" and each.alone]
    count = min(limit or len(rows), len(rows))
    return [rows[n] for n in np.linspace(0, len(rows) - 1, count).round().astype(int)]


def portraits(rows: Iterable[Portrait]) -> Iterator[tuple[Person | None, Labels]]:
    """Yields each portrait with its labels, one at a time; None where no face is found in it."""
    with Tracker(max_faces=1) as tracker:
        for row in rows:
            picture = (row.name, load_photo(row.picture).rgb, row.tone, True)
            yield next(iter(track_all([picture], tracker)), None), row.labels


def wheels() -> list[tuple[Person, Labels]]:
    """Returns the two public-domain portraits with labels as portraits.csv has them."""
    with Tracker(max_faces=1) as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        people = track_all(pictures, tracker)
    unknown = {"hair_curly_by_eye": ""}
    return [(p, {**unknown, "skin_bin_ita": p.tone, **WHEELS[p.name]}) for p in people]


def rendered_heads(folder: Path | None, limit: int | None = None) -> list[Head]:
    """Returns the heads of a folder that `prink.people.heads_data` filled for tests."""
    found: list[Head] = []
    for path in sorted(folder.glob("*.npz")) if folder else ():
        with np.load(path) as file:
            sizes = file["faces"][:, 2].tolist()
            stacks = zip(file["crops"], file["hair"], sizes, strict=True)
            found += [Head(crop, hair, size) for crop, hair, size in stacks]
    return found[:limit]
