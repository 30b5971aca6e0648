"""Where landmarks come from: one small interface over MediaPipe's two face pipelines."""

from typing import Any, Final, Protocol

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.landmark import POINT_COUNT, FaceError
from prink.weights import find_model

__all__ = ["SOURCES", "Points", "Rgb", "Source", "in_pixels", "open_source"]

SOURCES: Final = ("auto", "landmarker", "facemesh")
TASK: Final = "face_landmarker.task"

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


def open_source(name: str, *, stream: bool, max_faces: int) -> Source:
    """Returns a running source; `auto` takes the landmarker where its model is at hand.

    Raises:
        FaceError: The name is unknown, or what the source needs is missing.
        ModelError: The model file is not the expected one.
    """
    if name not in SOURCES:
        raise FaceError(f"source is {name!r}, expected one of {', '.join(SOURCES)}")
    model = None if name == "facemesh" else find_model(TASK)
    if model is not None:
        from prink.face.landmarker import Landmarker

        return Landmarker(model, stream=stream, max_faces=max_faces)
    if name == "landmarker":
        raise FaceError(
            f"source 'landmarker' needs {TASK}: put it into the folder named by PRINK_ASSETS"
        )
    from prink.face.facemesh import FaceMesh

    return FaceMesh(stream=stream, max_faces=max_faces)


def in_pixels(landmarks: Any, rgb: Rgb) -> Points:  # noqa: ANN401 (mediapipe has no types)
    """Returns (478, 3) pixel points of MediaPipe's normalised ones; z is scaled by width like x."""
    height, width = rgb.shape[:2]
    points = np.array([(p.x, p.y, p.z) for p in landmarks], np.float32)
    if points.shape != (POINT_COUNT, 3):
        raise FaceError(f"the model returned {len(points)} points, expected {POINT_COUNT}")
    return points * np.array([width, height, width], np.float32)
