"""Textures as the heads' shader wants them: skin without painted hair, strands without colour."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats

__all__ = ["plain_texture", "scalp_of", "skin_texture", "strand_texture"]


SIDE: Final = 1024  # px
DEVIATIONS: Final = 3.0  # of the logarithm of brightness that a strand texture spans to each side
HEAD: Final = (slice(170, 890), slice(625, 1000))  # rows and columns of the head in skins
BALDING_BLUR: Final = 14.0  # px


def plain_texture(path: Path, *, side: int = SIDE) -> Bytes:
    """Returns a picture as (H, W, 4) RGBA, at most `side` px long."""
    import cv2

    read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if read is None:
        raise FileNotFoundError(f"not a picture ({path})")
    if read.ndim == 2:
        read = cv2.cvtColor(read, cv2.COLOR_GRAY2BGR)
    if read.shape[2] == 3:
        read = np.dstack([read, np.full(read.shape[:2], 255, np.uint8)])
    if max(read.shape) > side:
        scale = side / max(read.shape)
        read = cv2.resize(read, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(read[..., [2, 1, 0, 3]])


def strand_texture(path: Path) -> Bytes:
    """Returns a hair texture whose colour is how bright a strand is among the others, (H, W, 4).

    Grey 127.5 is the mean of the logarithm, black and white are `DEVIATIONS` away from it.
    """
    rgba = plain_texture(path)
    bright = np.log(rgba[..., :3].astype(np.float32) @ np.array([0.3, 0.6, 0.1], np.float32) + 8)
    on = rgba[..., 3] > 127
    score = (bright - bright[on].mean()) / max(float(bright[on].std()), 1e-3)
    score[~on] = 0  # the colour of nothing must not creep into the edges
    grey = np.clip(score / DEVIATIONS * 127.5 + 127.5, 0, 255).astype(np.uint8)
    return np.dstack([grey, grey, grey, rgba[..., 3]])


def scalp_of(dark_skins: list[Path], face_mask: Path) -> Floats:
    """Returns how much of each texel of the skins is hair on the scalp, (SIDE, SIDE) 0..1.

    The dark skins have short hair painted on: what is darker there than their faces.
    """
    import cv2

    face = square(cv2.imread(str(face_mask), cv2.IMREAD_GRAYSCALE))
    shares = []
    for path in dark_skins:
        bright = square(plain_texture(path))[..., :3].max(-1).astype(np.float32)
        skin = float(np.median(bright[face > 200]))
        shares.append(np.clip((0.85 - bright / skin) / 0.35, 0, 1))
    mean = cv2.GaussianBlur(np.mean(shares, axis=0), (0, 0), 1.5)
    scalp = np.zeros_like(mean)
    scalp[HEAD] = mean[HEAD]
    # Eyes, nostrils and lips are dark too.
    inner = cv2.GaussianBlur(face.astype(np.float32) / 255, (0, 0), 6)
    return np.asarray(scalp * np.clip(1.9 - 2.2 * inner, 0, 1), np.float32)


def skin_texture(path: Path, scalp: Floats, face_mask: Path) -> Bytes:
    """Returns a skin as (SIDE, SIDE, 4): the head shaved, with the share of scalp hair as alpha."""
    import cv2

    rgb = square(plain_texture(path))[..., :3].astype(np.float32)
    face = square(cv2.imread(str(face_mask), cv2.IMREAD_GRAYSCALE))
    tone = np.median(rgb[face > 200], axis=0)
    coarse = cv2.GaussianBlur(rgb, (0, 0), BALDING_BLUR)
    weight = np.zeros_like(scalp)
    weight[HEAD] = painted_hair(coarse[HEAD], tone, face[HEAD])
    # Stubble is darker and rougher than skin: its grain is made finer as well.
    shaved = tone * 0.96 + (rgb - coarse) * 0.35
    rgb = rgb + (shaved - rgb) * np.maximum(weight, scalp)[..., None]
    return np.dstack([np.clip(rgb, 0, 255), scalp * 255]).astype(np.uint8)


def painted_hair(coarse: Floats, tone: Floats, face: Bytes) -> Floats:
    """Returns how much darker than the face parts of the head are, 0..1; nothing in the face."""
    import cv2

    darker = np.clip((0.97 - coarse.max(-1) / tone.max()) / 0.12, 0, 1)
    inner = cv2.GaussianBlur(face.astype(np.float32) / 255, (0, 0), 6)
    columns = np.linspace(1, 0, face.shape[1])[None]  # the neck and mouth lie to the right
    return np.asarray(darker * np.clip(8 - 8 * inner, 0, 1) * np.clip(columns * 3, 0, 1))


def square(picture: Bytes) -> Bytes:
    import cv2

    return np.asarray(cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
