"""Hair colours as people wear them, drawn at random: shipped ones and blends, any colour, ombre."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink.color import lab_to_linear, linear_to_srgb
from prink.params import HAIR, Look, parameters, to_vector

__all__ = ["NUMBERS", "hair_numbers", "look_with_hair", "sample_hair"]

Rng = np.random.Generator

PLACE: Final = sum(4 if p.is_color else 1 for p in parameters() if p.group != "hair")
NUMBERS: Final = 13  # root and tip (RGBA each), line, softness, lightening, shine, grey
ROOT, ROOT_A, TIP, TIP_A = slice(0, 3), 3, slice(4, 7), 7
LINE, SOFTNESS, LIGHTENING, SHINE, GREY = range(8, 13)


def hair_numbers(look: Look) -> Doubles:
    """Returns the 13 numbers of a look's hair, 0..1, in schema order."""
    return np.asarray(to_vector(look)[PLACE:], np.float64)


def look_with_hair(numbers: NDArray[np.floating[Any]]) -> Look:
    """Returns a look with nothing but the hair of 13 numbers."""
    from prink.params import from_vector

    whole = to_vector(Look()).astype(np.float64)
    whole[PLACE:] = numbers
    return from_vector(whole)


def sample_hair(rng: Rng) -> Doubles:
    """Returns 13 numbers of a random hair colour; at least one of its two tones is worn."""
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
