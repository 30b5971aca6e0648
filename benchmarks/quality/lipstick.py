"""Does matte lipstick come out in the asked colour, and do lips keep their wrinkles under it?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.light import face_light, linear
from benchmarks.contract.people import TONES, Person
from benchmarks.contract.products import matte_lips
from benchmarks.contract.regions import band, lip_core
from benchmarks.contract.result import Figure, Table, at_least, at_most, plain
from prink.arrays import Doubles, Flags
from prink.color import delta_e_2000, linear_to_lab, luminance, srgb_to_linear
from prink.render import Renderer

__all__ = ["COLOURS", "Painted", "colour_figures", "measure_lipstick", "tone_table"]

COLOURS: Final = {
    "red": "#b11226",
    "nude": "#b97a67",
    "berry": "#7a1f45",
    "brown": "#6d3b2e",
    "pink": "#e0658c",
}
FEWEST: Final = 30  # pixels of lip core
WRINKLES: Final = (0.006, 0.025)  # sigmas in inter-ocular distances: 0.4 to 1.6 mm


@dataclass(frozen=True)
class Painted:
    """One mouth in one colour: error of its mean colour (dE2000, and L* alone), detail kept.

    Detail is the correlation of fine luminance before and after; `lightness` the same of L*.
    """

    person: str
    tone: str
    colour: str
    error: float
    lighter: float
    detail: float
    lightness: float


def measure_lipstick(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Painted]:
    """Returns error and detail of every colour on everyone whose lips are fully visible."""
    found: list[Painted] = []
    for person in people:
        core = lip_core(person.face, person.rgb.shape)
        if core.sum() >= FEWEST and person.face.visibility.lips > 0.9:
            light = face_light(person.rgb, person.face)
            found += [paint(person, renderer, name, core, light) for name in COLOURS]
        tick()
    return found


def paint(
    person: Person,
    renderer: Renderer,
    colour: str,
    core: Flags,
    light: Doubles,
) -> Painted:
    drawn = renderer.draw(person.rgb, [person.face], matte_lips(COLOURS[colour]))
    after = linear(drawn)
    code = COLOURS[colour].lstrip("#")
    asked = srgb_to_linear([int(code[i : i + 2], 16) / 255.0 for i in (0, 2, 4)]) * light
    made, wanted = linear_to_lab(after[core].mean(0)), linear_to_lab(np.clip(asked, 0, 1))
    levels = [luminance(pixels) for pixels in (linear(person.rgb), after)]
    return Painted(
        person=person.name,
        tone=person.tone,
        colour=colour,
        error=float(delta_e_2000(made, wanted)),
        lighter=float(made[0] - wanted[0]),
        detail=alike(levels, core, person),
        lightness=alike([np.cbrt(level) for level in levels], core, person),
    )


def alike(levels: Sequence[Doubles], core: Flags, person: Person) -> float:
    """Returns the correlation of the fine detail of two pictures inside the core."""
    before, after = (band(level, person.face, *WRINKLES, inside=core)[core] for level in levels)
    return float(np.corrcoef(before, after)[0, 1])


def colour_figures(painted: Sequence[Painted]) -> list[Figure]:
    """Returns the figures of colour and detail, overall and between skin tones."""
    errors = np.array([each.error for each in painted])
    details = np.array([each.detail for each in painted])
    lightness = np.array([each.lightness for each in painted])
    medians = [row[2] for row in tone_table(painted).rows if isinstance(row[2], float)]
    ratio = max(medians) / min(medians) if len(medians) > 1 else None
    note = f"{len(errors) // len(COLOURS)} mouths, {len(COLOURS)} colours"
    tones = "of the medians" if ratio else "needs portraits of several skin tones"
    band = "luminance between 0.4 and 1.6 mm"
    return [
        at_most("lip_error", "lipstick, dE2000, median", at(errors, 50), 3, note=note),
        at_most("lip_error_p95", "lipstick, dE2000, 95th percentile", at(errors, 95), 6, note=note),
        at_most("lip_error_tones", "lipstick, worst / best skin tone", ratio, 1.5, note=tones),
        at_least("lip_detail", "lip detail, correlation, median", at(details, 50), 0.8, note=band),
        plain("lip_detail_p5", "lip detail, 5th percentile", at(details, 5)),
        plain("lip_detail_lightness", "lip detail as lightness L*, median", at(lightness, 50)),
    ]


def at(values: Doubles, percent: float) -> float:
    return float(np.percentile(values, percent))


def tone_table(painted: Sequence[Painted]) -> Table:
    """Returns people, median and 95th percentile of the error, and median detail by skin tone."""
    rows = []
    for tone in TONES:
        here = [each for each in painted if each.tone == tone]
        if here:
            errors = [each.error for each in here]
            rows.append(
                (
                    tone,
                    float(len({each.person for each in here})),
                    float(np.median(errors)),
                    float(np.percentile(errors, 95)),
                    float(np.median([each.lighter for each in here])),
                    float(np.median([each.detail for each in here])),
                )
            )
    return Table(
        ("skin tone", "people", "dE2000 p50", "dE2000 p95", "L* off p50", "detail p50"), tuple(rows)
    )
