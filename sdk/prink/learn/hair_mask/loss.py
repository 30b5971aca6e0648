"""What the hair network is trained to make small."""

from typing import Final

from torch import Tensor
from torch.nn import functional

__all__ = ["hair_loss"]

EDGE_WEIGHT: Final = 3.0  # a pixel on the mask's edge counts 1 + this
EDGE: Final = 7  # px, width of the edge
DICE_WEIGHT: Final = 0.5
SMALLEST: Final = 60.0  # px; keeps the Dice term of a bald head finite and weak


def hair_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Returns the mean loss of logits against a soft target, both (B, 1, H, W).

    Cross-entropy with the mask's edge weighted up, and the Dice loss (Milletari et al. 2016).
    """
    upper = functional.max_pool2d(target, EDGE, 1, EDGE // 2)
    lower = -functional.max_pool2d(-target, EDGE, 1, EDGE // 2)
    weight = 1 + EDGE_WEIGHT * (upper - lower)
    entropy = functional.binary_cross_entropy_with_logits(logits, target, weight=weight)
    mask = logits.sigmoid()
    both = (mask * target).sum((1, 2, 3))
    sizes = (mask.square() + target.square()).sum((1, 2, 3))
    dice = 1 - (2 * both + SMALLEST) / (sizes + SMALLEST)
    return entropy + DICE_WEIGHT * dice.mean()
