"""MediaPipe Tasks' FaceLandmarker on `face_landmarker.task`: 478 points, steadier than FaceMesh."""

from pathlib import Path

import numpy as np

from prink.face.landmark import FaceError
from prink.face.quiet import quiet
from prink.face.source import Points, Rgb, in_pixels

__all__ = ["Landmarker"]


class Landmarker:
    """A source that owns a FaceLandmarker, in VIDEO mode for streams and IMAGE mode for photos."""

    name = "landmarker"

    def __init__(self, model: Path, *, stream: bool, max_faces: int) -> None:
        with quiet():
            import mediapipe
            from mediapipe.tasks.python import BaseOptions, vision

            self.mediapipe = mediapipe
            self.stream = stream
            self.last_ms = -1
            mode = vision.RunningMode.VIDEO if stream else vision.RunningMode.IMAGE
            options = vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=model.read_bytes()),
                running_mode=mode,
                num_faces=max_faces,
            )
            try:
                self.task = vision.FaceLandmarker.create_from_options(options)
            except (RuntimeError, ValueError) as error:
                raise FaceError(f"MediaPipe cannot open {model}: {error}") from error
            # The networks open on the first frame: do it here, where their log is held back.
            self.detect(np.zeros((64, 64, 3), np.uint8), time_ms=0)

    def detect(self, rgb: Rgb, *, time_ms: int) -> list[Points]:
        """Returns the (478, 3) points of each face in pixels of this contiguous (H, W, 3) frame."""
        image = self.mediapipe.Image(image_format=self.mediapipe.ImageFormat.SRGB, data=rgb)
        if self.stream:
            # VIDEO mode refuses equal stamps, which happen above 1000 frames per second.
            self.last_ms = max(self.last_ms + 1, time_ms)
            result = self.task.detect_for_video(image, self.last_ms)
        else:
            result = self.task.detect(image)
        return [in_pixels(face, rgb) for face in result.face_landmarks]

    def close(self) -> None:
        """Ends the pipeline with its threads."""
        self.task.close()
