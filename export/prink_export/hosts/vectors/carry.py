"""Vectors of hair masks in a stream: when one is made anew, carried along, faded in."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from prink.hair.mask import eight_bits
from prink.hair.source import Alpha

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.face.source import Rgb
from prink.hair import HairFinder, HairMask
from prink_export.hosts.vectors.face import OTHERS, head, listed
from prink_export.hosts.vectors.head import AFFINE, SQUARE, as_face
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["SIZE", "Drawn", "carried_masks", "hair_carry"]

SIZE: Final = 12  # px a side of masks
EVERY: Final = 3
LEVELS: Final = 4.0
"""How far a carried mask may be off, of 255: OpenCV's warp knows 32 places within a pixel."""
BLANK: Final = np.zeros((8, 8, 3), np.uint8)
# By frame, the heads in it: number, place, roll, yaw. One moves and turns, another comes and goes.
SERIES: Final = (
    ((0, 150.0, 0.0, 0.0),),
    ((0, 154.0, 2.0, 1.0),),
    ((0, 158.0, 4.0, 3.0), (3, 2900.0, -5.0, 0.0)),
    ((3, 2903.0, -6.0, 0.0), (0, 162.0, 6.0, 6.0)),
    ((0, 166.0, 9.0, 9.0), (3, 2906.0, -6.0, 0.0)),
    ((0, 170.0, 12.0, 12.0), (3, 2909.0, -5.0, 0.0)),
    ((0, 172.0, 14.0, 14.0),),
    ((0, 173.0, 15.0, 15.0),),
    ((0, 173.0, 15.0, 15.0), (3, 2930.0, -3.0, 0.0)),
)


class Drawn:
    """A stand-in for a hair network: draws a disc that wanders, and keeps what it was told."""

    name = "drawn"
    size = SIZE

    def __init__(self) -> None:
        self.calls: list[tuple[Alpha, Alpha | None]] = []

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the mask (SIZE, SIZE) 0..1 of the next call, whatever the crop shows."""
        mask = np.asarray(self.mask(len(self.calls)) / np.float32(255), np.float32)
        self.calls.append((mask, previous))
        return mask

    @staticmethod
    def mask(call: int) -> Bytes:
        """Returns a soft disc (SIZE, SIZE); each call's lies elsewhere."""
        y, x = np.mgrid[:SIZE, :SIZE] + 0.5
        away = np.hypot(x - SIZE / 2 - call % 3, y - SIZE / 2 + call % 2)
        return eight_bits(np.asarray((SIZE / 2.4 - away) / 3.0 + 0.5, np.float32))


@dataclass(frozen=True)
class Step:
    """One frame's faces, what the finder shows of them, and the calls of the network it took.

    `made` holds the numbers of the faces that the calls were for.
    """

    faces: list[Face]
    masks: tuple[HairMask, ...]
    made: list[int]
    calls: list[tuple[Alpha, Alpha | None]]


INPUTS: Final = {
    "every": "frames from mask to mask of a head",
    "size": "pixels a side of masks and head squares",
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "frames.faces": "`id` of each face, and `points`, x, y, z of `landmarks` in pixels; "
    "the two heads are so far apart that neither takes hair from the other",
    "made": "what the network finds, call by call in the order of calls: size x size "
    "bytes, row by row, as base64; 255 is hair. A test's network returns these",
}
OUTPUTS: Final = {
    "frames.calls": "the network's calls in this frame, in its order of faces: `id`, and "
    "`previous`, the mask before at the head's new place that the network is given, of "
    "255, row by row; null for a new head",
    "frames.masks": "for each face, in the frame's order: `to_frame`, the affine from the "
    f"mask to the frame, {AFFINE}, and `alpha`, what is shown, of 255, row by row. Made "
    "in this frame: the square of head_affine.json; else that square carried by the "
    "motion since, see head_motion.json. Shown is before + (made - before) * share, see "
    "hair_cadence.json; a new head's first mask at once. `previous` is what is shown in "
    "bytes, seen through inverse(carried square) after the new square, bilinear, 0 "
    "outside. A head that is not in a frame is forgotten",
    "tolerance": "of a mask's pixel, of 255, and a hundredth of it of where a mask's "
    "corner lies, in pixels of the frame",
}


def hair_carry() -> Vector:
    """Returns a stream of two heads whose masks a finder makes, carries, fades and forgets."""
    steps = carried_masks()
    calls = sum(len(step.calls) for step in steps)
    return Vector(
        subject="A hair mask over time: made for a new head at once, made anew every few frames "
        "with the one before as the network's input, carried along between, faded in.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": LEVELS,
            "every": EVERY,
            "size": SIZE,
            "landmarks": list(SQUARE),
            "made": [b64encode(Drawn.mask(call).tobytes()).decode() for call in range(calls)],
            "frames": [told(step) for step in steps],
        },
    )


def carried_masks() -> list[Step]:
    """Returns what a finder with a drawn network makes of the series."""
    finder, drawn = HairFinder(stream=True, every=EVERY), Drawn()
    finder.source = drawn
    steps = []
    for heads in SERIES:
        faces = [
            as_face(head(at=(x, 200.0), roll=roll, yaw=yaw), number=number)
            for number, x, roll, yaw in heads
        ]
        known = len(drawn.calls)
        masks = finder.find(BLANK, faces)
        made = [face.id for face in faces if finder.known[face.id].age == 0]
        steps.append(Step(faces, masks, made, drawn.calls[known:]))
    return steps


def told(step: Step) -> dict[str, Any]:
    return {
        "faces": [{"id": face.id, "points": listed(face.points, SQUARE)} for face in step.faces],
        "calls": [
            {"id": number, "previous": None if previous is None else levels(previous)}
            for number, (_, previous) in zip(step.made, step.calls, strict=True)
        ],
        "masks": [
            {"to_frame": rounded(mask.to_frame, 5), "alpha": mask.alpha.ravel().tolist()}
            for mask in step.masks
        ],
    }


def levels(alpha: Floats) -> list[int]:
    found: list[int] = eight_bits(alpha).ravel().tolist()
    return found
