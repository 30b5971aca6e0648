"""Does the estimated light move by the gains that a photo was given?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.light.casts import CASTS, cast
from prink.arrays import Doubles
from prink.color import luminance
from prink.face import Face
from prink.reading.grid import Picture, open_picture
from prink.reading.light import LUMA, measure_scene, probe

__all__ = ["WAYS", "Moved", "angle", "by_skin_alone", "measure_tints", "shift_of"]

Way = Callable[[Picture, Face], Doubles]


@dataclass(frozen=True)
class Moved:
    """How far an estimate was off after one change: degrees of colour, stops of level."""

    way: str
    cast: str
    person: str
    tone: str
    degrees: float
    stops: float


def by_scene(picture: Picture, face: Face) -> Doubles:
    return measure_scene(picture, face).light


def by_skin_alone(picture: Picture, face: Face) -> Doubles:
    """Returns the light `(3,)` as prink estimated it up to 0.1.0: hue by the skin, clamped."""
    skin = np.maximum(probe(picture, "SKIN"), 0.002)
    y = float(skin @ LUMA)
    white = max(float(probe(picture, f"{side}_SCLERA") @ LUMA) for side in ("RIGHT", "LEFT"))
    opened = max(face.visibility.right_open, face.visibility.left_open)
    share = np.clip((white / y - 0.5) / 0.4, 0.0, 1.0)
    trust = min(2.0 * opened, 1.0) * share * share * (3.0 - 2.0 * share)
    skin_level = np.sqrt(y / 0.40)
    both = np.sqrt(skin_level * np.clip(white / 0.45, 0.3, 1.2))
    tint = np.sqrt(skin / y / np.array([1.48, 0.90, 0.66]))
    tint = np.clip(tint / (tint @ LUMA), 0.75, 1.35)
    return np.asarray(tint * np.clip(skin_level + trust * (both - skin_level), 0.25, 1.05))


WAYS: dict[str, Way] = {"now": by_scene, "skin alone": by_skin_alone}


def angle(one: Doubles, two: Doubles) -> float:
    """Returns the angle between two linear colours `(3,)`, in degrees."""
    cosine = float(one @ two) / max(float(np.linalg.norm(one) * np.linalg.norm(two)), 1e-12)
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def measure_tints(people: Sequence[Person], *, tick: Callable[[], None]) -> list[Moved]:
    """Returns for each way, change and person how far the estimate was off."""
    found = []
    for person in people:
        plain = open_picture(person.rgb, person.face.points)
        before = {name: way(plain, person.face) for name, way in WAYS.items()}
        for name, gains in CASTS.items():
            changed = open_picture(cast(person.rgb, gains), person.face.points)
            for way, measure in WAYS.items():
                after, wanted = measure(changed, person.face), before[way] * gains
                stops = float(np.log2(luminance(after) / luminance(wanted)))
                off = angle(after, wanted)
                found.append(Moved(way, name, person.name, person.tone, off, stops))
        tick()
    return found


def shift_of(people: Sequence[Person]) -> Doubles:
    """Returns the new light over that of skin alone on photos as they are, `(N, 3)`."""
    pictures = [(open_picture(each.rgb, each.face.points), each.face) for each in people]
    return np.array([by_scene(*each) / by_skin_alone(*each) for each in pictures])
