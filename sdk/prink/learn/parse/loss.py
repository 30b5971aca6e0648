"""What the parsing network is trained to make small, where its labels are known."""

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from prink.learn.parse.net import Logits
from prink.parse.classes import CLASSES

__all__ = ["answer_loss", "class_loss", "possible"]

DICE_WEIGHT: Final = 0.5
SMALLEST: Final = 40.0  # px; keeps the Dice term of a part that is not there finite and weak
LEAST: Final = 1e-6  # chance of a class
# Of the answer's channels: small parts would hardly count.
CHANNELS: Final = (2.0, 2.5, 1.5, 2.5, 2.5)
SMALL: Final = {
    **dict.fromkeys(("eye", "teeth", "mouth", "upper_lip", "lower_lip"), 3.0),
    **dict.fromkeys(("brow", "glasses", "lens", "beard", "hand"), 2.0),
}


def answer_loss(logits: Logits, target: Tensor, weight: Tensor) -> Tensor:
    """Returns the mean loss of an answer against a soft target, (B, 5, S, S) all.

    Cross-entropy by the pixels' weights, and the Dice loss (Milletari et al. 2016); where a weight
    is 0 nothing is known and nothing counts.
    """
    found = logits.answer.float()
    channels = torch.tensor(CHANNELS, device=found.device)[None, :, None, None]
    entropy = functional.binary_cross_entropy_with_logits(found, target, weight=weight * channels)
    known = weight.clamp(max=1)
    mask, goal = found.sigmoid() * known, target * known
    both = (mask * goal).sum((2, 3))
    sizes = (mask * mask + goal * goal).sum((2, 3))
    dice = 1 - (2 * both + SMALLEST) / (sizes + SMALLEST)
    return entropy + DICE_WEIGHT * dice.mean()


def possible(sets: Tensor) -> Tensor:
    """Returns which classes each place may be, (B, 16, H, W) bool of sets (B, H, W) int32."""
    bits = torch.arange(len(CLASSES), device=sets.device, dtype=torch.int32)
    return (sets[:, None] >> bits[None, :, None, None]) % 2 == 1


def class_loss(logits: Logits, sets: Tensor) -> Tensor:
    """Returns the mean loss of classes (B, 16, H, W) against sets (B, H, W) int32.

    It is the cross-entropy of one of the possible classes; which of them is left to the network.
    What lies outside the picture is background.
    """
    found = logits.classes.float().softmax(1)
    may = possible(torch.where(sets == 0, 1 << CLASSES.index("background"), sets))
    missed = -(found * may).sum(1).clamp(min=LEAST).log()
    weights = torch.tensor([SMALL.get(name, 1.0) for name in CLASSES], device=found.device)
    count = may.sum(1)
    weight = (may * weights[None, :, None, None]).sum(1) / count
    return (missed * weight).mean()
