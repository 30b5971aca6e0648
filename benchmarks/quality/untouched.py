"""What makeup must leave alone: the frame under a bare look, all beyond its reach, teeth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from benchmarks.contract.products import HAIR_COLOR, PRODUCTS, look_of
from benchmarks.contract.regions import mouth_opening, reach_of
from benchmarks.contract.result import Figure, Table, at_most, plain
from benchmarks.hair.regions import hair_of, hair_reach
from prink.arrays import Bytes
from prink.params import Look
from prink.parse import Parser, Parsing, Square
from prink.render import Renderer

__all__ = ["Leaks", "measure_leaks", "untouched_figures", "untouched_table"]

LIP_PRODUCTS: Final = (
    *("lips.color=#9e1f35", "lips.color.a=1", "lips.gloss=0.7", "lips.inner.a=0.5"),
    *("lips.shimmer=0.5", "lip_liner.color.a=1"),
)
HAIR: Final = "hair"
OPEN: Final = 0.25  # openness from which a mouth shows teeth
FEWEST: Final = 30  # pixels of teeth and tongue
LOW: Final = 2  # 8-bit steps that teeth and tongue may change


@dataclass(frozen=True, eq=False)
class Leaks:
    """One face: pixels changed by a bare look, pixels changed out of reach by product, teeth.

    `teeth` holds the largest channel change of each pixel of an open mouth; None for a closed one.
    """

    bare: int
    outside: dict[str, int]
    teeth: Bytes | None


def measure_leaks(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Leaks]:
    """Returns the leaks of everyone; each product is drawn alone."""
    found, parser = [], Parser()
    for person in people:
        hair = hair_of(parser, person.rgb, person.face)
        outside = outside_of(person, renderer, hair)
        bare = int((change(person, renderer, Look(), hair) > 0).sum())
        found.append(Leaks(bare, outside, teeth_change(person, renderer)))
        tick()
    return found


def outside_of(person: Person, renderer: Renderer, hair: Square) -> dict[str, int]:
    """Returns the pixels that each product changes beyond its reach."""
    shape, outside = person.rgb.shape, {}
    for name, settings in PRODUCTS.items():
        changed = change(person, renderer, look_of(*settings), hair) > 0
        outside[name] = int((changed & ~reach_of(name, person.face, shape)).sum())
    colored = change(person, renderer, look_of(*HAIR_COLOR), hair) > 0
    return {**outside, HAIR: int((colored & ~hair_reach(hair, shape)).sum())}


def change(person: Person, renderer: Renderer, look: Look, hair: Square | None = None) -> Bytes:
    """Returns how much the largest channel of each pixel changes, (H, W)."""
    drawn = renderer.draw(person.rgb, [person.face], look, parsing=[Parsing(None, hair)]).astype(
        np.int16
    )
    return np.asarray(np.abs(drawn - person.rgb).max(-1), np.uint8)


def teeth_change(person: Person, renderer: Renderer) -> Bytes | None:
    if person.face.visibility.mouth_open < OPEN:
        return None
    teeth = mouth_opening(person.face, person.rgb.shape)
    if teeth.sum() < FEWEST:
        return None
    return change(person, renderer, look_of(*LIP_PRODUCTS))[teeth]


def untouched_figures(found: Sequence[Leaks]) -> list[Figure]:
    """Returns the figures; teeth are judged by the worst pixel of the worst mouth."""
    mouths = [each.teeth for each in found if each.teeth is not None]
    pixels = np.concatenate([*mouths, np.zeros(0, np.uint8)])
    note = f"{len(mouths)} open mouths"
    bare = float(sum(each.bare for each in found))
    outside = float(sum(sum(each.outside.values()) for each in found))
    worst = float(pixels.max()) if mouths else None
    words = f"{len(found)} faces, {len(PRODUCTS)} products alone, hair colour"
    teeth = "teeth and tongue: largest change by lip products"
    figures = [
        at_most("bare", "pixels changed by a bare look", bare, 0, note=f"{len(found)} faces"),
        at_most("outside", "pixels changed beyond a product's reach", outside, 0, note=words),
        at_most("teeth", teeth, worst, LOW, unit="/255", note=note),
    ]
    if mouths:
        clean = float(np.mean([mouth.max() <= LOW for mouth in mouths]))
        changed = float(np.mean(pixels > LOW))
        figures += [
            plain("teeth_mouths", "mouths whose every pixel stays within that", clean),
            plain("teeth_pixels", "pixels of teeth and tongue that change more", changed),
        ]
    return figures


def untouched_table(found: Sequence[Leaks]) -> Table:
    """Returns pixels changed beyond the reach of each product, and in how many faces."""
    rows = []
    for name in (*PRODUCTS, HAIR):
        counts = [each.outside[name] for each in found]
        rows.append((name, float(sum(counts)), float(sum(count > 0 for count in counts))))
    return Table(("product", "pixels beyond reach", "faces"), tuple(rows))
