"""The outlined heads as a job for `draw.py`, and what it drew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.contract.people import tone_of
from benchmarks.parse.looks import LOOKS
from benchmarks.parse.outlines import Outlined, class_map, read_outlines
from benchmarks.parse.score import Drawn
from prink.arrays import Bytes
from prink.photo import load_photo
from prink.portraits import read_portraits

__all__ = ["Head", "drawn_heads", "outlined_heads", "write_job"]


@dataclass(frozen=True, eq=False)
class Head:
    """An outlined head: its picture (H, W, 3), scaled as the outline says, and what is known.

    `square` is x, y, side in the scaled picture; `classes` (side, side) is its class map.
    """

    name: str
    rgb: Bytes
    square: tuple[int, int, int]
    classes: Bytes
    kinds: tuple[str, ...]
    tone: str


def outlined_heads(portraits: Path, *, limit: int | None = None) -> list[Head]:
    """Returns the heads whose pictures are in a folder of portraits, at most `limit`."""
    rows = {row.picture.name: row for row in read_portraits(portraits)}
    known = [each for each in read_outlines() if each.picture in rows]
    chosen = known if limit is None else spread(known, limit)
    return [
        opened(each, rows[each.picture].picture, tone_of(rows[each.picture])) for each in chosen
    ]


def spread(known: Sequence[Outlined], limit: int) -> list[Outlined]:
    places = np.linspace(0, len(known) - 1, min(limit, len(known))).round().astype(int)
    return [known[place] for place in sorted(set(places.tolist()))]


def opened(outlined: Outlined, picture: Path, tone: str) -> Head:
    rgb = load_photo(picture).rgb
    scale = outlined.scale
    if scale != 1:
        size = (max(round(rgb.shape[1] * scale), 1), max(round(rgb.shape[0] * scale), 1))
        rgb = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    x, y, side = (round(value * scale) for value in outlined.square)
    classes = class_map(outlined, side)
    return Head(outlined.name, rgb, (x, y, side), classes, outlined.kinds, tone)


def write_job(heads: Sequence[Head], folder: Path) -> None:
    """Writes the pictures and job.json that `draw.py` takes."""
    folder.mkdir(parents=True, exist_ok=True)
    for head in heads:
        Image.fromarray(head.rgb).save(folder / f"{head.name}.png", compress_level=1)
    looks: Mapping[str, list[str]] = {name: list(settings) for name, settings in LOOKS.items()}
    job = {"looks": looks, "heads": {head.name: list(head.square) for head in heads}}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")


def drawn_heads(heads: Sequence[Head], folder: Path) -> list[Drawn]:
    """Returns what `draw.py` drew of each head."""
    found = []
    for head in heads:
        with np.load(folder / f"{head.name}.npz") as file:
            looks = {name: file[name] for name in LOOKS if name in file}
            points = file.get("points")
            found.append(Drawn(file["bare"], looks, points))
    return found
