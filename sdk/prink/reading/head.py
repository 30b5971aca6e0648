"""The head of a photo that is read: what covers its face, and its hair."""

from dataclasses import dataclass
from functools import cache

from prink.arrays import Bytes
from prink.face import Face
from prink.parse import Parser, Square, as_seen

__all__ = ["Head", "see_head"]


@dataclass(frozen=True, eq=False)
class Head:
    """A face whose visibility tells what covers it, and its hair, if its points make sense."""

    face: Face
    hair: Square | None


@cache
def parser() -> Parser:
    """Returns the one that all readings share; it keeps nothing of a photo."""
    return Parser()


def see_head(rgb: Bytes, face: Face) -> Head:
    """Returns a face of a photo (H, W, 3) as its pixels show it."""
    (parsing,) = parser().find(rgb, [face])
    return Head(as_seen(face, parsing), parsing.hair)
