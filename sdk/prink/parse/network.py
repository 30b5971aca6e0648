"""prink's own network, which comes with the package; its card is `parse.md` beside it."""

from pathlib import Path
from typing import Final, Protocol

import numpy as np

from prink.arrays import Floats
from prink.face.source import Rgb
from prink.onnx_session import open_session
from prink.parse.classes import ANSWER
from prink.parse.error import ParseError

__all__ = ["FILE", "INPUT", "OUTPUT", "SIZE", "Answer", "HeadNetwork", "Network"]

FILE: Final = Path(__file__).with_name("parse.onnx")
INPUT: Final = "rgb_and_previous"
OUTPUT: Final = "answer"
SIZE: Final = 192
PLANES: Final = 3 + len(ANSWER)

Answer = Floats
"""(5, S, S), 0..1: the channels of `prink.parse.classes.ANSWER`."""


class Network(Protocol):
    """Sees crops of heads; it keeps nothing between two calls."""

    size: int
    """Pixels a side of its crops and answers."""

    def answer(self, crop: Rgb, previous: Answer | None) -> Answer:
        """Returns the answer (5, size, size) for a crop (size, size, 3) uint8.

        `previous` is the answer of the frame before at the same size and place, if there is one.
        """
        ...


class HeadNetwork:
    """A network of a file, by default the one that comes with prink.

    Raises:
        ParseError: The file is no network, or not one of these ports.
    """

    def __init__(self, model: Path = FILE) -> None:
        self.size = SIZE
        self.session = open_session(model, what="parse network", error=ParseError)
        check_ports(self.session.get_inputs(), INPUT, (1, PLANES, SIZE, SIZE), model)
        check_ports(self.session.get_outputs(), OUTPUT, (1, len(ANSWER), SIZE, SIZE), model)

    def answer(self, crop: Rgb, previous: Answer | None) -> Answer:
        """Returns the answer (5, 192, 192) for a crop (192, 192, 3) uint8; see `Network`."""
        import cv2

        planes = np.zeros((1, PLANES, SIZE, SIZE), np.float32)
        for plane, channel in zip(planes[0], cv2.split(crop), strict=False):
            np.multiply(channel, np.float32(1 / 255), out=plane)
        if previous is not None:
            planes[0, 3:] = previous
        (found,) = self.session.run([OUTPUT], {INPUT: planes})
        return np.asarray(found[0], np.float32)


def check_ports(ports: object, name: str, shape: tuple[int, ...], model: Path) -> None:
    """Refuses a network without a port of that name and shape."""
    told = {each.name: tuple(each.shape) for each in ports}  # type: ignore[attr-defined]
    if told.get(name) != shape:
        raise ParseError(
            f"the parse network has the ports {told}, expected {name!r} of {shape} ({model})"
        )
