"""Vectors of the head square and of how it moves between two frames."""

from typing import Any, Final

import numpy as np

from prink.arrays import Floats
from prink.face import Face, Visibility
from prink.face.landmark import FACE_OVAL, POINT_COUNT
from prink.face.pose import INDICES, head_pose
from prink.parse.carry import BROW, CHIN, DEEP, LEFT, RIGHT, RIGID, carried, motion
from prink.parse.head import REACH, head_to_frame, inverse
from prink_export.hosts.vectors.faces.face import NOSE, OTHERS, head, listed, only
from prink_export.hosts.vectors.vector import PIXELS, Vector, rounded

__all__ = ["SQUARE", "as_face", "head_affine", "head_motion"]

SQUARE: Final = tuple(
    sorted({*FACE_OVAL, *INDICES.tolist(), *RIGID, BROW, CHIN, LEFT, RIGHT, NOSE})
)
"""Landmarks that the head's square, its angles and its motion are made of."""
AFFINE: Final = (
    "[[a, b, c], [d, e, f]]: x' = a x + b y + c, y' = d x + e y + f; places are in pixels, the "
    "middle of the first pixel is at 0.5"
)
SEEN: Final = Visibility(1, 1, 1, 1, 1, 1, 1, 0)


def as_face(points: Floats, *, number: int = 0, landmarks: tuple[int, ...] = SQUARE) -> Face:
    """Returns a face whose points are what hosts know of these (478, 3), see `OTHERS`."""
    known = only(points, landmarks)
    return Face(number, known, 1.0, SEEN, head_pose(known))


def head_affine() -> Vector:
    """Returns squares of upright, tipped, turned, tiny and one-point heads at two sizes."""
    heads = [
        (head(), 192),
        (head(roll=25.0), 192),
        (head(yaw=40.0, roll=-60.0, at=(20.0, 300.0)), 192),
        (head(roll=179.0, size=40.0, at=(700.0, 500.0)), 192),
        (head(size=0.5, at=(8.0, 8.0)), 192),
        (head(pitch=-25.0, roll=10.0, mouth=3.0), 256),
        (np.full((POINT_COUNT, 3), 50.0, np.float32), 192),
    ]
    return Vector(
        subject="The head square that networks see: centred on the upright box of the landmarks, "
        f"{REACH:g} times its longer side to each side, turned by the head's roll.",
        inputs={
            "landmarks": f"numbers of the landmarks that are given; {OTHERS}",
            "cases.points": "x, y, z in pixels of the frame, in the order of `landmarks`",
            "cases.roll": "the head's roll in degrees, see head_pose.json",
            "cases.size": "pixels a side of the square",
        },
        outputs={
            "cases.to_frame": f"the affine from the square to the frame, {AFFINE}. The box of all "
            "landmarks turned back by the roll has at least one pixel",
            "cases.from_frame": "its inverse",
            "tolerance": "of where a corner of the square lies in the frame, in pixels: compare "
            "the affines at (0, 0), (size, 0), (0, size)",
            "inverse_tolerance": "of where the frame's own place of such a corner lies in the "
            "square, in pixels of the square",
        },
        data={
            "tolerance": PIXELS,
            "inverse_tolerance": 10 * PIXELS,
            "landmarks": list(SQUARE),
            "cases": [affine_case(points, size) for points, size in heads],
        },
    )


def affine_case(points: Floats, size: int) -> dict[str, Any]:
    face = as_face(points)
    to_frame = head_to_frame(face, size)
    return {
        "points": listed(points, SQUARE),
        "roll": round(face.pose.roll, 6),
        "size": size,
        "to_frame": rounded(to_frame, 6),
        "from_frame": rounded(inverse(to_frame), 6),
    }


def head_motion() -> Vector:
    """Returns motions between two frames, and what they make of a head square."""
    before = head(roll=5.0)
    heads = [
        (before, before),
        (before, head(roll=5.0, at=(171.5, 116.0))),
        (before, head(roll=17.0, size=13.5, at=(150.0, 130.0))),
        (before, head(roll=5.0, yaw=18.0)),
        (before, head(roll=5.0, pitch=-15.0)),
        (before, head(roll=5.0, mouth=3.0, closed=1.0)),
        (head(roll=170.0), head(roll=-165.0)),
        (np.full((POINT_COUNT, 3), 50.0, np.float32), head()),
    ]
    used = sorted({*RIGID, BROW, CHIN, RIGHT, LEFT})
    return Vector(
        subject="How a head moved from one frame to another, as a similarity of the picture, and "
        "a head square carried along by it.",
        inputs={
            "landmarks": "numbers of the landmarks that are given",
            "rigid": "numbers of the 24 landmarks that are compared: no expression moves them",
            "deep": "how far they are pushed back into the head, by the height of the face",
            "cases.before": "x, y, z in pixels of the one frame, in the order of `landmarks`",
            "cases.now": "the same in the other frame",
            "cases.square": "the affine of a head square in the one frame, as in head_affine.json",
        },
        outputs={
            "cases.motion": f"the similarity from the one frame to the other, {AFFINE}. In each "
            "frame down = landmark 152 - landmark 10, n = unit of cross(landmark 454 - landmark "
            "234, down), in three dimensions; each rigid landmark is moved by n.xy times `deep` "
            "times |down|, with the sign of n.z (positive for 0). Then least squares: as complex "
            "numbers z, w about their means, turn = sum(conj(z) w) / max(sum |z|^2, 1e-9). Points "
            "that all lie in one place before give a zero turn",
            "cases.carried": "the affine that does `square` and then `motion`",
            "tolerance": "of where the corners of a square of 192 pixels lie, in pixels",
        },
        data={
            "tolerance": 5 * PIXELS,
            "landmarks": used,
            "rigid": list(RIGID),
            "deep": DEEP,
            "cases": [motion_case(one, two, used) for one, two in heads],
        },
    )


def motion_case(before: Floats, now: Floats, used: list[int]) -> dict[str, Any]:
    square = np.round(head_to_frame(as_face(before), 192).astype(np.float64), 4)
    moved = motion(before, now)
    return {
        "before": listed(before, used),
        "now": listed(now, used),
        "square": square.tolist(),
        "motion": rounded(moved, 6),
        "carried": rounded(carried(square.astype(np.float32), moved), 6),
    }
