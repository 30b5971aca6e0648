"""The README's pictures: looks, hair, what each pass draws, a reading; on public-domain portraits.

python -m benchmarks.pictures [folder]
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.contract.people import Person, track_all, wheel_pictures
from benchmarks.demo.__main__ import READ
from prink.arrays import Bytes
from prink.cli.looks import swatches
from prink.face import Tracker
from prink.params import HAIR, LOOKS, Look
from prink.parse import Parser
from prink.photo import save_photo
from prink.reading import read_look
from prink.reading.reader import closer
from prink.render import Renderer
from prink.render.atlas import unwrap
from prink.render.coordinates import rasterise_coordinates
from prink.sheet import Strip, colour_card, contact_sheet, head_box

__all__ = ["main"]


SHOWN: Final = ("no_makeup", "classic_red", "smoky_eye", "electric_editorial")
HAIR_SHOWN: Final = (
    *("espresso", "chestnut", "copper", "cherry"),
    *("honey_blond", "platinum", "rose", "balayage", "teal_dip"),
)
WORN: Final = "violet_night"
SIDE: Final = 300  # pixels of a cell
TINTS: Final = {
    "skin": (235, 170, 120),
    "eyes": (90, 130, 255),
    "brows": (90, 210, 130),
    "lips": (230, 40, 90),
}


def main(arguments: list[str] | None = None) -> None:
    """Writes looks.jpg, hair.jpg, passes.jpg and reading.jpg."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    with Renderer() as renderer, Tracker() as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        people = track_all(pictures, tracker)
        strips = [looks_on(person, renderer) for person in people]
        save_photo(contact_sheet(strips, side=SIDE), folder / "looks.jpg")
        save_photo(contact_sheet(hair_on(people[0], renderer), side=SIDE), folder / "hair.jpg")
        save_photo(
            contact_sheet([passes_on(people[0], renderer)], side=SIDE), folder / "passes.jpg"
        )
        save_photo(contact_sheet(reading_of(people, renderer), side=SIDE), folder / "reading.jpg")


def looks_on(person: Person, renderer: Renderer) -> Strip:
    """Returns a portrait, bare and in each of the shown looks."""
    drawn = [("bare", person.rgb)]
    drawn += [(name, renderer.draw(person.rgb, [person.face], LOOKS[name])) for name in SHOWN]
    return Strip(drawn, head_box(person.face.points, person.rgb.shape))


def hair_on(person: Person, renderer: Renderer) -> list[Strip]:
    """Returns a portrait, bare and with hair of several colours, in two rows."""
    parsing = Parser().find(person.rgb, [person.face])
    cells = [("bare", person.rgb)]
    for name in HAIR_SHOWN:
        cells.append((name, renderer.draw(person.rgb, [person.face], HAIR[name], parsing=parsing)))
    crop = head_box(person.face.points, person.rgb.shape)
    return [Strip(cells[:5], crop), Strip(cells[5:], crop)]


def passes_on(person: Person, renderer: Renderer) -> Strip:
    """Returns a portrait, the pixels of each pass tinted, and a look put on in three steps."""
    lips = replace(LOOKS[WORN], foundation=replace(LOOKS[WORN].foundation, smoothing=0.6))
    bare = Look()
    eyes = replace(lips, lips=bare.lips, lip_liner=bare.lip_liner)
    skin = Look(
        foundation=lips.foundation,
        contour=lips.contour,
        blush=lips.blush,
        highlight=lips.highlight,
    )
    steps = {"skin": skin, "eyes and brows": eyes, "lips": lips}
    cells = [("camera", person.rgb), ("who draws what", tinted(person, renderer))]
    cells += [
        (name, renderer.draw(person.rgb, [person.face], look)) for name, look in steps.items()
    ]
    return Strip(cells, head_box(person.face.points, person.rgb.shape))


def reading_of(people: Sequence[Person], renderer: Renderer) -> list[Strip]:
    """Returns a look worn by one portrait, its atlas, what was read, and that on the other."""
    giver, taker = people
    worn = renderer.draw(giver.rgb, [giver.face], READ)
    read = replace(read_look(worn, face=giver.face).look, hair=Look().hair)
    atlas = unwrap(*closer(worn, giver.face))[:224, :, :3]
    left, top, right, bottom = head_box(giver.face.points, worn.shape)
    first = [("wears a look", worn[top:bottom, left:right]), ("its atlas", atlas)]
    first.append(("colours read", colour_card(swatches(read))))
    box = head_box(taker.face.points, taker.rgb.shape)
    looks = {"somebody else": Look(), "wears what was read": read, "the look itself": READ}
    second = [(name, renderer.draw(taker.rgb, [taker.face], k)) for name, k in looks.items()]
    return [Strip(first), Strip(second, box)]


def tinted(person: Person, renderer: Renderer) -> Bytes:
    """Returns the portrait with the pixels of each pass in the pass's colour."""
    picture = person.rgb.astype(np.float32)
    for name, patch in rasterise_coordinates(renderer, person.rgb, person.face).patches.items():
        flat = picture.reshape(-1, 3)
        flat[patch.pixels] = 0.45 * flat[patch.pixels] + 0.55 * np.array(TINTS[name], np.float32)
    return np.asarray(picture.round(), np.uint8)


if __name__ == "__main__":
    main()
