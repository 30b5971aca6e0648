"""MediaPipe's hair network of 2019 (Tkachenka et al.), with standard operators only."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.face.source import Rgb
from prink.hair.source import Alpha, Network

__all__ = ["FILE", "MediaPipeHair"]

FILE: Final = "hair_segmentation.onnx"


class MediaPipeHair:
    """A source that needs the model file; the teacher of prink's own network."""

    name = "mediapipe"
    size = 512

    def __init__(self, model: Path) -> None:
        self.network = Network(model)

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the (512, 512) mask 0..1 of a (512, 512, 3) uint8 crop."""
        hair, rest = self.network.run(crop, previous)
        return np.asarray(1 / (1 + np.exp(hair - rest)), np.float32)
