"""A stream through tracker and parsers: the masks of every frame, by cadence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from prink.arrays import Bytes
from prink.face import Face, Tracker
from prink.parse import Parser, Square

__all__ = ["WAYS", "Moment", "follow"]

FPS: Final = 30.0
# Frames from mask to mask; None sees every frame as a photo of its own: the control.
WAYS: Final = {"every frame": 1, "every third": 3, "as photos": None}


@dataclass(frozen=True, eq=False)
class Moment:
    """A frame in which the face was found, with the masks of every way."""

    number: int
    frame: Bytes
    face: Face
    masks: dict[str, Square]


def follow(frames: Iterable[Bytes], *, tick: Callable[[], None]) -> Iterator[Moment]:
    """Yields every frame with a face, in order."""
    parsers = {
        way: Parser(stream=every is not None, every=every or 1) for way, every in WAYS.items()
    }
    with Tracker(stream=True, max_faces=1) as tracker:
        for number, frame in enumerate(frames):
            faces = tracker.track(frame, time=number / FPS)
            found = {way: each.find(frame, faces, face=False) for way, each in parsers.items()}
            first = {way: heads[0].hair for way, heads in found.items() if heads}
            masks = {way: hair for way, hair in first.items() if hair is not None}
            if masks:
                yield Moment(number, frame, faces[0], masks)
            tick()
