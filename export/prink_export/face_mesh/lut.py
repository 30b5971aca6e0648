"""Paints the lookup pictures: soft masks in flat face coordinates, and the tiling grain."""

from collections.abc import Sequence

import numpy as np

from prink.arrays import Bytes, Doubles

__all__ = ["face_masks", "grain"]

SIZE = 256
Plane = Doubles

# fmt: off
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
# fmt: on


def grid() -> tuple[Plane, Plane]:
    """Returns x and y of the texel centres, 0..1, y down."""
    line = (np.arange(SIZE) + 0.5) / SIZE
    x, y = np.meshgrid(line, line)
    return x, y


def step(lo: float, hi: float, value: Plane) -> Plane:
    t = np.clip((value - lo) / (hi - lo), 0, 1)
    return t * t * (3 - 2 * t)


def distance(points: Doubles, *, closed: bool = False) -> Plane:
    """Returns the distance of every texel to a polyline."""
    x, y = grid()
    here = np.stack([x, y], -1)
    ends = np.roll(points, -1, 0) if closed else points[1:]
    best = np.full((SIZE, SIZE), np.inf)
    for a, b in zip(points, ends, strict=False):
        along = np.clip(((here - a) @ (b - a)) / max((b - a) @ (b - a), 1e-12), 0, 1)
        best = np.minimum(best, np.linalg.norm(here - a - along[..., None] * (b - a), axis=-1))
    return best


def inside(points: Doubles) -> Plane:
    """Returns the signed distance to a polygon, positive inside."""
    x, y = grid()
    odd = np.zeros((SIZE, SIZE), bool)
    for (x0, y0), (x1, y1) in zip(points, np.roll(points, -1, 0), strict=True):
        crosses = (y0 > y) != (y1 > y)
        odd ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0 + 1e-12) + x0)
    return np.where(odd, 1.0, -1.0) * distance(points, closed=True)


def stripe(points: Doubles, radius: float) -> Plane:
    """Returns a soft brush stroke along a polyline: 1 on it, 0 at `radius`."""
    return 1 - step(0.0, radius, distance(points))


def both_sides(plane: Plane) -> Plane:
    return np.maximum(plane, plane[:, ::-1])


def extent(flat: Doubles) -> Plane:
    """Returns where foundation lies: the oval with a faded rim, without lips and eye openings."""
    oval = flat[list(OVAL)].copy()
    top = oval[:, 1] < 0.36
    oval[top, 1] = 0.36 - (0.36 - oval[top, 1]) * 1.55  # over the extended forehead
    plane = step(0.0, 0.075, inside(oval))
    plane *= 1 - step(-0.012, 0.006, inside(flat[list(LIPS)]))
    eye = step(-0.010, 0.004, inside(flat[list(EYE)]))
    return plane * (1 - both_sides(eye))


def line(flat: Doubles, *points: int | tuple[int, int]) -> Doubles:
    """Returns a polyline through landmarks; a pair stands for its midpoint."""
    return np.array([flat[[*p]].mean(0) if isinstance(p, tuple) else flat[p] for p in points])


def shade(flat: Doubles) -> Plane:
    """Returns the contour mask: hollow of the cheek, jaw, temples and hairline."""
    hollow = stripe(line(flat, (93, 137), (177, 147), (213, 207)), 0.075)
    jaw = 0.8 * stripe(line(flat, 58, 172, 136, 150, 149, 176), 0.055)
    temple = 0.7 * stripe(line(flat, 127, 162, 21, 54, 103), 0.085)
    return both_sides(np.maximum.reduce([hollow, jaw, temple]))


def glow(flat: Doubles) -> Plane:
    """Returns the highlight mask: cheekbone, nose, brow bone, cupid's bow, chin."""
    bone = stripe(line(flat, (34, 143), (227, 111), (117, 123)), 0.055)
    brow = 0.6 * stripe(line(flat, (225, 46), (224, 53)), 0.022)
    nose = 0.75 * stripe(line(flat, 168, 6, 197, 195), 0.024)
    tip = 0.8 * stripe(line(flat, 5, 4), 0.028)
    bow = 0.7 * stripe(line(flat, (39, 165), (37, 167), (0, 164)), 0.016)
    chin = 0.45 * stripe(line(flat, 200, 199), 0.045)
    return both_sides(np.maximum.reduce([bone, brow, nose, tip, bow, chin]))


def face_masks(flat: Doubles) -> Bytes:
    """Returns (256, 256, 4): r foundation, g contour, b highlight, a sides of the nose."""
    sides = both_sides(0.9 * stripe(line(flat, (193, 122), (174, 198), (131, 49)), 0.028))
    planes: Sequence[Plane] = (extent(flat), shade(flat), glow(flat), sides)
    return np.asarray(np.round(np.stack(planes, -1) * 255), np.uint8)


def tile_blur(plane: Plane, sigma_x: float, sigma_y: float) -> Plane:
    """Returns a plane blurred with wrap-around, stretched back to 0..1."""
    fy, fx = np.fft.fftfreq(plane.shape[0])[:, None], np.fft.fftfreq(plane.shape[1])[None]
    gain = np.exp(-2 * np.pi**2 * ((sigma_x * fx) ** 2 + (sigma_y * fy) ** 2))
    out = np.fft.ifft2(np.fft.fft2(plane) * gain).real
    rank = np.empty(out.size)
    rank[np.argsort(out.round(9), axis=None)] = np.linspace(0, 1, out.size)
    return rank.reshape(out.shape)


def grain() -> Bytes:
    """Returns the tiling (256, 256, 4) grain: white noise, soft noise, strokes, sparkles."""
    random = np.random.default_rng(7)
    white = random.random((SIZE, SIZE))
    soft = tile_blur(random.random((SIZE, SIZE)), 3, 3)
    strokes = tile_blur(random.random((SIZE, SIZE)), 0.9, 14)
    seeds = random.random((SIZE, SIZE))
    dots = np.where(seeds > 0.965, random.random((SIZE, SIZE)) ** 2, 0.0)
    near = sum(np.roll(dots, shift, (0, 1)) for shift in ((0, 1), (1, 0), (0, -1), (-1, 0)))
    sparkles = np.clip(dots + 0.28 * near, 0, 1)
    return np.asarray(np.round(np.stack([white, soft, strokes, sparkles], -1) * 255), np.uint8)
