"""Does every parameter move the picture, steadily and without jumps, on light and on dark skin?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from benchmarks.contract.people import TONES, Person
from benchmarks.contract.products import full_look, look_of
from benchmarks.contract.result import Figure, Table, at_most
from benchmarks.hair.regions import hair_of
from benchmarks.hair.worn import has_hair
from prink.arrays import Floats
from prink.params import Look, Rgba, parameters
from prink.parse import Parser, Parsing, Square
from prink.render import Renderer

__all__ = [
    "Sweep",
    "measure_sweeps",
    "paths",
    "sweep_figures",
    "sweep_people",
    "sweep_plan",
    "sweep_table",
]

STEPS: Final = 12
SEEN: Final = 3.0  # 8-bit steps that the pixels which move most must move at least
BACK: Final = -0.01  # share of the way that a step may go back: rounding to 8 bits
JUMP: Final = 4.0  # times the mean step; a smooth step has 1.5, a switch has STEPS
OPEN: Final = 0.25  # openness of a mouth that shows teeth
# What a parameter needs around it to show at all.
AROUND: Final = {
    "foundation.color": ("foundation.match=0",),
    "foundation.match": ("foundation.color=#f0c8a0", "foundation.color.a=1"),
    "lips.inner": ("lips.color.a=0.5",),
    "lips.inner_ratio": ("lips.inner.a=1", "lips.inner=#200810"),
    "lips.gloss_sharpness": ("lips.gloss=1",),
    "lips.shimmer": ("lips.gloss=0.2",),
    "eyeliner.smudge": ("eyeliner.thickness=0.6",),
    "lip_liner.width": ("lip_liner.color=#301010", "lip_liner.color.a=1"),
    "highlight.shimmer": ("highlight.color.a=1",),
}
MARGIN: Final = 0.3  # of the face, around it
HAIR_MARGIN: Final = 1.0  # for the numbers of hair
GREY: Final = "hair.grey"  # moves nothing but grey hair


@dataclass(frozen=True)
class Sweep:
    """A parameter from its least to its greatest value on one face.

    `moved` is the change of the pixels that move most (99th percentile of those that move at all),
    `least` the smallest step toward the end as a share of the way, `jump` the largest step by the
    mean one.
    """

    path: str
    tone: str
    moved: float
    least: float
    jump: float

    @property
    def faults(self) -> str:
        """What is wrong with it, empty if nothing."""
        if self.moved < SEEN:
            return "does not move"
        wrong = ["goes back"] if self.least < BACK else []
        return ", ".join([*wrong, "jumps"] if self.jump > JUMP else wrong)


def sweep_people(people: Sequence[Person], parser: Parser) -> list[Person]:
    """Returns a light and a dark face with hair, open eyes and teeth, as far as there are."""

    def clear(person: Person) -> bool:
        seen = person.face.visibility
        shown = (
            min(seen.lips, seen.right_eye, seen.left_eye) > 0.9 and abs(person.face.pose.yaw) < 12
        )
        return shown and min(seen.right_open, seen.left_open) > 0.5 and seen.mouth_open > OPEN

    good = [person for person in people if clear(person) and has_hair(person, parser)]
    light = [p for p in good if TONES.index(p.tone) < 2]
    dark = [p for p in good if TONES.index(p.tone) > 3]
    biggest = [
        max(group, key=lambda p: np.ptp(p.face.points[:, 1])) for group in (light, dark) if group
    ]
    return biggest or list(people[:1])


def paths() -> Iterator[str]:
    """Yields every number of a look: `lips.gloss`, `lips.color.r`, ..., `lips.color.a`."""
    for parameter in parameters():
        if parameter.is_color:
            yield from (f"{parameter.path}.{channel}" for channel in Rgba._fields)
        else:
            yield parameter.path


def sweep_plan(
    people: Sequence[Person], numbers: Sequence[str], grey: Person
) -> list[tuple[Person, str]]:
    """Returns which number is swept on whom: all on everyone, but grey coverage on grey hair."""
    plan = [(person, path) for person in people for path in numbers if path != GREY]
    return plan + [(grey, path) for path in numbers if path == GREY]


def measure_sweeps(
    plan: Sequence[tuple[Person, str]], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Sweep]:
    """Returns the sweep of each number of a look on a face, on top of a full look."""
    parser, found = Parser(), []
    around: dict[tuple[str, bool], tuple[Person, Square]] = {}
    for person, path in plan:
        of_hair = path.startswith("hair.")
        key = person.name, of_hair
        if key not in around:
            mask = hair_of(parser, person.rgb, person.face)
            around[key] = cropped(person, mask, margin=HAIR_MARGIN if of_hair else MARGIN)
        found.append(sweep(*around[key], path, renderer))
        tick()
    return found


def cropped(person: Person, mask: Square, *, margin: float) -> tuple[Person, Square]:
    """Returns the person in a picture that is little more than the face: a sweep draws many."""
    low, high = person.face.points[:, :2].min(0), person.face.points[:, :2].max(0)
    around = margin * (high - low)
    x0, y0 = np.maximum(low - around, 0).astype(int)
    x1, y1 = np.minimum(high + around, person.rgb.shape[1::-1]).astype(int)
    points = person.face.points - np.array([x0, y0, 0], np.float32)
    rgb = np.ascontiguousarray(person.rgb[y0:y1, x0:x1])
    to_frame = mask.to_frame - np.array([[0, 0, x0], [0, 0, y0]], np.float32)
    small = replace(person, rgb=rgb, face=replace(person.face, points=points))
    return small, replace(mask, to_frame=to_frame)


def sweep(person: Person, hair: Square, path: str, renderer: Renderer) -> Sweep:
    """Returns how the picture follows one number from 0 to 1."""
    base = look_of(
        *AROUND.get(path.removesuffix(path[-2:]) if path[-2] == "." else path, ()),
        start=full_look(hair=True),
    )
    values = np.linspace(0.0, 1.0, STEPS + 1)
    looks = [look_of(f"{path}={value:.6f}", start=base) for value in values]
    pictures = np.stack([seen(person, hair, look, renderer) for look in looks])
    return judged(pictures, path, person.tone)


def seen(person: Person, hair: Square, look: Look, renderer: Renderer) -> Floats:
    return renderer.draw(person.rgb, [person.face], look, parsing=[Parsing(None, hair)]).astype(
        np.float32
    )


def judged(pictures: Floats, path: str, tone: str) -> Sweep:
    """Returns the verdict on a row of pictures (N, H, W, 3)."""
    whole = pictures[-1] - pictures[0]
    strength = np.abs(whole).max(-1)
    if not strength.any():
        return Sweep(path, tone, 0.0, 0.0, 0.0)
    moved = float(np.percentile(strength[strength > 0], 99))
    way = np.array([float(np.vdot(p - pictures[0], whole)) for p in pictures]) / np.vdot(
        whole, whole
    )
    steps = np.array([float(np.linalg.norm(b - a)) for a, b in pairwise(pictures)])
    return Sweep(path, tone, moved, float(np.diff(way).min()), float(steps.max() / steps.mean()))


def sweep_figures(found: Sequence[Sweep]) -> list[Figure]:
    """Returns the counts of numbers that do not move, go back or jump."""
    tones = " and ".join(dict.fromkeys(each.tone for each in found))
    note = f"{len(found)} sweeps of {STEPS} steps, {tones} skin"
    still, back, jumps = (
        float(sum(fault in each.faults for each in found))
        for fault in ("does not move", "goes back", "jumps")
    )
    way, step = "by over 1 % of the way", f"a step over {JUMP:g} times the mean"
    return [
        at_most("sweep_still", "numbers of a look that move nothing", still, 0, note=note),
        at_most("sweep_back", "numbers whose effect goes back", back, 0, note=way),
        at_most("sweep_jumps", "numbers whose effect jumps", jumps, 0, note=step),
    ]


def sweep_table(found: Sequence[Sweep]) -> Table:
    """Returns every sweep, those with faults first."""
    ordered = sorted(found, key=lambda each: not each.faults)
    columns = ("number", "skin tone", "moves, /255", "least step", "largest / mean step", "fault")
    rows = ((s.path, s.tone, s.moved, s.least, s.jump, s.faults) for s in ordered)
    return Table(columns, tuple(rows))
