"""Who wears hair that a number of a look can be seen on: enough of it, or grey."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.hair.regions import hair_in_frame, hair_of
from prink.parse import Parser

__all__ = ["greyest", "has_hair"]

ENOUGH: Final = 0.04  # share of the head square
PALE: Final = 0.3  # saturation below which hair has next to no hue
LIGHT: Final = 70  # of 255: darker hair is black
SURE: Final = 230  # of 255


def has_hair(person: Person, parser: Parser) -> bool:
    """Returns whether hair fills a fair part of the head square."""
    mask = hair_of(parser, person.rgb, person.face)
    return float(mask.pixels.mean()) / 255 >= ENOUGH


def greyest(people: Sequence[Person], parser: Parser) -> Person:
    """Returns the person with the most grey hair, by its share of the head square."""
    return max(people, key=lambda person: grey_share(person, parser))


def grey_share(person: Person, parser: Parser) -> float:
    mask = hair_of(parser, person.rgb, person.face)
    hair = person.rgb[hair_in_frame(mask, person.rgb.shape) >= SURE].astype(np.float64)
    if not len(hair):
        return 0.0
    top, low = hair.max(axis=1), hair.min(axis=1)
    grey = (1 - low / np.maximum(top, 1) < PALE) & (hair.mean(axis=1) > LIGHT)
    return float(grey.mean() * (mask.pixels >= SURE).mean())
