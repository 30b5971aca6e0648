"""Where landmarks come from: one small interface; `sources` knows who offers it."""

from typing import Any, Protocol

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import POINT_COUNT, FaceError

__all__ = ["Points", "Rgb", "Source", "in_pixels"]

Points = Floats
Rgb = Bytes


class Source(Protocol):
    """A detector of landmarks; keeps its own state between the frames of a stream."""

    name: str

    def detect(self, rgb: Rgb, *, time_ms: int) -> list[Points]:
        """Returns the (478, 3) points of each face in pixels of this contiguous (H, W, 3) frame."""
        ...

    def close(self) -> None:
        """Ends the pipeline with its threads."""
        ...


def in_pixels(landmarks: Any, rgb: Rgb) -> Points:  # noqa: ANN401 (mediapipe has no types)
    """Returns (478, 3) pixel points of MediaPipe's normalised ones; z is scaled by width like x."""
    height, width = rgb.shape[:2]
    points = np.array([(p.x, p.y, p.z) for p in landmarks], np.float32)
    if points.shape != (POINT_COUNT, 3):
        raise FaceError(f"the model returned {len(points)} points, expected {POINT_COUNT}")
    return points * np.array([width, height, width], np.float32)
