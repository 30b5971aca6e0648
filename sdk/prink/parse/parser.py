"""Parses the heads of photos, and of a stream without running the network on every frame."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Final

import numpy as np

from prink.face import Face
from prink.face.source import Rgb
from prink.frame import Frame, check_frame, to_rgb
from prink.parse.cadence import EVERY, MOST, Job, adapted, due, fade, usual_cost
from prink.parse.error import ParseError
from prink.parse.head import Affine, crop_head, eight_bits, head_to_frame
from prink.parse.kept import ALL, Kept, at_place
from prink.parse.neighbour import nearer_than_others
from prink.parse.network import Answer, HeadNetwork, Network
from prink.parse.parsing import Parsing, Square
from prink.parse.reach import REACHES, next_reach
from prink.parse.unrest import changed, moved

__all__ = ["Parser"]

SHOWS: Final = {"face": slice(1, 5), "hair": slice(0, 1)}
"""The channels of the answer that a square is looked at for."""
HAIR: Final = 0


class Parser:
    """Runs prink's network on squares of each head; keeps its answers for each face of a stream.

    A stream's squares are parsed every few frames in turn, moved along with the head between, and
    faded in. Where a head moves fast or its answer just changed much, as when a hand arrives, its
    squares are parsed in every frame.

    Args:
        stream: False for unrelated photos, True for consecutive frames.
        every: Frames from answer to answer of a square in a stream, 1 to 12, one square a frame;
            None lets it follow what the network costs, so that it takes about a tenth of the time.

    Raises:
        ParseError: A setting is out of range, or the network cannot run.
    """

    def __init__(self, *, stream: bool = False, every: int | None = EVERY) -> None:
        if every is not None and not 1 <= every <= MOST:
            raise ParseError(f"every is {every} frames, expected 1 to {MOST}, or None")
        self.network: Network = HeadNetwork()
        self.stream = stream
        self.fixed = every
        self.every = every or EVERY
        self.kept: dict[Job, Kept] = {}
        self.cost = 0.0
        self.time: float | None = None

    def find(
        self,
        frame: Frame,
        faces: Sequence[Face],
        *,
        face: bool = True,
        hair: bool = True,
        format: str = "rgb",
        time: float | None = None,
    ) -> tuple[Parsing, ...]:
        """Returns what the pixels of each head are, in the faces' order, for `Renderer.draw`.

        Args:
            frame: The frame in which the faces were found, such as (H, W, 3), of any stride.
            faces: As from `prink.Tracker`.
            face: Whether the parts of the face are wanted, as makeup does.
            hair: Whether hair is, as a hair colour does; it costs as much again.
            format: A name in `prink.FORMATS`, which says dtype and shape of each.
            time: Seconds of a stream's frame; only used where `every` is None.

        Raises:
            ParseError: The frame does not fit its format.
        """
        check_frame(frame, format, error=ParseError)
        rgb = to_rgb(frame, format)
        # A photo's faces may have any numbers, also the same.
        numbers = [each.id if self.stream else place for place, each in enumerate(faces)]
        heads = {n: each for n, each in zip(numbers, faces, strict=True) if drawable(each)}
        kinds = [kind for kind, wanted in (("face", face), ("hair", hair)) if wanted]
        jobs = [(number, kind) for number in heads for kind in kinds]
        self._adapt(time, len(jobs))
        self.kept = {job: self.kept[job] for job in jobs if self.stream and job in self.kept}
        self._parse(rgb, heads, jobs)
        return tuple(
            Parsing(self._square(n, "face", heads), self._square(n, "hair", heads)) for n in numbers
        )

    def forget(self) -> None:
        """Forgets the stream so far: the next frame starts anew."""
        self.kept = {}

    def _parse(self, rgb: Rgb, heads: Mapping[int, Face], jobs: Sequence[Job]) -> None:
        """Parses the squares that are new or due, and makes the others a frame older."""
        ages = {job: kept.age for job, kept in self.kept.items()}
        far = {job for job, kept in self.kept.items() if moved(kept.face, heads[job[0]])}
        restless = far | {job for job, kept in self.kept.items() if kept.changed}
        turns = due(ages, every=self.every, restless=restless)
        for kept in self.kept.values():
            kept.age += 1
        for job in jobs:
            face, known = heads[job[0]], self.kept.get(job)
            if known is None:
                self.kept[job] = self._first(rgb, face, heads, job[1])
            elif job in turns:
                self.kept[job] = self._next(rgb, face, heads, job, at_once=job in restless)

    def _first(self, rgb: Rgb, face: Face, heads: Mapping[int, Face], kind: str) -> Kept:
        """Parses a square that was never seen: at once as widely as its hair asks for."""
        reach = REACHES[kind][0]
        while True:
            to_frame = head_to_frame(face, self.network.size, reach=reach)
            answer = self._answer(rgb, face, heads, to_frame, None)
            wider = next_reach(kind, answer[HAIR], reach)
            if wider <= reach:
                return Kept(answer, answer, to_frame, face, reach)
            reach = wider

    def _next(
        self, rgb: Rgb, face: Face, heads: Mapping[int, Face], job: Job, *, at_once: bool
    ) -> Kept:
        """Parses a square anew, knowing what was shown of it, at the head's new place."""
        known, kind = self.kept[job], job[1]
        reach = next_reach(kind, known.answer[HAIR], known.reach)
        to_frame = head_to_frame(face, self.network.size, reach=reach)
        before = at_place(self._shown(known), known.here(face), to_frame)
        answer = self._answer(rgb, face, heads, to_frame, before)
        shows = SHOWS[kind]
        other = reach == known.reach and changed(before[shows], answer[shows])
        return Kept(answer, before, to_frame, face, reach, other, at_once or other)

    def _answer(
        self,
        rgb: Rgb,
        face: Face,
        heads: Mapping[int, Face],
        to_frame: Affine,
        before: Answer | None,
    ) -> Answer:
        size = self.network.size
        start = perf_counter()
        answer = self.network.answer(crop_head(rgb, to_frame, size), before)
        self.cost = usual_cost(self.cost, perf_counter() - start)
        answer[HAIR] *= nearer_than_others(face, tuple(heads.values()), to_frame, size)
        return answer

    def _shown(self, kept: Kept, channels: slice = ALL) -> Answer:
        return kept.shown(fade(kept.age, every=self.every, jobs=len(self.kept)), channels)

    def _square(self, number: int, kind: str, heads: Mapping[int, Face]) -> Square | None:
        import cv2

        kept = self.kept.get((number, kind))
        if kept is None:
            return None
        planes = self._shown(kept, SHOWS[kind])
        pixels = eight_bits(planes[0] if len(planes) == 1 else cv2.merge(list(planes)))
        to_frame = kept.here(heads[number]) if kept.age else kept.to_frame
        return Square(pixels, to_frame, kept.reach)

    def _adapt(self, time: float | None, jobs: int) -> None:
        last, self.time = self.time, time
        if self.fixed is not None or last is None or time is None or time <= last:
            return
        self.every = adapted(self.every, cost=self.cost, jobs=jobs, seconds=time - last)


def drawable(face: Face) -> bool:
    """Returns whether the face's points lie anywhere at all and apart from each other."""
    points = face.points
    return bool(np.isfinite(points).all()) and float(np.ptp(points[:, :2], axis=0).min()) > 1.0
