"""What lips, lids and skin look like without makeup: coefficients fitted on bare portraits.

The logs of `Scene.logs` at the places of a region are sums of simple functions of the place
(`lip_basis`, `eye_basis`, `skin_basis`). Each coefficient has a mean and a spread over people, and
the first one follows the tone of the face's skin; the spread is what makeup has to exceed to be
seen. Fitted by expectation maximisation on portraits without visible makeup, up to 40 of each
skin-tone class from very light to dark: python -m benchmarks.reading_fit writes the numbers.
"""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Doubles

__all__ = ["EYES", "LIPS", "SKIN", "Bare"]


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

    mean: Doubles
    sd: Doubles
    tone: Doubles
    levels: tuple[int, ...]
    noise: Doubles
    rest: Doubles
    rest_sd: Doubles

    def expect(self, tone: Doubles) -> Doubles:
        """Returns the mean coefficients (Q, C) on skin of a tone (3,)."""
        mean = self.mean.copy()
        mean[list(self.levels)] += (tone - TONE_MEAN) @ self.tone
        return mean

    def deviations(self, places: int) -> Doubles:
        """Returns the standard deviation of each observation, (places * C + R,).

        First those of all places, then of the whole.
        """
        return np.concatenate([np.tile(self.noise, places), self.rest_sd])


# fmt: off
# Of `Scene.tone` over 207 portraits.
TONE_MEAN = np.array((-1.08, 0.609, -0.291))
# Channels: log luminance over skin, spread below, spread above, log red/green, log blue/green.
LIPS = Bare(
    mean=np.array(
        (
            (-0.972, 0.202, 0.193, 0.992, -0.148),
            (-0.22, -0.001, -0.004, -0.002, -0.045),
            (-0.644, 0.064, 0.08, 0.279, 0.143),
            (-0.162, -0.056, -0.054, 0.02, -0.008),
            (0.017, 0.019, 0.006, -0.056, 0.011),
            (-5.111, 0.66, 0.15, -0.555, -0.762),
            (-0.099, 0.082, 0.115, -0.135, -0.193),
        )
    ),
    sd=np.array(
        (
            (0.283, 0.058, 0.048, 0.164, 0.153),
            (0.155, 0.045, 0.038, 0.082, 0.054),
            (0.361, 0.078, 0.077, 0.222, 0.16),
            (0.245, 0.062, 0.082, 0.132, 0.065),
            (1.083, 0.143, 0.134, 0.298, 0.181),
            (2.42, 1.329, 1.051, 1.336, 0.78),
            (0.558, 0.117, 0.136, 0.391, 0.139),
        )
    ),
    tone=np.array(
        (
            (-0.12, 0.003, -0.016, 0.275, -0.111),
            (-0.003, -0.012, -0.026, 1.117, 0),
            (0.244, -0.091, -0.091, 0.211, 0.876),
        )
    ),
    levels=(0,),
    noise=np.array((0.212, 0.118, 0.105, 0.107, 0.061)),
    rest=np.array((-2.547, -2.917, 0.105)),
    rest_sd=np.array((0.288, 0.29, 0.035)),
)
# Channels: log luminance over skin, log red/green, log blue/green.
EYES = Bare(
    mean=np.array(
        (
            (-0.961, 0.702, -0.359),
            (0.442, 0.017, -0.063),
            (-0.374, -0.032, 0.047),
            (-0.479, -0.134, 0.049),
            (-0.761, 0.847, -0.417),
            (0.64, -0.023, 0.002),
            (-0.422, -0.012, 0.029),
            (0.239, 0.036, -0.045),
            (-0.847, 0.688, -0.257),
            (0.165, 0.038, -0.107),
            (-0.557, -0.059, 0.045),
            (-0.109, -0.052, -0.025),
        )
    ),
    sd=np.array(
        (
            (0.393, 0.141, 0.148),
            (0.294, 0.087, 0.071),
            (0.197, 0.055, 0.044),
            (0.725, 0.164, 0.164),
            (2.124, 0.576, 0.525),
            (0.368, 0.108, 0.096),
            (0.466, 0.118, 0.108),
            (0.128, 0.028, 0.038),
            (0.282, 0.126, 0.123),
            (0.284, 0.101, 0.082),
            (0.854, 0.201, 0.177),
            (0.325, 0.067, 0.045),
        )
    ),
    tone=np.array(
        (
            (0.115, 0.144, -0.117),
            (0.014, 0.834, 0.008),
            (0.348, -0.099, 0.896),
        )
    ),
    levels=(0, 8),
    noise=np.array((0.263, 0.077, 0.058)),
    rest=np.array((-0.593, -0.253, -0.159, -0.07, -0.038, 0.495)),
    rest_sd=np.array((0.366, 0.266, 0.171, 0.092, 0.066, 0.241)),
)
# Channels: as for the eyes.
SKIN = Bare(
    mean=np.array(
        (
            (-0.725, 0.638, -0.377),
            (-0.015, -0.008, 0.006),
            (0.556, -0.048, 0.011),
            (-0.547, 0.015, -0.099),
            (-0.219, 0.045, -0.033),
            (-0.062, 0.002, -0.016),
            (-0.038, 0.004, 0.041),
            (0.26, -0.02, -0.003),
            (0.486, 0.079, -0.057),
            (0.145, 0.084, -0.008),
            (0.293, 0.1, 0.097),
            (-0.182, 0.013, 0.053),
            (0.352, -0.004, 0.043),
            (0.123, -0.2, 0.171),
        )
    ),
    sd=np.array(
        (
            (0.188, 0.102, 0.113),
            (0.3, 0.087, 0.078),
            (0.213, 0.108, 0.119),
            (0.284, 0.121, 0.138),
            (0.273, 0.116, 0.105),
            (0.213, 0.073, 0.082),
            (0.611, 0.144, 0.13),
            (0.328, 0.092, 0.08),
            (0.261, 0.116, 0.111),
            (0.237, 0.109, 0.114),
            (0.219, 0.104, 0.107),
            (0.324, 0.126, 0.093),
            (0.371, 0.126, 0.119),
            (0.548, 0.167, 0.135),
        )
    ),
    tone=np.array(
        (
            (0.141, 0.082, -0.123),
            (0.12, 0.78, -0.026),
            (0.335, -0.148, 0.886),
        )
    ),
    levels=(0,),
    noise=np.array((0.213, 0.082, 0.072)),
    rest=np.array((-3.198, -2.742)),
    rest_sd=np.array((0.238, 0.243)),
)
