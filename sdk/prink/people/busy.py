"""Backgrounds that are hard to tell from hair and light that is poor."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.people.dye import hair_colour
from prink.people.light import Light, random_background, random_light, way_to

__all__ = ["busy_background", "hard_light", "with_bystander"]

Rng = np.random.Generator
KINDS: Final = ("plain", "dark", "shelves", "leaves", "strands", "shapes")


def busy_background(size: int, rng: Rng) -> Floats:
    """Returns a background (S, S, 3), 0..1."""
    import cv2

    kind = str(rng.choice(KINDS, p=[0.34, 0.14, 0.14, 0.14, 0.12, 0.12]))
    wall = random_background(size, rng)
    if kind == "dark":
        return wall * np.float32(rng.uniform(0.02, 0.4))
    if kind == "plain":
        return wall
    drawn = {"shelves": shelves, "leaves": leaves, "strands": strands, "shapes": shapes}[kind]
    wall = drawn(wall, rng)
    blur = float(rng.choice([0.6, 1.5, 3.0, 6.0])) * size / 256
    return np.asarray(np.clip(cv2.GaussianBlur(wall, (0, 0), blur), 0, 1), np.float32)


def paint(rng: Rng) -> tuple[float, float, float]:
    """Returns a random colour as shown; a third are those of hair."""
    if rng.random() < 0.35:
        red, green, blue = (np.clip(hair_colour(rng, dark=False), 0, 1) ** (1 / 2.2)).tolist()
    else:
        red, green, blue = (rng.uniform(0.1, 1) * (1 - rng.random() * rng.random(3))).tolist()
    return red, green, blue


def shelves(wall: Floats, rng: Rng) -> Floats:
    """Returns a wall with rows of upright boxes."""
    import cv2

    size = len(wall)
    y = int(rng.uniform(-0.2, 0.1) * size)
    while y < size:
        tall, x = int(rng.uniform(0.12, 0.3) * size), 0
        while x < size:
            wide = int(rng.uniform(0.015, 0.08) * size) + 1
            top = y + int(rng.uniform(0, 0.3) * tall)
            cv2.rectangle(wall, (x, top), (x + wide, y + tall), paint(rng), -1)
            x += wide
        y += tall + int(rng.uniform(0.02, 0.06) * size)
    return wall


def leaves(wall: Floats, rng: Rng) -> Floats:
    """Returns a wall with many leaves."""
    import cv2

    size = len(wall)
    hue = np.array([rng.uniform(0.1, 0.6), rng.uniform(0.3, 0.7), rng.uniform(0.05, 0.3)])
    for _ in range(int(rng.uniform(60, 260))):
        middle = tuple(rng.integers(0, size, 2).tolist())
        long_ = rng.uniform(0.01, 0.09) * size
        axes = (int(long_) + 1, int(long_ * rng.uniform(0.15, 0.6)) + 1)
        shade = (hue * rng.uniform(0.1, 1.3)).clip(0, 1).tolist()
        cv2.ellipse(wall, middle, axes, rng.uniform(0, 360), 0, 360, shade, -1, cv2.LINE_AA)
    return wall


def strands(wall: Floats, rng: Rng) -> Floats:
    """Returns a wall half covered with streaks in a hair's colour, as fur or curtains."""
    import cv2

    size = len(wall)
    streaks = cv2.resize(rng.random((int(rng.choice([3, 8])), size // 2)), (size, size))
    if rng.random() < 0.4:
        streaks = streaks.T
    colour = np.array(paint(rng))
    blots = cv2.resize(rng.random((4, 4)), (size, size), interpolation=cv2.INTER_CUBIC)
    share = np.clip((blots - rng.uniform(0, 0.6)) * 6, 0, 1)[..., None]
    return np.asarray(wall * (1 - share) + share * colour * (0.5 + streaks[..., None]), np.float32)


def shapes(wall: Floats, rng: Rng) -> Floats:
    """Returns a wall with balls of hair's and skin's colours over broad shoulders, and boxes."""
    import cv2

    size = len(wall)
    for _ in range(int(rng.integers(1, 5))):
        x, y = (rng.uniform(0, 1, 2) * size).astype(int).tolist()
        radius = int(rng.uniform(0.05, 0.25) * size)
        cv2.ellipse(wall, (x, y + 3 * radius), (2 * radius, 2 * radius), 0, 0, 360, paint(rng), -1)
        cv2.ellipse(wall, (x, y), (radius, int(radius * 1.3)), 0, 0, 360, paint(rng), -1)
        skin = (np.array([0.9, 0.65, 0.5]) * rng.uniform(0.3, 1)).tolist()
        cv2.ellipse(wall, (x, y + radius // 3), (int(radius * 0.7), radius), 0, 0, 360, skin, -1)
    return wall


def with_bystander(wall: Floats, rgb: Bytes, person: Bytes, rng: Rng) -> Floats:
    """Returns a background (S, S, 3), 0..1, with a person who was drawn before at one side.

    `rgb` (S, S, 3) and `person` (S, S) are uint8; the person is behind, smaller, perhaps blurred.
    """
    import cv2

    size = len(wall)
    scale = rng.uniform(0.35, 0.9)
    x = size * (rng.uniform(0.36, 0.6) * (1 if rng.random() < 0.5 else -1) + 0.5 - scale / 2)
    matrix = np.array([[scale, 0, x], [0, scale, size * rng.uniform(0.1, 1 - scale + 0.15)]])
    if rng.random() < 0.5:
        rgb, person = rgb[:, ::-1], person[:, ::-1]
    both = np.dstack([rgb, person]).astype(np.float32) / 255
    both = cv2.warpAffine(both, matrix, (size, size))
    if rng.random() < 0.6:
        both = cv2.GaussianBlur(both, (0, 0), rng.uniform(0.5, 3))
    share = both[..., 3:]
    return np.asarray(wall * (1 - share) + both[..., :3] * share, np.float32)


def hard_light(rng: Rng) -> Light:
    """Returns light of any kind: rooms and sun, warm lamps, candles, from behind, dim."""
    light = random_light(rng)
    kind = rng.random()
    if kind < 0.5:
        return light
    ways, colours, sky = light.ways.copy(), light.colours.copy(), light.sky.copy()
    exposure = light.exposure
    cast: Doubles = np.ones(3)
    if kind < 0.65:  # a warm lamp
        cast = np.array([1.15, 0.9, rng.uniform(0.4, 0.75)])
    elif kind < 0.75:  # candles, from below
        cast = np.array([1.25, 0.8, rng.uniform(0.22, 0.45)])
        ways[0] = way_to(rng.uniform(-50, 50), rng.uniform(-40, 5))
        sky *= 0.3
        exposure *= rng.uniform(0.5, 1.2)
    elif kind < 0.88:  # from behind
        colours[0] *= rng.uniform(0.1, 0.4)
        colours[2] = rng.uniform(1, 3) * light.colours[2].mean().clip(0.5) * np.ones(3)
        exposure *= rng.uniform(0.8, 1.6)
    else:
        exposure *= rng.uniform(0.15, 0.5)
    scale = cast.astype(np.float32)
    return Light(
        ways,
        colours * scale,
        sky * scale,
        light.ground * scale * sky.mean() / light.sky.mean(),
        exposure,
    )
