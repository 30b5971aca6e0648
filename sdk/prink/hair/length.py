"""How far along the hair a place lies: the numpy twin of `shaders/lib/along_hair.glsl`."""

import numpy as np

from prink.arrays import Doubles

__all__ = ["along_hair"]

SKULL = 0.6  # radius, in face sizes


def along_hair(at: Doubles, *, reach: float) -> Doubles:
    """Returns the length (...) of hair from its root to places (..., 2) of a hair square, 0..1.

    In face sizes: over the skull from the crown to the height of the ears, then straight down.
    The square's half side is `reach` of them.
    """
    q = (at - 0.5) * (2 * reach) + (0.0, 0.15)
    r, down = np.linalg.norm(q, axis=-1), q[..., 1]
    beyond = np.maximum(r - SKULL, 0.0)
    over = np.arccos(np.clip(-down / np.maximum(r, SKULL), 0.0, 1.0)) * SKULL + beyond
    return np.where(down > 0.0, np.pi / 2 * SKULL + down + 0.3 * beyond, over)
