"""Known changes of the light, applied to photos in linear light."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_srgb, srgb_to_linear

__all__ = ["CASTS", "cast"]


def of(red: float, green: float, blue: float) -> Doubles:
    return np.array([red, green, blue])


# A black body's linear sRGB over that of 6500 K, the largest channel 1: no pixel is clipped.
CASTS: Final = {
    "candle, 1900 K": of(1.0, 0.257, 0.008),
    "dim bulb, 2200 K": of(1.0, 0.332, 0.028),
    "bulb, 2700 K": of(1.0, 0.448, 0.100),
    "bulb, half balanced": of(1.0, 0.669, 0.317),
    "tungsten": of(1.0, 0.72, 0.33),
    "sky, 9000 K": of(0.669, 0.778, 1.0),
    "dim, 0.4": of(0.4, 0.4, 0.4),
}


def cast(rgb: Bytes, gains: Doubles) -> Bytes:
    """Returns a photo (H, W, 3) as it would be if the light had these gains more, `(3,)`."""
    levels = srgb_to_linear(np.arange(256) / 255.0)
    table = [np.rint(255 * linear_to_srgb(np.clip(levels * gain, 0.0, 1.0))) for gain in gains]
    return np.stack(
        [np.asarray(table[channel], np.uint8)[rgb[..., channel]] for channel in range(3)], axis=-1
    )
