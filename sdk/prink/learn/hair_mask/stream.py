"""The batches that the hair network learns from, made one ahead."""

from collections import deque
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from prink.learn.hair_mask.augment import batch
from prink.learn.hair_mask.config import Config
from prink.learn.hair_mask.data import Samples

__all__ = ["HairBatch", "Stream"]

# Hats are what a network takes for hair longest; many of them from the start would hide too much.
HATS_FROM: Final = 0.8  # of the steps of the first cycle
AHEAD: Final = 2  # batches under way


class HairBatch(NamedTuple):
    """Inputs (B, 4, S, S), RGB and the mask before, and target masks (B, 1, S, S), all 0..1."""

    inputs: Tensor
    targets: Tensor


@dataclass(frozen=True, eq=False)
class Stream:
    """Augmented samples; see `prink.learn.training.Data`."""

    samples: Samples
    config: Config

    def __call__(self, *, start: int, rank: int, ranks: int) -> Generator[HairBatch, None, None]:
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

    def made(self, step: int, rank: int = 0, ranks: int = 1) -> HairBatch:
        """Returns the batch of a step; the second cycle takes rare people more often."""
        config, samples = self.config, self.samples
        photos = np.flatnonzero(~samples.validation & ~samples.synthetic)
        rng = np.random.default_rng((config.seed, step * ranks + rank))
        even = None
        if step >= config.steps:
            even = samples.rarity[photos] / samples.rarity[photos].sum()
        numbers = rng.choice(photos, config.batch, p=even)
        if config.synthetic:
            heads = rng.random(config.batch) < config.synthetic
            drawn = np.flatnonzero(samples.synthetic)
            numbers[heads] = rng.choice(drawn, int(heads.sum()))
        hats = HATS_FROM * config.steps <= step < config.steps
        inputs, targets = batch(samples, numbers, rng, hats=hats)
        return HairBatch(torch.from_numpy(inputs), torch.from_numpy(targets))
