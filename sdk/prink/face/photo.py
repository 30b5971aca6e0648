"""Landmarks in a single picture of any size: shrink first, then look closer if nothing is found."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from prink.face.source import Points, Rgb, Source

__all__ = ["STREAM_SIDE", "box", "overlap", "plausible", "search", "shrink", "sort_out"]

LONG_SIDE: Final = 1600  # px; the networks see 256 px of it, more only costs time
# px to which a stream's small frames are enlarged: networks take linear samples, which make the
# outlines of small faces jagged. Lips at 33 px between the eyes are off by 0.8 % of that instead
# of 1.7.
STREAM_SIDE: Final = 960
SMALLEST: Final = 16  # px; no face below, and MediaPipe does not like one-pixel frames
DOUBLE: Final = 0.4  # overlap from which two boxes are one face
# Closer looks: share of the picture that a tile covers, and tiles a side. The detectors lose faces
# of less than about 5 % of a picture's width between the eyes.
CLOSER: Final = ((0.6, 2), (0.35, 4))


def shrink(rgb: Rgb, long_side: int) -> Rgb:
    """Returns the picture (H, W, 3) at most `long_side` px long; as it is if it is no longer."""
    height, width = rgb.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return rgb
    import cv2

    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Down to a half every pixel is seen by two taps; area averaging costs four times as much.
    method = cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
    small: Rgb = cv2.resize(rgb, size, interpolation=method)
    return small


def enlarge(rgb: Rgb, long_side: int) -> Rgb:
    """Returns the picture (H, W, 3) at least `long_side` px long, smooth; as it is if it is."""
    height, width = rgb.shape[:2]
    scale = long_side / max(height, width)
    if scale <= 1:
        return rgb
    import cv2

    size = (round(width * scale), round(height * scale))
    large: Rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_CUBIC)
    return large


def detect(source: Source, rgb: Rgb, time_ms: int, *, least: int = 0) -> list[Points]:
    """Returns faces in pixels of `rgb`, detected on a copy of `least` to LONG_SIDE px."""
    if min(rgb.shape[:2]) < SMALLEST:
        return []
    small = enlarge(shrink(rgb, LONG_SIDE), least)
    if min(small.shape[:2]) < SMALLEST:
        return []
    scale = np.array([rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]], np.float32)
    found = source.detect(np.ascontiguousarray(small), time_ms=time_ms)
    return [points * scale[[0, 1, 0]] for points in found]


def tiles(height: int, width: int, share: float, count: int) -> Iterator[tuple[slice, slice]]:
    """Yields count x count overlapping tiles of a picture."""
    high, wide = round(height * share), round(width * share)
    for y in np.linspace(0, height - high, count).astype(int).tolist():
        for x in np.linspace(0, width - wide, count).astype(int).tolist():
            yield slice(y, y + high), slice(x, x + wide)


def search(source: Source, rgb: Rgb) -> list[Points]:
    """Returns the plausible faces, (478, 3) in pixels, of a photo (H, W, 3).

    The largest is first; none is there twice.
    """
    found = sort_out(detect(source, rgb, 0), rgb)
    for share, count in CLOSER:
        if found:
            break
        for rows, columns in tiles(rgb.shape[0], rgb.shape[1], share, count):
            offset = np.array([columns.start, rows.start, 0], np.float32)
            found += [points + offset for points in detect(source, rgb[rows, columns], 0)]
        found = sort_out(found, rgb)
    return found


def sort_out(found: list[Points], rgb: Rgb) -> list[Points]:
    """Returns the plausible ones of faces (478, 3), largest first, without doubles.

    `rgb` is their frame, (H, W, 3).
    """
    found = [points for points in found if plausible(points, rgb)]
    found.sort(key=lambda points: -np.ptp(points[:, 1]))
    kept: list[Points] = []
    for points in found:
        if all(overlap(box(points), box(other)) < DOUBLE for other in kept):
            kept.append(points)
    return kept


def plausible(points: Points, rgb: Rgb) -> bool:
    """Tells whether points (478, 3) can be a face of this frame (H, W, 3).

    They are finite, near it, and larger than a dot.
    """
    if not np.isfinite(points).all():
        return False
    size = np.array([rgb.shape[1], rgb.shape[0]], np.float32)
    x0, y0, x1, y1 = box(points)
    near = (points[:, :2] >= -2 * size).all() and (points[:, :2] <= 3 * size).all()
    touches = x1 > 0 and y1 > 0 and x0 < size[0] and y0 < size[1]
    return bool(near and touches and min(x1 - x0, y1 - y0) >= 4)


def box(points: Points) -> tuple[float, float, float, float]:
    """Returns the upright box of points (N, 2 or 3): x0, y0, x1, y1."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> float:
    """Returns the intersection over union of two boxes, 0..1."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in (one, other)]
    return both / (sum(areas) - both)
