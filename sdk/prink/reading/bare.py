"""What lips, lids and skin look like without makeup: coefficients fitted on bare portraits.

The logs of `Scene.logs` at the places of a region are sums of simple functions of the place
(`lip_basis`, `eye_basis`, `skin_basis`). Each coefficient has a mean and a spread over people, and
the first one follows the tone of the face's skin; the spread is what makeup has to exceed to be
seen. Fitted by expectation maximisation on 221 portraits without visible makeup, up to 40 of each
skin-tone class from very light to dark.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["EYES", "LIPS", "SKIN", "Bare"]

Floats = NDArray[np.float64]
TONE_MEAN = np.array((-1.127, 0.624, -0.306))  # of `Scene.tone` over those portraits


@dataclass(frozen=True)
class Bare:
    """A bare region: Q functions of the place, C channels, R statistics of the whole region.

    Attributes:
        mean, sd: (Q, C) coefficients over people.
        tone: (3, C) how the coefficients `levels` follow the skin's tone.
        levels: Rows of `mean` that are the level of a part of the region.
        noise: (C,) standard deviation of what the functions leave over at a place.
        rest, rest_sd: (R,) statistics of the whole region over people.
    """

    mean: Floats
    sd: Floats
    tone: Floats
    levels: tuple[int, ...]
    noise: Floats
    rest: Floats
    rest_sd: Floats

    def expect(self, tone: Floats) -> Floats:
        """Returns the mean coefficients (Q, C) on skin of a tone (3,)."""
        mean = self.mean.copy()
        mean[list(self.levels)] += (tone - TONE_MEAN) @ self.tone
        return mean

    def deviations(self, places: int) -> Floats:
        """Returns the standard deviation of each observation: of all places, then of the whole."""
        return np.concatenate([np.tile(self.noise, places), self.rest_sd])


# fmt: off
# Channels: log luminance over skin, spread below, spread above, log red/green, log blue/green.
LIPS = Bare(
    mean=np.array(
        (
            (-0.973, 0.204, 0.197, 0.986, -0.16),
            (-0.216, -0.002, -0.007, 0, -0.047),
            (-0.666, 0.049, 0.073, 0.261, 0.139),
            (-0.157, -0.051, -0.048, 0.02, -0.005),
            (-0.022, 0.022, -0.002, -0.058, 0.014),
            (-5.122, 0.551, 0.132, -0.558, -0.716),
            (-0.137, 0.085, 0.097, -0.136, -0.224),
        )
    ),
    sd=np.array(
        (
            (0.368, 0.061, 0.052, 0.167, 0.159),
            (0.15, 0.045, 0.039, 0.081, 0.052),
            (0.409, 0.086, 0.089, 0.232, 0.182),
            (0.287, 0.071, 0.098, 0.119, 0.076),
            (1.093, 0.143, 0.147, 0.302, 0.187),
            (2.487, 1.336, 1.096, 1.408, 0.78),
            (0.519, 0.126, 0.152, 0.331, 0.16),
        )
    ),
    tone=np.array(
        (
            (-0.225, 0.001, -0.018, 0.284, -0.118),
            (-0.085, -0.02, -0.039, 1.125, 0.065),
            (0.101, -0.084, -0.094, 0.202, 0.989),
        )
    ),
    levels=(0,),
    noise=np.array((0.22, 0.12, 0.108, 0.107, 0.062)),
    rest=np.array((-2.54, -2.913, 0.45)),
    rest_sd=np.array((0.286, 0.296, 0.168)),
)
# Channels: log luminance over skin, log red/green, log blue/green.
EYES = Bare(
    mean=np.array(
        (
            (-0.95, 0.7, -0.367),
            (0.434, 0.025, -0.069),
            (-0.361, -0.038, 0.051),
            (-0.459, -0.138, 0.052),
            (-0.844, 0.804, -0.349),
            (0.598, -0.012, 0),
            (-0.41, -0.011, 0.024),
            (0.217, 0.043, -0.05),
            (-0.826, 0.677, -0.259),
            (0.138, 0.044, -0.11),
            (-0.561, -0.044, 0.035),
            (-0.123, -0.049, -0.024),
        )
    ),
    sd=np.array(
        (
            (0.397, 0.14, 0.137),
            (0.291, 0.083, 0.069),
            (0.197, 0.049, 0.041),
            (0.81, 0.184, 0.148),
            (1.978, 0.568, 0.49),
            (0.372, 0.108, 0.086),
            (0.419, 0.118, 0.105),
            (0.137, 0.026, 0.033),
            (0.319, 0.123, 0.122),
            (0.26, 0.087, 0.081),
            (0.893, 0.218, 0.176),
            (0.313, 0.06, 0.05),
        )
    ),
    tone=np.array(
        (
            (0.078, 0.134, -0.113),
            (-0.042, 0.853, 0.026),
            (0.266, -0.115, 0.906),
        )
    ),
    levels=(0, 8),
    noise=np.array((0.257, 0.077, 0.058)),
    rest=np.array((-0.566, -0.24, -0.173, -0.067, -0.042, 0.495)),
    rest_sd=np.array((0.311, 0.256, 0.173, 0.092, 0.072, 0.246)),
)
# Channels as for the eyes.
SKIN = Bare(
    mean=np.array(
        (
            (-0.728, 0.642, -0.383),
            (-0.03, -0.006, 0.01),
            (0.54, -0.028, 0.017),
            (-0.518, 0.012, -0.096),
            (-0.158, 0.055, -0.037),
            (-0.042, 0, -0.008),
            (-0.092, 0.025, 0.04),
            (0.296, -0.019, -0.008),
            (0.524, 0.089, -0.065),
            (0.165, 0.071, -0.005),
            (0.306, 0.101, 0.093),
            (-0.298, -0.004, 0.066),
            (0.318, 0.014, 0.034),
            (0.12, -0.187, 0.175),
        )
    ),
    sd=np.array(
        (
            (0.213, 0.103, 0.111),
            (0.316, 0.084, 0.083),
            (0.207, 0.105, 0.115),
            (0.3, 0.126, 0.155),
            (0.257, 0.123, 0.121),
            (0.206, 0.078, 0.118),
            (0.6, 0.168, 0.165),
            (0.33, 0.103, 0.096),
            (0.274, 0.125, 0.15),
            (0.246, 0.123, 0.14),
            (0.219, 0.11, 0.119),
            (0.368, 0.119, 0.122),
            (0.413, 0.143, 0.128),
            (0.587, 0.178, 0.2),
        )
    ),
    tone=np.array(
        (
            (0.064, 0.101, -0.137),
            (0.04, 0.806, 0.014),
            (0.228, -0.143, 0.946),
        )
    ),
    levels=(0,),
    noise=np.array((0.233, 0.083, 0.075)),
    rest=np.array((-3.136, -2.644)),
    rest_sd=np.array((0.275, 0.24)),
)
