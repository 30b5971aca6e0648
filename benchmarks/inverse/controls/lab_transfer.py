"""The classic control: colour statistics of one face's regions moved to another's."""

from typing import Final

import cv2
import numpy as np

from benchmarks.contract.people import Person
from benchmarks.contract.regions import EYE_AREA, lips, polygon, unit, whole_face
from prink.arrays import Bytes, Flags, Floats
from prink.face.landmark import LEFT_EYE, RIGHT_EYE

__all__ = ["TRANSFERS", "lab_transfer"]

FEATHER: Final = 0.03  # inter-ocular distances
# Regions by variant: moving the skin's colour brings blush along, and the other's complexion.
TRANSFERS: Final = {
    "Lab transfer": ("lips", "eyes"),
    "Lab transfer, skin too": ("skin", "lips", "eyes"),
}


def lab_transfer(source: Person, reference: Person, regions: tuple[str, ...]) -> Bytes:
    """Returns the source with the mean and spread of CIELAB of the reference's regions.

    Reinhard et al. 2001, region by region, with soft edges.
    """
    lab = to_lab(source.rgb)
    other = to_lab(reference.rgb)
    for name in regions:
        here, there = region(source, name), region(reference, name)
        if here.any() and there.any():
            moved = matched(lab, lab[here], other[there])
            blur = max(0.6, FEATHER * unit(source.face))
            soft = cv2.GaussianBlur(here.astype(np.float32), (0, 0), blur)
            lab = lab + soft[..., None] * (moved - lab)
    rgb = cv2.cvtColor(np.asarray(lab, np.float32), cv2.COLOR_LAB2RGB)
    return np.asarray(np.rint(np.clip(rgb, 0.0, 1.0) * 255.0), np.uint8)


def to_lab(rgb: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB), np.float32)


def matched(lab: Floats, own: Floats, wanted: Floats) -> Floats:
    """Returns all of a picture moved as takes its own statistics to the wanted ones."""
    gain = wanted.std(axis=0) / np.maximum(own.std(axis=0), 1.0)
    return np.asarray((lab - own.mean(axis=0)) * gain + wanted.mean(axis=0), np.float32)


def region(person: Person, name: str) -> Flags:
    face, shape = person.face, person.rgb.shape
    eyes = polygon(face, shape, *EYE_AREA) & ~polygon(face, shape, RIGHT_EYE, LEFT_EYE)
    if name == "lips":
        return lips(face, shape)
    if name == "eyes":
        return eyes
    rest = polygon(face, shape, RIGHT_EYE, LEFT_EYE) | eyes | lips(face, shape)
    return whole_face(face, shape) & ~rest
