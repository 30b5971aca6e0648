"""The face's light and skin, measured as shaders/pass/probe.frag and lib/probe.glsl do."""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Doubles
from prink.face import Face
from prink.reading.grid import Picture
from prink.render.samples import read_samples

__all__ = ["LUMA", "Scene", "measure_scene", "smoothstep"]

LUMA = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Scene:
    """One face in its light: linear colours, luminance of white skin-independent light included.

    Attributes:
        skin: (3,) mean linear colour of the skin.
        light: (3,) what a white card would look like on the face.
        y: Luminance of `skin`.
    """

    skin: Doubles
    light: Doubles
    y: float

    @property
    def tone(self) -> Doubles:
        """(3,) log luminance, log red/green and log blue/green of the skin."""
        return np.array([np.log(self.y), *self.logs(self.skin)[1:]])

    def logs(self, linear: Doubles) -> Doubles:
        """Returns (..., 3): log luminance over the skin's, log red/green, log blue/green."""
        c = linear + 0.004  # noise in the dark makes no colours
        red, green, blue = np.moveaxis(c, -1, 0)
        y = np.log(c @ LUMA) - np.log(self.y + 0.004)
        return np.stack([y, np.log(red / green), np.log(blue / green)], axis=-1)

    def colors(self, logs: Doubles) -> Doubles:
        """Returns linear colours (..., 3) of what `logs` returned."""
        y, red, blue = np.exp(np.moveaxis(logs, -1, 0))
        green = y * (self.y + 0.004) / (LUMA[0] * red + LUMA[1] + LUMA[2] * blue)
        return np.asarray(np.stack([red * green, green, blue * green], axis=-1) - 0.004)


def smoothstep(low: float | Doubles, high: float | Doubles, value: float | Doubles) -> Doubles:
    """Returns GLSL's smoothstep, 0..1, of arrays of any shape, also where `low` > `high`."""
    t = np.clip((np.asarray(value) - low) / (np.asarray(high) - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def probe(picture: Picture, region: str) -> Doubles:
    """Returns the mean linear colour (3,) of a region, outliers (or all but white) weighed down."""
    ends = picture.points[read_samples().of(region)]
    c = picture.sample(ends.mean(axis=1))
    level = c @ LUMA
    mean = float(level.mean())
    off = (level - mean) / max(mean, 0.01)
    weight = 1.0 / (1.0 + np.where(off < 0, 12.0, 1.0) * off**2)
    if region.endswith("SCLERA"):
        weight = np.exp2(16.0 * (level / max(float(level.max()), 0.01) - 1.0))
    return np.asarray((c * weight[:, None]).sum(axis=0) / weight.sum())


def measure_scene(picture: Picture, face: Face) -> Scene:
    """Returns skin and light of a face: `faceLight` of the shaders, in the same words."""
    skin = np.maximum(probe(picture, "SKIN"), 0.002)
    y = float(skin @ LUMA)
    white = max(float(probe(picture, f"{side}_SCLERA") @ LUMA) for side in ("RIGHT", "LEFT"))
    by_skin = np.sqrt(y / 0.40)
    by_white = np.clip(white / 0.45, 0.3, 1.2)
    wide = max(face.visibility.right_open, face.visibility.left_open)
    is_open = np.clip(2.0 * wide, 0.0, 1.0) * smoothstep(0.5, 0.9, white / y)
    exposure = by_skin + is_open * (np.sqrt(by_skin * by_white) - by_skin)
    tint = np.sqrt(skin / y / np.array([1.48, 0.90, 0.66]))
    tint = np.clip(tint / (tint @ LUMA), 0.75, 1.35)
    return Scene(skin, tint * np.clip(exposure, 0.25, 1.05), y)
