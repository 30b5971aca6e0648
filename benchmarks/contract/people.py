"""The faces that are measured: two portraits from wheels, and the licensed folder if at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.color import ita_degrees, linear_to_lab, srgb_to_linear
from prink.face import Face, Tracker
from prink.photo import load_photo
from prink.portraits import Portrait, read_portraits

__all__ = [
    "TONES",
    "Person",
    "choose",
    "tone_of",
    "track_all",
    "wheel_pictures",
]


TONES: Final = ("very light", "light", "intermediate", "tan", "brown", "dark")
EDGES: Final = (55.0, 41.0, 28.0, 10.0, -30.0)  # degrees of ITA (Chardon et al. 1991)
BY_EYE: Final = {"dark/brown": "brown", "tan/medium": "tan"}
SMALLEST_IOD: Final = 50.0  # px; below it lips have too few pixels to measure


@dataclass(frozen=True, eq=False)
class Person:
    """A portrait with its face: `rgb` (H, W, 3), the tone's name and whether it is held out."""

    name: str
    rgb: Bytes
    face: Face
    tone: str
    heldout: bool = False


def wheel_pictures() -> dict[str, Bytes]:
    """Returns the public-domain portraits of scikit-image and matplotlib, `(H, W, 3)`."""
    from matplotlib.cbook import get_sample_data
    from skimage.data import astronaut

    hopper = load_photo(get_sample_data("grace_hopper.jpg", asfileobj=False)).rgb
    return {"astronaut": np.ascontiguousarray(astronaut()), "hopper": hopper}


def tone_of(portrait: Portrait) -> str:
    """Returns a portrait's skin tone; a darker verdict by eye overrides the ITA bin."""
    seen = BY_EYE.get(portrait.labels["skin_by_eye"])
    return portrait.tone if seen is None else max(portrait.tone, seen, key=TONES.index)


def choose(folder: Path, limit: int, *, split: str | None = None) -> list[Portrait]:
    """Returns about `limit` portraits, as many of each tone, spread over the file.

    Sunglasses, second faces and faces under 50 px between the eyes are left out, and where a split
    is given the other one.
    """
    rows = [row for row in read_portraits(folder) if row.clear(SMALLEST_IOD) and row.tone in TONES]
    rows = [row for row in rows if split in (None, row.split)]
    each = max(1, limit // len(TONES))
    chosen: list[Portrait] = []
    for tone in TONES:
        known = [row for row in rows if tone_of(row) == tone]
        places = np.linspace(0, len(known) - 1, min(each, len(known))).round().astype(int)
        chosen += [known[place] for place in places]
    return chosen


def track_all(
    pictures: Iterable[tuple[str, Bytes, str | None, bool]], tracker: Tracker
) -> list[Person]:
    """Returns the people in whose pictures (name, picture, tone, held out) a face is found."""
    found = []
    for name, rgb, tone, heldout in pictures:
        faces = tracker.track(rgb)
        if faces:
            found.append(Person(name, rgb, faces[0], tone or measured_tone(rgb, faces[0]), heldout))
    return found


def measured_tone(rgb: Bytes, face: Face) -> str:
    """Returns the ITA bin of the cheeks of a picture that nobody labelled."""
    places = face.points[[50, 280, 101, 330], :2].astype(int)
    skin = np.median(srgb_to_linear(rgb[places[:, 1], places[:, 0]] / 255.0), axis=0)
    return TONES[int(np.sum(float(ita_degrees(linear_to_lab(skin))) < np.array(EDGES)))]


def load(rows: Iterable[Portrait]) -> Iterable[tuple[str, Bytes, str | None, bool]]:
    """Yields what `track_all` takes, one picture at a time."""
    for row in rows:
        yield row.name, load_photo(row.picture).rgb, tone_of(row), row.split == "heldout"
