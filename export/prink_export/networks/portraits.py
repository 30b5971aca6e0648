"""Faces to judge and to calibrate networks on: wheel portraits, and the licensed folder if any."""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.face import Face, Tracker
from prink.photo import load_photo

__all__ = ["Portrait", "folder_portraits", "portraits_folder", "wheel_portraits"]

SMALLEST_IOD: Final = 60.0  # px


@dataclass(frozen=True, eq=False)
class Portrait:
    """A picture (H, W, 3) and the face in it."""

    name: str
    rgb: Bytes
    face: Face


def wheel_portraits() -> list[Portrait]:
    """Returns the public-domain portraits of matplotlib and, where installed, of scikit-image."""
    from matplotlib.cbook import get_sample_data

    pictures = {"hopper": load_photo(get_sample_data("grace_hopper.jpg", asfileobj=False)).rgb}
    try:
        from skimage.data import astronaut
    except ImportError:
        pass
    else:
        pictures["astronaut"] = np.ascontiguousarray(astronaut())
    return list(tracked(pictures))


def portraits_folder() -> Path | None:
    """Returns the folder of `portraits.csv` in $PRINK_SHARED, None where there is none."""
    shared = os.environ.get("PRINK_SHARED")
    folder = Path(shared) / "portraits" if shared else None
    return folder if folder and (folder / "portraits.csv").is_file() else None


def folder_portraits(folder: Path, *, split: str, most: int) -> list[Portrait]:
    """Returns up to `most` portraits of a split (train or heldout), spread over the list."""
    with (folder / "portraits.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split and usable(row)]
    places = np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(int)
    names = sorted(rows[place]["file"] for place in places)
    return list(tracked({name: load_photo(folder / "images" / name).rgb for name in names}))


def usable(row: dict[str, str]) -> bool:
    """Tells whether a row shows one face, large enough and without sunglasses."""
    return (
        row["n_faces"] == "1"
        and row["glasses"] != "sunglasses"
        and float(row["iod_px"] or 0) >= SMALLEST_IOD
    )


def tracked(pictures: dict[str, Bytes]) -> Iterator[Portrait]:
    """Yields the pictures in which a face is found."""
    with Tracker(max_faces=1) as tracker:
        for name, rgb in pictures.items():
            faces = tracker.track(rgb)
            if faces:
                yield Portrait(name, rgb, faces[0])
