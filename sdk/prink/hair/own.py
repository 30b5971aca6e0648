"""prink's own hair network, which comes with the package; its card is `hair.md` beside it."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.face.source import Rgb
from prink.hair.source import Alpha, open_session

__all__ = ["FILE", "OwnHair"]

FILE: Final = Path(__file__).with_name("hair.onnx")


class OwnHair:
    """A source that needs no download."""

    name = "own"
    size = 192

    def __init__(self, model: Path = FILE) -> None:
        self.session = open_session(model)
        self.input = self.session.get_inputs()[0].name

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the (192, 192) mask 0..1 of a (192, 192, 3) uint8 crop."""
        planes = np.zeros((1, 4, self.size, self.size), np.float32)
        planes[0, :3] = crop.transpose(2, 0, 1) / np.float32(255)
        if previous is not None:
            planes[0, 3] = previous
        (mask,) = self.session.run(None, {self.input: planes})
        return np.asarray(mask[0, 0], np.float32)
