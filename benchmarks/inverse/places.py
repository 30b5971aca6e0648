"""The colours that a reader must bring back: where they are sampled, and how they are compared."""

from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.inverse.parameter_error import WORN, coverage
from benchmarks.reading_fit.evaluation import places
from prink.arrays import Bytes, Doubles
from prink.color import delta_e_2000, linear_to_lab
from prink.face import Face
from prink.params import Look
from prink.reading.grid import eye_grid, lip_grid, open_picture, skin_grid

__all__ = ["PLACES", "colors_apart", "face_samples", "place_colors", "worn_places"]

PLACES: Final = {"lips": "lips.color", "lids": "eyeshadow.lid", "cheeks": "blush.color"}


def place_colors(rgb: Bytes, face: Face) -> Doubles:
    """Returns the mean CIELAB (3, 3) of lips, lids and cheeks."""
    return places(rgb, Person("", rgb, face, ""))


def colors_apart(one: Doubles, two: Doubles) -> dict[str, float]:
    """Returns dE2000 by place of what `place_colors` gave twice."""
    return dict(zip(PLACES, delta_e_2000(one, two).tolist(), strict=True))


def worn_places(look: Look) -> list[str]:
    """Returns the places on which a look wears something that is seen there."""
    return [place for place, path in PLACES.items() if coverage(look, path) > WORN]


def face_samples(rgb: Bytes, face: Face) -> Doubles:
    """Returns CIELAB (N, 3) at places of lips, lids and skin, the same places on every face."""
    picture = open_picture(rgb, face.points)
    skin = skin_grid().at(picture.points)
    at = [lip_grid().at(picture.points), eye_grid().at(picture.points), skin]
    return linear_to_lab(picture.sample(np.concatenate(at)))
