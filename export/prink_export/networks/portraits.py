"""Faces to judge and to calibrate networks on: wheel portraits, and the licensed folder if any."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.face import Face, Tracker
from prink.photo import load_photo
from prink.portraits import read_portraits

__all__ = ["Portrait", "folder_portraits", "wheel_portraits"]

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


def folder_portraits(folder: Path, *, split: str, most: int) -> list[Portrait]:
    """Returns up to `most` portraits of a split (train or heldout), spread over the list."""
    found = [p for p in read_portraits(folder) if p.split == split and p.clear(SMALLEST_IOD)]
    places = np.linspace(0, len(found) - 1, min(most, len(found))).astype(int)
    chosen = sorted((found[place].picture for place in places), key=lambda path: path.name)
    return list(tracked({path.name: load_photo(path).rgb for path in chosen}))


def tracked(pictures: dict[str, Bytes]) -> Iterator[Portrait]:
    """Yields the pictures in which a face is found."""
    with Tracker(max_faces=1) as tracker:
        for name, rgb in pictures.items():
            faces = tracker.track(rgb)
            if faces:
                yield Portrait(name, rgb, faces[0])
