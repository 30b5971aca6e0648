"""MediaPipe's hair network of 2019 (Tkachenka et al.), with standard operators only."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.face.source import Rgb
from prink.hair.source import Alpha, open_session

__all__ = ["FILE", "MediaPipeHair"]

FILE: Final = "hair_segmentation.onnx"


class MediaPipeHair:
    """A source that needs the model file; the teacher of prink's own network."""

    name = "mediapipe"
    size = 512

    def __init__(self, model: Path) -> None:
        self.session = open_session(model)
        self.input = self.session.get_inputs()[0].name

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the (512, 512) mask 0..1 of a (512, 512, 3) uint8 crop."""
        planes = np.zeros((1, 4, self.size, self.size), np.float32)
        planes[0, :3] = crop.transpose(2, 0, 1) / np.float32(255)
        if previous is not None:
            planes[0, 3] = previous
        (logits,) = self.session.run(None, {self.input: planes})
        return np.asarray(1 / (1 + np.exp(logits[0, 0] - logits[0, 1])), np.float32)
