"""Hair colours as people wear them, drawn at random: shipped ones and blends, any colour, ombre."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink.color import lab_to_linear, linear_to_srgb
from prink.params import HAIR, Look, from_vector, parameter_at, to_vector
from prink.params.fields import FieldList

__all__ = ["FIELDS", "hair_numbers", "look_with_hair", "sample_hair"]

Rng = np.random.Generator

NAMES: Final = ("root", "tip", "line", "softness", "lightening", "shine", "grey")
FIELDS: Final = FieldList(tuple((f"hair.{n}", parameter_at(f"hair.{n}").width) for n in NAMES))
"""The 13 numbers that the hair encoder says, by path; what else hair may have stays bare."""
AT: Final = {path: numbers.start for path, numbers in FIELDS.places.items()}
ROOT, ROOT_A = slice(AT["hair.root"], AT["hair.root"] + 3), AT["hair.root"] + 3
TIP, TIP_A = slice(AT["hair.tip"], AT["hair.tip"] + 3), AT["hair.tip"] + 3
LINE, SOFTNESS, LIGHTENING, SHINE, GREY = (AT[f"hair.{name}"] for name in NAMES[2:])


def hair_numbers(look: Look) -> Doubles:
    """Returns the numbers (13,) of a look's hair, 0..1, as `FIELDS` names them."""
    return FIELDS.of_look(to_vector(look)).astype(np.float64)


def look_with_hair(numbers: NDArray[np.floating[Any]]) -> Look:
    """Returns a look with nothing but the hair of numbers (13,), 0..1."""
    whole = to_vector(Look()).astype(np.float64)
    whole[FIELDS.in_look] = numbers
    return from_vector(whole)


def sample_hair(rng: Rng) -> Doubles:
    """Returns the numbers (13,), 0..1, of a random hair colour that wears a tone or both."""
    numbers = hair_numbers(Look())
    if rng.random() < 0.4:
        numbers = blend(rng)
    else:
        numbers[ROOT] = color(rng)
        numbers[ROOT_A] = coverage(rng)
        if rng.random() < 0.45:
            numbers[TIP] = color(rng)
            numbers[TIP_A] = coverage(rng)
            numbers[LINE], numbers[SOFTNESS] = rng.uniform(0.15, 0.85), rng.random()
            if rng.random() < 0.3:
                numbers[ROOT_A] = 0.0
        numbers[LIGHTENING] = lightening(rng)
    if rng.random() < 0.7:
        numbers[SHINE] = rng.random()
    if rng.random() < 0.3:
        numbers[GREY] = rng.random()
    return np.clip(numbers, 0.0, 1.0)


def blend(rng: Rng) -> Doubles:
    """Returns numbers near a shipped hair colour, or between two."""
    names = list(HAIR)
    one, two = (hair_numbers(HAIR[names[n]]) for n in rng.integers(len(names), size=2))
    if one[TIP_A] == two[TIP_A] == 0 and rng.random() < 0.6:
        one = one + (two - one) * rng.random()
    numbers = one.copy()
    for part in (ROOT, TIP):
        numbers[part] += rng.normal(0, 0.03) + rng.normal(0, 0.03, 3)
    for at in (ROOT_A, TIP_A):
        if numbers[at] > 0:
            numbers[at] += rng.normal(-0.03, 0.06)
    numbers[[LINE, SOFTNESS, LIGHTENING]] += rng.normal(0, 0.12, 3)
    return numbers


def color(rng: Rng) -> Doubles:
    """Returns sRGB: half of the time one that hair grows in, else any, vivid ones as often."""
    while True:
        if rng.random() < 0.5:
            light = rng.uniform(5, 88)
            wide = 0.5 + 0.5 * np.sin(np.pi * light / 100)
            lab = [light, rng.normal(8, 6) * wide, rng.normal(16, 10) * wide]
        else:
            hue, chroma = rng.uniform(0, 2 * np.pi), rng.uniform(0, 70)
            lab = [rng.uniform(8, 92), chroma * np.cos(hue), chroma * np.sin(hue)]
        linear = lab_to_linear(np.array(lab))
        if ((linear >= 0) & (linear <= 1)).all():
            return linear_to_srgb(linear)


def coverage(rng: Rng) -> float:
    return float(rng.uniform(0.8, 1.0) if rng.random() < 0.7 else rng.uniform(0.3, 0.8))


def lightening(rng: Rng) -> float:
    kind = rng.random()
    return float(1.0 if kind < 0.3 else rng.uniform(0, 0.3) if kind < 0.5 else rng.random())
