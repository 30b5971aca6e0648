"""Vectors of the head's angles."""

from dataclasses import astuple
from typing import Final

import numpy as np

from prink.face.pose import INDICES, MODEL, head_pose
from prink_export.hosts.vectors.faces.face import head, listed
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["head_angles"]

DEGREES: Final = 0.02
ANGLES: Final = (
    (0.0, 0.0, 0.0),
    (25.0, 0.0, 0.0),
    (-25.0, 5.0, 0.0),
    (0.0, 20.0, 0.0),
    (0.0, -20.0, 0.0),
    (0.0, 0.0, 30.0),
    (0.0, 0.0, -170.0),
    (15.0, -10.0, 12.0),
    (-48.0, 12.0, -20.0),
    (80.0, 3.0, 4.0),
)


def head_angles() -> Vector:
    """Returns angles of heads in all directions, and of a flat one and a mirrored one."""
    heads = [head(yaw=yaw, pitch=pitch, roll=roll) for yaw, pitch, roll in ANGLES]
    heads.append(head(at=(900.0, 40.0), size=3.0, yaw=10.0, mouth=2.0, closed=1.0))
    heads.append(heads[7] * np.array([1, 1, 0], np.float32))
    heads.append(heads[7] * np.array([-1, 1, 1], np.float32))
    cases = [
        {
            "points": listed(points, INDICES.tolist()),
            "expected": rounded(np.array(astuple(head_pose(points))), 3),
        }
        for points in heads
    ]
    return Vector(
        subject="Yaw, pitch and roll of a head from its landmarks: the least-squares rotation "
        "(Kabsch 1976) of a rigid model onto them.",
        inputs={
            "landmarks": "numbers of the 27 landmarks that count",
            "model": "where they lie on the model head, in cm: x right, y down, z away",
            "cases.points": "where they lie in a frame, in the order of `landmarks`: x, y, z in "
            "pixels, z away from the viewer; the last two cases are without depth, and mirrored",
        },
        outputs={
            "cases.expected": "yaw, pitch, roll in degrees. Both point sets are moved to their "
            "means; R is the proper rotation (determinant +1, even for the mirrored case) that "
            "minimises |points - R model|; yaw = asin R[2][0], pitch = -atan2(R[2][1], R[2][2]), "
            "roll = atan2(R[1][0], R[0][0])",
            "tolerance": "degrees",
        },
        data={
            "tolerance": DEGREES,
            "landmarks": INDICES.tolist(),
            "model": rounded(MODEL, 4),
            "cases": cases,
        },
    )
