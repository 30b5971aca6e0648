"""Networks that are not ours and look unlike ours: a classifier, a U-Net, a transformer block.

Their weights are random but fixed; samples are smooth pictures, as a photo is, not noise.
"""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn

from prink.arrays import Floats
from prink_export.network import Network, Port

__all__ = ["FOREIGN", "PICTURE", "Then", "classifier", "pictures", "settled", "transformer", "unet"]

SIDE = 32


class Classifier(nn.Module):
    """A user's classifier with BatchNorm and Hardswish: picture to ten logits."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.Hardswish(),
            nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False),
            nn.BatchNorm2d(8),
            nn.Hardswish(),
            nn.Conv2d(8, 16, 1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
        )
        self.head = nn.Linear(16, 10)

    def forward(self, picture: Tensor) -> Tensor:
        return self.head(self.body(picture).mean((2, 3)))


def block(inner: int, outer: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inner, outer, 3, padding=1, bias=False), nn.BatchNorm2d(outer), nn.ReLU()
    )


class UNet(nn.Module):
    """A small U-Net: max pool down, transposed convolution up, skips; picture to mask."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.third = block(3, 8), block(8, 16), block(16, 8)
        self.down = nn.MaxPool2d(2, 2)
        self.up = nn.ConvTranspose2d(16, 8, 2, stride=2)
        self.mask = nn.Conv2d(8, 1, 1)

    def forward(self, picture: Tensor) -> Tensor:
        fine = self.first(picture)
        coarse = self.second(self.down(fine))
        return torch.sigmoid(self.mask(self.third(torch.cat([fine, self.up(coarse)], 1))))


class Transformer(nn.Module):
    """One transformer block over tokens: layer norm, two heads of attention, GELU; two outputs."""

    def __init__(self, width: int = 16, heads: int = 2) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries, self.keys, self.values = (nn.Linear(width, width) for _ in range(3))
        self.project = nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.score = nn.Linear(width, 3)

    def split(self, tokens: Tensor) -> Tensor:
        batch, count, width = tokens.shape
        return tokens.reshape(batch, count, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        normal = self.before(tokens)
        mixed = nn.functional.scaled_dot_product_attention(
            self.split(self.queries(normal)),
            self.split(self.keys(normal)),
            self.split(self.values(normal)),
        )
        tokens = tokens + self.project(mixed.transpose(1, 2).reshape(tokens.shape))
        wide = nn.functional.gelu(self.wide(self.after(tokens)), approximate="tanh")
        tokens = tokens + self.narrow(wide)
        return tokens, self.score(tokens.mean(1))


class Then(nn.Module):
    """A convolution, and then whatever a test wants to see converted or refused."""

    def __init__(self, step: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.layer, self.step = nn.Conv2d(3, 4, 1), step

    def forward(self, picture: Tensor) -> Tensor:
        return self.step(self.layer(picture))


def settled(kind: Callable[[], nn.Module]) -> Callable[[], nn.Module]:
    """A builder of fixed weights, strong enough for outputs that differ from picture to picture."""

    def build() -> nn.Module:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(5)
            module = kind()
            for each in module.modules():
                if isinstance(each, nn.Conv2d):
                    nn.init.kaiming_normal_(each.weight, nonlinearity="relu")
                if isinstance(each, nn.BatchNorm2d):
                    each.running_mean.normal_(0, 0.1)  # type: ignore[union-attr]
                    each.running_var.uniform_(0.2, 0.5)  # type: ignore[union-attr]
        return module.eval()

    return build


def pictures(count: int, *, seed: int, side: int = SIDE) -> list[tuple[Floats, ...]]:
    """Smooth coloured pictures 0..1, (1, 3, side, side), each in a tuple of one."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:side, 0:side] / side
    made = []
    for _ in range(count):
        slope, phase = rng.uniform(-6, 6, (3, 2, 1, 1)), rng.uniform(0, 6, (3, 1, 1))
        picture = 0.5 + 0.5 * np.sin(slope[:, 0] * x + slope[:, 1] * y + phase)
        made.append((picture[None].astype(np.float32),))
    return made


def tokens(count: int, *, seed: int) -> list[tuple[Floats, ...]]:
    """Sequences of twelve tokens of width sixteen, (1, 12, 16)."""
    rng = np.random.default_rng(seed)
    return [(rng.standard_normal((1, 12, 16)).astype(np.float32),) for _ in range(count)]


def network(
    name: str,
    kind: Callable[[], nn.Module],
    given: Port,
    outputs: tuple[Port, ...],
    inputs: Callable[..., Iterable[tuple[Floats, ...]]],
    int8: float,
) -> Network:
    return Network(
        name=name,
        build=settled(kind),
        inputs=(given,),
        outputs=outputs,
        samples=lambda: inputs(4, seed=1),
        calibration=lambda: inputs(16, seed=2),
        limits={
            "fp32": {"max": 1e-4, "p99": 1e-4},
            "fp16": {"max": 1e-2, "p99": 1e-2},
            "int8": {"max": int8, "p99": int8},
            "int8w": {"max": int8, "p99": int8},
            "pal6": {"max": 4 * int8, "p99": 4 * int8},
        },
        about=f"A {name} that prink did not make.",
    )


PICTURE = Port("image", (1, 3, SIDE, SIDE), image=True)


@cache
def classifier() -> Network:
    logits = Port("out_logits", (1, 10))
    return network("classifier", Classifier, PICTURE, (logits,), pictures, 0.2)


@cache
def unet() -> Network:
    mask = Port("out_mask", (1, 1, SIDE, SIDE))
    return network("unet", UNet, PICTURE, (mask,), pictures, 0.1)


@cache
def transformer() -> Network:
    outputs = (Port("out_tokens", (1, 12, 16)), Port("out_score", (1, 3)))
    return network("transformer", Transformer, Port("tokens", (1, 12, 16)), outputs, tokens, 0.3)


FOREIGN: dict[str, Callable[[], Network]] = {
    "classifier": classifier,
    "unet": unet,
    "transformer": transformer,
}
