"""What is seen of the lids: statistics of places between the lashes and the brow.

Both eyes are averaged, so light from one side cancels. Wings are seen as a dark line against the
skin on both sides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink.reading.grid import EYE_ROWS, Grid, Picture, eye_grid
from prink.reading.light import Scene, smoothstep

__all__ = ["WING_STEPS", "EyesSeen", "eye_basis", "measure_eyes"]

COLUMNS = 6
LIDS = ((159, 27), (386, 257))  # from the lash line to the fold
WING_STEPS = np.array([0.05, 0.11, 0.18, 0.26, 0.34])  # eye widths from the outer corner


@dataclass(frozen=True)
class EyesSeen:
    """Statistics of P places, both eyes averaged.

    Attributes:
        values: Observations: (P, 3) logs, five wing contrasts, the brightest glints.
        along, upper, ring, off: (P,) region coordinates; off in inter-ocular distances.
        eye: (P, 2) places in the frame of the eye, in eye widths; 1, 0 is its outer corner.
        hood: How far hidden lids move the rings of colour up.
        basis: (P, 12) functions of the place of which bare lids are sums.
        crisp: Half the width, in inter-ocular distances, over which the sharpest edge is seen.
    """

    values: Doubles
    along: Doubles
    upper: Doubles
    ring: Doubles
    off: Doubles
    eye: Doubles
    hood: float
    basis: Doubles
    crisp: float


def measure_eyes(picture: Picture, scene: Scene, weights: tuple[float, float]) -> EyesSeen:
    """Returns the statistics of the lids; `weights` say how well right and left are seen."""
    grid = eye_grid()
    at = grid.at(picture.points)
    logs = scene.logs(picture.sample(at))
    off = grid.off(picture.points, "near") / picture.iod
    number = place_numbers(grid)
    left = grid.region[:, 3] > 0
    weight = np.where(left, weights[1], weights[0])
    count = number.max() + 1
    total = np.maximum(np.bincount(number[number >= 0], weight[number >= 0], count), 1e-9)
    kept = total > 1e-6

    def mean(value: Doubles) -> Doubles:
        inside = number >= 0
        sums = np.bincount(number[inside], (value * weight)[inside], count)
        return np.asarray((sums / total)[kept])

    values = np.stack([mean(logs[:, channel]) for channel in range(3)], axis=1)
    along, ring, upper = (
        mean(grid.region[:, 0]),
        mean(grid.region[:, 2]),
        np.sign(mean(grid.region[:, 1])),
    )
    smooth = np.zeros(count)
    smooth[kept] = values[:, 0]
    core = (
        (number >= 0)
        & (grid.region[:, 1] > 0)
        & (grid.region[:, 2] > 0.3)
        & (grid.region[:, 2] < 1.4)
        & (weight > 0)
    )
    glint = np.quantile((logs[:, 0] - smooth[number])[core], 0.985)
    wing = sum(
        w * wing_contrast(picture, scene, side) for w, side in zip(weights, (0, 1), strict=True)
    ) / max(sum(weights), 1e-9)
    where = mean(off)
    inside = place_in_eye(picture, at, left)
    return EyesSeen(
        np.concatenate([values.ravel(), wing, [glint]]),
        along,
        upper,
        ring,
        where,
        np.stack([mean(inside[:, 0]), mean(inside[:, 1])], axis=1),
        hood_of(picture, weights),
        eye_basis(along, upper, ring, where),
        max(0.005, 0.7 / picture.iod) + 0.004,
    )


def place_numbers(grid: Grid) -> NDArray[np.int64]:
    """Returns the number of the place (N,) that each sample belongs to, -1 for none."""
    along, upper, ring = grid.region[:, 0], grid.region[:, 1], grid.region[:, 2]
    row = np.abs(ring[:, None] - np.array(EYE_ROWS)).argmin(axis=1)
    column = np.clip((along - 0.06) / 0.91 * COLUMNS, 0, COLUMNS - 1).astype(np.int64)
    number = (upper <= 0) * COLUMNS * len(EYE_ROWS) + row * COLUMNS + column
    used = (along > 0.06) & (along < 0.97) & ((upper > 0) | (ring < 1.2)) & (np.abs(upper) > 0.5)
    return np.where(used, number, -1)


def eye_basis(along: Doubles, upper: Doubles, ring: Doubles, off: Doubles) -> Doubles:
    """Returns (P, 12) functions of the place: eight on the upper lid, four on the lower."""
    a, above = along - 0.5, (upper > 0).astype(float)
    lash = np.exp(-off / 0.012)
    parts = [
        above * f
        for f in (
            np.ones_like(a),
            ring - 1,
            (ring - 1) ** 2,
            a,
            a**2 - 0.07,
            (ring - 1) * a,
            lash,
            smoothstep(2.2, 2.75, ring),
        )
    ]
    parts += [(1 - above) * f for f in (np.ones_like(a), ring - 0.5, a, lash)]
    return np.stack(parts, axis=1)


def wing_contrast(picture: Picture, scene: Scene, side: int) -> Doubles:
    """Returns log luminance on the line of a wing less that on both sides of it, at five steps."""
    outer, x, y = eye_frame(picture, side)
    # Along the line, and at right angles to it.
    s, t = WING_STEPS[:, None], np.array([0.012, 0.03, 0.05, 0.15, -0.09])
    place = (0.85 * s - 0.53 * t - 0.015)[..., None] * x + (0.53 * s + 0.85 * t)[..., None] * y
    logs = scene.logs(picture.sample(outer + place))[..., 0]
    return np.asarray(logs[:, :3].min(axis=1) - logs[:, 3:].mean(axis=1))


def eye_frame(picture: Picture, side: int) -> tuple[Doubles, Doubles, Doubles]:
    """Returns the outer corner and one eye width outward and up, (2,) each: as `pass/eyes.vert`."""
    inner, outer = picture.points[[(133, 33), (362, 263)][side], :]
    across = (picture.points[263] - picture.points[33]) * (1.0 if side == 1 else -1.0)
    across /= np.linalg.norm(across)
    width = float((outer - inner) @ across)
    x = (outer - inner) / np.linalg.norm(outer - inner) + across
    x /= np.linalg.norm(x)
    y = np.array([-x[1], x[0]]) * (1.0 if side == 0 else -1.0)
    return outer, x * max(width, 0.1 * picture.iod), y * max(width, 0.36 * picture.iod)


def place_in_eye(picture: Picture, at: Doubles, left: NDArray[np.bool_]) -> Doubles:
    """Returns where places (N, 2) lie in the frame of their eye: 1, 0 is the outer corner."""
    found = np.empty((2, *at.shape))
    for side in (0, 1):
        outer, x, y = eye_frame(picture, side)
        found[side, :, 0] = 1.0 + (at - outer) @ x / (x @ x)
        found[side, :, 1] = (at - outer) @ y / (y @ y)
    return np.where(left[:, None], found[1], found[0])


def hood_of(picture: Picture, weights: tuple[float, float]) -> float:
    """Returns how far hidden lids move the rings of colour up, both eyes averaged."""
    seen = [np.linalg.norm(picture.points[a] - picture.points[b]) for a, b in LIDS]
    hidden = 1.0 - smoothstep(0.055, 0.095, np.array(seen) / picture.iod)
    return 0.45 * float(np.average(hidden, weights=np.add(weights, 1e-9)))
