"""What one head's drawn squares say against its outlined classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.parse.looks import coverage
from prink.arrays import Bytes, Doubles, Flags, Floats
from prink.parse.classes import CLASSES, PAINTED

__all__ = ["FORBIDDEN", "Drawn", "Scored", "score_head"]

IGNORE: Final = 255
CHANGED: Final = 2  # of 255: what counts as painted
EXACT: Final = (
    0.012  # inter-ocular distances that an outline may be off; nearer pixels do not count
)
LEAST: Final = 0.004  # of the square: a class with fewer pixels is not judged
BAND: Final = (
    0.05  # inter-ocular distances around teeth and mouth in which a bare band is looked for
)
COVERED: Final = 0.5
EYE_AREA: Final = 0.35  # inter-ocular distances around an eye where its makeup shows
EYE_DRAWN: Final = 0.3  # coverage that eye makeup reaches somewhere there

# By class, the look that must leave it alone.
FORBIDDEN: Final = {
    "hand": ("face", "hair"),
    "lens": ("face", "hair"),
    "glasses": ("hair",),
    "mouth": ("lips",),
    "teeth": ("lips",),
    "headwear": ("hair", "face"),
    "clothes": ("hair",),
    "skin": ("hair",),
    "background": ("hair",),
    "hair": ("lips",),
    "beard": ("lips",),
}


@dataclass(frozen=True, eq=False)
class Drawn:
    """A square of a picture: as it was and under each look, (S, S, 3); the face's points."""

    bare: Bytes
    looks: dict[str, Bytes]
    points: Floats | None


@dataclass(frozen=True)
class Scored:
    """What is said of one head; what does not apply is missing.

    Attributes:
        lips: IoU of what lipstick covers.
        hair: IoU of what dye covers.
        painted: by class, the share of its pixels that something changed by more than 2/255.
        free_lips: mean coverage of the lips' inside.
        free_eyes: the most that eye makeup covers around the less covered open eye.
        band: share of the lips' pixels that are left bare beside teeth and mouth.
    """

    lips: float | None
    hair: float | None
    painted: dict[str, float]
    free_lips: float | None
    free_eyes: float | None
    band: float | None


def score_head(drawn: Drawn, classes: Bytes) -> Scored:
    """Returns the scores of a square whose class map is (S, S), 255 where nobody could say."""
    unit = drawn_unit(drawn, len(classes))
    told = classes != IGNORE
    cover = {
        name: coverage(name, drawn.bare, look)
        for name, look in drawn.looks.items()
        if name != "face"
    }
    return Scored(
        lips=agreement(cover["lips"], among(classes, PAINTED["lips"]), told) if cover else None,
        hair=agreement(cover["hair"], among(classes, ("hair",)), told) if cover else None,
        painted={
            name: share
            for name in FORBIDDEN
            if (share := painted(drawn, classes, name, unit)) is not None
        },
        free_lips=lips_covered(cover, classes, unit),
        free_eyes=eyes_covered(cover, classes, unit),
        band=bare_band(cover, classes, unit),
    )


def drawn_unit(drawn: Drawn, side: int) -> float:
    """Returns the distance between the eyes in pixels; a guess where no face was found."""
    if drawn.points is None:
        return side / 7.5
    eyes = [drawn.points[[a, b], :2].mean(axis=0) for a, b in ((33, 133), (362, 263))]
    return float(np.linalg.norm(eyes[1] - eyes[0]))


def among(classes: Bytes, names: Sequence[str]) -> Flags:
    return np.asarray(np.isin(classes, [CLASSES.index(name) for name in names]))


def agreement(cover: Doubles, truth: Flags, told: Flags) -> float | None:
    """Returns the IoU of what is covered and what should be; None where there is nothing to."""
    if truth[told].mean() < LEAST / 4:
        return None
    one = (cover > COVERED) & told
    return float((one & truth).sum() / max(((one | truth) & told).sum(), 1))


def inside(mask: Flags, away: float) -> Flags:
    """Returns the part of a mask that is farther than `away` pixels from its rim."""
    distance = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(distance > away)


def painted(drawn: Drawn, classes: Bytes, name: str, unit: float) -> float | None:
    """Returns the share of a class's pixels that its forbidden looks change."""
    mask = inside(among(classes, (name,)), 1.0 + 2 * EXACT * unit)
    if mask.mean() < LEAST / 8 or not drawn.looks:
        return None
    moved = [
        np.abs(drawn.looks[look].astype(int) - drawn.bare).max(axis=-1) > CHANGED
        for look in FORBIDDEN[name]
    ]
    return float(np.any(moved, axis=0)[mask].mean())


def lips_covered(cover: dict[str, Doubles], classes: Bytes, unit: float) -> float | None:
    lips = among(classes, PAINTED["lips"])
    core = inside(lips, 0.02 * unit)
    if lips.mean() < LEAST / 4 or core.sum() < 12:
        return None
    return float(cover["lips"][core].mean()) if cover else 0.0


def eyes_covered(cover: dict[str, Doubles], classes: Bytes, unit: float) -> float | None:
    """Returns the most that is covered around the less covered of the open eyes."""
    eyes = among(classes, ("eye",)).astype(np.uint8)
    count, parts, facts, _ = cv2.connectedComponentsWithStats(eyes)
    found = []
    for number in range(1, count):
        if facts[number, cv2.CC_STAT_AREA] < 0.004 * unit * unit:
            continue
        reach = int(2 * EYE_AREA * unit) | 1
        shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        around = (cv2.dilate((parts == number).astype(np.uint8), shape) > 0) & (parts != number)
        found.append(float(np.percentile(cover["eyes"][around], 90)) if cover else 0.0)
    return min(found) if found else None


def bare_band(cover: dict[str, Doubles], classes: Bytes, unit: float) -> float | None:
    """Returns the share of the lips that is bare and within reach of teeth or open mouth."""
    lips = among(classes, PAINTED["lips"])
    opening = among(classes, ("teeth", "mouth"))
    if lips.mean() < LEAST / 4 or opening.sum() < 0.01 * unit * unit or not cover:
        return None
    near = cv2.distanceTransform((~opening).astype(np.uint8), cv2.DIST_L2, 5)
    close = lips & (near > 1.0 + EXACT * unit) & (near < BAND * unit)
    return float((cover["lips"][close] < COVERED).sum() / max(lips.sum(), 1))
