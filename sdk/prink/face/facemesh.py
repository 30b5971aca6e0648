"""MediaPipe's FaceMesh with refined landmarks: its networks are inside the 0.10.21 wheel."""

from contextlib import nullcontext

import numpy as np

from prink.face.landmark import FaceError
from prink.face.quiet import quiet
from prink.face.source import Points, Rgb, in_pixels

__all__ = ["FaceMesh"]


class FaceMesh:
    """A source that owns a FaceMesh graph; needs no model file."""

    name = "facemesh"

    def __init__(self, *, stream: bool, max_faces: int) -> None:
        self.seen = False
        with quiet():
            import mediapipe

            if not hasattr(mediapipe, "solutions"):
                raise FaceError(
                    f"mediapipe {mediapipe.__version__} bundles no face networks: install "
                    "mediapipe==0.10.21, or put face_landmarker.task into PRINK_ASSETS"
                )
            self.graph = mediapipe.solutions.face_mesh.FaceMesh(
                static_image_mode=not stream, max_num_faces=max_faces, refine_landmarks=True
            )
            # The networks open on the first frame: do it here, where their log is held back.
            self.detect(np.zeros((64, 64, 3), np.uint8), time_ms=0)

    def detect(self, rgb: Rgb, *, time_ms: int) -> list[Points]:
        """Returns the (478, 3) points of each face in pixels of this contiguous (H, W, 3) frame."""
        # One more line of log comes with the first face.
        with nullcontext() if self.seen else quiet():
            result = self.graph.process(rgb)
        self.seen = self.seen or bool(result.multi_face_landmarks)
        return [in_pixels(face.landmark, rgb) for face in result.multi_face_landmarks or ()]

    def close(self) -> None:
        """Ends the graph with its threads."""
        self.graph.close()
