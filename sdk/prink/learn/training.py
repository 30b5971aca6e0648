"""What a network brings to be trained: settings, net, data, loss and score."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn

from prink.learn.cycle import Cycle

__all__ = ["B", "Data", "N", "Settings", "Terms", "Training"]

Terms = dict[str, Tensor]
"""The scalars of a loss by name; their weighted sum is what training makes small."""
N = TypeVar("N", bound=nn.Module)
"""A network."""
B = TypeVar("B")
"""A batch."""
Made = TypeVar("Made", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a checkpoint must have been made with to be gone on with.

    Attributes:
        steps: Of the first cycle of the learning rate.
        batch: Samples of a step, in each process.
        peak_rate: Of the first cycle.
        warm_up: Steps of its rise.
        last_rate: The rate at its end, as a share of the peak.
        decay: Of the weights (AdamW).
        average: What is kept of the running mean of the weights at each step.
        clip: The longest gradient.
        seed: Of weights and data.
    """

    steps: int
    batch: int
    peak_rate: float
    warm_up: int
    decay: float
    average: float
    clip: float
    last_rate: float = 0.0
    seed: int = 1

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """The cycles of the learning rate, one after the other."""
        return (Cycle(self.steps, self.peak_rate, self.warm_up, self.last_rate),)


class Data(Protocol[Made]):
    """The batches of one process, from a step on; the same for the same seed and step."""

    def __call__(self, *, start: int, rank: int, ranks: int) -> Generator[Made, None, None]:
        """Yields the batches of process `rank` of `ranks`, of step `start` (from 0) and later."""
        ...


@dataclass(frozen=True, eq=False, kw_only=True)
class Training(Generic[N, B]):
    """A training as it is declared; `prink.learn.run` carries it out.

    Attributes:
        title: Over the curves.
        settings: What it must have been begun with to be gone on with.
        net: Makes the network; the seed is set before.
        data: The batches: tensors, named tuples or dataclasses of them.
        loss: The terms of a batch, given the network as Fabric wraps it.
        score: Figures of the averaged network by name, on what is never trained on.
        weights: Of the terms whose weight is not 1; at 0 a term is only watched.
        about: What a checkpoint keeps beside the rest, such as the fields the numbers stand for.
        methods: Of the network that the loss calls besides `forward`.
        layout: Of the weights in memory.
        log_every: Steps between two points of the loss' curves.
        save_every: Steps between two checkpoints with score and picture.
    """

    title: str
    settings: Settings
    net: Callable[[], N]
    data: Data[B]
    loss: Callable[[Any, B], Terms]
    score: Callable[[N], Mapping[str, float]]
    weights: Mapping[str, float] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    methods: tuple[str, ...] = ()
    layout: torch.memory_format = torch.channels_last
    log_every: int = 25
    save_every: int = 500
