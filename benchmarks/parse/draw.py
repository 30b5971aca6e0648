"""Draws looks on pictures with whichever prink is imported, so that two of them can be compared.

Runs by its path, and imports nothing but prink and numpy: PYTHONPATH says which prink.

    python benchmarks/parse/draw.py JOB

JOB is a folder with job.json, `{"looks": {name: [settings]}, "heads": {name: [x, y, side]}}`, and a
PNG for each head. Beside each PNG an NPZ is written: the square of the frame at x, y as it was and
under each look, uint8 (side, side, 3), and the face's points; no points if no face is found there.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prink import Look
from prink.face import Face
from prink.params import edit
from prink.photo import load_photo
from prink.tryon import TryOn

__all__ = ["main"]


def main(job: Path) -> None:
    """Draws every head of a job, and prints the name of each that is done."""
    wanted = json.loads((job / "job.json").read_text(encoding="utf-8"))
    looks = {name: look_of(settings) for name, settings in wanted["looks"].items()}
    with TryOn() as session:
        for name, square in wanted["heads"].items():
            draw_head(session, job / f"{name}.png", square, looks)
            print(name, flush=True)


def look_of(settings: Sequence[str]) -> Look:
    look = Look()
    for setting in settings:
        look = edit(look, setting)
    return look


def draw_head(
    session: TryOn, picture: Path, square: tuple[int, int, int], looks: dict[str, Look]
) -> None:
    rgb = load_photo(picture).rgb
    faces = session.tracker.track(rgb)
    face = face_in(faces, square)
    found = {"bare": cut(rgb, square)}
    if face is not None:
        found["points"] = face.points
        for name, look in looks.items():
            found[name] = cut(session.draw(rgb, look, faces=faces), square)
    np.savez(picture.with_suffix(".npz"), **found)


def face_in(faces: Sequence[Face], square: tuple[int, int, int]) -> Face | None:
    """Returns the face nearest the middle of a square, None if none has its middle in it."""
    x, y, side = square
    middle = np.array([x, y]) + side / 2
    away = [np.abs(face.points[:, :2].mean(axis=0) - middle).max() for face in faces]
    if not away or min(away) > side / 2:
        return None
    return faces[int(np.argmin(away))]


def cut(rgb: NDArray[Any], square: tuple[int, int, int]) -> NDArray[Any]:
    """Returns the (side, side, 3) square of a picture; black beyond its rim."""
    x, y, side = square
    out = np.zeros((side, side, 3), np.uint8)
    x0, y0 = max(x, 0), max(y, 0)
    part = rgb[y0 : max(y + side, 0), x0 : max(x + side, 0)]
    out[y0 - y : y0 - y + part.shape[0], x0 - x : x0 - x + part.shape[1]] = part
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]))
