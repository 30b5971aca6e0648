"""The light on a face, estimated from the photo by the definition of `shaders/lib/probe.glsl`.

The definition is the shader's; the measurement is not: mean colours come from polygons of skin and
sclera with every pixel in them, where the shader reads a few points. README.md states it in words.
"""

from typing import Final

import cv2
import numpy as np

from benchmarks.contract.regions import scleras, skin, unit
from prink.arrays import Bytes, Doubles
from prink.color import luminance, srgb_to_linear
from prink.face import Face

__all__ = ["face_light", "linear"]

MEAN_SKIN: Final = np.array([1.48, 0.90, 0.66])  # colour by luminance of a mean skin in white light
BLUR: Final = 0.008  # inter-ocular distances over which the eye's white is looked at


def linear(rgb: Bytes) -> Doubles:
    """Returns the linear light (H, W, 3) of an 8-bit sRGB picture."""
    return np.asarray(srgb_to_linear(np.arange(256) / 255.0)[rgb], np.float64)


def face_light(rgb: Bytes, face: Face) -> Doubles:
    """Returns the linear colour that a white card would have on this face, `(3,)`."""
    pixels = linear(rgb)
    bare = skin_colour(pixels, face)
    level = float(luminance(bare))
    by_skin = np.sqrt(level / 0.40)
    white = max(eye_white(pixels, face))
    by_white = np.clip(white / 0.45, 0.3, 1.2)
    opened = max(face.visibility.right_open, face.visibility.left_open)
    trust = np.clip(2.0 * opened, 0.0, 1.0) * smoothstep(0.5, 0.9, white / level)
    exposure = (1 - trust) * by_skin + trust * np.sqrt(by_skin * by_white)
    tint = np.sqrt(bare / level / MEAN_SKIN)
    tint = np.clip(tint / float(luminance(tint)), 0.75, 1.35)
    return np.asarray(tint * np.clip(exposure, 0.25, 1.05))


def skin_colour(pixels: Doubles, face: Face) -> Doubles:
    """Returns the mean linear colour of cheeks and forehead; shadows hardly count, glints less."""
    return robust_mean(pixels[skin(face, pixels.shape)])


def robust_mean(colours: Doubles) -> Doubles:
    levels = luminance(colours)
    off = (levels - levels.mean()) / max(float(levels.mean()), 0.01)
    weights = 1.0 / (1.0 + np.where(off < 0, 12.0, 1.5) * off**2)
    return np.asarray((colours * weights[:, None]).sum(0) / weights.sum())


def eye_white(pixels: Doubles, face: Face) -> list[float]:
    """Returns the luminance of the white of each eye, its brightest parts counting most."""
    found = [0.0]
    soft = cv2.GaussianBlur(pixels, (0, 0), max(0.5, BLUR * unit(face)))
    for mask in scleras(face, pixels.shape):
        levels = luminance(soft[mask])
        if len(levels) >= 4:
            off = (levels - levels.mean()) / max(float(levels.mean()), 0.01)
            weights = np.exp2(6.0 * np.minimum(off, 1.0))
            found.append(float((levels * weights).sum() / weights.sum()))
    return found


def smoothstep(low: float, high: float, value: float) -> float:
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
