"""Whether a look wears makeup, so that parsing the face is worth its time."""

from dataclasses import replace
from typing import Final

from prink.params import Look

__all__ = ["wears_makeup"]

BARE: Final = Look()


def wears_makeup(look: Look) -> bool:
    """Returns whether the look differs from the bare one in more than its hair."""
    return replace(look, hair=BARE.hair) != BARE
