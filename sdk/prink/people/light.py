"""Random light, from soft rooms to hard sun, and random backgrounds."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from prink.arrays import Doubles, Floats

__all__ = ["Light", "random_background", "random_light", "way_to"]

Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Light:
    """Three far lights with `ways` to them (3, 3) and `colours` (3, 3), linear, and a sky."""

    ways: Floats
    colours: Floats
    sky: Floats
    ground: Floats
    exposure: float

    def settings(self) -> dict[str, Any]:
        """Returns the shader's uniforms."""
        return {
            "ways": self.ways.tolist(),
            "lights": self.colours.tolist(),
            "sky": tuple(self.sky.tolist()),
            "ground": tuple(self.ground.tolist()),
            "exposure": self.exposure,
        }


def random_light(rng: Rng) -> Light:
    """Returns a key light from anywhere in front, a fill light and a rim light from behind."""
    key = rng.uniform(-75, 75) if rng.random() < 0.7 else rng.uniform(-120, 120)
    ways = np.stack(
        [
            way_to(key, rng.uniform(-15, 70)),
            way_to(-key + rng.normal(0, 30), rng.uniform(-20, 40)),
            way_to(180 + rng.uniform(-70, 70), rng.uniform(0, 60)),
        ]
    )
    powers = [rng.uniform(0.2, 1.6), rng.uniform(0, 0.5), max(0, rng.normal(0.1, 0.5))]
    white = warmth(rng)
    colours = np.stack([power * warmth(rng) for power in powers]) * white
    if rng.random() < 0.1:  # coloured lamps
        colours *= rng.uniform(0.2, 1.3, (3, 3))
    sky = rng.uniform(0.15, 0.6) * warmth(rng) * white
    ground = sky * rng.uniform(0.3, 0.9)
    level = float(colours[0].mean() * 0.6 + colours[1].mean() * 0.4 + sky.mean())
    exposure = float(np.exp(rng.normal(0.3, 0.35))) / level
    return Light(
        ways.astype(np.float32),
        colours.astype(np.float32),
        sky.astype(np.float32),
        ground.astype(np.float32),
        exposure,
    )


def way_to(azimuth: float, height: float) -> Doubles:
    """Returns the unit vector (3,) towards these degrees: to the right of the front, and up."""
    a, h = np.radians([azimuth, height])
    return np.array([np.sin(a) * np.cos(h), np.sin(h), np.cos(a) * np.cos(h)])


def warmth(rng: Rng) -> Doubles:
    """Returns a colour between candle light and blue sky, its mean about 1."""
    warm, green = rng.normal(0, 0.14), rng.normal(0, 0.03)
    return np.asarray(np.exp([warm, green, -1.3 * warm]))


def random_background(size: int, rng: Rng) -> Floats:
    """Returns a plain or graded wall, or blots and stripes of several sizes, (S, S, 3) 0..1."""
    import cv2

    side = int(rng.choice([1, 2, 3]))
    wall = cv2.resize(coarse(side, rng) * rng.uniform(0.3, 1), (size, size))
    if rng.random() < 0.6:
        strength = rng.uniform(0.1, 0.6)
        for side in rng.integers(3, 60, int(rng.integers(1, 4))).tolist():
            blots = cv2.resize(
                coarse(side, rng), (size, size), interpolation=int(rng.choice([1, 2]))
            )
            wall = wall + (blots - 0.5) * strength * (3 / side) ** 0.7
    if rng.random() < 0.2:
        angle, period = rng.uniform(0, np.pi), rng.uniform(0.03, 0.4) * size
        y, x = np.mgrid[:size, :size]
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) / period * 2 * np.pi)
        sharp = np.clip(wave * rng.uniform(0.7, 8), -1, 1)[..., None]
        wall = wall + sharp * rng.normal(0, 0.12, 3)
    if rng.random() < 0.6:
        wall = cv2.GaussianBlur(wall, (0, 0), float(rng.uniform(0.5, 5)) * size / 256)
    return np.asarray(np.clip(wall, 0, 1), np.float32)


def coarse(side: int, rng: Rng) -> Floats:
    """Returns (side, side, 3) random colours, often near grey."""
    grey = rng.random((side, side, 1))
    colour = rng.random((side, side, 3))
    return np.asarray(grey + (colour - grey) * rng.random() ** 2, np.float32)
