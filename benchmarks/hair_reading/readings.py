"""Ways to read hair colour off one photo, and how far what they read is from what was drawn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.contract.people import Person
from benchmarks.hair.regions import hair_in_frame, hair_of
from prink.arrays import Bytes, Doubles
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.face import Face
from prink.learn.hair_color.looks import ROOT, ROOT_A, TIP, TIP_A, hair_numbers, look_with_hair
from prink.parse import Parser, Parsing, Square
from prink.reading import Encoder
from prink.reading.estimate import assemble
from prink.reading.grid import open_picture
from prink.reading.hair import read_hair, see_hair
from prink.reading.hair_patch import hair_patch, with_hair_patch
from prink.reading.head import see_head
from prink.reading.light import measure_scene
from prink.render import Renderer
from prink.render.atlas import SIZE

__all__ = [
    "Haired",
    "Trial",
    "Way",
    "encoder_way",
    "ends",
    "haired",
    "measure_way",
    "network_way",
    "shown_error",
    "trial",
]

SURE: Final = 230  # of 255
MOST: Final = 6000  # pixels of hair that are compared

Way = Callable[[Bytes, Face], tuple[Doubles, float]]
"""Takes a photo and its face, returns 13 numbers and a confidence."""


@dataclass(frozen=True, eq=False)
class Haired:
    """A person whose hair was found: mask, and the places (N, 2) of pixels that are surely hair."""

    person: Person
    mask: Square
    places: NDArray[np.intp]

    @property
    def bare(self) -> Bytes:
        """The photo."""
        return self.person.rgb

    def with_hair(self, numbers: Doubles, renderer: Renderer) -> Bytes:
        """Returns the photo with other hair."""
        look = look_with_hair(numbers)
        return renderer.draw(
            self.person.rgb, [self.person.face], look, parsing=[Parsing(None, self.mask)]
        )

    def lab(self, picture: Bytes) -> Doubles:
        """Returns L*a*b* (N, 3) of the hair in a picture of this person."""
        rows, columns = self.places.T
        return linear_to_lab(srgb_to_linear(picture[rows, columns] / 255.0))


def haired(person: Person, parser: Parser, *, least: float = 0.02) -> Haired | None:
    """Returns a person with hair, None if next to none is found."""
    mask = hair_of(parser, person.rgb, person.face)
    places = np.argwhere(hair_in_frame(mask, person.rgb.shape) >= SURE)
    if mask.pixels.mean() < 255 * least or len(places) < 200:
        return None
    return Haired(person, mask, places[:: -(-len(places) // MOST)])


@dataclass(frozen=True, eq=False)
class Trial:
    """One reading: whose hair, the truth, what was read, and dE2000 of both drawn again.

    `truth` is None for natural hair; then only `same` is known.
    """

    name: str
    tone: str
    truth: Doubles | None
    read: Doubles
    sure: float
    same: float
    other: float | None
    seconds: float


def measure_way(rgb: Bytes, face: Face) -> tuple[Doubles, float]:
    """Reads as `prink.reading` measures."""
    scene = measure_scene(open_picture(rgb, face.points), face)
    seen = see_hair(rgb, see_head(rgb, face).hair)
    return hair_numbers(assemble(read_hair(seen, scene))), float(len(seen.along) >= 400)


def network_way(weights: Path) -> Way:
    """Returns the way that reads by the hair encoder."""
    import torch

    from prink.learn.hair_color.net import hair_head

    net, parser = hair_head(weights).encoder, Parser()

    def read(rgb: Bytes, face: Face) -> tuple[Doubles, float]:
        mask = hair_of(parser, rgb, face)
        tile = torch.from_numpy(hair_patch(rgb, face, mask)).permute(2, 0, 1)[None].float() / 255
        with torch.inference_mode():
            numbers, logit = net(tile)
        return numbers[0].double().numpy(), float(torch.sigmoid(logit))

    return read


def encoder_way(encoder: Encoder) -> Way:
    """Returns the way that reads by the hair part of an encoder file, which sees no other tile."""
    parser, empty = Parser(), np.zeros((SIZE, SIZE, 4), np.uint8)

    def read(rgb: Bytes, face: Face) -> tuple[Doubles, float]:
        mask = hair_of(parser, rgb, face)
        encoded = encoder.encode(with_hair_patch(empty, hair_patch(rgb, face, mask)))
        return hair_numbers(encoded.look), encoded.confidence["hair"]

    return read


def trial(
    way: Way, one: Haired, other: Haired | None, truth: Doubles | None, renderer: Renderer
) -> Trial:
    """Returns how one way reads a hair colour off one head, drawn again there and on another."""
    photo = one.bare if truth is None else one.with_hair(truth, renderer)
    began = time.perf_counter()
    read, sure = way(photo, one.person.face)
    seconds = time.perf_counter() - began
    same = shown_error(one, photo, one.with_hair(read, renderer))
    elsewhere = None
    if other is not None and truth is not None:
        drawn = [other.with_hair(numbers, renderer) for numbers in (truth, read)]
        elsewhere = shown_error(other, *drawn)
    person = one.person
    return Trial(person.name, person.tone, truth, read, sure, same, elsewhere, seconds)


def shown_error(head: Haired, first: Bytes, second: Bytes) -> float:
    """Returns the mean dE2000 over the hair of two pictures of a head."""
    return float(delta_e_2000(head.lab(first), head.lab(second)).mean())


def ends(numbers: Doubles) -> Doubles:
    """Returns L*a*b* (2, 3) of the dye at roots and ends, the ends' laid over the roots'."""
    root, tip = (srgb_to_linear(numbers[part]) for part in (ROOT, TIP))
    share = numbers[TIP_A] if numbers[ROOT_A] > 0 else 1.0
    return linear_to_lab(np.stack([root, root + (tip - root) * share]))
