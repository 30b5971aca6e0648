"""Heads to recolour the hair of: small upright crops with face and hair mask, found once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face, HeadPose, Tracker, Visibility
from prink.learn.data.faces import photo_rows
from prink.parse import Parser, Square
from prink.parse.head import crop_head, head_to_frame, inverse
from prink.photo import PhotoError, load_photo
from prink.portraits import portraits_folder, read_portraits
from prink.whole_file import whole_file

__all__ = ["CROP", "HairedHead", "fill_heads", "find_head", "heads"]

CROP: Final = 192  # px a side; what a mask is reduced to as well
LEAST: Final = 0.02  # of the crop: heads with less hair than this teach nothing


@dataclass(frozen=True, eq=False)
class HairedHead:
    """A head crop (S, S, 3), its face and its hair in the crop's pixels."""

    name: str
    tone: str
    rgb: Bytes
    face: Face
    hair: Square


def find_head(
    rgb: Bytes, tracker: Tracker, parser: Parser, *, name: str = "", tone: str = ""
) -> HairedHead | None:
    """Returns the head of the first face of a photo (H, W, 3).

    It is None if there is no face or next to no hair.
    """
    import cv2

    found = tracker.track(rgb)[:1]
    if not found:
        return None
    face, hair = found[0], parser.find(rgb, found, face=False)[0].hair
    if hair is None or hair.pixels.mean() < 255 * LEAST:
        return None
    to_frame = head_to_frame(face, CROP, reach=hair.reach)
    pixels = cv2.resize(hair.pixels, (CROP, CROP), interpolation=cv2.INTER_AREA)
    return HairedHead(
        name,
        tone,
        crop_head(rgb, to_frame, CROP),
        in_crop(face, to_frame),
        Square(np.asarray(pixels, np.uint8), np.eye(2, 3, dtype=np.float32), hair.reach),
    )


def in_crop(face: Face, to_frame: Floats) -> Face:
    """Returns a face as its upright head crop shows it."""
    back = inverse(to_frame)
    flat = face.points[:, :2] @ back[:, :2].T + back[:, 2]
    depth = face.points[:, 2:] * np.sqrt(np.linalg.det(back[:, :2]))
    points = np.concatenate([flat, depth], axis=1).astype(np.float32)
    return replace(face, points=points, pose=replace(face.pose, roll=0.0))


def pictures(folder: Path, split: str) -> list[tuple[Path, str]]:
    """Returns path and skin tone of the pictures of one bare head, of `train` or `heldout`.

    Headwear is left out where portraits.csv tells; any other folder gives seven of every eight
    pictures to train on, as for `prink.learn.data.faces`.
    """
    if portraits_folder(folder) is None:
        return [(path, tone) for path, tone, _ in photo_rows(folder, split=split)]
    return [
        (each.picture, each.tone)
        for each in read_portraits(folder)
        if each.split == split and each.alone and not each.headwear
    ]


def cached(path: Path, cache: Path) -> Path:
    """Returns the file of a photo's head: another for each place and state of the photo."""
    place = path.resolve()
    told = f"parsed {place}"
    if place.is_file():
        state = place.stat()
        told = f"{told} {state.st_size} {state.st_mtime_ns}"
    return cache / f"{hashlib.sha256(told.encode()).hexdigest()[:24]}.npz"


def fill_heads(portraits: Path, folder: Path, *, split: str) -> Iterator[tuple[int, int]]:
    """Finds the heads that the cache lacks; yields how many are done, and of how many.

    A photo that cannot be read is left out, and named in a printed line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = [path for path, _ in pictures(portraits, split)]
    missing = [path for path in known if not cached(path, folder).is_file()]
    done = len(known) - len(missing)
    yield done, len(known)
    parser = Parser()
    with Tracker(max_faces=1) as tracker:
        for path in missing:
            try:
                save(find_head(load_photo(path).rgb, tracker, parser), cached(path, folder))
            except PhotoError as error:
                print(f"left out: {error}")
            done += 1
            yield done, len(known)


def save(head: HairedHead | None, path: Path) -> None:
    arrays: dict[str, Any] = {}
    if head is not None:
        face = head.face
        arrays = {
            "rgb": head.rgb,
            "hair": head.hair.pixels,
            "reach": np.array(head.hair.reach),
            "points": face.points,
            "visibility": np.array(list(vars(face.visibility).values())),
            "pose": np.array([face.pose.yaw, face.pose.pitch]),
        }
    with whole_file(path, error=OSError) as part, part.open("wb") as file:
        np.savez(file, **arrays)


def heads(portraits: Path, folder: Path, *, split: str) -> list[HairedHead]:
    """Returns all heads with hair of a filled cache.

    Raises:
        FileNotFoundError: There is none.
    """
    found = []
    for path, tone in pictures(portraits, split):
        if not cached(path, folder).is_file():  # it could not be read
            continue
        with np.load(cached(path, folder)) as file:
            if "rgb" in file:
                seen = Visibility(*file["visibility"].tolist())
                yaw, pitch = file["pose"].tolist()
                pose = HeadPose(yaw, pitch, 0.0)
                face = Face(0, file["points"], 1.0, seen, pose)
                hair = Square(file["hair"], np.eye(2, 3, dtype=np.float32), float(file["reach"]))
                found.append(HairedHead(path.stem, tone, file["rgb"], face, hair))
    if not found:
        raise FileNotFoundError(f"no {split} pictures of heads with hair in {portraits}")
    return found
