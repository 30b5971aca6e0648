"""How near hair comes to the colour that was asked for, and what changes beyond the mask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.light import linear
from benchmarks.contract.people import Person
from benchmarks.contract.products import look_of
from benchmarks.contract.result import Cell, Figure, Table, at_most, plain
from benchmarks.hair.people import Labels
from benchmarks.hair.regions import hair_in_frame, hair_of, hair_reach
from prink.arrays import Bytes, Flags
from prink.color import delta_e_2000, linear_to_lab, luminance, srgb_to_linear
from prink.parse import Parser, Parsing
from prink.reading.grid import open_picture
from prink.reading.light import measure_scene
from prink.render import Renderer

__all__ = ["ASKED", "Colored", "color_figures", "color_table", "measure_color"]

ASKED: Final = {
    "blond": "d8b47c",
    "copper": "a5482a",
    "pink": "e08aa8",
    "near black": "141012",
    "platinum": "e8dcc8",
    "brown": "4a2a1a",
}
SURE: Final = 0.92  # of the mask: hair and nothing else
FEWEST: Final = 300  # pixels of well-lit hair
NEAR: Final = 4.0  # dE2000


@dataclass(frozen=True)
class Colored:
    """One head: its own hair colour, dE2000 and error of L* by asked colour, stray pixels."""

    was: str
    error: dict[str, float]
    lighter: dict[str, float]
    outside: int


def measure_color(person: Person, labels: Labels, parser: Parser, renderer: Renderer) -> Colored:
    """Returns what six asked colours become on one head; no errors where hair is too little."""
    rgb, face = person.rgb, person.face
    mask = hair_of(parser, rgb, face)
    light = measure_scene(open_picture(rgb, face.points), face).light
    lit = well_lit(rgb, hair_in_frame(mask, rgb.shape))
    changed = np.zeros(rgb.shape[:2], bool)
    error, lighter = {}, {}
    for name, color in ASKED.items():
        look = look_of(f"hair.root=#{color}ff", "hair.lightening=1")
        drawn = renderer.draw(rgb, [face], look, parsing=[Parsing(None, mask)])
        changed |= (drawn != rgb).any(-1)
        if lit.sum() >= FEWEST:
            shown = linear_to_lab(srgb_to_linear(drawn[lit] / 255.0).mean(0))
            asked = linear_to_lab(
                srgb_to_linear(np.array(list(bytes.fromhex(color))) / 255) * light
            )
            error[name] = float(delta_e_2000(asked, shown))
            lighter[name] = float(shown[0] - asked[0])
    outside = int((changed & ~hair_reach(mask, rgb.shape)).sum())
    return Colored(labels["hair_colour_auto"], error, lighter, outside)


def well_lit(rgb: Bytes, hair: Bytes) -> Flags:
    """Returns sure hair between the middle and the 90th percentile of its own luminance."""
    sure = hair > 255 * SURE
    if not sure.any():
        return sure
    level = luminance(linear(rgb))
    low, high = np.percentile(level[sure], (50, 90))
    return np.asarray(sure & (level >= low) & (level <= high))


def color_figures(found: Sequence[Colored]) -> list[Figure]:
    """Returns the colour error over heads and tones, and the pixels beyond the mask."""
    errors = [error for each in found for error in each.error.values()]
    heads = sum(bool(each.error) for each in found)
    note = f"{heads} heads, {len(ASKED)} colours" if errors else "no hair is large enough"
    middle = float(np.median(errors)) if errors else None
    far = float(np.percentile(errors, 90)) if errors else None
    stray = float(sum(each.outside for each in found))
    label = "pixels changed beyond the widened mask"
    words = f"{len(found)} heads, {len(ASKED)} colours"
    return [
        at_most(
            "hair_error",
            "hair against the asked colour, median",
            middle,
            NEAR,
            unit="dE2000",
            note=note,
        ),
        plain("hair_error_p90", "the same, 90th percentile", far, unit="dE2000", note=note),
        at_most("hair_outside", label, stray, 0, note=words),
    ]


def color_table(found: Sequence[Colored]) -> Table:
    """Returns the median error of each asked colour, by what the hair was before."""
    rows: list[tuple[Cell, ...]] = []
    for was in (*sorted({each.was for each in found}), "all"):
        group = [e for e in found if e.error and was in (e.was, "all")]
        if group:
            cells = (middle([e.error[name] for e in group]) for name in ASKED)
            every = middle([error for e in group for error in e.error.values()])
            rows.append((was, float(len(group)), *cells, every))
    shift = [e.lighter for e in found if e.error]
    if shift:
        cells = (middle([each[name] for each in shift]) for name in ASKED)
        every = middle([value for each in shift for value in each.values()])
        rows.append(("all: too light by, L*", float(len(shift)), *cells, every))
    return Table(("hair before", "heads", *ASKED, "all six"), tuple(rows))


def middle(values: Sequence[float]) -> float:
    return float(np.median(values))
