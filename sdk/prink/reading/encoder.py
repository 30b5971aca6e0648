"""The network that reads a look off a face atlas; its card is `encoder.md` beside it.

`python -m prink.learn.train_student` makes such a file; one of a user's own is opened in the same
way as the one that comes with the package.
"""

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes
from prink.errors import PrinkError
from prink.onnx_session import open_session
from prink.params import Look, from_vector, parameters
from prink.render.atlas import SIZE

__all__ = [
    "FILE",
    "Encoded",
    "Encoder",
    "ReadingError",
    "is_schema",
    "is_shipped",
    "schema_fields",
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
        confidence: For each group of the look, 0..1.
    """

    look: Look
    confidence: dict[str, float]


class Encoder:
    """A trained network that maps a face atlas to a look.

    Args:
        path: An ONNX file of this schema; by default the one that comes with prink.

    Raises:
        ReadingError: if there is no such file, it is no network, or it was trained for another
            schema of looks.
    """

    def __init__(self, path: str | Path = FILE) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise ReadingError(missing(self.path))
        self.session = open_session(self.path, what="encoder", error=ReadingError)
        metadata: dict[str, str] = self.session.get_modelmeta().custom_metadata_map
        check_fields(metadata, self.path)
        check_planes(self.session, self.path)
        self.reads_hair = metadata.get("hair") == "patch"
        """Whether it was trained with the hair patch, so that its hair numbers mean something."""

    def encode(self, atlas: Bytes) -> Encoded:
        """Returns the look of an atlas (256, 256, 4) uint8, as `prink.render.atlas` unwraps it.

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
        shares = np.clip(np.asarray(sure, np.float64), 0.0, 1.0).tolist()
        return Encoded(from_vector(look), dict(zip(groups(), shares, strict=True)))


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


def groups() -> list[str]:
    return [group.name for group in fields(Look)]


def schema_fields() -> list[tuple[str, int]]:
    """Returns path and width of every parameter in the order of the look's vector."""
    return [(each.path, each.width) for each in parameters()]


def is_schema(given: object) -> bool:
    """Tells whether a list of path and width, as a checkpoint keeps it, is `schema_fields()`."""
    return isinstance(given, list) and [tuple(each) for each in given] == schema_fields()


def check_fields(metadata: dict[str, str], path: Path) -> None:
    """Makes sure that the numbers of the network are the numbers of this schema."""
    try:
        given = [(str(name), int(width)) for name, width in json.loads(metadata["fields"])]
    except (KeyError, TypeError, ValueError):
        raise ReadingError(
            f"the file does not say which numbers it gives, so it is no encoder of prink ({path})"
        ) from None
    ours = schema_fields()
    if given == ours:
        return
    pairs = zip([*given, None], [*ours, None], strict=False)
    place, (theirs, own) = next((n, pair) for n, pair in enumerate(pairs) if pair[0] != pair[1])
    told = ["nothing" if field is None else f"{field[0]} ({field[1]})" for field in (theirs, own)]
    raise ReadingError(
        f"the encoder was trained for other looks than this prink's: field {place + 1} is "
        f"{told[0]}, expected {told[1]}; train it anew with this prink ({path})"
    )


def check_planes(session: Any, path: Path) -> None:  # noqa: ANN401 (onnxruntime has no types)
    """Makes sure that the network takes an atlas and gives a look and its confidence."""
    numbers = sum(width for _, width in schema_fields())
    wanted = {
        INPUT: [1, 4, SIZE, SIZE],
        OUTPUTS[0]: [1, numbers],
        OUTPUTS[1]: [1, len(groups())],
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
