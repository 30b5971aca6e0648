"""Vectors of what makes a square's turn come sooner, and of how far it reaches."""

from typing import Any, Final

import numpy as np

from prink.arrays import Bytes
from prink.face import Face, HeadPose
from prink.face.landmark import POINT_COUNT
from prink.parse.reach import HAIRY, INNER, REACHES, RIM, TOUCHES, next_reach
from prink.parse.unrest import CHANGE, ENDS, LEAST, TURN, WAY, changed, moved
from prink_export.hosts.vectors.heads.head import SEEN
from prink_export.hosts.vectors.vector import Vector

__all__ = ["parse_unrest"]

SIDE: Final = 48  # px of the squares
Place = tuple[float, float, float, float, float, float]
STILL: Final[Place] = (100.0, 100.0, 50.0, 0.0, 0.0, 0.0)
# x, y, size, yaw, pitch, roll of a head now; it was at STILL.
MOVES: Final[tuple[Place, ...]] = (
    STILL,
    (102.0, 101.0, 50.5, 2.0, 2.0, 3.0),
    (104.0, 100.0, 50.0, 0.0, 0.0, 0.0),
    (100.0, 96.0, 50.0, 0.0, 0.0, 0.0),
    (100.0, 100.0, 53.0, 0.0, 0.0, 0.0),
    (100.0, 100.0, 50.0, 5.0, 0.0, 0.0),
    (100.0, 100.0, 50.0, 0.0, -5.0, 0.0),
    (100.0, 100.0, 50.0, 0.0, 0.0, 5.0),
)
Box = tuple[int, int, int, int]
# Boxes (x0, y0, x1, y1) of what two channels show, before and now.
CHANGES: Final[tuple[tuple[tuple[Box, Box], tuple[Box, Box]], ...]] = (
    (((8, 8, 40, 40), (16, 16, 24, 24)), ((8, 8, 40, 40), (16, 16, 24, 24))),
    (((8, 8, 40, 40), (16, 16, 24, 24)), ((8, 8, 40, 38), (16, 16, 24, 24))),
    (((8, 8, 40, 40), (16, 16, 24, 24)), ((8, 8, 40, 40), (16, 16, 24, 22))),
    (((8, 8, 40, 40), (0, 0, 0, 0)), ((8, 8, 28, 40), (0, 0, 0, 0))),
    (((0, 0, 0, 0), (0, 0, 0, 0)), ((0, 0, 1, 1), (0, 0, 0, 0))),
)
# The box of hair, and the reach of its square.
HAIRS: Final[tuple[tuple[Box, float], ...]] = (
    ((12, 4, 36, 24), 1.5),
    ((12, 4, 36, 48), 1.5),
    ((0, 4, 36, 24), 1.5),
    ((12, 0, 36, 24), 1.5),
    ((12, 4, 36, 46), 1.9),
    ((12, 4, 36, 36), 1.9),
    ((12, 4, 36, 48), 2.3),
    ((18, 12, 30, 28), 2.3),
)
INPUTS: Final = {
    "ends": "numbers of the landmarks at the brow, the chin, and the right and left of a face",
    "moves.before, moves.now": "`points`, x, y of these four in pixels; `yaw`, `pitch`, `roll` in "
    "degrees",
    "size": "pixels a side of a square",
    "changes.before, changes.now": "for each channel the box (x0, y0, x1, y1, the last two "
    "excluded) in which it is 1, elsewhere 0",
    "hairs.box": "where there is hair, in the same way",
    "hairs.reach": "of the hair's square, in face sizes",
    "reaches": "those that it may have",
}
OUTPUTS: Final = {
    "moves.moved": "whether a square is parsed without waiting: the mean of the four points moved "
    f"in x or y by more than {WAY:g} of the size before, which is the longer of brow to chin and "
    f"right to left, at least 1; or the size by as much; or an angle by more than {TURN:g}",
    "changes.changed": "whether it is parsed again at once, and shown without fading: in some "
    f"channel the mean of |now - before| is more than {CHANGE:g} times the larger of {LEAST:g} "
    "and the mean of max(now, before)",
    "hairs.next_reach": "of the next square: one step wider, if there is one and hair comes "
    f"within {RIM:g} of the side from the left, the right or below (at least a pixel); else one "
    f"step narrower, if there is one and hair keeps {INNER:g} of the side more than what the "
    f"narrower square leaves out there, (1 - narrower / reach) / 2. A strip at a rim holds hair "
    f"where more than {TOUCHES:g} of its rows (below: columns) have a pixel over {HAIRY:g}; its "
    "width is rounded to whole pixels, halves to even",
}


def parse_unrest() -> Vector:
    """Returns heads that move, squares that change, and hair that needs room."""
    return Vector(
        subject="When a square of a head is parsed sooner than its turn, and how wide that of the "
        "hair is.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "ends": list(ENDS),
            "moves": [move(STILL, now) for now in MOVES],
            "size": SIDE,
            "changes": [change(*pair) for pair in CHANGES],
            "reaches": list(REACHES["hair"]),
            "hairs": [hair(*given) for given in HAIRS],
        },
    )


def move(before: Place, now: Place) -> dict[str, Any]:
    one, two = posed(before), posed(now)
    told = [
        {
            "points": each.points[list(ENDS), :2].tolist(),
            **{name: getattr(each.pose, name) for name in ("yaw", "pitch", "roll")},
        }
        for each in (one, two)
    ]
    return {"before": told[0], "now": told[1], "moved": moved(one, two)}


def posed(place: Place) -> Face:
    x, y, size, yaw, pitch, roll = place
    points = np.zeros((POINT_COUNT, 3), np.float32)
    points[list(ENDS), :2] = [
        (x, y - size),
        (x, y + size),
        (x - 0.8 * size, y),
        (x + 0.8 * size, y),
    ]
    return Face(0, points, 1.0, SEEN, HeadPose(yaw, pitch, roll))


def change(before: tuple[Box, Box], now: tuple[Box, Box]) -> dict[str, Any]:
    one, two = (
        np.stack([filled(box) for box in boxes]) / np.float32(255) for boxes in (before, now)
    )
    return {"before": before, "now": now, "changed": changed(one, two)}


def hair(box: Box, reach: float) -> dict[str, Any]:
    found = next_reach("hair", filled(box) / np.float32(255), reach)
    return {"box": box, "reach": reach, "next_reach": found}


def filled(box: Box) -> Bytes:
    x0, y0, x1, y1 = box
    pixels = np.zeros((SIDE, SIDE), np.uint8)
    pixels[y0:y1, x0:x1] = 255
    return pixels
