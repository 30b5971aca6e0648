"""How well each region of a face can be seen, from its geometry and its pixels."""

import math
from dataclasses import replace
from typing import Final

import numpy as np

from prink.face.crop import FaceCrop, crop_face
from prink.face.landmark import (
    LEFT_EYE,
    LEFT_EYE_LOWER,
    LEFT_EYE_UPPER,
    LEFT_IRIS,
    MOUTH_INNER_LOWER,
    MOUTH_INNER_UPPER,
    RIGHT_EYE,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
    RIGHT_IRIS,
    Visibility,
    iod,
)
from prink.face.occlusion import LipMemory, eye_contrast, lip_grid, ramp, score_windows
from prink.face.source import Points, Rgb

__all__ = ["Watcher", "see"]

# Triangles on the skin, wound so that their normal's z is towards the viewer.
RIGHT_CHEEK_FACING: Final = (118, 123, 205)
LEFT_CHEEK_FACING: Final = (347, 425, 352)
RIGHT_EYE_FACING: Final = (133, 33, 205)
LEFT_EYE_FACING: Final = (362, 425, 263)
LIPS_FACING: Final = (61, 291, 168)

EDGE_ON: Final = (-0.1, 0.15)  # cosine to the viewer at which a region is gone, and fully there
MOUTH_GAP: Final = (0.03, 0.5)  # gap by width of a closed mouth, and of one wide open
EYE_GAP: Final = (0.08, 0.26)  # gap by width of a closed eye, and of an open one
LIPS_COVERED: Final = (3.3, 1.7)  # score at which lips count as covered, and as visible
LIPS_TINT: Final = (0.35, 0.85)  # share of columns that kept their tint, covered and visible
EYE_CONTRAST: Final = (0.06, 0.16)  # spread of log luminance, covered and visible
EYE_LOOKED_AT: Final = 0.3  # openness below which an eye's contrast says nothing
DOUBT: Final = 1.2  # taken off the score of a face too small to show the line between its lips
DETAILED: Final = (50.0, 80.0)  # px between the eyes where doubt is full, and none
SMALLEST_IOD: Final = 12.0  # px; below it pixels say nothing about lips
GREY: Final = 0.01  # median |log(R/G)| of a face in a picture without colour
STEADY_SECONDS: Final = 0.08
KNOWN: Final = 0.7  # visibility from which the look of lips is learned


def see(rgb: Rgb, points: Points) -> Visibility:
    """Returns the visibility of each region of a face (478, 3) in a single picture (H, W, 3)."""
    return Watcher().see(rgb, points, 0.0)


class Watcher:
    """Watches one face over time: learns the tint of its lips and steadies the verdict."""

    def __init__(self) -> None:
        self.memory = LipMemory()
        self.last: Visibility | None = None

    def see(self, rgb: Rgb, points: Points, seconds: float) -> Visibility:
        """Returns the visibility of each region, `seconds` after the last call.

        Args:
            rgb: The frame, (H, W, 3) sRGB.
            points: (478, 3), in its pixels.
            seconds: 0 or more; the first call's does not matter.
        """
        now = by_geometry(points)
        crop = crop_face(rgb, points) if iod(points) >= SMALLEST_IOD else None
        if crop is not None:
            now = replace(
                now,
                lips=now.lips * self.lips(crop, iod(points), seconds),
                right_eye=now.right_eye * eye(crop, RIGHT_EYE, RIGHT_IRIS, now.right_open),
                left_eye=now.left_eye * eye(crop, LEFT_EYE, LEFT_IRIS, now.left_open),
            )
        if self.last is not None:
            now = steady(self.last, now, seconds)
        self.last = now
        return now

    def lips(self, crop: FaceCrop, distance: float, seconds: float) -> float:
        """Returns how much of the lips the pixels show, 0..1."""
        grid, skin = lip_grid(crop), crop.skin()
        if np.median(np.abs(grid[..., 1])) < GREY:
            return 1.0
        doubt = DOUBT * (1.0 - ramp(distance, *DETAILED))
        shown = ramp(score_windows(grid) - doubt, *LIPS_COVERED)
        kept = ramp(self.memory.compare(grid, skin), *LIPS_TINT)
        if shown > KNOWN:
            self.memory.learn(grid, skin, seconds)
        return min(shown, kept)


def by_geometry(points: Points) -> Visibility:
    """Returns what the points alone say: regions turned away, eyes and mouth open."""
    mouth = gap(points, MOUTH_INNER_UPPER[3:6], MOUTH_INNER_LOWER[3:6], (61, 291))
    right = gap(points, RIGHT_EYE_UPPER[2:5], RIGHT_EYE_LOWER[2:5], (33, 133))
    left = gap(points, LEFT_EYE_UPPER[2:5], LEFT_EYE_LOWER[2:5], (362, 263))
    return Visibility(
        lips=ramp(facing(points, LIPS_FACING), *EDGE_ON),
        right_eye=ramp(facing(points, RIGHT_EYE_FACING), *EDGE_ON),
        left_eye=ramp(facing(points, LEFT_EYE_FACING), *EDGE_ON),
        right_cheek=ramp(facing(points, RIGHT_CHEEK_FACING), *EDGE_ON),
        left_cheek=ramp(facing(points, LEFT_CHEEK_FACING), *EDGE_ON),
        right_open=linear(right, *EYE_GAP),
        left_open=linear(left, *EYE_GAP),
        mouth_open=linear(mouth, *MOUTH_GAP),
    )


def facing(points: Points, triangle: tuple[int, int, int]) -> float:
    """Returns the cosine between a triangle's normal and the direction to the viewer, -1..1."""
    a, b, c = points[list(triangle)].astype(np.float64)
    normal = np.cross(b - a, c - a)
    return float(-normal[2] / max(float(np.linalg.norm(normal)), 1e-9))


def gap(
    points: Points, upper: tuple[int, ...], lower: tuple[int, ...], ends: tuple[int, int]
) -> float:
    """Returns the mean distance of facing points by the distance of the ends."""
    tall = np.linalg.norm(points[list(upper)] - points[list(lower)], axis=1).mean()
    wide = np.linalg.norm(points[ends[0]] - points[ends[1]])
    return float(tall / max(float(wide), 1e-6))


def eye(crop: FaceCrop, contour: tuple[int, ...], iris: tuple[int, ...], is_open: float) -> float:
    """Returns 1 for an eye that shows iris and white, 0 for one under a hand or dark glasses."""
    if is_open < EYE_LOOKED_AT:
        return 1.0
    return ramp(eye_contrast(crop, contour, iris), *EYE_CONTRAST)


def linear(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def steady(before: Visibility, now: Visibility, seconds: float) -> Visibility:
    """Returns an exponential mean of what fades; openness is taken as it is."""
    passed = 1.0 - math.exp(-seconds / STEADY_SECONDS)
    names = ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek")
    mixed = {
        name: (1 - passed) * getattr(before, name) + passed * getattr(now, name) for name in names
    }
    return replace(now, **mixed)
