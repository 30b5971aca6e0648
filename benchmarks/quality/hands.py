"""Does a hand before the mouth get lipstick? Fingers and palms of real skin over real mouths."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.contract.light import linear
from benchmarks.contract.people import Person
from benchmarks.contract.products import matte_lips
from benchmarks.contract.regions import lip_core, polygon, unit, widened
from benchmarks.contract.result import Cell, Figure, Table, at_most, plain
from prink.arrays import Bytes, Doubles, Flags, Floats
from prink.color import delta_e_2000, linear_to_lab
from prink.face import Face, Tracker
from prink.face.landmark import LIPS_OUTER
from prink.render import Renderer

__all__ = ["HANDS", "Covered", "hand_figures", "hand_table", "measure_photos", "measure_streams"]


LOOK: Final = matte_lips("#b11226")
COLOURED: Final = 5.0  # dE2000 from which a finger's pixel counts as coloured
CHEEK: Final = (50, 101, 36, 205, 187, 123, 117)
VISIBLE, ARRIVING, COVERING = 12, 5, 14  # frames of a stream
SETTLED: Final = 6  # frames after arrival that a stream may take
# Hands: fingers as (places across in IOD, angle in degrees, width in IOD), or a palm.
HANDS: Final = {
    "one finger, upright": ((0.0,), -80.0, 0.26),
    "two fingers, slanted": ((-0.15, 0.15), -60.0, 0.24),
    "three fingers, level": ((-0.24, 0.0, 0.24), 8.0, 0.22),
    "palm": ((0.0,), 20.0, 0.95),
}


@dataclass(frozen=True)
class Covered:
    """One hand before one mouth: shares of the hand's pixels that got lip colour.

    `share` counts all of the hand, `over_lips` only what lies over the lips. `beside` is the share
    of the lips still in view that is coloured, None where none are: lipstick that vanishes at the
    sight of a hand has 0.
    """

    mode: str
    hand: str
    skin: str
    share: float | None
    over_lips: float | None
    beside: float | None


def measure_photos(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Covered]:
    """Returns every hand before every mouth in single photos; own skin and another's take turns."""
    found = []
    with Tracker() as tracker:
        for number, person in enumerate(people):
            for turn, hand in enumerate(HANDS):
                own = (number + turn) % 2 == 0
                giver = person if own else people[(number + len(people) // 2) % len(people)]
                picture, mask = laid_over(person, skin_of(giver, person), hand)
                faces = tracker.track(picture)
                drawn = renderer.draw(picture, faces, LOOK)
                skin = "own skin" if own else "another's skin"
                found.append(judged(picture, drawn, mask, person.face, ("photo", hand, skin)))
                tick()
    return found


def measure_streams(
    people: Sequence[Person], renderer: Renderer, *, tick: Callable[[], None]
) -> list[Covered]:
    """Returns one hand before every mouth in streams that saw the mouth first."""
    found = []
    for number, person in enumerate(people):
        hand = list(HANDS)[number % len(HANDS)]
        own = number % 3 != 2
        giver = person if own else people[(number + len(people) // 2) % len(people)]
        whose = "own skin" if own else "another's skin"
        found.append(stream(person, hand, skin_of(giver, person), whose, renderer))
        tick()
    return found


def stream(person: Person, hand: str, skin: Bytes, whose: str, renderer: Renderer) -> Covered:
    """Returns the verdict on the frames after a hand has come to rest before the mouth."""
    shares = []
    with Tracker(stream=True) as tracker:
        for number in range(VISIBLE + ARRIVING + COVERING):
            coming = np.clip((number - VISIBLE + 1) / (ARRIVING + 1), 0.0, 1.0)
            away = 1.6 * (1.0 - float(coming))
            picture, mask = laid_over(person, skin, hand, away=away)
            if coming == 0:
                picture = person.rgb
            noise = np.random.default_rng(number).normal(0.0, 1.0, picture.shape)
            picture = np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
            seconds = number / 30.0
            drawn = renderer.draw(picture, tracker.track(picture, time=seconds), LOOK, time=seconds)
            if number >= VISIBLE + ARRIVING + SETTLED:
                shares.append(judged(picture, drawn, mask, person.face, ("stream", hand, whose)))
    return Covered("stream", hand, whose, *means_of(shares))


def judged(
    picture: Bytes, drawn: Bytes, mask: Flags, face: Face, names: tuple[str, str, str]
) -> Covered:
    changed = np.zeros(mask.shape, bool)
    moved = (picture != drawn).any(-1)
    before, after = (linear_to_lab(linear(rgb[moved])) for rgb in (picture, drawn))
    changed[moved] = delta_e_2000(before, after) > COLOURED
    over = mask & widened(polygon(face, mask.shape, LIPS_OUTER), face, 0.02)
    beside = lip_core(face, mask.shape) & ~widened(mask, face, 0.05)
    return Covered(*names, *(share(changed, part) for part in (mask, over, beside)))


def share(changed: Flags, part: Flags) -> float | None:
    """Returns how much of a part is changed; None where there is nothing of it."""
    return float(changed[part].mean()) if part.any() else None


def skin_of(giver: Person, wearer: Person) -> Bytes:
    """Returns a sheet of skin, mirrored on from a cheek, at the wearer's scale: three IOD wide."""
    corners = giver.face.points[list(CHEEK), :2]
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int)
    inset = np.maximum((high - low) // 5, 1)
    (x0, y0), (x1, y1) = np.maximum(low + inset, 0), high - inset
    patch = giver.rgb[y0:y1, x0:x1]
    scale = unit(wearer.face) / unit(giver.face)
    size = tuple(max(4, round(side * scale)) for side in patch.shape[1::-1])
    patch = evened(np.asarray(cv2.resize(patch, size, interpolation=cv2.INTER_AREA), np.uint8))
    width = round(3 * unit(wearer.face))
    twice = np.vstack(
        [np.hstack([patch, patch[:, ::-1]]), np.hstack([patch, patch[:, ::-1]])[::-1]]
    )
    repeats = (width // twice.shape[0] + 1, width // twice.shape[1] + 1, 1)
    return np.ascontiguousarray(np.tile(twice, repeats)[:width, :width])


def evened(patch: Bytes) -> Bytes:
    """Returns skin without the shading of its cheek, which would repeat as stripes."""
    slow = cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 0.15 * patch.shape[1])
    flat = patch * (slow.mean(axis=(0, 1)) / np.maximum(slow, 1.0))
    return np.asarray(np.clip(np.rint(flat), 0, 255), np.uint8)


def laid_over(person: Person, skin: Bytes, hand: str, *, away: float = 0.0) -> tuple[Bytes, Flags]:
    """Returns the picture with a hand over the mouth, and the hand's mask.

    Fingers are rounded rods, dark toward their sides, with soft edges and a shadow on the face.
    `away` moves the hand off the mouth by so many IOD, downwards.
    """
    places, angle, width = HANDS[hand]
    iod, shape = unit(person.face), person.rgb.shape[:2]
    centre = person.face.points[LIPS_OUTER, :2].mean(0) + np.array([0.0, away * iod])
    turn = np.radians(angle)
    along = np.array([np.cos(turn), -np.sin(turn)])
    side = np.array([np.sin(turn), np.cos(turn)])
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    cover, shade = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    for place in places:
        middle = centre + place * iod * side
        off = (x - middle[0]) * side[0] + (y - middle[1]) * side[1]
        # The hand comes from below or from the side and ends a little beyond the mouth.
        length = (x - middle[0]) * along[0] + (y - middle[1]) * along[1]
        beyond = np.maximum(np.maximum(-0.55 * iod - length, length - 1.3 * iod), 0.0)
        distance = np.hypot(off, beyond) / (0.5 * width * iod)
        rod = np.clip((1.0 - distance) * 0.5 * width * iod + 0.5, 0.0, 1.0)
        round_ = np.sqrt(np.clip(1.0 - 0.6 * distance**2, 0.0, 1.0))
        shade = np.where(rod > cover, round_, shade)
        cover = np.maximum(cover, rod)
    sheet = placed(skin, centre, shape)
    shadow = 1.0 - 0.35 * cv2.GaussianBlur(cover, (0, 0), 0.06 * iod)
    lit = sheet * (0.65 + 0.4 * shade)[..., None]
    behind = person.rgb * shadow[..., None]
    picture = behind + cover[..., None] * (lit - behind)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8), np.asarray(cover > 0.9)


def placed(skin: Bytes, centre: Doubles, shape: tuple[int, ...]) -> Floats:
    """Returns the sheet of skin centred on a place, mirrored on over the whole picture."""
    shift = np.array([[1, 0, centre[0] - skin.shape[1] / 2], [0, 1, centre[1] - skin.shape[0] / 2]])
    moved = cv2.warpAffine(skin, shift, (shape[1], shape[0]), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.float32)


def hand_figures(found: Sequence[Covered]) -> list[Figure]:
    """Returns the mean shares in photos and in streams."""
    figures = []
    for mode in ("photo", "stream"):
        here = [each for each in found if each.mode == mode]
        share, over, beside = means_of(here)
        where, note = f"in {mode}s", f"{len(here)} hands"
        label = f"hand's pixels that get lip colour, {where}"
        stricter = f"the same of its pixels over the lips, {where}"
        keeps = f"lips in view beside a hand that keep colour, {where}"
        figures += [
            at_most(f"hand_{mode}", label, share, 0.1, note=note),
            plain(f"hand_{mode}_over_lips", stricter, over, note="stricter than the target"),
            plain(f"hand_{mode}_beside", keeps, beside, note="more is better"),
        ]
    return figures


def means_of(found: Sequence[Covered]) -> list[float | None]:
    """Returns the means of share, over_lips and beside; None where no picture has any."""
    columns = zip(*((each.share, each.over_lips, each.beside) for each in found), strict=True)
    known = ([value for value in column if value is not None] for column in columns)
    return [float(np.mean(column)) if column else None for column in known]


def hand_table(found: Sequence[Covered]) -> Table:
    """Returns the shares by mode and hand, and by whose skin it is."""
    rows: list[tuple[Cell, ...]] = []
    for mode in ("photo", "stream"):
        for field, names in (("hand", list(HANDS)), ("skin", ["own skin", "another's skin"])):
            for name in names:
                here = [s for s in found if s.mode == mode and getattr(s, field) == name]
                if here:
                    rows.append((f"{mode}: {name}", float(len(here)), *means_of(here)))
    columns = ("hand", "pictures", "coloured", "coloured over lips", "lips beside it coloured")
    return Table(columns, tuple(rows))
