"""How sure a reading is: how well photos show a product, this one does, and how clear it was."""

from collections.abc import Mapping

import numpy as np

from prink.face import Face, Visibility
from prink.params.fields import schema_fields
from prink.reading.light import smoothstep
from prink.reading.trust import RELIABILITY

__all__ = ["confidence", "eye_weights", "hair_confidence", "quality", "visible"]

EYE_CLOSED = 0.25  # openness
MOUTH_OPEN = (0.0, 0.1)  # openness from which teeth show, and from which they show well
# What is left of confidence in a poor photo.
WEAK = {"monochrome": 0.2, "too dark": 0.5, "blurred": 0.5, "turned away": 0.5}


def eye_weights(seen: Visibility) -> tuple[float, float]:
    """Returns how much the right and the left eye count; a closed one does not."""
    right = seen.right_eye * (seen.right_open >= EYE_CLOSED)
    left = seen.left_eye * (seen.left_open >= EYE_CLOSED)
    return float(right), float(left)


def confidence(
    face: Face, reasons: tuple[str, ...], chances: Mapping[str, float], *, hair: int
) -> dict[str, float]:
    """Returns for each group how sure the reading is of it, worn or not, 0..1; 0 if it is not read.

    The product of four shares: how well rendered looks with and without the product are told
    apart, how well the region is seen, how good the photo is, and how far the chance that the
    product is there lies from one half, where its reading is a toss-up.

    Args:
        face: The face that was read.
        reasons: Why the photo is poor.
        chances: How likely each product is there, by the path of its colour.
        hair: Pixels of hair that were seen; that a head shows none is taken for half sure.
    """
    good = quality(face, reasons)
    seen = visible(face.visibility)
    clear = clearness(chances)
    sure = dict.fromkeys(schema_fields().groups, 0.0)
    for group, reliable in RELIABILITY.items():
        sure[group] = round(reliable * seen[group] * good * clear.get(group, 0.0), 3)
    return sure | {"hair": hair_confidence(good, hair)}


def hair_confidence(good: float, pixels: int) -> float:
    """Returns how sure a measured hair colour is, 0..1, from quality and pixels of hair."""
    return round(good * (float(smoothstep(60, 400, pixels)) if pixels else 0.5), 3)


def clearness(chances: Mapping[str, float]) -> dict[str, float]:
    """Returns how clear the decision on each group was, from its likeliest product."""
    likeliest: dict[str, float] = {}
    for path, chance in chances.items():
        group = path.partition(".")[0]
        likeliest[group] = max(chance, likeliest.get(group, 0.0))
    return {group: abs(2.0 * chance - 1.0) for group, chance in likeliest.items()}


def quality(face: Face, reasons: tuple[str, ...]) -> float:
    """Returns how good a photo is to read from, 0..1."""
    apart = float(np.linalg.norm(face.points[468, :2] - face.points[473, :2]))
    share = float(smoothstep(10.0, 50.0, apart))
    for reason in reasons:
        share *= WEAK.get(reason.split(":")[0], 1.0)
    return share


def visible(seen: Visibility) -> dict[str, float]:
    """Returns how well the region of each group is seen, 0..1."""
    parts = dict.fromkeys(RELIABILITY, max(seen.right_cheek, seen.left_cheek))
    parts |= {"lips": seen.lips, "lip_liner": seen.lips}
    parts |= {"teeth": seen.lips * float(smoothstep(*MOUTH_OPEN, seen.mouth_open))}
    parts |= {"brows": max(seen.right_eye, seen.left_eye)}
    parts |= dict.fromkeys(("eyeshadow", "eyeliner", "lashes", "eyes"), max(eye_weights(seen)))
    return parts
