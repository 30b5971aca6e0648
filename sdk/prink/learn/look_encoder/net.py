"""The encoder: a face atlas to the numbers of a look, what is worn, and how sure it is of both.

Plain convolutions and ReLU only, so that it runs everywhere. Eyes, lips and face each have a small
network of their own; both eyes share one.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.checkpoint import open_checkpoint
from prink.learn.look_fields import known_fields
from prink.learn.look_places import places
from prink.learn.unit_range import within_unit
from prink.params.fields import FieldList, schema_fields
from prink.render.atlas import TILES

__all__ = [
    "STUDENT",
    "TEACHER",
    "Encoded",
    "Encoder",
    "Size",
    "load_encoder",
    "worn_share",
]

EYES: Final = ("right_eye", "left_eye")
GATE: Final = (0.35, 0.65)  # chances between which a product fades in


@dataclass(frozen=True)
class Size:
    """How large a network is: channels at a quarter of a tile, blocks a stage, features a tile."""

    width: int
    blocks: int
    features: int


TEACHER: Final = Size(width=32, blocks=2, features=256)
STUDENT: Final = Size(width=24, blocks=1, features=160)


class Encoded(NamedTuple):
    """What an encoder says, before anything is decided.

    Attributes:
        numbers: (B, P) the fields' numbers 0..1, coverages as if every product were worn.
        worn: (B, C) logits that each colour is worn.
        sure: (B, G) logits that what it says about each group is right.
    """

    numbers: Tensor
    worn: Tensor
    sure: Tensor


def conv(channels: int, out: int, *, stride: int = 1) -> nn.Sequential:
    """Returns a 3x3 convolution with batch normalisation, which export folds into it."""
    layer = nn.Conv2d(channels, out, 3, stride, 1, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(out))


class Block(nn.Module):
    """A residual block (He et al. 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = conv(channels, channels)
        self.second = conv(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        """Returns features of the same shape."""
        return functional.relu(x + self.second(functional.relu(self.first(x))))


class TileNet(nn.Module):
    """Maps a tile (B, 4, H, W) to features (B, F); places keep their meaning to the end."""

    def __init__(self, size: Size, height: int, width: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [conv(4, size.width // 2, stride=2), nn.ReLU()]
        channels = size.width // 2
        for out in (size.width, 2 * size.width, 4 * size.width):
            layers += [conv(channels, out, stride=2), nn.ReLU()]
            layers += [Block(out) for _ in range(size.blocks)]
            channels = out
        layers += [nn.Conv2d(channels, 32, 1), nn.ReLU(), nn.Flatten()]
        cells = (height // 16) * (width // 16)
        layers += [nn.Linear(32 * cells, size.features), nn.ReLU()]
        self.layers = nn.Sequential(*layers)

    def forward(self, tile: Tensor) -> Tensor:
        """Returns the features."""
        return cast(Tensor, self.layers(tile))


class Encoder(nn.Module):
    """Maps atlases (B, 4, 256, 256) of 0..1 to what they show.

    Args:
        size: How large it is.
        fields: What it says, by path; by default the fields of this schema.
    """

    def __init__(self, size: Size, fields: FieldList | None = None) -> None:
        super().__init__()
        self.size, self.fields = size, fields or schema_fields()
        sides = {name: tile.at[2:] for name, tile in TILES.items()}
        self.eye = TileNet(size, sides["right_eye"][1], sides["right_eye"][0])
        self.lips = TileNet(size, sides["lips"][1], sides["lips"][0])
        self.face = TileNet(size, sides["face"][1], sides["face"][0])
        found = places(fields=self.fields)
        self.counts = [found.numbers, len(found.colors), len(found.groups)]
        self.mix = nn.Linear(3 * size.features, 2 * size.features)
        self.head = nn.Linear(2 * size.features, sum(self.counts))

    def forward(self, atlas: Tensor) -> Encoded:
        """Returns numbers and logits."""
        tiles = {name: cut(atlas, name) for name in TILES}
        eyes = torch.cat([tiles["right_eye"], tiles["left_eye"]])
        both = self.eye(eyes * 2.0 - 1.0)
        number = atlas.shape[0]  # not len, which export takes for a fixed number
        right, left = both[:number], both[number:]
        # An eye that is hidden or turned away counts as little as it is seen.
        one, other = (tiles[name][:, 3:].mean((2, 3)) + 0.01 for name in EYES)
        eye = (right * one + left * other) / (one + other)
        parts = [eye, self.lips(tiles["lips"] * 2.0 - 1.0), self.face(tiles["face"] * 2.0 - 1.0)]
        mixed = functional.relu(self.mix(torch.cat(parts, 1)))
        numbers, worn, sure = torch.split(self.head(mixed).float(), self.counts, 1)
        return Encoded(torch.sigmoid(numbers), worn, sure)


def worn_share(logit: Tensor) -> Tensor:
    """Returns what share of its coverage a colour keeps, 0..1, of the same shape as its logit.

    It is none where the colour is hardly worn.
    """
    low, high = GATE
    return within_unit((torch.sigmoid(logit) - low) / (high - low))


def cut(atlas: Tensor, name: str) -> Tensor:
    rows, columns = TILES[name].part
    return atlas[:, :, rows, columns]


def load_encoder(path: Path) -> Encoder:
    """Returns the averaged network of a training's checkpoint.pt, frozen.

    Raises:
        SystemExit: There is none, it is of another network, or it knows fields that this schema
            does not have.
    """
    made = open_checkpoint(path)
    size = made.config.get("size")
    if not isinstance(size, dict):
        raise SystemExit(f"no checkpoint of an encoder ({path})")
    net = Encoder(Size(**size), known_fields(made, path))
    net.load_state_dict(made.averaged)
    return net.eval().requires_grad_(False)
