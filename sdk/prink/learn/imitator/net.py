"""The imitator: a network that learns to put a look on an unwrapped face as the renderer does.

A small U-Net of plain convolutions and ReLU works at half the atlas' size; each of its blocks is
told the look (FiLM, Perez et al. 2018). It gives mattes: pictures that say how much is laid where.
Each has a learnt part of its own, because the atlas has the same parts at the same places. Amounts
and pigments mix the mattes to what the atlas' own pixels are multiplied by and what is added, so
pores and lashes need not pass through the network, and a bare look changes nothing, whatever has
been learnt.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.checkpoint import open_checkpoint
from prink.learn.look_fields import known_fields
from prink.learn.look_places import default_numbers, places
from prink.params.fields import FieldList, schema_fields

__all__ = ["Imitator", "halved", "load_imitator"]

CHANNELS: Final = (24, 44, 80, 96)  # at 1/2, 1/4, 1/8 and 1/16 of the atlas
DEEPEST: Final = 2  # blocks at the last of them
PLACES: Final = 8  # learnt numbers of every place: the atlas has the same parts at the same places
PLACE_SIZE: Final = 64  # px a side of the learnt map
GROUPS: Final = 4  # of channels, normalised together (Wu and He 2018)
MATTES: Final = 24  # pictures that the look mixes to what is multiplied and added
FASTER: Final = 20.0  # times faster the mattes' own part is learnt than weights are
TOLD: Final = 128  # numbers that tell the blocks about the look


@cache
def coverage_places(fields: FieldList) -> tuple[Tensor, Tensor]:
    """Returns for each number of the fields the place of its coverage, and which are amounts.

    Amounts are the coverages and the numbers that are zero in a bare look.
    """
    coverage = torch.arange(fields.numbers)
    colors = places(fields=fields).colors
    coverage[colors] = colors[:, 3:]
    pigment = coverage != torch.arange(fields.numbers)
    zero = default_numbers(fields) == 0.0
    return coverage, torch.nonzero(zero & ~pigment)[:, 0]


@cache
def mixing(fields: FieldList) -> tuple[Tensor, Tensor]:
    """Returns the places of pairs of numbers whose products are laid on: number and amount.

    Amounts alone, and each channel of a pigment times its coverage; the place after the last is 1.
    """
    coverage, amounts = coverage_places(fields)
    own = torch.arange(len(coverage))
    pigments = own[coverage != own]
    ones = torch.full_like(amounts, len(own))
    return torch.cat([ones, pigments]), torch.cat([amounts, coverage[pigments]])


class Teller(nn.Module):
    """Maps numbers (B, F) of looks to what the blocks are told, (B, TOLD)."""

    def __init__(self, fields: FieldList) -> None:
        super().__init__()
        self.fields = fields
        coverage, _ = coverage_places(fields)
        self.layers = nn.Sequential(
            *(nn.Linear(2 * len(coverage), TOLD), nn.ReLU()),
            *(nn.Linear(TOLD, TOLD), nn.ReLU()),
        )
        for layer in self.layers.children():
            if isinstance(layer, nn.Linear):  # as loud at the end as at the beginning
                nn.init.kaiming_normal_(layer.weight)

    def forward(self, look: Tensor) -> Tensor:
        """Returns what to tell; every number is also given times its colour's coverage."""
        coverage, _ = coverage_places(self.fields)
        laid = look * look[:, coverage.to(look.device)]
        return cast(Tensor, self.layers(torch.cat([look, laid], 1) * 2.0 - 1.0))


class Block(nn.Module):
    """A residual of two convolutions; between them the look scales and shifts every channel."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.GroupNorm(GROUPS, channels, affine=False)
        self.film = nn.Linear(TOLD, 2 * channels)
        # Starts as a plain residual network whose every block does little.
        nn.init.normal_(self.film.weight, std=0.05)
        nn.init.zeros_(self.film.bias)
        with torch.no_grad():
            self.second.weight.mul_(0.3)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        """Returns (B, channels, H, W)."""
        scale, shift = self.film(told)[:, :, None, None].chunk(2, 1)
        y = functional.relu(self.norm(self.first(x)) * (1.0 + scale) + shift)
        return x + cast(Tensor, self.second(y))


class Imitator(nn.Module):
    """Maps a bare atlas (B, 4, S, S), RGB and how well seen, and a look (B, P) to the made-up one.

    S is a multiple of 16; 128 (a halved atlas) and 256 are meant. All numbers are 0..1, the look's
    in the order of `prink.params.to_vector`; what comes back, (B, 3, S, S), may go a little beyond.

    Args:
        fields: The numbers of a look that it has learnt, by path; it does not see the others. By
            default all of this schema.
    """

    def __init__(self, fields: FieldList | None = None) -> None:
        super().__init__()
        self.fields = fields or schema_fields()
        self.teller = Teller(self.fields)
        self.places = nn.Parameter(0.1 * torch.randn(1, PLACES, PLACE_SIZE, PLACE_SIZE))
        self.stem = nn.Conv2d(4 * 4 + PLACES, CHANNELS[0], 3, padding=1)
        pairs = list(pairwise(CHANNELS))
        self.encoder = nn.ModuleList(Block(channels) for channels in CHANNELS[:-1])
        self.down = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in pairs)
        self.deepest = nn.ModuleList(Block(CHANNELS[-1]) for _ in range(DEEPEST))
        self.up = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in pairs)
        self.across = nn.ModuleList(nn.Conv2d(a, a, 1) for a, _ in pairs)
        self.decoder = nn.ModuleList(Block(channels) for channels in CHANNELS[:-1])
        self.mattes = nn.Conv2d(CHANNELS[0], MATTES * 4, 3, padding=1)
        # No bias: without any amount nothing is mixed, and nothing changes.
        self.mix = nn.Linear(len(mixing(self.fields)[0]), 6 * MATTES, bias=False)
        nn.init.normal_(self.mix.weight, std=0.02)
        self.own = nn.Parameter(0.005 * torch.randn(1, MATTES, PLACE_SIZE, PLACE_SIZE))

    def forward(self, bare: Tensor, look: Tensor) -> Tensor:
        """Returns the made-up atlas."""
        if self.fields != schema_fields():
            look = look[:, torch.from_numpy(self.fields.in_look).to(look.device)]
        x = self.features(bare, self.teller(look))
        mattes = functional.pixel_shuffle(self.mattes(x), 2)
        size = (bare.shape[2], bare.shape[3])
        mattes = mattes + FASTER * functional.interpolate(self.own, size, mode="bilinear")
        numbers, covers = (each.to(look.device) for each in mixing(self.fields))
        amounts = torch.cat([look, torch.ones_like(look[:, :1])], 1)[:, numbers] * look[:, covers]
        mixed = self.mix(amounts).view(len(look), 6, MATTES)
        change = torch.einsum("bcm,bmhw->bchw", mixed, mattes)
        factor, added = change.chunk(2, 1)
        rgb = bare[:, :3]
        return rgb + rgb * factor + added

    def features(self, bare: Tensor, told: Tensor) -> Tensor:
        """Returns the features at half size, (B, C, S / 2, S / 2)."""
        half = functional.pixel_unshuffle(bare * 2.0 - 1.0, 2)
        size = (half.shape[2], half.shape[3])
        places = functional.interpolate(self.places, size, mode="bilinear", align_corners=False)
        x: Tensor = self.stem(torch.cat([half, places.expand(len(bare), -1, -1, -1)], 1))
        fine: list[Tensor] = []
        for block, down in zip(self.encoder, self.down, strict=True):
            fine.append(block(x, told))
            x = down(functional.relu(fine[-1]))
        for block in self.deepest:
            x = block(x, told)
        for level in reversed(range(len(fine))):
            coarse = self.up[level](functional.relu(x))
            coarse = functional.interpolate(coarse, scale_factor=2.0, mode="bilinear")
            x = self.decoder[level](coarse + self.across[level](fine[level]), told)
        return x


def halved(atlas: Tensor, size: int) -> Tensor:
    """Returns atlases (B, C, S, S) at `size`, S or a whole part of it, by plain averages."""
    return functional.avg_pool2d(atlas, atlas.shape[-1] // size)


def load_imitator(checkpoint: Path) -> tuple[Imitator, dict[str, Any]]:
    """Returns the averaged network of a training's checkpoint.pt, frozen, and its settings.

    Raises:
        SystemExit: There is none, it is of another network, or it knows fields that this schema
            does not have.
    """
    made = open_checkpoint(checkpoint)
    if not isinstance(made.config.get("size"), int):  # an encoder's is no number
        raise SystemExit(f"no checkpoint of an imitator ({checkpoint})")
    net = Imitator(known_fields(made, checkpoint))
    net.load_state_dict(made.averaged)
    return net.eval().requires_grad_(False), made.config
