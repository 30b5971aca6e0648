"""The head and neck as a distance from a capsule: what cloth is draped over."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Doubles, Floats

__all__ = ["Capsule", "Coat", "capsule_of"]

MIDDLE: Final = (0.1, -0.85)  # decimetres above and before the eyes
EQUATOR: Final = np.pi / 2  # how far down the capsule's cylinder begins
ROWS, COLUMNS = 100, 96
LONG: Final = 4.0  # decimetres down that are kept
WIDE: Final = 2.3  # decimetres: arms are no part of it


@dataclass(frozen=True, eq=False)
class Capsule:
    """Places by their way down from the crown (decimetres), turn from the front and distance.

    The capsule is a half ball on a cylinder around `middle` (3,).
    """

    middle: Doubles

    def seen(self, points: Floats | Doubles) -> tuple[Doubles, Doubles, Doubles]:
        """Returns down, turn (-pi..pi) and distance, (N,) each, of points (N, 3)."""
        away = np.asarray(points, np.float64) - self.middle
        flat = np.hypot(away[:, 0], away[:, 2])
        turn = np.arctan2(away[:, 0], away[:, 2])
        upper = away[:, 1] >= 0
        down = np.where(upper, np.arctan2(flat, away[:, 1]), EQUATOR - away[:, 1])
        return down, turn, np.where(upper, np.linalg.norm(away, axis=1), flat)

    def placed(self, down: Doubles, turn: Doubles, distance: Doubles) -> Doubles:
        """Returns the places (..., 3) that `seen` sees so."""
        polar = np.minimum(down, EQUATOR)
        flat = distance * np.sin(polar)
        height = distance * np.cos(polar) - np.maximum(down - EQUATOR, 0)
        away = np.stack([flat * np.sin(turn), height, flat * np.cos(turn)], axis=-1)
        return np.asarray(away + self.middle)


@dataclass(frozen=True, eq=False)
class Coat:
    """How far out a surface is, (ROWS, COLUMNS) by down and turn, around a capsule."""

    capsule: Capsule
    distance: Floats

    def at(self, down: Doubles, turn: Doubles) -> Doubles:
        """Returns the distance at places, as many as are given."""
        import cv2

        row = np.asarray(down / LONG * ROWS - 0.5, np.float32)
        column = np.asarray((turn / (2 * np.pi) + 0.5) * COLUMNS - 0.5, np.float32)
        shape = row.shape
        row = row.reshape(len(row), -1).clip(0, ROWS - 1)
        column = column.reshape(row.shape) + COLUMNS
        tiled = np.tile(self.distance, (1, 3))
        return np.asarray(cv2.remap(tiled, column, row, cv2.INTER_LINEAR).reshape(shape), float)

    def looser(self, *, smooth: float = 2.0, slope: float = 1.2) -> "Coat":
        """Returns a coat that spans hollows: as far out as its neighbours less `slope` a way."""
        import cv2

        out = self.distance.copy()
        step = np.float32(slope * LONG / ROWS)
        for row in range(ROWS // 3, ROWS):
            out[row] = np.maximum(out[row], out[row - 1] - step)
        for row in range(ROWS - 2, ROWS // 3, -1):
            out[row] = np.maximum(out[row], out[row + 1] - 2.5 * step)
        wide = np.tile(out, (1, 3))
        wide = np.maximum(wide, cv2.GaussianBlur(wide, (0, 0), smooth))
        wide = cv2.GaussianBlur(wide, (0, 0), smooth)
        return Coat(self.capsule, wide[:, COLUMNS : 2 * COLUMNS])


def capsule_of(eyes: Floats, points: Floats) -> Coat:
    """Returns the coat of a figure's points (N, 3), its gaps filled."""
    import cv2

    capsule = Capsule(np.asarray(eyes, np.float64) + np.array([0, *MIDDLE]))
    down, turn, distance = capsule.seen(points)
    near = (distance < WIDE) & (down < LONG)
    row = (down[near] / LONG * ROWS).astype(int)
    column = ((turn[near] / (2 * np.pi) + 0.5) * COLUMNS).astype(int) % COLUMNS
    out = np.zeros((ROWS, COLUMNS), np.float32)
    np.maximum.at(out, (row, column), distance[near].astype(np.float32))
    for _ in range(12):
        wide = cv2.dilate(np.tile(out, (1, 3)), np.ones((3, 3), np.uint8))
        out = np.where(out > 0, out, wide[:, COLUMNS : 2 * COLUMNS])
    return Coat(capsule, np.where(out > 0, out, 1).astype(np.float32))
