"""Heads outlined by hand: polygons by the name of a picture, without the picture.

The files beside this one, `outlines/*.json`, hold `{picture: [head, ...]}`. A head is

    {"size": [width, height], "kinds": ["hand", ...], "scale": 0.5, "square": [x, y, side],
     "outlines": [["clothes", [[x, y], ...]], ...]}

with all places in pixels of the picture as it is. Outlines cover each other in their order, what
none covers is background, and outside the square, or the picture, nothing is said. `scale` tells
how small the picture is made before it is tested.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from prink.arrays import Bytes, Doubles
from prink.errors import PrinkError
from prink.parse.classes import CLASSES
from prink.parse.head import Affine

__all__ = ["IGNORE", "KINDS", "Outlined", "OutlinesError", "class_map", "read_outlines"]

IGNORE: Final = 255
KINDS: Final = (
    *("dark", "headwear", "glasses", "sunglasses", "hand", "beard", "open mouth", "long hair"),
    *("turned", "several", "low resolution"),
)
"""What makes a head hard: dark skin; something worn, before the face or in it; ways to be seen."""

FOLDER: Final = Path(__file__).parent / "outlines"
NAMES: Final = {**{name: number for number, name in enumerate(CLASSES)}, "ignore": IGNORE}
FINE: Final = 4  # drawn so much larger: a polygon's rim is drawn too, and would be half a pixel out
SHIFT: Final = 4  # bits of a pixel's fraction


class OutlinesError(PrinkError, ValueError):
    """A file of outlines is not as it must be, told in one plain sentence."""


@dataclass(frozen=True, eq=False)
class Outlined:
    """A head outlined by hand.

    Attributes:
        name: The picture's name without its suffix; with a number where it shows several heads.
        picture: The picture's file name.
        size: Its (width, height).
        kinds: Which of `KINDS` the head is.
        scale: How small the picture is made before it is tested, 0 < scale <= 1.
        square: (x, y, side): where everything is outlined, in pixels of the picture as it is.
        outlines: The classes' numbers, or `IGNORE`, and places (N, 2), in the order of painting.
    """

    name: str
    picture: str
    size: tuple[int, int]
    kinds: tuple[str, ...]
    scale: float
    square: tuple[float, float, float]
    outlines: tuple[tuple[int, Doubles], ...]


def read_outlines(folder: Path = FOLDER) -> list[Outlined]:
    """Returns the heads of all files of a folder, by the files' names, then as they stand in them.

    Raises:
        OutlinesError: A file is no JSON, lacks something, or says something that cannot be.
    """
    heads: list[Outlined] = []
    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise OutlinesError(f"{path.name} is no JSON: {error}") from error
        if not isinstance(told, dict):
            raise OutlinesError(f"{path.name} is no table of heads by picture")
        for picture, several in told.items():
            if picture in seen:
                raise OutlinesError(f"{picture} is in {seen[picture].name} and in {path.name}")
            seen[picture] = path
            heads += heads_of(picture, several, path)
    return heads


def class_map(outlined: Outlined, size: int, to_frame: Affine | None = None) -> Bytes:
    """Returns what each pixel of a square is, (size, size) uint8: a class's number or `IGNORE`.

    Args:
        outlined: The head.
        size: The map's side, in pixels.
        to_frame: (2, 3) from the map to the picture after scaling; by default the head's square.
    """
    x, y, side = outlined.square
    if to_frame is None:
        forth = np.array([[side / size, 0.0, x], [0.0, side / size, y]])
    else:
        forth = to_frame.astype(np.float64) / outlined.scale
    back = np.linalg.inv(forth[:, :2])
    seen = np.zeros((size * FINE, size * FINE), np.uint8)
    for number, places in outlined.outlines:
        fill(seen, (places - forth[:, 2]) @ back.T, number)
    told = np.full_like(seen, IGNORE)
    wide, tall = outlined.size
    low, high = np.maximum((x, y), 0.0), np.minimum((x + side, y + side), (wide, tall))
    corners = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    fill(told, (corners - forth[:, 2]) @ back.T, 0)
    seen[told == IGNORE] = IGNORE
    return np.ascontiguousarray(seen[FINE // 2 :: FINE, FINE // 2 :: FINE])


def fill(picture: Bytes, places: Doubles, number: int) -> None:
    # OpenCV counts from the middle of the first pixel.
    fixed = np.rint((places * FINE - 0.5) * (1 << SHIFT)).astype(np.int32)
    cv2.fillPoly(picture, [fixed], number, lineType=cv2.LINE_8, shift=SHIFT)


def heads_of(picture: str, several: object, path: Path) -> Iterator[Outlined]:
    where = f"{picture} in {path.name}"
    if not isinstance(several, list) or not several:
        raise OutlinesError(f"no list of heads for {where}")
    for number, told in enumerate(several):
        name = Path(picture).stem
        if len(several) > 1:
            name = f"{name}-{number}"
        try:
            yield head(name, picture, told, where)
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, OutlinesError):
                raise
            raise OutlinesError(f"a head is not told as it must be for {where}: {error}") from error


def head(name: str, picture: str, told: dict[str, Any], where: str) -> Outlined:
    wide, tall = (int(value) for value in told["size"])
    x, y, side = numbers(told["square"], where)
    scale = float(told["scale"])
    unknown = [kind for kind in told["kinds"] if kind not in KINDS]
    if unknown:
        raise OutlinesError(f"no such kind: {unknown[0]!r}, for {where}")
    if not 0.0 < scale <= 1.0:
        raise OutlinesError(f"scale is {scale}, expected above 0 and at most 1, for {where}")
    if side <= 0.0 or wide < 1 or tall < 1:
        raise OutlinesError(f"the square or the picture has no area for {where}")
    return Outlined(
        name=name,
        picture=picture,
        size=(wide, tall),
        kinds=tuple(told["kinds"]),
        scale=scale,
        square=(x, y, side),
        outlines=tuple(outline(*each, where=where) for each in told["outlines"]),
    )


def outline(kind: str, places: Sequence[Sequence[float]], *, where: str) -> tuple[int, Doubles]:
    if kind not in NAMES:
        raise OutlinesError(f"no such class: {kind!r}, for {where}")
    polygon = np.array([numbers(place, where) for place in places], np.float64)
    if polygon.ndim != 2 or polygon.shape[0] < 3 or polygon.shape[1] != 2:
        raise OutlinesError(f"an outline of {kind} has fewer than three places for {where}")
    return NAMES[kind], polygon


def numbers(told: Sequence[float], where: str) -> tuple[float, ...]:
    found = tuple(float(value) for value in told)
    if not all(isfinite(value) for value in found):
        raise OutlinesError(f"a place is no number for {where}")
    return found
