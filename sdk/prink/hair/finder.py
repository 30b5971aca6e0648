"""Finds the hair of every face, in photos and, every few frames, in a stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np

from prink.face import Face
from prink.face.source import Points, Rgb
from prink.frame import Frame, check_frame, to_rgb
from prink.hair.mask import HairMask, eight_bits
from prink.hair.source import Alpha, HairError
from prink.hair.sources import open_source
from prink.parse.cadence import EVERY, MOST, adapted, due, fade, usual_cost
from prink.parse.carry import carried, motion
from prink.parse.head import Affine, crop_head, head_to_frame, inverse, warp
from prink.parse.neighbour import nearer_than_others

__all__ = ["HairFinder"]

NONE: Final = HairMask(np.zeros((1, 1), np.uint8), np.eye(2, 3, dtype=np.float32))


@dataclass(eq=False)
class Known:
    """What is known of one head's hair.

    `mask` and `before`, which it fades in over, lie in the square of `to_frame`, which was right
    when the face's points were `points`; `age` counts frames since.
    """

    mask: Alpha
    before: Alpha
    to_frame: Affine
    points: Points
    age: int = 0


class HairFinder:
    """Runs a hair network on head squares; keeps one mask for each face of a stream.

    Args:
        source: `own`, which comes with prink, or `mediapipe`, whose file must be at hand.
        stream: False for unrelated photos; True for consecutive frames, where a mask is made every
            few frames, moved along with the head between and faded in.
        every: Frames from mask to mask of a face in a stream, 1 to 12, one face a frame; None lets
            it follow what masks cost, so that they take about a tenth of the time.

    Raises:
        HairError: A setting is out of range or the source cannot run.
    """

    def __init__(
        self, *, source: str = "own", stream: bool = False, every: int | None = EVERY
    ) -> None:
        if every is not None and not 1 <= every <= MOST:
            raise HairError(f"every is {every} frames, expected 1 to {MOST}, or None")
        self.source = open_source(source)
        self.stream = stream
        self.fixed = every
        self.every = every or EVERY
        self.known: dict[int, Known] = {}
        self.cost = 0.0
        self.time: float | None = None

    def find(
        self,
        frame: Frame,
        faces: Sequence[Face],
        *,
        format: str = "rgb",
        time: float | None = None,
    ) -> tuple[HairMask, ...]:
        """Returns a mask for each face, in their order, as `Renderer.draw` takes them.

        Args:
            frame: The frame in which the faces were found, such as (H, W, 3), of any stride.
            faces: As from `prink.Tracker`.
            format: A name in `prink.FORMATS`, which says dtype and shape of each.
            time: Seconds of a stream's frame; only used where `every` is None.

        Raises:
            HairError: The frame does not fit its format.
        """
        check_frame(frame, format, error=HairError)
        rgb = to_rgb(frame, format)
        real = [face for face in faces if drawable(face)]
        if not self.stream:
            return tuple(self._photo(rgb, face, real) if drawable(face) else NONE for face in faces)
        self._adapt(time, len(real))
        self.known = {face.id: self.known[face.id] for face in real if face.id in self.known}
        ages = {number: known.age for number, known in self.known.items()}
        turn = due(ages, every=self.every)
        found = {f.id: self._follow(rgb, f, real, renew=f.id == turn) for f in real}
        return tuple(found.get(face.id, NONE) for face in faces)

    def forget(self) -> None:
        """Forgets the stream so far: the next frame starts anew."""
        self.known = {}

    def _photo(self, rgb: Rgb, face: Face, faces: Sequence[Face]) -> HairMask:
        to_frame = head_to_frame(face, self.source.size)
        return shown(self._look(rgb, face, faces, to_frame, None), to_frame)

    def _look(
        self, rgb: Rgb, face: Face, faces: Sequence[Face], to_frame: Affine, previous: Alpha | None
    ) -> Alpha:
        start = perf_counter()
        mask = self.source.alpha(crop_head(rgb, to_frame, self.source.size), previous)
        took = perf_counter() - start
        self.cost = usual_cost(self.cost, took)
        return mask * nearer_than_others(face, faces, to_frame, self.source.size)

    def _follow(self, rgb: Rgb, face: Face, faces: Sequence[Face], *, renew: bool) -> HairMask:
        known = self.known.get(face.id)
        if known is None:
            to_frame = head_to_frame(face, self.source.size)
            mask = self._look(rgb, face, faces, to_frame, None)
            self.known[face.id] = Known(mask, mask, to_frame, face.points)
            return shown(mask, to_frame)
        here = carried(known.to_frame, motion(known.points, face.points))
        known.age += 1
        if renew:
            known = self._renew(rgb, face, faces, known, here)
            here = known.to_frame
        return shown(self._faded(known), here)

    def _renew(
        self, rgb: Rgb, face: Face, faces: Sequence[Face], known: Known, here: Affine
    ) -> Known:
        """Makes a new mask, knowing the one before at the head's new place."""
        to_frame = head_to_frame(face, self.source.size)
        back = carried(to_frame, inverse(here))
        before = warp(eight_bits(self._faded(known)), back, self.source.size) / np.float32(255)
        mask = self._look(rgb, face, faces, to_frame, before)
        self.known[face.id] = Known(mask, before, to_frame, face.points)
        return self.known[face.id]

    def _faded(self, known: Known) -> Alpha:
        share = fade(known.age, every=self.every, heads=len(self.known))
        if share == 1.0 or known.before is known.mask:
            return known.mask
        return known.before + (known.mask - known.before) * np.float32(share)

    def _adapt(self, time: float | None, faces: int) -> None:
        last, self.time = self.time, time
        if self.fixed is not None or last is None or time is None or time <= last:
            return
        self.every = adapted(self.every, cost=self.cost, heads=faces, seconds=time - last)


def drawable(face: Face) -> bool:
    """Returns whether the face's points lie anywhere at all and apart from each other."""
    points = face.points
    return bool(np.isfinite(points).all()) and float(np.ptp(points[:, :2], axis=0).min()) > 1.0


def shown(mask: Alpha, to_frame: Affine) -> HairMask:
    return HairMask(eight_bits(mask), to_frame)
