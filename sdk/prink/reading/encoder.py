"""The network that reads a look off a face atlas; its card is `encoder.md` beside it.

`python -m prink.learn.train_student` makes such a file; one of a user's own is opened in the same
way as the one that comes with the package.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes
from prink.errors import PrinkError
from prink.onnx_session import open_session
from prink.params import Look, from_vector
from prink.params.fields import FieldList, file_fields
from prink.render.atlas import SIZE

__all__ = [
    "FILE",
    "Encoded",
    "Encoder",
    "ReadingError",
    "is_shipped",
    "shipped_encoder",
]

FILE: Final = Path(__file__).with_name("encoder.onnx")
INPUT: Final = "atlas"
OUTPUTS: Final = ("look", "confidence")


class ReadingError(PrinkError, ValueError):
    """A look cannot be read in the asked way, told in one plain sentence."""


@dataclass(frozen=True)
class Encoded:
    """What the network says of one atlas.

    Attributes:
        look: The look; products that are judged absent have coverage 0.
        confidence: For each group of the look, 0..1; 0 of those that the network does not know.
    """

    look: Look
    confidence: dict[str, float]


class Encoder:
    """A trained network that maps a face atlas to a look.

    Args:
        path: An ONNX file of this schema or of an earlier one, whose looks have no more than a part
            of this one's fields; by default the one that comes with prink.

    Raises:
        ReadingError: if there is no such file, it is no network, or it gives fields that this
            schema does not have.
    """

    def __init__(self, path: str | Path = FILE) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise ReadingError(missing(self.path))
        self.session = open_session(self.path, what="encoder", error=ReadingError)
        metadata: dict[str, str] = self.session.get_modelmeta().custom_metadata_map
        self.fields = file_fields(
            metadata.get("fields"), self.path, what="encoder", error=ReadingError
        )
        """What its numbers are, by path."""
        check_planes(self.session, self.fields, self.path)
        self.reads_hair = metadata.get("hair") == "patch"
        """Whether it was trained with the hair patch, so that its hair numbers mean something."""

    def encode(self, atlas: Bytes) -> Encoded:
        """Returns the look of an atlas (256, 256, 4) uint8, as `prink.render.atlas` unwraps it.

        Fields that the network does not know are bare.

        Raises:
            ReadingError: if the atlas is of another shape or type, or the network gives NaN.
        """
        shape = (SIZE, SIZE, 4)
        if atlas.shape != shape or atlas.dtype != np.uint8:
            raise ReadingError(f"an atlas is uint8 {shape}, got {atlas.dtype} {atlas.shape}")
        planes = atlas.transpose(2, 0, 1)[None].astype(np.float32) / np.float32(255)
        look, sure = (each[0] for each in self.session.run(list(OUTPUTS), {INPUT: planes}))
        if not (np.isfinite(look).all() and np.isfinite(sure).all()):
            raise ReadingError(f"the encoder gives numbers that are not finite ({self.path})")
        return Encoded(from_vector(self.fields.to_look(look)), self.fields.confidence(sure))


def is_shipped() -> bool:
    """Returns whether an encoder came with this prink."""
    return FILE.is_file()


def shipped_encoder() -> Encoder:
    """Returns the encoder that comes with prink, opened once.

    Raises:
        ReadingError: see `Encoder`.
    """
    return opened(FILE)


@cache
def opened(path: Path) -> Encoder:
    return Encoder(path)


def missing(path: Path) -> str:
    if path == FILE:
        return 'no encoder came with this prink; read with by="measured" (prink read --by measured)'
    return f"there is no encoder file of that name ({path})"


def check_planes(
    session: Any,  # noqa: ANN401 (onnxruntime has no types)
    fields: FieldList,
    path: Path,
) -> None:
    """Makes sure that the network takes an atlas and gives these fields and their confidence."""
    wanted = {
        INPUT: [1, 4, SIZE, SIZE],
        OUTPUTS[0]: [1, fields.numbers],
        OUTPUTS[1]: [1, len(fields.groups)],
    }
    ends = {each.name: each.shape for each in (*session.get_inputs(), *session.get_outputs())}
    for name, shape in wanted.items():
        if not fits(ends.get(name), shape):
            raise ReadingError(
                f"an encoder has {name!r} of shape {shape}, the file has {ends.get(name)} ({path})"
            )


def fits(found: list[int | str] | None, shape: list[int]) -> bool:
    """Tells whether a declared shape can be the wanted one; a name stands for any number."""
    if found is None or len(found) != len(shape):
        return False
    return all(isinstance(n, str) or n == m for n, m in zip(found, shape, strict=True))
