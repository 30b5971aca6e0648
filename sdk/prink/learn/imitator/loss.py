"""What the imitator is trained to make small: the picture's error, and that of its changes.

The perceptual term compares Laplacian pyramids, the fine levels weighted up as in Lap1 (Bojanowski
et al. 2018), and needs no other network. The sensitivity term (after Kips et al. 2022) draws every
face twice, with looks that differ in one parameter, and asks that the imitator's two pictures
differ as the renderer's do.
"""

from dataclasses import dataclass
from typing import Final

from torch import Tensor
from torch.nn import functional

__all__ = ["Losses", "picture_loss", "pyramid_loss", "sensitivity_loss"]

LEVELS: Final = 4
# Mean square of a change, that of 3/255 on a seventh of the pixels. Much less, and the many pairs
# in which nothing changes (products that are not worn) teach the imitator to be deaf.
SMALLEST: Final = 2e-5


@dataclass(frozen=True, eq=False)
class Losses:
    """Terms of one batch, scalars; `l1` is of the seen pixels' 0..1 sRGB."""

    l1: Tensor
    pyramid: Tensor
    sensitivity: Tensor


def picture_loss(made: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Returns the mean absolute difference of pictures (B, 3, H, W) where `seen` (B, 1, H, W)."""
    return ((made - truth).abs() * seen).sum() / (3.0 * seen.sum() + 1e-6)


def pyramid_loss(made: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Returns the mean absolute difference of the Laplacian pyramids of pictures (B, 3, H, W).

    `seen` (B, 1, H, W) says how well each place is seen, 0..1.
    """
    rest, share = (made - truth) * seen, seen.mean() + 1e-6
    total = rest.new_zeros(())
    for level in range(LEVELS):
        small = functional.avg_pool2d(rest, 2)
        fine = rest - functional.interpolate(small, scale_factor=2.0, mode="bilinear")
        # A level has a quarter of the pixels of the one before, and counts a half.
        total = total + 2.0**-level * fine.abs().mean() / share
        rest = small
    return total + 2.0**-LEVELS * rest.abs().mean() / share


def sensitivity_loss(
    change: Tensor, truth: Tensor, seen: Tensor, *, relative: bool = True
) -> Tensor:
    """Returns the squared error of the changes that one parameter made, mean over the batch.

    As published it is ||dI - dR||^2, so parameters that move few pixels hardly count. Here each
    sample's is by default divided by its ||dR||^2, plus that of a faint change.

    Args:
        change: how the imitator's picture changed, (B, 3, H, W).
        truth: how the renderer's did.
        seen: how well each place is seen, (B, 1, H, W).
        relative: whether to divide.
    """
    error = ((change - truth) * seen).square().mean((1, 2, 3))
    if relative:
        error = error / ((truth * seen).square().mean((1, 2, 3)) + SMALLEST)
    return error.mean()
