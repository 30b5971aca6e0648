"""The faces that are measured: two portraits from wheels, and the licensed folder if at hand."""

import csv
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.color import ita_degrees, linear_to_lab, srgb_to_linear
from prink.face import Face, Tracker
from prink.photo import load_photo

__all__ = [
    "TONES",
    "Person",
    "choose",
    "portraits_folder",
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


def portraits_folder(given: Path | None) -> Path | None:
    """Returns the folder of portraits.csv: given, $PRINK_SHARED's, or beside the checkout."""
    beside = Path(__file__).parents[3] / "shared"
    folder = given or Path(os.environ.get("PRINK_SHARED", beside)) / "portraits"
    return folder if (folder / "portraits.csv").is_file() else None


def wheel_pictures() -> dict[str, Bytes]:
    """Returns the public-domain portraits of scikit-image and matplotlib, `(H, W, 3)`."""
    from matplotlib.cbook import get_sample_data
    from skimage.data import astronaut

    hopper = load_photo(get_sample_data("grace_hopper.jpg", asfileobj=False)).rgb
    return {"astronaut": np.ascontiguousarray(astronaut()), "hopper": hopper}


def tone_of(row: dict[str, str]) -> str:
    """Returns the skin tone of a row; a darker verdict by eye overrides the ITA bin."""
    bin_, seen = row["skin_bin_ita"], BY_EYE.get(row["skin_by_eye"])
    return bin_ if seen is None else max(bin_, seen, key=TONES.index)


def choose(folder: Path, limit: int) -> list[dict[str, str]]:
    """Returns about `limit` rows, as many of each tone, spread over the file.

    Sunglasses, second faces and faces under 50 px between the eyes are left out.
    """
    with (folder / "portraits.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if usable(row)]
    each = max(1, limit // len(TONES))
    chosen: list[dict[str, str]] = []
    for tone in TONES:
        known = [row for row in rows if tone_of(row) == tone]
        places = np.linspace(0, len(known) - 1, min(each, len(known))).round().astype(int)
        chosen += [known[place] for place in places]
    return chosen


def usable(row: dict[str, str]) -> bool:
    return (
        row["n_faces"] == "1"
        and row["glasses"] != "sunglasses"
        and row["skin_bin_ita"] in TONES
        and float(row["iod_px"]) >= SMALLEST_IOD
    )


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


def load(
    folder: Path, rows: Sequence[dict[str, str]]
) -> Iterable[tuple[str, Bytes, str | None, bool]]:
    """Yields what `track_all` takes, one picture at a time."""
    for row in rows:
        picture = load_photo(folder / "images" / row["file"])
        yield Path(row["file"]).stem, picture.rgb, tone_of(row), row["split"] == "heldout"
