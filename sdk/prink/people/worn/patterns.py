"""Textures of cloth and other stuff: plain ones, stripes, checks, dots, blots and knits."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles, Floats

__all__ = ["FAINT_GLASS", "PLAIN_STUFF", "pattern", "random_pattern"]

Rng = np.random.Generator

PLAIN_STUFF: Final = "#plain"
FAINT_GLASS: Final = "#glass"
PATTERNS: Final = 72  # kept at once
SIDE: Final = 256  # px


def random_pattern(rng: Rng) -> str:
    """Returns the name of a texture that `pattern` makes; half of them are plain."""
    return f"#cloth/{rng.integers(PATTERNS)}"


def pattern(name: str) -> Bytes:
    """Returns the (256, 256, 4) texture of a name; the same for the same name."""
    if name == PLAIN_STUFF:
        return np.full((8, 8, 4), 255, np.uint8)
    if name == FAINT_GLASS:
        return np.full((8, 8, 4), (255, 255, 255, 15), np.uint8)
    rng = np.random.default_rng((91, int(name.rsplit("/", 1)[1])))
    kinds = (weave, stripes, checks, dots, blots)
    drawn = kinds[int(rng.choice(len(kinds), p=[0.45, 0.2, 0.1, 0.1, 0.15]))](rng)
    fine = 1 + rng.normal(0, rng.uniform(0.0, 0.12), (SIDE, SIDE, 1))
    ribs = 1 + rng.uniform(0, 0.35) * wave(rng.choice([24, 40, 64]), across=rng.random() < 0.8)
    rgb = np.clip(drawn * fine * ribs[..., None] * 255, 0, 255).astype(np.uint8)
    return np.dstack([rgb, np.full((SIDE, SIDE), 255, np.uint8)])


def colour(rng: Rng) -> Doubles:
    """Returns a cloth's colour as shown, 0..1: four in ten are as dark as hair."""
    kind = rng.random()
    if kind < 0.4:
        return np.asarray(rng.uniform(0.05, 0.3) * np.exp(rng.normal(0, [0.1, 0.1, 0.15])))
    if kind < 0.55:
        return np.asarray(rng.uniform(0.6, 0.97) * np.exp(rng.normal(0, 0.04, 3)))
    grey = rng.uniform(0.15, 0.8)
    return np.asarray(grey + (rng.random(3) - 0.5) * rng.uniform(0.2, 0.9)).clip(0.03, 0.97)


def wave(count: int, *, across: bool) -> Doubles:
    line = np.sin(np.arange(SIDE) / SIDE * 2 * np.pi * count)
    return np.asarray(np.broadcast_to(line if across else line[:, None], (SIDE, SIDE)))


def weave(rng: Rng) -> Doubles:
    return np.broadcast_to(colour(rng), (SIDE, SIDE, 3))


def stripes(rng: Rng) -> Doubles:
    line = wave(int(rng.choice([2, 3, 5, 8, 14])), across=rng.random() < 0.4)
    return mixed(np.asarray(np.clip(line * 6 + rng.uniform(-2, 2), -1, 1) / 2 + 0.5), rng)


def checks(rng: Rng) -> Doubles:
    count = int(rng.choice([3, 5, 8]))
    both = (wave(count, across=True) > 0) * 0.5 + (wave(count, across=False) > 0) * 0.5
    return mixed(np.asarray(both), rng)


def dots(rng: Rng) -> Doubles:
    count = int(rng.choice([5, 8, 12]))
    product = wave(count, across=True) * wave(count, across=False)
    return mixed(np.clip((product - 0.4) * 8, 0, 1), rng)


def blots(rng: Rng) -> Doubles:
    import cv2

    side = int(rng.choice([6, 10, 20]))
    rough = cv2.resize(rng.random((side, side)), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    first = mixed(np.clip((rough - 0.5) * 8 + 0.5, 0, 1), rng)
    again = cv2.resize(rng.random((side, side)), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    share = np.clip((again - 0.65) * 9, 0, 1)[..., None]
    return np.asarray(first * (1 - share) + colour(rng) * share)


def mixed(share: Doubles | Floats, rng: Rng) -> Doubles:
    """Returns two colours mixed by a share (S, S)."""
    return np.asarray(colour(rng) + share[..., None] * (colour(rng) - colour(rng)))
