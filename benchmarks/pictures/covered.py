"""The README's picture of heads that are no passport photos: a hat and glasses, a hand, a veil."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.parse.clips import pasted
from benchmarks.parse.hand import rendered_hand
from prink.arrays import Bytes
from prink.params import HAIR, LOOKS, Look
from prink.people.dressed import Wardrobe
from prink.people.parsed import People
from prink.people.parsed_data import studio
from prink.sheet import Strip, head_box
from prink.tryon import TryOn

__all__ = ["covered"]

WORN: Final = ("classic_red", "smoky_eye")
DYED: Final = ("copper", "platinum")
DRESSED: Final = Wardrobe(headwear=1.0, glasses=0.0, dark=0.0, held=0.0, beard=0.0, open_mouth=0.0)
SEED: Final = 7
HAND: Final = 0.8  # of the picture's height that hand and arm are tall


def covered(people: list[Person], makehuman: Path | None) -> list[Strip]:
    """Returns portraits with something before or on the head, bare and in looks, a row each.

    Args:
        people: The two public-domain portraits.
        makehuman: Folder that a hand and a veiled head are drawn from; None leaves them out.
    """
    astronaut, hopper = people
    with TryOn() as session:
        rows = [worn(session, hopper.rgb)]
        if makehuman is not None:
            rows.append(worn(session, before_a_hand(astronaut, makehuman)))
            rows += [worn(session, rgb) for rgb in veiled(makehuman)]
    return rows


def worn(session: TryOn, rgb: Bytes) -> Strip:
    """Returns a picture, bare and in each of the shown looks and hair colours."""
    faces = session.find(rgb)
    looks: dict[str, Look] = {name: LOOKS[name] for name in WORN}
    looks |= {name: HAIR[name] for name in DYED}
    cells = [("bare", rgb)]
    cells += [(name, session.draw(rgb, look, faces=faces)) for name, look in looks.items()]
    return Strip(cells, head_box(faces[0].points, rgb.shape))


def before_a_hand(person: Person, makehuman: Path) -> Bytes:
    """Returns a portrait before whose mouth a drawn hand is held."""
    import cv2

    hand = rendered_hand(makehuman)
    tall = int(HAND * person.rgb.shape[0])
    wide = round(hand.shape[1] * tall / hand.shape[0])
    small = cv2.resize(hand, (wide, tall), interpolation=cv2.INTER_AREA)
    x, y = person.face.points[[61, 0], :2].mean(axis=0).tolist()
    return pasted(person.rgb, np.asarray(small, np.uint8), (x, y))[0]


def veiled(makehuman: Path) -> Iterator[Bytes]:
    """Yields a drawn head that wears something."""
    people = People(studio(str(makehuman), held_out=True), DRESSED)
    yield people.crop(np.random.default_rng(SEED)).rgb
