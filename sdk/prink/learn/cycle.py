"""What every training here shares: a cycle of the learning rate, and the mean of the weights."""

import math

import torch
from torch import nn

__all__ = ["cycle_rate", "follow"]


def cycle_rate(step: int, *, steps: int, warm_up: int, peak: float, floor: float = 0.0) -> float:
    """Returns the learning rate: a linear rise, then half a cosine down to a share of the peak."""
    if step < warm_up:
        return peak * (step + 1) / warm_up
    done = min((step - warm_up) / max(1, steps - warm_up), 1.0)
    return peak * (floor + (1.0 - floor) * 0.5 * (1.0 + math.cos(math.pi * done)))


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
