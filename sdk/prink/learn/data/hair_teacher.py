"""MediaPipe's hair network of 2019 (Tkachenka et al.), which teaches: standard operators only."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.face.source import Rgb
from prink.onnx_session import open_session
from prink.parse import ParseError
from prink.weights import find_model

__all__ = ["FILE", "HairTeacher", "open_teacher"]

FILE: Final = "hair_segmentation.onnx"


class HairTeacher:
    """Marks hair in a crop; it keeps nothing between two calls.

    Raises:
        ParseError: The file is no network.
    """

    name = "mediapipe"
    size = 512

    def __init__(self, model: Path) -> None:
        self.session = open_session(model, what="hair network", error=ParseError)
        self.input = self.session.get_inputs()[0].name

    def alpha(self, crop: Rgb, previous: Floats | None) -> Floats:
        """Returns the (512, 512) mask 0..1 of a (512, 512, 3) uint8 crop.

        `previous` is the mask of the frame before, at the same place, if there is one.
        """
        planes = np.zeros((1, 4, *crop.shape[:2]), np.float32)
        planes[0, :3] = crop.transpose(2, 0, 1) / np.float32(255)
        if previous is not None:
            planes[0, 3] = previous
        (found,) = self.session.run(None, {self.input: planes})
        rest_by_hair = np.exp(found[0, 0] - found[0, 1])
        return np.asarray(1 / (1 + rest_by_hair), np.float32)


def open_teacher() -> HairTeacher:
    """Returns the teacher, ready to run.

    Raises:
        ParseError: Its file is not at hand.
        ModelError: The file is not the expected one.
    """
    model = find_model(FILE)
    if model is None:
        raise ParseError(
            f"MediaPipe's hair network needs {FILE}: put it into the folder named by PRINK_ASSETS"
        )
    return HairTeacher(model)
