"""How far the imitator is from the renderer on faces that it was not trained on."""

from collections.abc import Sequence

import torch
from torch import nn

from prink.learn.data.stream import Batch
from prink.learn.imitator.loss import PairLoss

__all__ = ["judged"]


@torch.no_grad()
def judged(net: nn.Module, *, batches: Sequence[Batch], loss: PairLoss) -> dict[str, float]:
    """Returns the means of the terms of a loss over paired batches; none without batches."""
    device = next(net.parameters()).device
    found = [loss(net, batch.to(device)) for batch in batches]
    names = found[0] if found else ()
    return {
        f"held-out {name}": sum(float(each[name]) for each in found) / len(found) for name in names
    }
