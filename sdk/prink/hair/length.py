"""How far along the hair a place lies: the numpy twin of `shaders/lib/along_hair.glsl`."""

from typing import Final

import numpy as np

from prink.arrays import Doubles
from prink.parse.head import REACH

__all__ = ["along_hair", "hair_share"]

SKULL: Final = 0.6  # radius, in face sizes
HAIRLINE: Final = 0.45  # distance from the middle of the skull at which hair begins
STANDS, HANGS = 0.7, 0.9  # longest hair, in face sizes, that stands away, and from which all hangs


def hair_share(at: Doubles, *, reach: float = REACH) -> Doubles:
    """Returns how far along the hair its own places lie, (N,), 0 at the roots, 1 at the ends.

    The ends of hair that hangs are far along; those of hair too short for that are its outline.

    Args:
        at: Places (N, 2) of the head square, 0..1, that are surely hair.
        reach: Half the square's side, in face sizes.
    """
    q = from_skull(at, reach)
    far, r = along_hair(at, reach=reach), np.linalg.norm(q, axis=-1)
    # As the renderer measures them: near the farthest, but no stray pixel decides.
    longest, outline = 1.4 * fourth(far), 1.2 * fourth(r)
    standing = np.maximum(r - HAIRLINE, 0.0) / max(outline - HAIRLINE, 0.15)
    hanging = np.clip((longest - STANDS) / (HANGS - STANDS), 0.0, 1.0)
    hanging *= hanging * (3.0 - 2.0 * hanging)
    return np.asarray(standing + (far / max(longest, 0.3) - standing) * hanging)


def fourth(x: Doubles) -> float:
    """Returns the fourth root of the mean fourth power; 1 of nothing."""
    return float(np.mean(x**4.0)) ** 0.25 if x.size else 1.0


def from_skull(at: Doubles, reach: float) -> Doubles:
    """Returns places (..., 2) from the middle of the skull, in face sizes."""
    return np.asarray((at - 0.5) * (2.0 * reach) + (0.0, 0.15))


def along_hair(at: Doubles, *, reach: float = REACH) -> Doubles:
    """Returns the length (...) of hair from its root to places (..., 2) of the head square, 0..1.

    In face sizes: over the skull from the crown to the height of the ears, then straight down.
    The square's half side is `reach` of them.
    """
    q = from_skull(at, reach)
    r, down = np.linalg.norm(q, axis=-1), q[..., 1]
    beyond = np.maximum(r - SKULL, 0.0)
    over = np.arccos(np.clip(-down / np.maximum(r, SKULL), 0.0, 1.0)) * SKULL + beyond
    return np.where(down > 0.0, np.pi / 2 * SKULL + down + 0.3 * beyond, over)
