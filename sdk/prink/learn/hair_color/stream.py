"""The batches that a hair encoder learns from: drawn from the newest samples, made on the fly."""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from prink.arrays import Doubles
from prink.learn.hair_color.config import Config
from prink.learn.hair_color.heads import HairedHead
from prink.learn.hair_color.samples import VIEWS, Samples, make_samples, measured_numbers
from prink.render import Renderer

__all__ = ["ColorBatch", "Stream", "batch_of"]

EVERY: Final = 10  # steps from one pack of samples to the next
AHEAD: Final = 4  # packs under way
BEFORE: Final = 20  # packs before the first step
Seed = tuple[int, ...]
Pack = Callable[[], Samples]


class ColorBatch(NamedTuple):
    """Samples and heads to try the readings on.

    Attributes:
        rows: (B, F, 64, 1) float32 of tiles, see `prink.learn.hair_color.net.features`.
        numbers: (B, 13) the true colour, 0..1.
        kind: (B,) whether hair is dyed, natural or not there.
        owner: (B,) number of the head that it is seen on.
        other: (B,) number of another head.
    """

    rows: Tensor
    numbers: Tensor
    kind: Tensor
    owner: Tensor
    other: Tensor

    def to(self, device: torch.device | str) -> "ColorBatch":
        """Returns the batch on a device."""
        return ColorBatch(*(each.to(device) for each in self))


def batch_of(samples: Samples, other: NDArray[np.int64]) -> ColorBatch:
    """Returns samples as tensors, with the numbers (B,) of other heads."""
    rows = torch.from_numpy(samples.rows).float()
    rest = (samples.numbers, samples.kind, samples.heads, other)
    return ColorBatch(rows, *(torch.from_numpy(each) for each in rest))


@dataclass(frozen=True, eq=False)
class Stream:
    """Samples of some heads; see `prink.learn.training.Data`."""

    heads: Sequence[HairedHead]
    config: Config
    workers: int = 1

    def __call__(self, *, start: int, rank: int, ranks: int) -> Generator[ColorBatch, None, None]:
        """Yields the batches of a process from a step on; what was kept then is made once more."""
        config = self.config
        first = start // EVERY + BEFORE
        depth = -(-config.kept // (config.renderings * VIEWS))
        with self.makers() as make:

            def pack(number: int) -> Pack:
                return make((config.seed, 0, number * ranks + rank))

            known = deque(pack(n) for n in range(max(0, first - depth + 1), first + 1))
            ahead = deque(pack(first + n) for n in range(1, AHEAD))
            kept = joined([each() for each in known], config.kept)
            step = start
            while True:
                yield self.drawn(kept, step * ranks + rank)
                step += 1
                if step % EVERY == 0:
                    ahead.append(pack(step // EVERY + BEFORE + AHEAD - 1))
                    kept = joined([kept, ahead.popleft()()], config.kept)

    def drawn(self, kept: Samples, number: int) -> ColorBatch:
        """Returns a batch out of the kept samples."""
        count, seed = self.config.batch, self.config.seed
        chosen = np.random.default_rng((seed, 1, number)).integers(len(kept.kind), size=count)
        other = np.random.default_rng((seed, 2, number)).integers(len(self.heads), size=count)
        return batch_of(Samples(**{n: part[chosen] for n, part in vars(kept).items()}), other)

    @contextmanager
    def makers(self) -> Iterator[Callable[[Seed], Pack]]:
        """Yields what begins to make a pack, in other processes if there are any."""
        natural = np.stack([measured_numbers(head) for head in self.heads])
        count = self.config.renderings
        if not self.workers:
            with Renderer() as renderer:
                studio = Studio(self.heads, natural, renderer)
                yield lambda seed: partial(studio.shoot, seed, count)
            return
        # Another start than fork: a GL context does not survive one.
        pool = ProcessPoolExecutor(
            self.workers, get_context("spawn"), open_studio, (list(self.heads), natural)
        )
        try:
            yield lambda seed: pool.submit(shoot, seed, count).result
        finally:
            pool.shutdown(cancel_futures=True)


def joined(parts: Sequence[Samples], most: int) -> Samples:
    """Returns the newest samples of several packs, the oldest first."""
    stacks = [vars(part) for part in parts]
    return Samples(**{n: np.concatenate([s[n] for s in stacks])[-most:] for n in stacks[0]})


@dataclass(frozen=True, eq=False)
class Studio:
    """What makes samples: heads, their measured numbers (N, 13) and a renderer."""

    heads: Sequence[HairedHead]
    natural: Doubles
    renderer: Renderer

    def shoot(self, seed: Seed, count: int) -> Samples:
        """Returns a pack of samples of `count` renderings."""
        rng = np.random.default_rng(seed)
        return make_samples(self.heads, self.natural, self.renderer, rng, count=count)


_studio: list[Studio] = []


def open_studio(heads: Sequence[HairedHead], natural: Doubles) -> None:
    """Prepares a process that makes samples."""
    torch.set_num_threads(1)
    _studio[:] = [Studio(heads, natural, Renderer())]


def shoot(seed: Seed, count: int) -> Samples:
    """Returns a pack of this process's studio."""
    return _studio[0].shoot(seed, count)
