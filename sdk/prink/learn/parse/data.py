"""Labelled squares around heads, made once from a folder of portraits and kept in a cache."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Flags, Floats
from prink.learn.parse.sets import Sets
from prink.learn.parse_labels.combine import FACE_SIZE, combined
from prink.learn.parse_labels.outlined import outlined, outlined_pictures
from prink.learn.parse_labels.sources import SIDE, WIDE, look
from prink.people.parsed_data import cached_parsed
from prink.photo import load_photo
from prink.portraits import Portrait, read_portraits
from prink.processes import spread
from prink.whole_file import whole_file

__all__ = ["Samples", "Square", "cached_samples", "fill_cache", "set_aside", "training_rows"]

SET_ASIDE: Final = Path(__file__).with_name("set_aside.txt")
RARE: Final = ("skin_bin_ita", "hair_colour_auto")
DARK: Final = {"dark": 3.0, "brown": 1.5}  # how much more often than the others again
NAMES: Final = ("rgb", "sets", "hair", "points")
DRAWN: Final = ("crops", "classes", "hair", "faces")


@dataclass(frozen=True, eq=False)
class Square:
    """A labelled square around a head.

    Attributes:
        rgb: (S, S, 3) uint8.
        sets: (S, S) uint16, the classes that each pixel may be; see `sets`.
        hair: (S, S, 2) uint8, the hair's mask, and 255 where it can be learnt.
        points: (478, 2) of the face in pixels, or None where they are not known.
        middle: Of the face, (2,) in pixels.
        face: Its size in pixels.
        reach: How far the square reaches from there, in face sizes.
    """

    rgb: Bytes
    sets: Sets
    hair: Bytes
    points: Floats | None
    middle: Floats
    face: float
    reach: float


@dataclass(frozen=True, eq=False)
class Samples:
    """All that is learnt from: N squares of portraits, and M of heads that were drawn.

    Attributes:
        photos: Stacks of the portraits' `rgb`, `sets`, `hair` and `points`, as `Square` has them.
        drawn: Stacks `crops`, `classes`, `hair` and `faces`; see `people.parsed_data`.
        things: Cut-outs to lay before them; see `people.occluders`.
        validation: (N,) bool, the people kept for choosing the checkpoint.
        rarity: (N,) larger for rarer skin tones and hair colours.
    """

    photos: Mapping[str, NDArray[Any]]
    drawn: Mapping[str, NDArray[Any]]
    things: Mapping[str, NDArray[Any]]
    validation: Flags
    rarity: Doubles

    def __len__(self) -> int:
        return len(self.validation)

    @property
    def heads(self) -> int:
        """How many were drawn."""
        return len(self.drawn["crops"]) if self.drawn else 0

    def square(self, number: int) -> Square:
        """Returns a sample: portraits have the first numbers, drawn heads those that follow."""
        if number < len(self):
            parts = {name: stack[number] for name, stack in self.photos.items()}
            middle = np.full(2, SIDE / 2, np.float32)
            return Square(**parts, middle=middle, face=FACE_SIZE, reach=WIDE)
        rgb, classes, hair, (x, y, size) = (self.drawn[n][number - len(self)] for n in DRAWN)
        room = min(x, y, len(rgb) - x, len(rgb) - y)
        return Square(
            rgb=rgb,
            sets=np.left_shift(np.uint16(1), classes.astype(np.uint16)),
            hair=np.dstack([hair, np.full_like(hair, 255)]),
            points=None,
            middle=np.array([x, y], np.float32),
            face=float(size),
            reach=float(room / size),
        )


def set_aside() -> frozenset[str]:
    """Returns the files of portraits that are kept for measuring, and never learnt from."""
    if not SET_ASIDE.is_file():
        return frozenset()
    lines = SET_ASIDE.read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def training_rows(portraits: Path) -> list[Portrait]:
    """Returns the portraits that may be learnt from: of the training split, and not set aside."""
    aside = set_aside()
    found = read_portraits(portraits)
    people = {each.person for each in found if each.picture.name in aside}
    return [each for each in found if each.split == "train" and each.person not in people]


def for_validation(portrait: Portrait) -> bool:
    """Tells whether a training row is kept for choosing the checkpoint, about one of twelve."""
    return number_of(portrait.person, base=16) % 12 == 0


def number_of(name: str, *, base: int) -> int:
    """Returns a number that stays the same: the one in names such as p0001, else a checksum."""
    try:
        return int(name[1:5], base)
    except ValueError:
        return crc32(name.encode())


def fill_cache(
    portraits: Path, cache_folder: Path, *, workers: int, teacher: Path | None = None
) -> Iterator[tuple[int, int]]:
    """Labels the portraits that the cache lacks; yields how many are done, and of how many.

    Args:
        portraits: Folder of portraits.csv.
        cache_folder: Of the squares.
        workers: Processes that make them; 0 makes them in this one.
        teacher: A hair network with the ports of MediaPipe's, which it is by default.
    """
    cache_folder.mkdir(parents=True, exist_ok=True)
    rows = training_rows(portraits)
    missing = [row for row in rows if not cached(row, cache_folder).is_file()]
    done = len(rows) - len(missing)
    yield done, len(rows)
    jobs = ((row, cache_folder, teacher) for row in missing)
    for _ in spread(label, jobs, workers=workers, at_once=4):
        done += 1
        yield done, len(rows)


def cached(portrait: Portrait, folder: Path) -> Path:
    return folder / f"{portrait.name}.npz"


def label(job: tuple[Portrait, Path, Path | None]) -> None:
    """Writes the square of one portrait, nothing in it if no face is found."""
    row, folder, teacher = job
    seen = look(load_photo(row.picture).rgb, teacher)
    found: dict[str, NDArray[np.generic]] = {}
    if seen is not None:
        made = outlined(combined(seen, row), seen, row.picture.name)
        hair = np.dstack([np.rint(made.hair * 255), 255 * made.hair_known]).astype(np.uint8)
        found = {"rgb": seen.rgb, "sets": made.sets, "hair": hair, "points": seen.faces[0][:, :2]}
    with whole_file(cached(row, folder), error=OSError) as part:
        np.savez(part, **found)


def cached_samples(
    portraits: Path,
    cache_folder: Path,
    heads: Path | None = None,
    things: Mapping[str, NDArray[Any]] | None = None,
) -> Samples:
    """Returns all squares of a filled cache, those of a cache of drawn heads, and cut-outs.

    Raises:
        FileNotFoundError: A portrait was never cached, or there is no head to learn from.
    """
    files = [(row, cached(row, cache_folder)) for row in training_rows(portraits)]
    found = [(row, path) for row, path in files if whole(path)]
    kept = np.array([for_validation(row) for row, _ in found], bool)
    if kept.all():
        raise FileNotFoundError(f"no portraits of heads to learn from in {portraits}")
    return Samples(
        photos=stacked([path for _, path in found]),
        drawn=cached_parsed(heads) if heads else {},
        things=things or {},
        validation=kept,
        rarity=np.array(rarities([row for row, _ in found])),
    )


def whole(path: Path) -> bool:
    """Tells whether a cached file holds a head."""
    with np.load(path) as file:
        return "rgb" in file


def stacked(files: Collection[Path]) -> dict[str, NDArray[Any]]:
    """Returns the arrays of all files by name, each filled in place: together they are large."""
    stacks: dict[str, NDArray[Any]] = {}
    for number, path in enumerate(files):
        with np.load(path) as file:
            for name in NAMES:
                one = file[name]
                if name not in stacks:
                    stacks[name] = np.empty((len(files), *one.shape), one.dtype)
                stacks[name][number] = one
    return stacks


def rarities(rows: list[Portrait]) -> list[float]:
    """Returns how rare the skin tone and the hair colour of each portrait are together."""
    counts = {key: Counter(row.labels[key] for row in rows) for key in RARE}
    shares = [[counts[key][row.labels[key]] / len(rows) for key in RARE] for row in rows]
    rare = [float(np.prod(each) ** -0.4) for each in shares]
    hand_made = outlined_pictures()
    often = [DARK.get(row.tone, 1.0) * (1 + 3 * (row.picture.name in hand_made)) for row in rows]
    return [one * more for one, more in zip(rare, often, strict=True)]
