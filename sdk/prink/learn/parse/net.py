"""The parsing network: a small U-Net of plain convolutions, ReLU and bilinear upsampling."""

from typing import Final, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.parse.classes import ANSWER, CLASSES

__all__ = ["COARSE", "INPUTS", "SIZE", "TWICE", "Logits", "ParseNet", "macs"]

SIZE: Final = 192  # px a side of the input and of the answer
COARSE: Final = 96  # px a side of the classes
INPUTS: Final = 3 + len(ANSWER)
STEM: Final = 16
# Channels and number of residual blocks at 1/4, 1/8, 1/16 and 1/32 of the input.
STAGES: Final = ((24, 1), (48, 2), (96, 3), (128, 3))
DECODER: Final = (96, 64, 48, 32)  # channels at 1/16, 1/8, 1/4 and 1/2
TWICE: Final = 2  # the answer is this many times finer than what it is made of
WIDER: Final = 2  # how many times wider a block is inside


class Logits(NamedTuple):
    """`answer` (B, 5, S, S) before the sigmoid, `classes` (B, 16, S/2, S/2) before the softmax."""

    answer: Tensor
    classes: Tensor


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


class ParseNet(nn.Module):
    """Maps (B, 8, S, S), RGB 0..1 and the previous answer, to what the pixels are.

    S is a multiple of 32; the previous answer is 0 everywhere where there is none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stem = conv(INPUTS, STEM, 3, stride=2)
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
        self.classes = nn.Conv2d(DECODER[-1], len(CLASSES), 1)
        self.answer = nn.Conv2d(DECODER[-1], len(ANSWER) * TWICE**2, 3, padding=1)

    def forward(self, x: Tensor) -> Logits:
        """Returns the logits."""
        answer, classes = self.coarse(x)
        return Logits(functional.pixel_shuffle(answer, TWICE), classes)

    def coarse(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Returns answer (B, 20, S/2, S/2) and classes (B, 16, S/2, S/2), as logits.

        The four answers of each place lie side by side: half the size holds all they are made of.
        """
        features = [functional.relu(self.stem(x))]
        for stage in self.stages:
            features.append(stage(features[-1]))
        y = features.pop()
        for fuse in self.fuses:
            y = fuse(y, features.pop())
        return self.answer(y), self.classes(y)


def twice(x: Tensor) -> Tensor:
    """Returns features at twice their size, bilinear."""
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def macs(net: ParseNet, size: int = SIZE) -> int:
    """Returns the multiply-adds of one run, convolutions only."""
    total = 0

    def count(layer: nn.Module, _: object, out: Tensor) -> None:
        nonlocal total
        conv2d = cast(nn.Conv2d, layer)
        total += out.shape[2] * out.shape[3] * conv2d.weight.numel()

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, INPUTS, size, size))
    for hook in hooks:
        hook.remove()
    return total
