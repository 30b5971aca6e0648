"""Tells from pixels whether a hand covers lips or eyes: MediaPipe reports a face all the same.

Lips are lips by structure, whatever their colour: the line between them is darker or brighter than
they are, and their colours part from those of the skin just outside. A hand before the mouth has
neither. Two numbers say so in windows of the mouth, and a logistic score of the worst window
decides. Its weights were fitted on training portraits and on the same portraits with palms and
fingers composed over the mouth; brightness and tint of the light cancel.
"""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.face.crop import CROP_IOD, FaceCrop
from prink.face.landmark import MOUTH_INNER_LOWER, MOUTH_INNER_UPPER

__all__ = ["LipMemory", "eye_contrast", "lip_grid", "ramp", "score_windows"]

UPPER: Final = (185, 40, 39, 37, 0, 267, 269, 270, 409)
LOWER: Final = (146, 91, 181, 84, 17, 314, 405, 321, 375)
SKIN_ROWS: Final = [0, 1, 7, 8]
LIP_ROWS: Final = [2, 3, 5, 6]
SEAM_ROW: Final = 4
WINDOW: Final = 4  # of nine columns
OUTSIDE: Final = 0.072  # inter-ocular distances from the contour to the first skin sample

# Weights of ln(seam), ln(separation) and the constant; > 0 rather is covered.
WEIGHTS: Final = (-2.751, -1.527, -3.57)
NOISE: Final = 4e-4 * np.eye(3)  # variance that every colour has

Logs = Floats


def lip_grid(crop: FaceCrop) -> Logs:
    """Returns (9, 9, 3) colours of the mouth: rows from above to below it, columns from the right.

    Rows 0, 1, 7, 8 are skin, 2, 3, 5, 6 lips, 4 the seam between them.
    """
    upper, lower, inner_upper, inner_lower = (
        crop.points[list(row)] for row in (UPPER, LOWER, MOUTH_INNER_UPPER, MOUTH_INNER_LOWER)
    )
    up, down = upper - inner_upper, lower - inner_lower
    out = OUTSIDE * CROP_IOD
    out_up = out * up / np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-3)
    out_down = out * down / np.maximum(np.linalg.norm(down, axis=1, keepdims=True), 1e-3)
    rows = [
        *(upper + 2 * out_up, upper + out_up, upper - 0.3 * up, upper - 0.6 * up),
        (inner_upper + inner_lower) / 2,
        *(lower - 0.6 * down, lower - 0.3 * down, lower + out_down, lower + 2 * out_down),
    ]
    return crop.colors(np.stack(rows))


def score_windows(grid: Logs) -> float:
    """Returns how covered the most suspicious window of a `lip_grid` (9, 9, 3) looks.

    Where it is > 0 it rather is.
    """
    starts = range(grid.shape[1] - WINDOW + 1)
    return max(float(np.dot(WEIGHTS, measure(grid[:, s : s + WINDOW]))) for s in starts)


def measure(grid: Logs) -> tuple[float, float, float]:
    """Returns ln(seam), ln(separation) of a window of the grid, and 1 for the constant.

    The separation is Fisher's: the distance of the means of lips and skin in units of their spread.
    """
    seam = np.abs(grid[SEAM_ROW, :, 0] - grid[LIP_ROWS][..., 0].mean(axis=0)).mean()
    lips, skin = grid[LIP_ROWS].reshape(-1, 3), grid[SKIN_ROWS].reshape(-1, 3)
    apart = lips.mean(axis=0) - skin.mean(axis=0)
    spread = (np.cov(lips.T) + np.cov(skin.T)) / 2 + NOISE
    separation = float(apart @ np.linalg.solve(spread, apart))
    return float(np.log(seam + 0.02)), float(np.log(separation + 0.1)), 1.0


class LipMemory:
    """The tint of a face's lips against its skin, learned over a stream while they are visible."""

    SECONDS: Final = 3.0
    FAINT: Final = 0.1  # log units; fainter lips tell nothing by tint

    def __init__(self) -> None:
        self.tint: Logs | None = None

    def compare(self, grid: Logs, skin: Logs) -> float:
        """Returns the share of columns, 0..1, whose lips still have the tint that was learned.

        Args:
            grid: (9, 9, 3), a `lip_grid`.
            skin: (3,), the colour of the face's skin as `FaceCrop.colors` tells it.
        """
        if self.tint is None:
            return 1.0
        strength = np.linalg.norm(self.tint, axis=1)
        if strength.mean() < self.FAINT:
            return 1.0
        kept = (tint_of(grid, skin) * self.tint).sum(axis=1) / np.maximum(strength, 1e-3) ** 2
        return float(np.mean([ramp(value, 0.3, 0.6) for value in kept.tolist()]))

    def learn(self, grid: Logs, skin: Logs, seconds: float) -> None:
        """Takes over the tint of lips that are known to be visible: (9, 9, 3) on skin (3,)."""
        tint = tint_of(grid, skin)
        passed = seconds / (self.SECONDS + seconds)
        self.tint = tint if self.tint is None else self.tint + passed * (tint - self.tint)


def tint_of(grid: Logs, skin: Logs) -> Logs:
    tint: Logs = grid[LIP_ROWS][..., 1:].mean(axis=0) - skin[1:]
    return tint


def eye_contrast(crop: FaceCrop, contour: tuple[int, ...], iris: tuple[int, ...]) -> float:
    """Returns the spread of log luminance over an eye, where iris, white and lashes differ."""
    ring, center = crop.points[list(contour)], crop.points[iris[0]]
    places = np.concatenate(
        [crop.points[list(iris)], ring, ring * 0.6 + center * 0.4, ring * 0.3 + center * 0.7]
    )
    low, high = np.percentile(crop.colors(places)[:, 0], (10, 90))
    return float(high - low)


def ramp(value: float, low: float, high: float) -> float:
    """Returns 0 below `low`, 1 above `high` and a smooth step between; `low` > `high` falls."""
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return share * share * (3.0 - 2.0 * share)
