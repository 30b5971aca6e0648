"""How well the network does on people kept back, with and without a mask before."""

from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from prink.learn.hair_mask.data import CROPS, Samples
from prink.learn.hair_mask.net import SIZE, HairNet

__all__ = ["iou", "validation_score"]

BATCH: Final = 32
LEAST: Final = 0.005  # share of the crop below which a head counts as bald


def validation_score(net: HairNet, *, samples: Samples) -> dict[str, float]:
    """Returns mean IoU of one pass, of a second that is given the first, and hair seen on the bald.

    Only the crops that prink itself would make count; the last is a mean share of the crop.
    """
    numbers = np.flatnonzero(samples.validation)
    numbers = numbers[numbers % CROPS == 0]
    once, twice, bald = [], [], []
    device = next(net.parameters()).device
    with torch.no_grad():
        for start in range(0, len(numbers), BATCH):
            chosen = numbers[start : start + BATCH]
            rgb = resized(torch.from_numpy(samples.crops[chosen]).permute(0, 3, 1, 2)).to(device)
            target = resized(torch.from_numpy(samples.hair[chosen])[:, None]).to(device)
            first = net(torch.cat([rgb, torch.zeros_like(target)], 1)).sigmoid()
            second = net(torch.cat([rgb, first], 1)).sigmoid()
            haired = (target > 0.5).float().mean((1, 2, 3)) > LEAST
            once.append(iou(first, target)[haired])
            twice.append(iou(second, target)[haired])
            bald.append((first > 0.5).float().mean((1, 2, 3))[~haired])
    found = {"IoU": once, "IoU, second pass": twice, "hair on the bald": bald}
    parts = {name: torch.cat(each) for name, each in found.items() if each}
    return {name: float(values.mean()) for name, values in parts.items() if len(values)}


def resized(pixels: Tensor) -> Tensor:
    """Returns 8-bit pictures (B, C, H, W) as floats 0..1 at the network's size."""
    return functional.interpolate(pixels.float() / 255, (SIZE, SIZE), mode="area")


def iou(mask: Tensor, target: Tensor) -> Tensor:
    """Returns intersection over union at 0.5 of each pair of masks, (B,)."""
    one, other = mask > 0.5, target > 0.5
    union = (one | other).sum((1, 2, 3)).clamp(min=1)
    return (one & other).sum((1, 2, 3)) / union
