"""prink's own hair network, which comes with the package; its card is `hair.md` beside it."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.face.source import Rgb
from prink.hair.source import Alpha, Network

__all__ = ["FILE", "OwnHair"]

FILE: Final = Path(__file__).with_name("hair.onnx")


class OwnHair:
    """A source that needs no download."""

    name = "own"
    size = 192

    def __init__(self, model: Path = FILE) -> None:
        self.network = Network(model)

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the (192, 192) mask 0..1 of a (192, 192, 3) uint8 crop."""
        (mask,) = self.network.run(crop, previous)
        return np.asarray(mask, np.float32)
