"""The networks whose hair masks are measured: prink's own, and MediaPipe's where it is at hand."""

from typing import Protocol

import numpy as np

from prink.arrays import Bytes, Floats
from prink.learn.data.hair_teacher import open_teacher
from prink.parse import ParseError
from prink.parse.classes import ANSWER
from prink.parse.network import SIZE, HeadNetwork

__all__ = ["HairSource", "OwnHair", "opened_teacher"]


class HairSource(Protocol):
    """A network that sees head crops; it keeps nothing between two calls."""

    name: str
    size: int

    def alpha(self, crop: Bytes, previous: Floats | None) -> Floats:
        """Returns the (size, size) hair mask 0..1 of a (size, size, 3) crop, and the one before."""
        ...


class OwnHair:
    """The hair of prink's network."""

    name = "own"
    size = SIZE

    def __init__(self) -> None:
        self.network = HeadNetwork()

    def alpha(self, crop: Bytes, previous: Floats | None) -> Floats:
        """Returns the (192, 192) mask 0..1 of a (192, 192, 3) crop seen for the first time."""
        return np.asarray(self.network.answer(crop, None)[ANSWER.index("hair")], np.float32)


def opened_teacher() -> HairSource | None:
    """Returns MediaPipe's network, None where its file is not at hand."""
    try:
        return open_teacher()
    except ParseError:
        return None
