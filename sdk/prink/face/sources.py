"""The sources of landmarks at hand: MediaPipe's two face pipelines, opened by name."""

from typing import Final

from prink.face.facemesh import FaceMesh
from prink.face.landmark import FaceError
from prink.face.landmarker import Landmarker
from prink.face.source import Source
from prink.weights import find_model

__all__ = ["SOURCES", "open_source"]

SOURCES: Final = ("auto", "landmarker", "facemesh")
TASK: Final = "face_landmarker.task"


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
        return Landmarker(model, stream=stream, max_faces=max_faces)
    if name == "landmarker":
        raise FaceError(
            f"source 'landmarker' needs {TASK}: put it into the folder named by PRINK_ASSETS"
        )
    return FaceMesh(stream=stream, max_faces=max_faces)
