"""Light and camera: the same head in other rooms, and as a poor camera gives it."""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.learn.parse.net import SIZE

__all__ = ["lit", "spoilt"]

Rng = np.random.Generator
# Gains of linear red, green and blue: candle, bulb, late sun, and a screen's blue.
ROOMS: Final = ((1.5, 0.95, 0.35), (1.3, 0.98, 0.6), (1.2, 1.0, 0.8), (0.75, 0.95, 1.3))


def lit(rgb: Floats, rng: Rng) -> Floats:
    """Returns a picture (S, S, 3) under another exposure, contrast and colour of light."""
    gain = np.exp(rng.normal(0, 0.28)) * np.exp(rng.normal(0, 0.07, 3))
    if rng.random() < 0.22:
        room = np.array(ROOMS[rng.integers(len(ROOMS))])
        gain = gain * (room ** rng.uniform(0.3, 1.0)) ** (1 / 2.2)
    if rng.random() < 0.12:
        gain = gain * rng.uniform(0.25, 0.7)
    shade = gain.astype(np.float32)[None, None]
    if rng.random() < 0.4:
        ramp = np.linspace(-1, 1, SIZE, dtype=np.float32) * np.float32(rng.uniform(-0.7, 0.7))
        shade = shade * np.exp(ramp[None, :, None] if rng.random() < 0.6 else ramp[:, None, None])
    rgb = np.clip(rgb * shade, 0, 1)
    if rng.random() < 0.5:
        rgb = rgb ** np.float32(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.2:
        grey = rgb.mean(-1, keepdims=True)
        rgb = grey + (rgb - grey) * np.float32(rng.uniform(0, 1.5))
    return np.asarray(np.clip(rgb, 0, 1), np.float32)


def spoilt(rgb: Floats, rng: Rng) -> Floats:
    """Returns a picture (S, S, 3) blurred, small, noisy and compressed, each now and then."""
    import cv2

    if rng.random() < 0.2:
        rgb = cv2.GaussianBlur(rgb, (0, 0), float(rng.uniform(0.4, 1.8)))
    elif rng.random() < 0.08:
        rgb = moved(rgb, rng)
    if rng.random() < 0.2:
        side = int(SIZE * rng.uniform(0.2, 0.8))
        small = cv2.resize(rgb, (side, side), interpolation=cv2.INTER_AREA)
        rgb = cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.4:
        grain = rng.standard_normal((SIZE, SIZE, 3), np.float32) * np.float32(rng.uniform(0, 0.05))
        rgb = rgb + (cv2.GaussianBlur(grain, (0, 0), 0.7) * 2 if rng.random() < 0.4 else grain)
    eight = np.rint(np.clip(rgb, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.25:
        setting = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(20, 90))]
        eight = cv2.imdecode(cv2.imencode(".jpg", eight, setting)[1], cv2.IMREAD_COLOR)
    return np.asarray(eight, np.float32) / np.float32(255)


def moved(rgb: Floats, rng: Rng) -> Floats:
    """Returns a picture smeared along a line, as by a moving head."""
    import cv2

    side = int(rng.integers(3, 10)) | 1
    line = np.zeros((side, side), np.float32)
    angle = rng.uniform(0, np.pi)
    half = np.array([np.cos(angle), np.sin(angle)]) * (side // 2)
    middle = np.full(2, side // 2)
    start, end = (np.rint(middle + sign * half).astype(int).tolist() for sign in (-1, 1))
    cv2.line(line, start, end, 1.0)
    return np.asarray(cv2.filter2D(rgb, -1, line / line.sum()))
