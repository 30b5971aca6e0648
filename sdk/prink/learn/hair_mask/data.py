"""Head crops with the teacher's masks, made once from a folder of portraits and kept in a cache."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Flags, Floats
from prink.face import Face, Tracker
from prink.face.quiet import quiet
from prink.learn.data.hair_teacher import HairTeacher, open_teacher
from prink.parse.head import REACH, Affine, crop_head, eight_bits, head_to_frame
from prink.people.heads_data import cached_heads
from prink.photo import load_photo
from prink.portraits import Portrait, read_portraits
from prink.processes import spread
from prink.whole_file import whole_file

__all__ = ["CACHED_SIZE", "Samples", "cached_samples", "fill_cache", "training_rows"]

CACHED_SIZE: Final = 256  # px
CROPS: Final = 5  # a portrait: the crop that prink makes, two closer ones and two wider ones
CLOSER: Final = (1.1, 1.4)  # reach of the crop, see `prink.parse.head`
WIDER: Final = (1.6, 2.1)
SHIFT: Final = 0.06  # of the crop's side, standard deviation
TURN: Final = 12.0  # degrees, standard deviation

RARE: Final = ("skin_bin_ita", "hair_colour_auto")


@dataclass(frozen=True, eq=False)
class Samples:
    """Crops (N, S, S, 3) with the masks of hair and person (N, S, S), all uint8.

    `faces` (N, 3) is the middle of the face and its size, in pixels; `validation` (N,) bool marks
    the people kept for choosing the checkpoint, `synthetic` (N,) bool those that were drawn,
    `rarity` (N,) is larger for rarer skin tones and hair colours.
    """

    crops: Bytes
    hair: Bytes
    person: Bytes
    faces: Floats
    validation: Flags
    synthetic: Flags
    rarity: Doubles

    def __len__(self) -> int:
        return len(self.crops)


def training_rows(portraits: Path) -> list[Portrait]:
    """Returns the portraits that may be learnt from.

    Held-out people are left out, and headwear: the teacher takes it for hair.
    """
    found = read_portraits(portraits)
    return [each for each in found if each.split == "train" and not each.headwear]


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
    """Makes the crops that the cache lacks; yields how many portraits are done, and of how many.

    Args:
        portraits: Folder of portraits.csv.
        cache_folder: Of the crops.
        workers: Processes that make them; 0 makes them in this one.
        teacher: A network with the ports of MediaPipe's, which it is by default.
    """
    cache_folder.mkdir(parents=True, exist_ok=True)
    rows = training_rows(portraits)
    missing = [row for row in rows if not cached(row, cache_folder).is_file()]
    done = len(rows) - len(missing)
    yield done, len(rows)
    jobs = ((row, cache_folder, teacher) for row in missing)
    for _ in spread(make_crops, jobs, workers=workers, at_once=4):
        done += 1
        yield done, len(rows)


def cached(portrait: Portrait, folder: Path) -> Path:
    return folder / f"{portrait.name}.npz"


@cache
def tools(teacher: Path | None) -> tuple[Tracker, HairTeacher, Any]:
    """Returns this process's tracker, teacher and person segmenter."""
    with quiet():
        import mediapipe

        person = mediapipe.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)
        person.process(np.zeros((64, 64, 3), np.uint8))
    hair = HairTeacher(teacher) if teacher else open_teacher()
    return Tracker(), hair, person


def make_crops(job: tuple[Portrait, Path, Path | None]) -> None:
    """Writes the crops of one portrait, none if no face is found."""
    row, folder, network = job
    tracker, teacher, person = tools(network)
    rgb = load_photo(row.picture).rgb
    rng = np.random.default_rng(number_of(row.name, base=10))
    found = [
        teach(rgb, face, to_frame, teacher, person)
        for face in tracker.track(rgb)[:1]
        for to_frame in views(face, rng, teacher.size)
    ]
    names = ("crops", "hair", "person", "faces")
    stacks = {n: np.stack([f[i] for f in found]) for i, n in enumerate(names) if found}
    with whole_file(cached(row, folder), error=OSError) as part:
        np.savez(part, **stacks)


def views(face: Face, rng: np.random.Generator, size: int) -> Iterator[Affine]:
    """Yields the affines of a portrait's crops: as prink makes it, closer and wider, turned."""
    yield head_to_frame(face, size)
    for number in range(CROPS - 1):
        low, high = CLOSER if number % 2 else WIDER
        pose = replace(face.pose, roll=face.pose.roll + rng.normal() * TURN)
        to_frame = head_to_frame(replace(face, pose=pose), size, reach=rng.uniform(low, high))
        to_frame[:, 2] += to_frame[:, :2] @ (rng.normal(size=2) * SHIFT * size)
        yield to_frame


def teach(
    rgb: Bytes,
    face: Face,
    to_frame: Affine,
    teacher: HairTeacher,
    person: Any,  # noqa: ANN401 (mediapipe has no types)
) -> tuple[Bytes, Bytes, Bytes, Floats]:
    """Returns a crop, the masks of hair and person, and the face's middle and size in it.

    The teacher sees the crop and its mirror image; its mask is the mean of both.
    """
    import cv2

    crop = crop_head(rgb, to_frame, teacher.size)
    mirrored = np.ascontiguousarray(crop[:, ::-1])
    hair = (teacher.alpha(crop, None) + teacher.alpha(mirrored, None)[:, ::-1]) / 2
    people = person.process(crop).segmentation_mask
    small = [
        cv2.resize(each, (CACHED_SIZE, CACHED_SIZE), interpolation=cv2.INTER_AREA)
        for each in (crop, eight_bits(hair), eight_bits(people))
    ]
    scale = float(np.sqrt(np.linalg.det(to_frame[:, :2]))) * teacher.size / CACHED_SIZE
    whole = head_to_frame(face, CACHED_SIZE)
    side = float(np.sqrt(np.linalg.det(whole[:, :2]))) * CACHED_SIZE / (2 * REACH)
    middle = whole[:, :2] @ np.full(2, CACHED_SIZE / 2) + whole[:, 2] - to_frame[:, 2]
    middle = np.linalg.solve(to_frame[:, :2], middle) * CACHED_SIZE / teacher.size
    return small[0], small[1], small[2], np.array([*middle, side / scale], np.float32)


def cached_samples(portraits: Path, cache_folder: Path, heads: Path | None = None) -> Samples:
    """Returns all crops of a filled cache, and after them those of a cache of synthetic heads.

    Raises:
        FileNotFoundError: A portrait was never cached, or there is no head to learn from.
    """
    rows = training_rows(portraits)
    parts: dict[str, list[NDArray[Any]]] = {n: [] for n in ("crops", "hair", "person", "faces")}
    validation: list[bool] = []
    rarity: list[float] = []
    rare = rarities(rows)
    for row, weight in zip(rows, rare, strict=True):
        with np.load(cached(row, cache_folder)) as found:
            if "crops" in found:
                for name, stack in parts.items():
                    stack.append(found[name])
                validation += [for_validation(row)] * len(found["crops"])
                rarity += [weight] * len(found["crops"])
    photos = len(validation)
    if photos == sum(validation):
        raise FileNotFoundError(f"no portraits of heads to learn from in {portraits}")
    if heads:
        for name, pictures in cached_heads(heads).items():
            parts[name].append(pictures)
    joined = {name: np.concatenate(stack) for name, stack in parts.items()}
    synthetic = np.arange(len(joined["crops"])) >= photos
    kept = np.zeros(len(synthetic), bool)
    kept[:photos] = validation
    weights = np.ones(len(synthetic))
    weights[:photos] = rarity
    return Samples(**joined, validation=kept, synthetic=synthetic, rarity=weights)


def rarities(rows: list[Portrait]) -> list[float]:
    """Returns how rare the skin tone and the hair colour of each portrait are together."""
    counts = {key: Counter(row.labels[key] for row in rows) for key in RARE}
    shares = [[counts[key][row.labels[key]] / len(rows) for key in RARE] for row in rows]
    return [float(np.prod(each) ** -0.6) for each in shares]
