"""Where masks come from: one small interface; `sources` knows who offers it."""

from pathlib import Path
from typing import Protocol

import numpy as np

from prink.arrays import Floats
from prink.errors import PrinkError
from prink.face.source import Rgb
from prink.onnx_session import open_session

__all__ = ["Alpha", "HairError", "HairSource", "Network"]

Alpha = Floats


class HairError(PrinkError, ValueError):
    """A frame, face or setting that hair masks cannot be made of, told in one plain sentence."""


class HairSource(Protocol):
    """A network that sees head crops; it keeps nothing between two calls."""

    name: str
    size: int
    """Pixels a side of its crops and masks."""

    def alpha(self, crop: Rgb, previous: Alpha | None) -> Alpha:
        """Returns the (size, size) hair mask 0..1 of a (size, size, 3) uint8 crop.

        `previous` is the mask of the frame before, at the same size and place, if there is one.
        """
        ...


class Network:
    """An ONNX network that takes planes (1, 4, S, S), colour and the mask before, all 0..1."""

    def __init__(self, model: Path) -> None:
        self.session = open_session(model, what="hair network", error=HairError)
        self.input = self.session.get_inputs()[0].name

    def run(self, crop: Rgb, previous: Alpha | None) -> Floats:
        """Returns the output (C, S, S) for a crop (S, S, 3) uint8 and the mask before, if any."""
        size = len(crop)
        planes = np.zeros((1, 4, size, size), np.float32)
        planes[0, :3] = crop.transpose(2, 0, 1) / np.float32(255)
        if previous is not None:
            planes[0, 3] = previous
        (found,) = self.session.run(None, {self.input: planes})
        return np.asarray(found[0], np.float32)
