"""Bare faces to put looks on: licensed portraits, drawn people, or a folder of one's own photos.

Each is a square crop of one face; the crops and their landmarks are kept in one cache file.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.progress import Progress

from prink.arrays import Bytes
from prink.face import Face, HeadPose, Tracker, Visibility, judge
from prink.photo import PhotoError, load_photo
from prink.portraits import Portrait, portraits_folder, read_portraits, shared_folder
from prink.processes import spread
from prink.reading.head import see_head
from prink.whole_file import whole_file

__all__ = [
    "DRAWN",
    "SIDE",
    "BaseFace",
    "cached_faces",
    "crop_face",
    "fill_faces",
    "load_faces",
    "made_of",
    "photo_rows",
]

Bounds = tuple[float, float, float, float]
Rows = Sequence[tuple[Path, str, str]]
SIDE: Final = 256  # px of a crop
DRAWN: Final = 300  # people, where MakeHuman's assets are
HELD_OUT: Final = 0.13  # of the drawn people, more to judge by
MARGIN: Final = 1.12  # half sides of the crop in half sides of the face
LEAST: Final = 140.0  # px: smaller faces would be blown up too much
PICTURES: Final = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic"}


@dataclass(frozen=True, eq=False)
class BaseFace:
    """A face without visible makeup: its crop (SIDE, SIDE, 3) and landmarks in pixels of that.

    `tone` is the class of its skin or empty, `origin` is `portrait`, `photo` or `drawn`; `bounds`
    are left, top, right and bottom of what the picture shows of it, the rest is repeated.
    """

    name: str
    rgb: Bytes
    face: Face
    tone: str
    origin: str
    bounds: Bounds = (0.0, 0.0, float(SIDE), float(SIDE))


def crop_face(rgb: Bytes, face: Face, *, name: str, tone: str, origin: str) -> BaseFace | None:
    """Returns the square (SIDE, SIDE, 3) around a face of a picture (H, W, 3).

    It is None if the face is small.
    """
    import cv2

    flat = face.points[:, :2]
    low, high = flat.min(axis=0), flat.max(axis=0)
    extent = float((high - low).max())
    if extent < LEAST or not ((flat > 0) & (flat < rgb.shape[1::-1])).all(axis=1).mean() > 0.97:
        return None
    # Landmarks end at the brow's rim: the renderer lengthens the forehead by about a tenth.
    middle = (low + high) / 2 - (0.0, 0.05 * extent)
    half = MARGIN * extent / 2
    scale = SIDE / (2 * half)
    offset = SIDE / 2 - scale * middle
    box = np.array([[scale, 0, offset[0]], [0, scale, offset[1]]])
    shrink = 2.0 ** max(0, int(np.floor(-np.log2(scale))))
    if shrink > 1:
        rgb = cv2.resize(rgb, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    turn = box.copy()
    turn[:, :2] *= shrink
    turn[:, 2] += 0.5 * (turn[:, 0] + turn[:, 1]) - 0.5  # pixel centres lie at halves
    crop = cv2.warpAffine(
        rgb, turn, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    points = face.points * np.float32(scale)
    points[:, :2] += offset.astype(np.float32)
    corners = np.array([[0, 0], rgb.shape[1::-1]]) * shrink * scale + offset
    left, top, right, bottom = np.clip(corners, 0, SIDE).ravel().tolist()
    placed = replace(face, id=0, points=points)
    return BaseFace(
        name, np.asarray(crop, np.uint8), placed, tone, origin, (left, top, right, bottom)
    )


def photo_rows(folder: Path, *, split: str) -> list[tuple[Path, str, str]]:
    """Returns path, tone and origin of the pictures to use.

    A folder with a portraits.csv gives the rows of a split (`train` or `heldout`) without visible
    makeup, for training also those with next to none; any other folder gives its pictures, every
    eighth of them, or else the last one, held out.

    Raises:
        FileNotFoundError: if there are no pictures.
    """
    if portraits_folder(folder):
        rows = [each for each in read_portraits(folder) if usable(each, split=split)]
        found = [(each.picture, each.tone, "portrait") for each in rows]
    else:
        paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in PICTURES)
        held = set(range(7, len(paths), 8)) or {len(paths) - 1}
        kept = [n for n in range(len(paths)) if (n in held) == (split == "heldout")]
        found = [(paths[n], "", "photo") for n in kept]
    if not found:
        raise FileNotFoundError(f"no {split} pictures of bare faces in {folder}")
    return found


def usable(portrait: Portrait, *, split: str) -> bool:
    bare = ("no", "light/unclear") if split == "train" else ("no",)
    made_up = portrait.labels["makeup_visible"] not in bare
    return portrait.split == split and portrait.clear() and not made_up


def fill_faces(
    rows: Rows,
    cache: Path,
    *,
    makehuman: Path | None = None,
    drawn: int = 0,
    seed: int = 0,
) -> Iterator[tuple[int, int]]:
    """Tracks and crops faces into a cache file unless it holds them; yields done, and of how many.

    Args:
        rows: What `photo_rows` gave.
        cache: An .npz file.
        makehuman: Folder of the assets that `drawn` people are made of.
        drawn: How many people to draw.
        seed: Of the drawn people.

    Raises:
        FileNotFoundError: if no picture shows a clear face.
    """
    drawn = drawn if makehuman else 0
    wanted = fingerprint(rows, drawn, seed)
    if cache.is_file() and made_of(cache) == wanted:
        return
    cache.parent.mkdir(parents=True, exist_ok=True)
    total, faces = len(rows) + drawn, []
    with Tracker(max_faces=1) as tracker:
        for done, (path, tone, origin) in enumerate(rows, 1):
            faces += photographed(path, tone, origin, tracker)
            yield done, total
        if makehuman is not None and drawn:
            for done, rgb in enumerate(draw_people(makehuman, drawn, seed), 1 + len(rows)):
                faces += tracked(rgb, tracker, name=f"drawn{seed}-{done}", tone="", origin="drawn")
                yield done, total
    if not faces:
        folder = rows[0][0].parent
        raise FileNotFoundError(
            f"no clear face of {LEAST:.0f} pixels or more in {len(rows)} pictures ({folder})"
        )
    save_faces(faces, cache, wanted)


def cached_faces(
    folder: Path, cache: Path, *, split: str, makehuman: Path | None, drawn: int
) -> list[BaseFace]:
    """Returns the faces of a split, tracked and cropped once, with a progress bar.

    Args:
        folder: The photos, see `photo_rows`.
        cache: Folder of the cropped faces.
        split: `train` or `heldout`.
        makehuman: Folder of the assets that people are drawn of; by default those of PRINK_SHARED.
        drawn: How many people to draw for training; others, fewer, are held out.
    """
    usual = shared_folder() / "makehuman"
    makehuman = makehuman or (usual if usual.is_dir() else None)
    held = split == "heldout"
    count = round(drawn * (HELD_OUT if held else 1.0)) if makehuman else 0
    file = cache / f"{split}.npz"
    rows = photo_rows(folder, split=split)
    with Progress() as bar:
        task = bar.add_task(f"faces, {split}", visible=False)
        for done, total in fill_faces(rows, file, makehuman=makehuman, drawn=count, seed=int(held)):
            bar.update(task, completed=done, total=total, visible=True)
    return load_faces(file)


def fingerprint(rows: Rows, drawn: int, seed: int) -> str:
    """Returns what tells one set of faces from another: pictures, drawn people, crops."""
    told = [f"{path.name} {path.stat().st_size} {tone}" for path, tone, _ in rows]
    told.append(f"{drawn} {seed} {SIDE} {MARGIN} {LEAST}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def made_of(cache: Path) -> str:
    """Returns the fingerprint of what a cache was made of; empty if it does not say."""
    with np.load(cache) as found:
        return str(found["made_of"]) if "made_of" in found else ""


def photographed(path: Path, tone: str, origin: str, tracker: Tracker) -> list[BaseFace]:
    try:
        rgb = load_photo(path).rgb
    except PhotoError as error:
        print(f"left out: {error}")
        return []
    return tracked(rgb, tracker, name=path.stem, tone=tone, origin=origin)


def tracked(rgb: Bytes, tracker: Tracker, *, name: str, tone: str, origin: str) -> list[BaseFace]:
    """Returns the face of a picture as a list of one, or none if it is not good enough."""
    found = [see_head(rgb, each).face for each in tracker.track(np.ascontiguousarray(rgb))[:1]]
    good = found and (origin == "drawn" or judge(rgb, found[0]).ok)
    face = crop_face(rgb, found[0], name=name, tone=tone, origin=origin) if good else None
    if face is None and origin == "photo":
        print(f"left out: no clear face of {LEAST:.0f} pixels or more ({name})")
    return [face] if face else []


def draw_people(makehuman: Path, count: int, seed: int) -> Iterator[Bytes]:
    """Yields pictures of random people; drawn in a process of its own, which owns its GL."""
    jobs = [(str(makehuman), seed, number) for number in range(count)]
    yield from spread(draw_person, jobs, workers=1, at_once=4)


def draw_person(job: tuple[str, int, int]) -> Bytes:
    from prink.people.heads_data import studio

    makehuman, seed, number = job
    place = studio(makehuman, held_out=bool(seed % 2))
    return place.portrait(np.random.default_rng((7, seed, number))).rgb


def save_faces(faces: Sequence[BaseFace], path: Path, made_of: str) -> None:
    """Writes the cache, whole or not at all."""
    stacks: dict[str, Any] = {
        "made_of": np.array(made_of),
        "bounds": np.array([face.bounds for face in faces], np.float32),
        "rgb": np.stack([face.rgb for face in faces]),
        "points": np.stack([face.face.points for face in faces]),
        "seen": np.array([list(vars_of(face.face.visibility)) for face in faces], np.float32),
        "pose": np.array([list(vars_of(face.face.pose)) for face in faces], np.float32),
        "words": np.array([[face.name, face.tone, face.origin] for face in faces]),
    }
    with whole_file(path, error=OSError) as part, part.open("wb") as file:
        np.savez(file, **stacks)


def vars_of(values: Visibility | HeadPose) -> Iterator[float]:
    return (float(getattr(values, name)) for name in type(values).__dataclass_fields__)


def load_faces(path: Path) -> list[BaseFace]:
    """Returns the faces of a cache file that `fill_faces` wrote."""
    with np.load(path) as found:
        names = ("rgb", "points", "seen", "pose", "words", "bounds")
        stacks = {name: found[name] for name in names}
    faces = []
    for rgb, points, seen, pose, words, bounds in zip(*stacks.values(), strict=True):
        face = Face(0, points, 1.0, Visibility(*seen.tolist()), HeadPose(*pose.tolist()))
        name, tone, origin = words.tolist()
        faces.append(BaseFace(name, rgb, face, tone, origin, tuple(bounds.tolist())))
    return faces
