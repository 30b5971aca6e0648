"""The batches that an encoder learns from, and those that it is judged by."""

from collections.abc import Sequence
from typing import Final

from prink.learn.data.faces import BaseFace
from prink.learn.data.stream import Batch, batches

__all__ = ["heldout_batches"]

VALIDATION_SEED: Final = 77
JUDGED_AT_ONCE: Final = 64


def heldout_batches(faces: Sequence[BaseFace], count: int) -> list[Batch]:
    """Returns `count` samples or more of faces that are never trained on, in batches."""
    size = min(count, JUDGED_AT_ONCE)
    stream = batches(faces, batch=size, seed=VALIDATION_SEED, workers=0, bare=False)
    return [next(stream) for _ in range(-(-count // size))]
