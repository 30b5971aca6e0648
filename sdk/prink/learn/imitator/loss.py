"""What the imitator is trained to make small: the picture's error, and that of its changes.

The perceptual term compares Laplacian pyramids, the fine levels weighted up as in Lap1 (Bojanowski
et al. 2018), and needs no other network. The sensitivity term (after Kips et al. 2022) draws every
face twice, with looks that differ in one parameter, and asks that the imitator's two pictures
differ as the renderer's do.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.data.stream import Batch
from prink.learn.imitator.net import halved
from prink.learn.training import Terms

__all__ = ["PairLoss", "picture_loss", "pyramid_loss", "sensitivity_loss"]

LEVELS: Final = 4
# Mean square of a change, that of 3/255 on a seventh of the pixels. Much less, and the many pairs
# in which nothing changes (products that are not worn) teach the imitator to be deaf.
SMALLEST: Final = 2e-5


@dataclass(frozen=True)
class PairLoss:
    """The terms of a paired batch; both of a pair count as pictures.

    Attributes:
        size: Pixels a side at which pictures are compared; the atlas is shrunk to it.
        relative: Whether each change counts by its own size, see `sensitivity_loss`.
        mixed: Whether the network runs in bfloat16 where it can.
    """

    size: int
    relative: bool = True
    mixed: bool = True

    def __call__(self, net: nn.Module, batch: Batch) -> Terms:
        """Returns `l1` of the seen pixels' 0..1 sRGB, `pyramid` and `sensitivity`.

        Raises:
            ValueError: The batch has no pairs.
        """
        if batch.made2 is None or batch.look2 is None:
            raise ValueError("the imitator needs batches of pairs: batches(..., paired=True)")
        bare, made, made2 = (self.ready(each) for each in (batch.bare, batch.made, batch.made2))
        looks = torch.cat([batch.look, batch.look2])
        truth, seen = torch.cat([made, made2])[:, :3], bare[:, 3:].repeat(2, 1, 1, 1)
        # Half the time on this network. The picture itself stays float32: Fabric would round it.
        with torch.autocast(bare.device.type, torch.bfloat16, enabled=self.mixed):
            drawn = net(torch.cat([bare, bare]), looks)
        first, second = drawn.chunk(2)
        change, true = second - first, (made2 - made)[:, :3]
        return {
            "l1": picture_loss(drawn, truth, seen),
            "pyramid": pyramid_loss(drawn, truth, seen),
            "sensitivity": sensitivity_loss(change, true, bare[:, 3:], relative=self.relative),
        }

    def ready(self, atlas: Tensor) -> Tensor:
        """Returns atlases (B, C, S, S) at the size of the comparison."""
        return halved(atlas, self.size).contiguous(memory_format=torch.channels_last)


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
