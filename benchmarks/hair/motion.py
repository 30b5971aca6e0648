"""How much hair masks flicker: on a still noisy face, a moving one, and heads known exactly."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from benchmarks.contract.clip import STILL, Clip
from benchmarks.contract.people import Person
from benchmarks.hair.agreement import iou
from benchmarks.hair.regions import hair_in_frame, head_square
from benchmarks.hair.stream import WAYS, Moment, follow
from prink.arrays import Bytes, Flags, Floats
from prink.parse import Square

__all__ = ["NOISE", "SHARE", "SIZE", "Flicker", "known_flicker", "moving_flicker", "still_flicker"]

SIZE: Final = (640, 480)
SHARE: Final = 0.36  # height of the landmarks by the frame's: all of the head square is in it
NOISE: Final = 2.0  # standard deviation of the sensor's noise, 8-bit steps
WARM_UP: Final = 12  # frames until tracker and masks have settled


@dataclass(frozen=True)
class Flicker:
    """One clip, one way. Changes are means over the head square, in % of full, a frame.

    `exact` is what the true mask changes, `error` what the difference to it changes, `iou` the mean
    against it; None where it is not known. `seen` is the share of frames with a face.
    """

    clip: str
    way: str
    change: float
    exact: float | None = None
    error: float | None = None
    iou: float | None = None
    seen: float = 1.0

    @property
    def extra(self) -> float | None:
        """How much more the mask changes than the true one."""
        return None if self.exact is None else self.change - self.exact


def still_flicker(
    people: Sequence[Person], *, frames: int, tick: Callable[[], None]
) -> list[Flicker]:
    """Returns what noise alone changes: nothing moves."""
    found = []
    for person in people:
        clip = Clip(person.rgb, person.face, *SIZE, motion=STILL, noise=NOISE, share=SHARE)
        found += in_place(f"still, noise: {person.name}", clip, frames, tick)
    return found


def moving_flicker(
    people: Sequence[Person], *, frames: int, tick: Callable[[], None]
) -> list[Flicker]:
    """Returns what changes on a head that is panned, zoomed and tilted, in the head's own place.

    The motion is known, so masks are brought back to the portrait before they are compared.
    """
    found = []
    for person in people:
        clip = Clip(person.rgb, person.face, *SIZE, noise=NOISE, share=SHARE)
        found += in_place(f"moving, noise: {person.name}", clip, frames, tick)
    return found


def in_place(name: str, clip: Clip, frames: int, tick: Callable[[], None]) -> list[Flicker]:
    pictures = (clip.frame(number) for number in range(frames + WARM_UP))
    changes: dict[str, list[float]] = {way: [] for way in WAYS}
    before: dict[str, Floats] = {}
    for moment in follow(pictures, tick=tick):
        for way, mask in moment.masks.items():
            home = brought_back(mask, clip, moment.number)
            if way in before and moment.number >= WARM_UP:
                inside = head_square(brought(mask, clip, moment.number), clip.rgb.shape)
                changes[way].append(change(home, before[way], inside))
            before[way] = home
    return [Flicker(name, way, mean(values)) for way, values in changes.items()]


def brought(mask: Square, clip: Clip, number: int) -> Square:
    """Returns a mask of frame `number` as one of the clip's portrait."""
    back = cv2.invertAffineTransform(clip.matrix(number))
    there = np.vstack([mask.to_frame.astype(np.float64), [0, 0, 1]])
    return Square(mask.pixels, (back @ there).astype(np.float32), mask.reach)


def brought_back(mask: Square, clip: Clip, number: int) -> Floats:
    return hair_in_frame(brought(mask, clip, number), clip.rgb.shape).astype(np.float32) / 255


def known_flicker(folder: Path | None, *, limit: int, tick: Callable[[], None]) -> list[Flicker]:
    """Returns what changes on rendered heads that turn and nod, beside their exact masks."""
    found = []
    for path in sorted(folder.glob("*.npz"))[:limit] if folder else ():
        with np.load(path) as file:
            frames, masks = file["frames"], file["masks"]
        moments = list(follow(frames, tick=tick))
        found += [beside(f"rendered: {path.stem}", way, moments, masks) for way in WAYS]
    return found


def beside(name: str, way: str, moments: Sequence[Moment], masks: Bytes) -> Flicker:
    """Returns one way's flicker beside the exact masks (N, H, W)."""
    rows, areas = [], []
    for one, two in pairs(moments):
        inside = head_square(two.masks[way], two.frame.shape)
        seen = [placed(moment, way) for moment in (one, two)]
        true = [masks[moment.number].astype(np.float32) / 255 for moment in (one, two)]
        off = [a - b for a, b in zip(seen, true, strict=True)]
        rows.append([change(a, b, inside) for a, b in (seen, true, off)])
        areas.append(iou(np.where(inside, seen[1], 0), np.where(inside, true[1], 0)))
    moved, exact, error = np.mean(rows, axis=0).tolist()
    return Flicker(name, way, moved, exact, error, mean(areas), len(moments) / len(masks))


def pairs(moments: Sequence[Moment]) -> Iterator[tuple[Moment, Moment]]:
    """Yields frames that follow on each other, after the tracker has settled."""
    for one, two in pairwise(moments):
        if two.number == one.number + 1 and one.number >= WARM_UP:
            yield one, two


def placed(moment: Moment, way: str) -> Floats:
    return hair_in_frame(moment.masks[way], moment.frame.shape).astype(np.float32) / 255


def change(one: Floats, two: Floats, inside: Flags) -> float:
    """Returns the mean absolute difference in percent."""
    return 100 * float(np.abs(one - two)[inside].mean())


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
