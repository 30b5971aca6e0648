"""The pairs of looks on held-out faces that the imitator is judged by."""

from collections.abc import Sequence
from typing import Final

from prink.learn.data.faces import BaseFace
from prink.learn.data.stream import Batch, batches

__all__ = ["heldout_pairs"]

JUDGED: Final = 4  # batches
JUDGING_SEED: Final = 77


def heldout_pairs(faces: Sequence[BaseFace], batch: int) -> list[Batch]:
    """Returns paired batches on faces that are never trained on."""
    stream = batches(faces, batch=batch, seed=JUDGING_SEED, workers=0, paired=True)
    return [next(stream) for _ in range(JUDGED)]
