"""Does foundation keep the pores while it evens the skin?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.light import linear
from benchmarks.contract.people import TONES, Person
from benchmarks.contract.products import look_of
from benchmarks.contract.regions import band, skin
from benchmarks.contract.result import Figure, Table, at_least, plain
from prink.arrays import Bytes, Doubles, Flags
from prink.color import luminance
from prink.render import Renderer

__all__ = ["Kept", "detail_figures", "detail_table", "measure_skin"]

# Sigmas of the bands in inter-ocular distances; that distance is about 63 mm.
PORES: Final = (0.004, 0.012)  # 0.25 to 0.75 mm
SPOTS: Final = (0.012, 0.04)  # 0.75 to 2.5 mm: spots and fine lines
BLOTCHES: Final = (0.04, 0.12)  # 2.5 to 8 mm
SIZES: Final = ("0.25 and 0.75", "0.75 and 2.5", "2.5 and 8")
SMOOTH: Final = ("foundation.smoothing=0.5",)
COVERED: Final = (*SMOOTH, "foundation.color.a=0.5")
FEWEST: Final = 200  # pixels of skin


@dataclass(frozen=True)
class Kept:
    """One face: what smoothing leaves by size of detail, and of pores under foundation too."""

    tone: str
    pores: float
    spots: float
    blotches: float
    covered: float


def measure_skin(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Kept]:
    """Returns what smoothing at 0.5 leaves, without and with foundation at coverage 0.5."""
    found = []
    for person in people:
        mask = skin(person.face, person.rgb.shape)
        if mask.sum() >= FEWEST:
            smooth, covered = (
                renderer.draw(person.rgb, [person.face], look_of(*settings))
                for settings in (SMOOTH, COVERED)
            )
            found.append(
                Kept(
                    person.tone,
                    kept(person, smooth, mask, PORES),
                    kept(person, smooth, mask, SPOTS),
                    kept(person, smooth, mask, BLOTCHES),
                    kept(person, covered, mask, PORES),
                )
            )
        tick()
    return found


def kept(person: Person, drawn: Bytes, mask: Flags, scale: tuple[float, float]) -> float:
    """Returns the share of a band of luminance that is left: the slope of after on before."""
    before, after = (
        band(luminance(linear(rgb)), person.face, *scale)[mask] for rgb in (person.rgb, drawn)
    )
    return float((before @ after) / max(float(before @ before), 1e-12))


def detail_figures(found: Sequence[Kept]) -> list[Figure]:
    """Returns the figures of skin detail."""
    pores, covered, spots, blotches = (
        np.array([getattr(each, name) for each in found])
        for name in ("pores", "covered", "spots", "blotches")
    )
    fine, middle, wide = (f"luminance between {size} mm" for size in SIZES)
    return [
        at_least("pores", "pores left at smoothing 0.5, median", mid(pores), 0.6, note=fine),
        plain("pores_p5", "pores left, 5th percentile", float(np.percentile(pores, 5))),
        plain("pores_covered", "pores left, under foundation of 0.5 too", mid(covered)),
        plain("spots", "spots and fine lines left, median", mid(spots), note=middle),
        plain("blotches", "blotches left, median", mid(blotches), note=wide),
    ]


def mid(values: Doubles) -> float:
    return float(np.median(values))


def detail_table(found: Sequence[Kept]) -> Table:
    """Returns the medians by skin tone."""
    rows = []
    for tone in TONES:
        here = [each for each in found if each.tone == tone]
        if here:
            sizes = [[e.pores, e.covered, e.spots, e.blotches] for e in here]
            rows.append((tone, float(len(here)), *np.median(sizes, axis=0).tolist()))
    columns = ("skin tone", "people", "pores", "pores, covered", "spots", "blotches")
    return Table(columns, tuple(rows))
