"""How a head moved between two frames: the similarity that carries a mask along."""

from typing import Final

import numpy as np

from prink.face.source import Points
from prink.hair.head import Affine

__all__ = ["carried", "motion"]

# Forehead, temples, eye corners, bridge of the nose, rims of the ears: what no expression moves.
RIGID: Final = (
    *(10, 151, 9, 8, 168, 6, 33, 133, 362, 263, 127, 356),
    *(54, 284, 103, 332, 67, 297, 109, 338, 234, 454, 93, 323),
)


def motion(before: Points, now: Points) -> Affine:
    """Returns the similarity (2, 3) that best maps a face's points before onto those now.

    Least squares in closed form (Umeyama 1991), in the plane of the picture.
    """
    one, two = (points[RIGID, :2].astype(np.float64) for points in (before, now))
    z, w = ((each - each.mean(0)) @ np.array([1, 1j]) for each in (one, two))
    turn = np.vdot(z, w) / max(np.vdot(z, z).real, 1e-9)
    matrix = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.column_stack([matrix, two.mean(0) - matrix @ one.mean(0)]).astype(np.float32)


def carried(first: Affine, then: Affine) -> Affine:
    """Returns the affine that does `first` and then `then`, (2, 3)."""
    turn = then[:, :2].astype(np.float64)
    return np.column_stack([turn @ first[:, :2], turn @ first[:, 2] + then[:, 2]]).astype(
        np.float32
    )
