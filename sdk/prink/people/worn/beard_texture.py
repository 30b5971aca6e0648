"""Where beards grow, in the skin's uv, and how thick: full ones, goatees and moustaches."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.people.regions import HEAD, JAW

__all__ = ["BEARDS", "BEARD_KINDS", "beard_name", "beard_texture"]

BEARDS: Final = "#beard/"
BEARD_KINDS: Final = ("full", "goatee", "moustache", "chin")
VARIANTS: Final = 4
SIDE: Final = 1024  # px
MOUTH: Final = (6.62, 1.45)  # height and depth of the lips' line at rest, decimetres


def beard_name(kind: str, variant: int, *, strands: bool) -> str:
    """Returns the name of a beard's texture: the ground that it grows on, or strands over it."""
    return f"{BEARDS}{kind}/{variant % VARIANTS}/{'strands' if strands else 'ground'}"


def beard_texture(places: Floats, lips: Path, name: str) -> Bytes:
    """Returns the (1024, 1024, 4) texture of a name; `places` as `head_places` returns them."""
    import cv2

    kind, variant, part = name.removeprefix(BEARDS).split("/")
    rng = np.random.default_rng((17, int(variant), BEARD_KINDS.index(kind)))
    there = np.isfinite(places[..., 0])
    known = np.nan_to_num(places)
    share = np.where(there, grown(known, kind, rng), 0).astype(np.float32)
    share = cv2.resize(cv2.GaussianBlur(share, (0, 0), 1.5), (SIDE, SIDE))
    mouth = cv2.resize(cv2.imread(str(lips), cv2.IMREAD_GRAYSCALE), (SIDE, SIDE))
    mouth = cv2.GaussianBlur(cv2.dilate(mouth, np.ones((3, 3), np.uint8)), (0, 0), 1)
    noise = cv2.resize(rng.normal(0, 0.15, (SIDE // 6,) * 2), (SIDE, SIDE)).astype(np.float32)
    share = np.clip(share + noise * np.clip(4 * share * (1.1 - share), 0, 1), 0, 1)
    share *= 1 - mouth / 255
    grain = cv2.GaussianBlur(rng.normal(0, 1, (SIDE, SIDE)).astype(np.float32), (0, 0), 0.8)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=2.2, sigmaY=0.4)
    grain /= grain.std()
    if part == "strands":
        share = share * np.clip(grain * 0.9 + 0.3, 0, 1)
    left = round(HEAD[0] * SIDE)
    share[:, :left] = 0
    grey = np.clip(grain * 42 + 127, 0, 255).astype(np.uint8)
    return np.dstack([grey, grey, grey, (share * 255).astype(np.uint8)])


def grown(places: Floats, kind: str, rng: np.random.Generator) -> Floats:
    """Returns how much beard grows at places (..., 3), 0..1."""
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    up = y - MOUTH[0]
    jaw = y - np.interp(z, JAW[:, 0], JAW[:, 1])
    front = soft(z, 1.0, 0.1)
    moustache = (
        soft(0.22 - up, 0.0, 0.05) * soft(up + 0.02, 0, 0.05) * soft(0.36 - x, 0, 0.08) * front
    )
    if kind == "moustache":
        return moustache
    chin = soft(0.34 - x, 0, 0.08) * soft(0.02 - up, 0, 0.06) * soft(jaw + 0.12, 0, 0.1) * front
    if kind == "chin":
        return chin
    if kind == "goatee":
        ring = soft(0.42 - x, 0, 0.08) * soft(up + 0.3, 0, 0.1) * soft(0.1 - up, 0, 0.1) * front
        return np.asarray(np.maximum(np.maximum(moustache, chin), ring))
    # The cheek's line falls from before the ears to the mouth's corners.
    line = np.interp(z, [0.35, 0.6, 1.0, 1.3, 1.5], [0.75, 0.5, 0.2, 0.05, 0.0]) + rng.normal(
        0, 0.06
    )
    cheeks = soft(line - up, 0, 0.1) * soft(jaw + rng.uniform(0.15, 0.35), 0, 0.12)
    cheeks = (
        cheeks
        * soft(z, 0.52, 0.08)
        * soft(0.74 - x, 0, 0.04)
        * soft(x - 0.27 + (up < 0) * 1.0, 0, 0.08)
    )
    return np.asarray(np.maximum(np.maximum(moustache, cheeks), chin))


def soft(value: Floats, threshold: float, width: float) -> Floats:
    """Returns 0 well below a threshold, 1 well above."""
    return np.asarray(np.clip((value - threshold) / width + 0.5, 0, 1))
