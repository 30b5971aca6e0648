"""Where masks come from: one small interface over prink's own network and MediaPipe's."""

from pathlib import Path
from typing import Final, Protocol

import numpy as np

from prink.arrays import Floats
from prink.errors import PrinkError
from prink.face.source import Rgb
from prink.onnx_session import open_session
from prink.weights import find_model

__all__ = ["SOURCES", "Alpha", "HairError", "HairSource", "Network", "open_source"]

SOURCES: Final = ("own", "mediapipe")

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


def open_source(name: str) -> HairSource:
    """Returns a source that is ready to run.

    Raises:
        HairError: The name is unknown, or the model of the source is not at hand.
        ModelError: The model file is not the expected one.
    """
    if name not in SOURCES:
        raise HairError(f"source is {name!r}, expected one of {', '.join(SOURCES)}")
    if name == "own":
        from prink.hair.own import OwnHair

        return OwnHair()
    from prink.hair.mediapipe import FILE, MediaPipeHair

    model = find_model(FILE)
    if model is None:
        raise HairError(
            f"source 'mediapipe' needs {FILE}: put it into the folder named by PRINK_ASSETS"
        )
    return MediaPipeHair(model)


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
