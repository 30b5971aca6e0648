"""Vectors of squares in a stream: when one is parsed anew, carried along, faded in."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes
from prink.face import Face
from prink.face.source import Rgb
from prink.parse import Parser, Parsing, Square
from prink.parse.cadence import KINDS, Job
from prink.parse.classes import ANSWER
from prink.parse.head import eight_bits
from prink.parse.network import Answer
from prink_export.hosts.vectors.faces.face import OTHERS, head, listed
from prink_export.hosts.vectors.heads.head import AFFINE, SQUARE, as_face
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["SIZE", "Drawn", "parse_carry", "parsed_heads"]

SIZE: Final = 12  # px a side of squares
EVERY: Final = 3
LEVELS: Final = 4.0
"""How far a carried square may be off, of 255: OpenCV's warp knows 32 places within a pixel."""
BLANK: Final = np.zeros((8, 8, 3), np.uint8)
HAND: Final = range(8, 12)  # calls whose answer is half hidden
# By frame, the heads in it: number, place, roll, yaw. One moves slowly, turns, then runs; another
# comes and goes.
SERIES: Final = (
    ((0, 150.0, 0.0, 0.0),),
    ((0, 151.0, 0.5, 0.5),),
    ((0, 152.0, 1.0, 0.5), (3, 2900.0, -5.0, 0.0)),
    ((3, 2901.0, -5.5, 0.0), (0, 153.0, 1.5, 1.0)),
    ((0, 154.0, 2.0, 1.5), (3, 2902.0, -6.0, 0.0)),
    ((0, 155.0, 2.5, 2.0), (3, 2903.0, -5.5, 0.0)),
    ((0, 155.5, 2.5, 2.5), (3, 2903.0, -5.5, 0.0)),
    ((0, 156.0, 2.5, 2.5), (3, 2903.0, -5.5, 0.0)),
    ((0, 156.0, 2.5, 2.5),),
    ((0, 156.0, 2.5, 8.0),),
    ((0, 170.0, 2.5, 8.0),),
    ((0, 171.0, 2.5, 8.0), (3, 2930.0, -3.0, 0.0)),
)


class Drawn:
    """A stand-in for the network: draws a disc that wanders, and keeps what it was told."""

    size = SIZE

    def __init__(self) -> None:
        self.calls: list[Answer | None] = []

    def answer(self, crop: Rgb, previous: Answer | None) -> Answer:
        """Returns the answer (5, SIZE, SIZE) of the next call, whatever the crop shows."""
        plane = self.plane(len(self.calls)) / np.float32(255)
        self.calls.append(previous)
        return np.repeat(plane[None].astype(np.float32), len(ANSWER), 0)

    @staticmethod
    def plane(call: int) -> Bytes:
        """Returns a soft disc (SIZE, SIZE); each call's lies elsewhere, some are half hidden."""
        y, x = np.mgrid[:SIZE, :SIZE] + 0.5
        away = np.hypot(x - SIZE / 2 - 0.2 * (call % 3), y - SIZE / 2 + 0.2 * (call % 2))
        hidden = (call in HAND) & (y > SIZE / 2)
        disc = np.where(hidden, 0.0, (SIZE / 2.4 - away) / 3.0 + 0.5)
        return eight_bits(np.asarray(disc, np.float32))


@dataclass(frozen=True)
class Step:
    """One frame's faces, what the parser says of them, and the calls of the network it took.

    `made` holds the squares that the calls were for.
    """

    faces: list[Face]
    heads: tuple[Parsing, ...]
    made: list[Job]
    calls: list[Answer | None]


INPUTS: Final = {
    "every": "frames from answer to answer of a square",
    "size": "pixels a side of squares",
    "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
    "frames.faces": "`id` of each face, and `points`, x, y, z of `landmarks` in pixels; "
    "the two heads are so far apart that neither takes hair from the other. Of each, both the "
    "face and the hair are wanted",
    "made": "what the network answers, call by call in the order of calls: size x size "
    "bytes, row by row, as base64, the same for each channel; 255 is 1. A test's network returns "
    "these",
}
OUTPUTS: Final = {
    "frames.calls": "the network's calls in this frame, in its order of faces, of each `face` "
    "before `hair`: `square`, the face's id and which of its squares, and `previous`, what was "
    "shown before at the head's new place, which the network is given: of one channel, as they "
    "are all the same here, as in `made`; null for a new square",
    "frames.squares": "for each face, in the frame's order, `face` and `hair`: `to_frame`, the "
    f"affine from the square to the frame, {AFFINE}, and `shown`, of one channel, as in "
    "`made`. Parsed in this frame: the square of head_affine.json with the reach of its kind; else "
    "that square carried by the motion since, see head_motion.json. Which are parsed say "
    "parse_cadence.json and parse_unrest.json; ages count up after that is decided. Shown is "
    "before + (made - before) * share, see parse_cadence.json; made at once in a new square, in "
    "one that was parsed because it was restless, and in one whose answer changed, which is "
    "restless in the next frame. `previous` is what is shown, seen through inverse(carried square) "
    "after the new square, bilinear, 0 outside. A head that is not in a frame is forgotten",
    "tolerance": "of a square's pixel, of 255, and a hundredth of it of where its corner lies, in "
    "pixels of the frame",
}


def parse_carry() -> Vector:
    """Returns a stream of two heads whose squares a parser makes, carries, fades and forgets."""
    steps = parsed_heads()
    calls = sum(len(step.calls) for step in steps)
    return Vector(
        subject="Squares of heads over time: parsed for a new head at once, parsed anew every few "
        "frames or as they change with what was shown as the network's input, carried along "
        "between, faded in.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": LEVELS,
            "every": EVERY,
            "size": SIZE,
            "landmarks": list(SQUARE),
            "made": [stored(Drawn.plane(call)) for call in range(calls)],
            "frames": [told(step) for step in steps],
        },
    )


def parsed_heads() -> list[Step]:
    """Returns what a parser with a drawn network makes of the series."""
    parser, drawn = Parser(stream=True, every=EVERY), Drawn()
    parser.network = drawn
    steps = []
    for heads in SERIES:
        faces = [
            as_face(head(at=(x, 200.0), roll=roll, yaw=yaw), number=number)
            for number, x, roll, yaw in heads
        ]
        known = len(drawn.calls)
        found = parser.find(BLANK, faces)
        jobs = [(face.id, kind) for face in faces for kind in KINDS]
        made = [job for job in jobs if parser.kept[job].age == 0]
        steps.append(Step(faces, found, made, drawn.calls[known:]))
    return steps


def told(step: Step) -> dict[str, Any]:
    return {
        "faces": [{"id": face.id, "points": listed(face.points, SQUARE)} for face in step.faces],
        "calls": [
            {
                "square": list(job),
                "previous": None if previous is None else stored(eight_bits(previous[0])),
            }
            for job, previous in zip(step.made, step.calls, strict=True)
        ],
        "squares": [{"face": square(each.face), "hair": square(each.hair)} for each in step.heads],
    }


def square(found: Square | None) -> dict[str, Any] | None:
    if found is None:
        return None
    plane = found.pixels.reshape(SIZE, SIZE, -1)[..., 0]
    return {"to_frame": rounded(found.to_frame, 5), "shown": stored(plane)}


def stored(plane: Bytes) -> str:
    return b64encode(plane.tobytes()).decode()
