"""The batches that the parsing network learns from, made one ahead."""

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from prink.learn.parse.augment import Example, augmented
from prink.learn.parse.config import Config
from prink.learn.parse.data import Samples

__all__ = ["ParseBatch", "Stream", "batched"]

AHEAD: Final = 2  # batches under way
OWN: Final = 0.4  # share of the batches of which half get the network's own answer
MOVED: Final = 3  # px
KEPT: Final = 12  # one drawn head of so many is kept for the score


class ParseBatch(NamedTuple):
    """Inputs (B, 8, S, S), answers and their weights (B, 5, S, S), sets (B, S/2, S/2).

    `own` (B,) bool tells which get the network's own answer as the one before, moved by `shift`
    (2,) pixels: its mistakes must not feed themselves.
    """

    planes: Tensor
    answer: Tensor
    weight: Tensor
    sets: Tensor
    own: Tensor
    shift: Tensor


def batched(
    examples: Sequence[Example], own: Sequence[bool] = (), shift: Sequence[int] = (0, 0)
) -> ParseBatch:
    """Returns examples as tensors; sets are int32, as torch shifts no uint16."""
    return ParseBatch(
        planes=torch.from_numpy(np.stack([each.planes for each in examples])),
        answer=torch.from_numpy(np.stack([each.answer for each in examples])),
        weight=torch.from_numpy(np.stack([each.weight for each in examples])),
        sets=torch.from_numpy(np.stack([each.sets for each in examples]).astype(np.int32)),
        own=torch.tensor(list(own) or [False] * len(examples)),
        shift=torch.tensor(list(shift)),
    )


@dataclass(frozen=True, eq=False)
class Stream:
    """Augmented samples; see `prink.learn.training.Data`."""

    samples: Samples
    config: Config

    def __call__(self, *, start: int, rank: int, ranks: int) -> Generator[ParseBatch, None, None]:
        """Yields the batches of a process from a step on, without end."""
        with ThreadPoolExecutor(1) as pool:
            number, ahead = (
                start,
                deque(pool.submit(self.made, start + n, rank, ranks) for n in range(AHEAD)),
            )
            while True:
                ahead.append(pool.submit(self.made, number + AHEAD, rank, ranks))
                yield ahead.popleft().result()
                number += 1

    def made(self, step: int, rank: int = 0, ranks: int = 1) -> ParseBatch:
        """Returns the batch of a step; rare people are taken more often."""
        config, samples = self.config, self.samples
        rng = np.random.default_rng((config.seed, step * ranks + rank))
        photos = np.flatnonzero(~samples.validation)
        rarity = samples.rarity[photos]
        numbers = rng.choice(photos, config.batch, p=rarity / rarity.sum())
        if samples.heads:
            drawn = np.arange(samples.heads)
            drawn = len(samples) + drawn[drawn % KEPT != 0]
            heads = rng.random(config.batch) < config.synthetic
            numbers[heads] = rng.choice(drawn, int(heads.sum()))
        examples = [augmented(samples, int(number), rng) for number in numbers]
        own = (rng.random(config.batch) < 0.5) & (rng.random() < OWN)
        return batched(examples, own.tolist(), rng.integers(-MOVED, MOVED + 1, 2).tolist())
