"""The hair network: a small U-Net of plain convolutions, ReLU and bilinear upsampling."""

from typing import Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["SIZE", "HairNet", "macs"]

SIZE: Final = 192  # px a side of input and mask
STEM: Final = 16
# Channels and number of residual blocks at 1/4, 1/8, 1/16 and 1/32 of the input.
STAGES: Final = ((24, 1), (48, 2), (96, 3), (128, 3))
DECODER: Final = (80, 48, 24, 16)  # channels at 1/16, 1/8, 1/4 and 1/2
WIDER: Final = 2  # how many times wider a block is inside


def conv(
    channels: int, out: int, kernel: int, *, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    """Returns a convolution with batch normalisation, which export folds into it."""
    layer = nn.Conv2d(channels, out, kernel, stride, kernel // 2, groups=groups, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(out))


class Block(nn.Module):
    """An inverted residual (Sandler et al. 2018) with ReLU: widen, filter each channel, narrow."""

    def __init__(self, channels: int, out: int, *, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        inner = channels * WIDER
        self.widen = conv(channels, inner, 1)
        self.filter = conv(inner, inner, kernel, stride=stride, groups=inner)
        self.narrow = conv(inner, out, 1)
        self.residual = stride == 1 and channels == out

    def forward(self, x: Tensor) -> Tensor:
        """Returns (B, out, H / stride, W / stride)."""
        y = functional.relu(self.widen(x))
        y = cast(Tensor, self.narrow(functional.relu(self.filter(y))))
        return x + y if self.residual else y


class Fuse(nn.Module):
    """Doubles coarse features in size, adds the finer ones of the encoder and mixes both."""

    def __init__(self, coarse: int, fine: int, out: int) -> None:
        super().__init__()
        self.down = conv(coarse, out, 1)
        self.across = conv(fine, out, 1)
        self.filter = conv(out, out, 3, groups=out)
        self.mix = conv(out, out, 1)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        """Returns (B, out, H, W) of the fine features' size."""
        y = functional.relu(twice(self.down(coarse)) + self.across(fine))
        return cast(Tensor, y + self.mix(functional.relu(self.filter(y))))


class HairNet(nn.Module):
    """Maps (B, 4, S, S), RGB 0..1 and the previous mask, to hair logits (B, 1, S, S).

    S is a multiple of 32; the previous mask is 0 everywhere where there is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv(4, STEM, 3, stride=2)
        self.stages = nn.ModuleList()
        channels = STEM
        for out, blocks in STAGES:
            kernel = 5 if out == STAGES[-1][0] else 3
            layers = [Block(channels, out, stride=2)]
            layers += [Block(out, out, kernel=kernel) for _ in range(blocks)]
            self.stages.append(nn.Sequential(*layers))
            channels = out
        fine = [*(out for out, _ in STAGES[-2::-1]), STEM]
        coarse = [channels, *DECODER]
        self.fuses = nn.ModuleList(
            Fuse(c, f, o) for c, f, o in zip(coarse, fine, DECODER, strict=False)
        )
        self.head = nn.Conv2d(DECODER[-1], 4, 3, padding=1)
        self.fine_head = nn.Conv2d(4, 1, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """Returns the logits."""
        features = [functional.relu(self.stem(x * 2.0 - 1.0))]
        for stage in self.stages:
            features.append(stage(features[-1]))
        y = features.pop()
        for fuse in self.fuses:
            y = fuse(y, features.pop())
        return cast(Tensor, self.fine_head(functional.relu(twice(self.head(y)))))


def twice(x: Tensor) -> Tensor:
    """Returns features at twice their size, bilinear."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def macs(net: HairNet, size: int = SIZE) -> int:
    """Returns the multiply-adds of one mask, convolutions only."""
    total = 0

    def count(layer: nn.Module, _: object, out: Tensor) -> None:
        nonlocal total
        conv2d = cast(nn.Conv2d, layer)
        total += out.shape[2] * out.shape[3] * conv2d.weight.numel()

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, 4, size, size))
    for hook in hooks:
        hook.remove()
    return total
