"""A small picture of one face at a fixed size, from which colours are sampled at landmarks."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.face.landmark import LEFT_CHEEK, RIGHT_CHEEK, iod
from prink.face.source import Points, Rgb

__all__ = ["CROP_IOD", "FaceCrop", "crop_face"]

CROP_IOD: Final = 64.0  # px between the eyes in a crop
MARGIN: Final = 0.1  # inter-ocular distances around the face
BLACK: Final = 4.0  # added to 8-bit values so that noise in the dark makes no colours
# Cheeks, forehead, chin and nose: what is left of a face when a hand covers a part.
SKIN: Final = (*RIGHT_CHEEK, *LEFT_CHEEK, 151, 9, 337, 108, 199, 175, 4, 5)


@dataclass(frozen=True)
class FaceCrop:
    """A blurred float32 RGB crop, 64 px between the eyes, and the (478, 2) points in its pixels."""

    rgb: Floats
    points: Floats

    def colors(self, places: Floats) -> Floats:
        """Returns (..., 3) at (..., 2) places: log luminance, log(R/G), log(B/G)."""
        import cv2

        flat = np.ascontiguousarray(places.reshape(1, -1, 2), np.float32)
        rgb = cv2.remap(
            self.rgb, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        red, green, blue = np.moveaxis(rgb.reshape(*places.shape[:-1], 3) + BLACK, -1, 0)
        light = 0.3 * red + 0.6 * green + 0.1 * blue
        logs = np.stack([np.log(light), np.log(red / green), np.log(blue / green)], axis=-1)
        return np.asarray(logs, np.float32)

    def skin(self) -> Floats:
        """Returns the median colour of the face's skin, (3,) as in `colors`."""
        return np.asarray(np.median(self.colors(self.points[list(SKIN)]), axis=0), np.float32)


def crop_face(rgb: Rgb, points: Points) -> FaceCrop | None:
    """Returns a crop of the part of a face that lies inside the frame, or None if none does.

    Args:
        rgb: The frame, (H, W, 3) sRGB.
        points: (478, 3) or (478, 2), in its pixels.
    """
    import cv2

    distance = iod(points)
    size = np.array([rgb.shape[1], rgb.shape[0]])
    low = np.maximum(points[:, :2].min(axis=0) - MARGIN * distance, 0).astype(int)
    high = np.minimum(points[:, :2].max(axis=0) + MARGIN * distance, size).astype(int)
    if distance < 1 or (high - low).min() < 4:
        return None
    scale = CROP_IOD / distance
    wide, tall = np.maximum(2, np.rint((high - low) * scale)).astype(int).tolist()
    part = rgb[low[1] : high[1], low[0] : high[0]]
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(part, (wide, tall), interpolation=method).astype(np.float32)
    small = cv2.GaussianBlur(small, (0, 0), 1.0)
    # Pixel centres lie at half pixels on both sides of the change of size.
    places = (points[:, :2] - low + 0.5) * (np.array([wide, tall]) / (high - low)) - 0.5
    return FaceCrop(small, places.astype(np.float32))
