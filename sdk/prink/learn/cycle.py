"""What every training here shares: a cycle of the learning rate, and the mean of the weights."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import nn

__all__ = ["Cycle", "follow", "rate_at", "steps_of"]


@dataclass(frozen=True)
class Cycle:
    """A cycle of the learning rate: a linear rise, then half a cosine down to its floor.

    Attributes:
        steps: Of the whole cycle.
        peak: The highest rate.
        warm_up: Steps of the rise.
        floor: The last rate, as a share of the peak.
    """

    steps: int
    peak: float
    warm_up: int = 0
    floor: float = 0.0

    def rate(self, step: int) -> float:
        """Returns the learning rate of a step, counted from 0."""
        if step < self.warm_up:
            return self.peak * (step + 1) / self.warm_up
        done = min((step - self.warm_up) / max(1, self.steps - self.warm_up), 1.0)
        wave = 0.5 * (1.0 + math.cos(math.pi * done))
        return self.peak * (self.floor + (1.0 - self.floor) * wave)


def steps_of(cycles: Sequence[Cycle]) -> int:
    """Returns how many steps cycles have that follow each other."""
    return sum(cycle.steps for cycle in cycles)


def rate_at(step: int, cycles: Sequence[Cycle]) -> float:
    """Returns the learning rate of a step, counted from 0, in cycles that follow each other."""
    for cycle in cycles[:-1]:
        if step < cycle.steps:
            return cycle.rate(step)
        step -= cycle.steps
    return cycles[-1].rate(step)


@torch.no_grad()
def follow(mean: nn.Module, net: nn.Module, *, step: int, average: float) -> None:
    """Moves running means of weights and statistics a little toward a network's; faster at first.

    Args:
        mean: The network that holds the means.
        net: The network after `step` steps.
        step: Counted from 1.
        average: What is kept of the means at each step, later on.
    """
    keep = min(average, (1 + step) / (10 + step))
    now = net.state_dict()
    for name, kept in mean.state_dict().items():
        if kept.is_floating_point():
            kept.lerp_(now[name], 1 - keep)
        else:
            kept.copy_(now[name])
