"""One training picture out of a labelled square: placed anew, redressed, covered and spoilt."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.learn.parse.cover import covered
from prink.learn.parse.data import Samples
from prink.learn.parse.light import lit, spoilt
from prink.learn.parse.net import COARSE, INPUTS, SIZE
from prink.learn.parse.place import FINE, Crop, placed
from prink.learn.parse.previous import previous_answer
from prink.learn.parse.redress import before_other_background, of_other_skin, with_other_hair
from prink.learn.parse.sets import OUTSIDE, Sets, answers, any_of
from prink.learn.parse_things.cutouts import cutout
from prink.learn.parse_things.flat import random_thing
from prink.parse.classes import ANSWER
from prink.parse.head import LETTERBOX

__all__ = ["Example", "augmented", "known_answer"]

Rng = np.random.Generator
COVERED: Final = 0.6  # share of the portraits that get a thing before them
TWICE: Final = 0.2  # of those: two
EDGE_WEIGHT: Final = 3.0  # a pixel on an edge counts 1 + this
THING_WEIGHT: Final = 2.0  # of what must not be painted, likewise
THINGS: Final = any_of("hand", "lens", "glasses", "headwear", "beard")
EDGE: Final = 5  # px, width of an edge
FLAT: Final = 0.4  # share of the things that are drawn flat, where there are cut-outs
HAIR: Final = ANSWER.index("hair")


@dataclass(frozen=True, eq=False)
class Example:
    """One picture to learn from.

    Attributes:
        planes: (8, S, S) float32, the network's input.
        answer: (5, S, S) float32 0..1.
        weight: (5, S, S) float32, 0 where nothing is known, 1 elsewhere, more on edges.
        sets: (S/2, S/2) uint16, the classes that a place may be.
    """

    planes: Floats
    answer: Floats
    weight: Floats
    sets: Sets


def augmented(samples: Samples, number: int, rng: Rng) -> Example:
    """Returns one picture of a sample."""
    crop = placed(samples.square(number), rng)
    drawn = crop.points is None
    if rng.random() < 0.35:
        crop = with_other_hair(crop, rng)
    if rng.random() < 0.25 and not drawn:
        crop = of_other_skin(crop, rng)
    if rng.random() < 0.45 and not drawn:
        crop = before_other_background(crop, samples, rng)
    bare, known = known_answer(crop)
    answer = bare
    if rng.random() < (0.12 if drawn else COVERED):
        for _ in range(1 + (rng.random() < TWICE)):
            flat = not samples.things or rng.random() < FLAT
            made = random_thing(crop, rng) if flat else cutout(crop, samples.things, rng)
            crop = covered(crop, made, rng)
        answer, known = known_answer(crop)
    rgb = spoilt(lit(crop.rgb, rng), rng)
    rgb[crop.sets[::2, ::2] == OUTSIDE] = LETTERBOX[0] / 255
    planes = np.empty((INPUTS, SIZE, SIZE), np.float32)
    planes[:3] = rgb.transpose(2, 0, 1)
    planes[3:] = previous_answer(answer, bare, rng)
    return Example(
        planes, answer, known, crop.sets[2 :: FINE // COARSE, 2 :: FINE // COARSE].copy()
    )


def weighted(crop: Crop, answer: Floats, known: Floats) -> Floats:
    """Returns weights (5, S, S): what is known, more on the edges of the answer and on things."""
    import cv2

    weight = np.empty_like(known)
    around = np.ones((EDGE, EDGE), np.uint8)
    coarse = crop.sets[::2, ::2]
    hiding = (coarse != OUTSIDE) & ((coarse & ~THINGS) == 0)
    hides = np.tile(1 + THING_WEIGHT * hiding.astype(np.float32), (len(ANSWER), 1, 1))
    hides[HAIR] = 1  # more would cost hair that looks like a hat
    for channel, part in enumerate(answer):
        edge = cv2.dilate(part, around) - cv2.erode(part, around)
        weight[channel] = known[channel] * (hides[channel] + EDGE_WEIGHT * edge)
    return weight


def known_answer(crop: Crop) -> tuple[Floats, Floats]:
    """Returns the answer of a crop with soft edges, and how far it is known, (5, S, S) each."""
    value, count = answers(crop.sets)
    answer = value.astype(np.float32) / np.maximum(count, 1)
    known = count.astype(np.float32) / 4
    answer[HAIR] = crop.hair[..., 0]
    known[HAIR] = crop.hair[..., 1] > 0.99
    return answer, known
