"""How a head moved between two frames: the similarity that carries a mask along."""

import math
from typing import Final

import numpy as np

from prink.arrays import Doubles
from prink.face.source import Points
from prink.parse.head import Affine

__all__ = ["carried", "motion"]


# Forehead, temples, eye corners, bridge of the nose, rims of the ears: what no expression moves.
RIGID: Final = (
    *(10, 151, 9, 8, 168, 6, 33, 133, 362, 263, 127, 356),
    *(54, 284, 103, 332, 67, 297, 109, 338, 234, 454, 93, 323),
)


BROW, CHIN, RIGHT, LEFT = 10, 152, 234, 454
DEEP: Final = 0.3  # face heights from the face back to where a head turns about


def motion(before: Points, now: Points) -> Affine:
    """Returns the similarity (2, 3) that best maps a head before onto the head now.

    Least squares in closed form (Umeyama 1991), in the plane of the picture. What is mapped lies
    inside the head: when it turns, the face travels farther than the hair around it.
    """
    one, two = inside(before), inside(now)
    z, w = ((each - each.mean(0)) @ np.array([1, 1j]) for each in (one, two))
    turn = np.vdot(z, w) / max(np.vdot(z, z).real, 1e-9)
    matrix = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.column_stack([matrix, two.mean(0) - matrix @ one.mean(0)]).astype(np.float32)


def inside(points: Points) -> Doubles:
    """Returns points (N, 2) of the face, pushed back into the head."""
    brow, chin, right, left = points[[BROW, CHIN, RIGHT, LEFT]].astype(np.float64).tolist()
    ax, ay, az = (one - other for one, other in zip(left, right, strict=True))
    dx, dy, dz = (one - other for one, other in zip(chin, brow, strict=True))
    # Their cross product points to the back or front, of which the one with z > 0 is the back.
    back = (ay * dz - az * dy, az * dx - ax * dz, ax * dy - ay * dx)
    deep = math.copysign(DEEP * math.hypot(dx, dy, dz), back[2]) / max(math.hypot(*back), 1e-9)
    return np.asarray(points[RIGID, :2] + np.array([back[0] * deep, back[1] * deep]), np.float64)


def carried(first: Affine, then: Affine) -> Affine:
    """Returns the affine that does `first` and then `then`, (2, 3)."""
    turn = then[:, :2].astype(np.float64)
    return np.column_stack([turn @ first[:, :2], turn @ first[:, 2] + then[:, 2]]).astype(
        np.float32
    )
