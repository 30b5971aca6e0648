"""HDR light to the range of an SDR display and back: the curve of ITU-R BT.2390 (its EETF).

Up to a knee near 90 nits light is kept as it is, so that skin is; above, 1000 nits roll off to SDR
white, which stands for the 203 nits that ITU-R BT.2408 gives to a white sheet in HDR. Only the
largest of R, G and B goes through the curve and takes the other two along: hue stays.
"""

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles
from prink.video.transfer import nits_to_pq, pq_to_nits

__all__ = ["PEAK", "WHITE", "compressed", "expanded"]


WHITE = 203.0  # nits of SDR white
PEAK = 1000.0  # nits that come out as SDR white; brighter ones do, too
TOP = float(nits_to_pq(PEAK))
LIMIT = float(nits_to_pq(WHITE)) / TOP
KNEE = 1.5 * LIMIT - 0.5


def curve(level: Doubles) -> Doubles:
    """Returns the level, both as PQ signals over that of the peak: BT.2390-11, section 5.4.1."""
    t = np.clip((level - KNEE) / (1.0 - KNEE), 0.0, 1.0)
    spline = (
        (2.0 * t**3 - 3.0 * t**2 + 1.0) * KNEE
        + (t**3 - 2.0 * t**2 + t) * (1.0 - KNEE)
        + (3.0 * t**2 - 2.0 * t**3) * LIMIT
    )
    return np.where(level < KNEE, level, spline)


# The spline has no inverse in closed form, and is flat at its end, where it is sampled densely.
LEVELS = 1.0 - np.linspace(1.0, 0.0, 8193) ** 2
CURVED = curve(LEVELS)


def compressed(light: ArrayLike) -> Doubles:
    """Returns SDR light (..., 3), 1 for white, of HDR light (..., 3) in nits, both linear RGB."""
    nits = np.asarray(light, np.float64)
    largest = np.maximum(nits.max(axis=-1), 1e-6)
    less = pq_to_nits(curve(nits_to_pq(largest) / TOP) * TOP)
    return np.asarray(nits * (less / largest / WHITE)[..., None])


def expanded(light: ArrayLike) -> Doubles:
    """Returns HDR light in nits (..., 3) of SDR light (..., 3), 0..1; undoes `compressed`."""
    nits = np.asarray(light, np.float64) * WHITE
    largest = np.maximum(nits.max(axis=-1), 1e-6)
    more = pq_to_nits(np.interp(nits_to_pq(largest) / TOP, CURVED, LEVELS) * TOP)
    return np.asarray(nits * (more / largest)[..., None])
