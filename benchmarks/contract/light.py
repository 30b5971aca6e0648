"""The light on a face, estimated from the photo by the definition of `shaders/lib/probe.glsl`.

The definition is the shader's; the measurement is not: mean colours come from polygons of skin,
sclera and mouth and from all around with every pixel in them, where the shader reads a few points.
README.md states it in words.
"""

from typing import Final

import cv2
import numpy as np

from benchmarks.contract.regions import mouth_opening, scleras, skin, unit
from prink.arrays import Bytes, Doubles
from prink.color import luminance, srgb_to_linear
from prink.face import Face

__all__ = ["face_light", "linear"]

# Logs of red and blue over green, of what it is in white light.
OF_SKIN: Final = np.array([0.4974, -0.3102])
OF_WHITES: Final = np.array([0.32, -0.14])
OF_TEETH: Final = np.array([0.16, -0.15])
OF_ROOM: Final = np.array([0.07, -0.03])
AROUND: Final = 1.75  # of the box of the landmarks, which end below the hair line
BLUR: Final = 0.008  # inter-ocular distances over which the eye's white is looked at


def linear(rgb: Bytes) -> Doubles:
    """Returns the linear light (H, W, 3) of an 8-bit sRGB picture."""
    return np.asarray(srgb_to_linear(np.arange(256) / 255.0)[rgb], np.float64)


def face_light(rgb: Bytes, face: Face) -> Doubles:
    """Returns the linear colour that a white card would have on this face, `(3,)`."""
    pixels = linear(rgb)
    bare, (white, opened) = skin_colour(pixels, face), eye_white(pixels, face)
    wall, trust, brightest = room(pixels, face, bare, white, opened)
    tooth, shown = teeth(pixels, face, bare)
    trusts = np.array([0.5, opened * smoothstep(0.35, 0.7, by(white, bare)), shown, 1.2 * trust])
    said = np.array(
        [
            log_chroma(bare) - OF_SKIN,
            log_chroma(white) - OF_WHITES,
            log_chroma(tooth) - OF_TEETH,
            wall - OF_ROOM,
        ]
    )
    tint = tint_of(said, trusts)
    return np.asarray(tint * level_of(bare / tint, white / tint, opened, brightest))


def tint_of(said: Doubles, trusts: Doubles) -> Doubles:
    """Returns the light's colour (3,) at luminance one from what witnesses say of it (4, 2)."""
    mean = np.average(said, axis=0, weights=trusts)
    hue = np.average(said, axis=0, weights=trusts / (1 + ((said - mean) ** 2).sum(1) / 0.16))
    own = said[0] - hue
    hue = hue * (1 - 0.5 / (1 + (hue**2).sum() / 0.16))
    hue += 0.4 * np.array([max(own[0], 0.0), min(own[1], 0.0)])
    tint = np.exp(np.insert(np.clip(hue, (-1.2, -4.0), (1.8, 1.2)), 1, 0.0))
    return np.asarray(tint / float(luminance(tint)))


def level_of(bare: Doubles, white: Doubles, opened: float, brightest: float) -> float:
    """Returns the luminance of a white card of skin and eye white (3,) seen in white light."""
    skin, eye = float(luminance(bare)), float(luminance(white))
    lit = float(np.clip(max(brightest, eye * opened, skin) / 0.45, 0.02, 1))
    by_skin, by_white = np.sqrt(skin / 0.40), np.clip(eye / 0.45, 0.3 * lit, 1.2)
    trust = opened * smoothstep(0.5, 0.9, eye / skin)
    level = (1 - trust) * by_skin + trust * np.sqrt(by_skin * by_white)
    level *= lit ** (0.6 - 0.3 * trust) * (1 + trust * (np.clip(eye / skin, 1, 1.6) ** 0.2 - 1))
    return float(np.clip(level, 0.25 * lit, 1.05))


def by(one: Doubles, other: Doubles) -> float:
    return float(luminance(one)) / max(float(luminance(other)), 1e-6)


def log_chroma(colours: Doubles) -> Doubles:
    lit = np.maximum(colours, 0.0005)
    return np.asarray(np.log(lit[..., [0, 2]] / lit[..., 1:2]))


def like(hues: Doubles, hue: Doubles, reach: float) -> Doubles:
    return np.asarray(np.exp(-(((hues - hue) / reach) ** 2).sum(-1)))


def skin_colour(pixels: Doubles, face: Face) -> Doubles:
    """Returns the mean linear colour of cheeks and forehead; shadows hardly count, glints less."""
    return robust_mean(pixels[skin(face, pixels.shape)])


def robust_mean(colours: Doubles) -> Doubles:
    levels = luminance(colours)
    off = (levels - levels.mean()) / max(float(levels.mean()), 0.01)
    weights = 1.0 / (1.0 + np.where(off < 0, 12.0, 1.5) * off**2)
    return np.asarray((colours * weights[:, None]).sum(0) / weights.sum())


def eye_white(pixels: Doubles, face: Face) -> tuple[Doubles, float]:
    """Returns the colour (3,) of the eyes' white, its brightest parts counting most, and trust."""
    soft = cv2.GaussianBlur(pixels, (0, 0), max(0.5, BLUR * unit(face)))
    seen = face.visibility
    opened = np.clip([2 * seen.right_open, 2 * seen.left_open], 0, 1)
    found, shares = [], []
    for mask, share in zip(scleras(face, pixels.shape), opened, strict=True):
        levels = luminance(soft[mask])
        if len(levels) >= 4:
            off = (levels - levels.mean()) / max(float(levels.mean()), 0.01)
            found.append(np.average(soft[mask], axis=0, weights=np.exp2(6.0 * np.minimum(off, 1))))
            shares.append(share)
    if sum(shares) == 0:
        return np.zeros(3), 0.0
    levels = luminance(np.array(found))
    weights = np.array(shares) * np.exp2(16 * (levels / levels.max() - 1))
    return np.average(found, axis=0, weights=weights), float(max(shares))


def teeth(pixels: Doubles, face: Face, bare: Doubles) -> tuple[Doubles, float]:
    """Returns the mean colour (3,) of the teeth between open lips, and how far to trust it."""
    inside = pixels[mouth_opening(face, pixels.shape)]
    if len(inside) < 4:
        return np.zeros(3), 0.0
    off = log_chroma(inside)[:, 0] - log_chroma(bare)[0]
    pale = (off < -0.21) & (luminance(inside) > 0.55 * float(luminance(bare)))
    colour = inside[pale].mean(0) if pale.any() else np.zeros(3)
    return colour, min(2 * smoothstep(0.1, 0.5, float(pale.mean())), 1.0)


def room(
    pixels: Doubles, face: Face, bare: Doubles, white: Doubles, opened: float
) -> tuple[Doubles, float, float]:
    """Returns logs (2,) of what is nearly white around the face, trust, brightest luminance."""
    low, high = face.points[:, :2].min(0), face.points[:, :2].max(0)
    reach = 0.5 * AROUND * float((high - low).max())
    x0, y0 = np.maximum((low + high) / 2 - reach, 0).astype(int)
    x1, y1 = ((low + high) / 2 + reach).astype(int)
    small = cv2.resize(pixels[y0:y1, x0:x1], (48, 48), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    levels, hues = luminance(small), log_chroma(small)
    seen = 0.5 * opened * smoothstep(0.35, 0.7, by(white, bare))
    light = (1 - seen) * (log_chroma(bare) - OF_SKIN) + seen * (log_chroma(white) - OF_WHITES)
    pale = like(hues, light, 0.3) * (1 - like(hues, log_chroma(bare), 0.2))
    plain = np.clip((levels / float(luminance(bare)) - 0.1) / 0.3, 0, 1)
    mean = (hues * (pale * levels)[:, None]).sum(0) / max(float(pale @ levels), 1e-3)
    trust = smoothstep(0.02, 0.15, float((pale * plain).mean()))
    eighth = np.maximum(levels, 0.01) ** 8
    return mean, min(2 * trust, 1.0), float((eighth @ levels) / eighth.sum())


def smoothstep(low: float, high: float, value: float) -> float:
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
