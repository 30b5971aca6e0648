"""Makes a face another person's in another light: more or less pigment, and what a room does."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_srgb, srgb_to_linear

__all__ = ["relit", "shift_skin"]

Rng = np.random.Generator

# Absorption of red, green and blue light (610, 545, 465 nm), the largest of each 1. Melanin falls
# with the wavelength to the power 3.33 (Jacques 2013, section 3.3); oxygenated haemoglobin after
# Prahl's table (1999). The logarithm of a colour loses amount times absorption (Beer-Lambert).
MELANIN: Final = np.array([0.405, 0.589, 1.0])
HAEMOGLOBIN: Final = np.array([0.03, 1.0, 0.66])


def shift_skin(rng: Rng, *, spread: float = 1.0) -> Doubles:
    """Returns factors (3,) of linear red, green and blue for other amounts of skin pigment."""
    melanin = rng.normal(0.0, 0.28) * spread
    blood = rng.normal(0.0, 0.07) * spread
    return np.asarray(np.exp(-melanin * MELANIN - blood * HAEMOGLOBIN))


def relit(rgb: Bytes, rng: Rng) -> Bytes:
    """Returns a picture (H, W, 3) with other skin, exposure, colour cast and slope of the light."""
    height, width = rgb.shape[:2]
    gain = shift_skin(rng) if rng.random() < 0.7 else np.ones(3)
    gain = gain * 2.0 ** rng.normal(0.0, 0.22) * np.exp(rng.normal(0.0, (0.05, 0.02, 0.07)))
    slope = rng.normal(0.0, 0.22, 2) * (rng.random() < 0.6)
    ramp = np.exp(
        np.linspace(-1, 1, width)[None, :] * slope[0]
        + np.linspace(-1, 1, height)[:, None] * slope[1]
    )
    linear = LINEAR[rgb] * (gain * ramp[..., None]).astype(np.float32)
    place = np.minimum(linear * (len(SRGB) - 1), len(SRGB) - 1).astype(np.int32)
    return np.asarray(SRGB[place])


LINEAR: Final = srgb_to_linear(np.arange(256) / 255.0).astype(np.float32)
SRGB: Final = np.rint(linear_to_srgb(np.linspace(0, 1, 8192)) * 255.0).astype(np.uint8)
