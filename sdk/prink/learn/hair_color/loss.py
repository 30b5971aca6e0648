"""How wrong a hair reading is: its numbers where they show, and hair re-rendered with them.

Hair is re-rendered in the tile, by the renderer's own formulas (`prink.render.reference.hair`): the
rows of a tile are places along the hair, its columns strands of different light.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from prink.arrays import Bytes
from prink.color import XYZ
from prink.learn.hair_color.looks import (
    FIELDS,
    GREY,
    LIGHTENING,
    LINE,
    ROOT,
    ROOT_A,
    SHINE,
    SOFTNESS,
    TIP,
    TIP_A,
)
from prink.params import LOOK_VEC4S, parameter_at
from prink.reading.hair_patch import CARD, HAIR, HEIGHT, SKIN
from prink.render.glsl.color import luma
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.reference.hair import DARK, HairScene, hair_color
from prink.render.reference.lab import linear_to_lab, srgb_to_lab, srgb_to_linear

__all__ = ["BareHair", "Errors", "bare_hair", "errors", "redyed", "total"]

ROWS, STRANDS = 32, 4
NEAR: Final = 6.0  # dE76 on another head within which a reading counts as right
DYED, NATURAL, NONE = 0, 1, 2  # kinds of samples


@dataclass(frozen=True, eq=False)
class BareHair:
    """Undyed hair of B heads as the renderer's formulas see it, linear light.

    Attributes:
        strands: (B, N, 3), N = rows x strands.
        around: (B, N, 4) colour of the hair around each and its luminance.
        along: (B, N, 1) 0 at the roots.
        broad: (B, N, 1) log2 of the light around.
        light: (B, 3).
        mean: (B,) luminance of all hair.
        weight: (B, N) how surely it is seen, of mean 1; 0 where a head shows no hair.
    """

    strands: Tensor
    around: Tensor
    along: Tensor
    broad: Tensor
    light: Tensor
    mean: Tensor
    weight: Tensor

    def of(self, numbers: Tensor) -> "BareHair":
        """Returns the hair of some of the heads."""
        return BareHair(*(part[numbers] for part in vars(self).values()))

    def to(self, device: torch.device | str) -> "BareHair":
        """Returns the same on a device."""
        return BareHair(*(part.to(device) for part in vars(self).values()))


def bare_hair(tiles: Bytes) -> BareHair:
    """Returns the hair of tiles (B, 64, 128, 4)."""
    count = len(tiles)
    linear = srgb_to_linear(torch.from_numpy(tiles[..., :3]).float() / 255.0)
    pooled = functional.avg_pool2d(
        linear[:, :, :HAIR].permute(0, 3, 1, 2), (HEIGHT // ROWS, HAIR // STRANDS)
    ).permute(0, 2, 3, 1)
    alpha = torch.from_numpy(tiles[:, :, 0, 3] / 255.0).float().reshape(count, ROWS, -1).mean(2)
    luma = torch.from_numpy(XYZ[1]).float()
    row = pooled.mean(2).permute(0, 2, 1)
    row = functional.avg_pool1d(functional.pad(row, (2, 2), mode="replicate"), 5, 1)
    row = row.permute(0, 2, 1)
    share = alpha / alpha.sum(1, keepdim=True).clamp(min=1e-4)
    mean = (share * (row @ luma)).sum(1).clamp(min=0.0005)
    y = (row @ luma)[..., None] + DARK
    broad = torch.log2((y / (mean[:, None, None] + DARK)).clamp(0.25, 3.0))
    around = torch.cat([row, torch.log2(y)], -1)
    along = ((torch.arange(ROWS) + 0.5) / ROWS)[None, :, None].expand(count, -1, -1)
    near, place, above = (x.repeat_interleave(STRANDS, 1) for x in (around, along, broad))
    light = linear[:, 0, HAIR + SKIN] / CARD
    weight = (share * ROWS).repeat_interleave(STRANDS, 1)
    strands = pooled.reshape(count, -1, 3)
    return BareHair(strands, near, place, above, light, mean, weight)


def packed(numbers: Tensor) -> Tensor:
    """Returns packed looks (B, V, 4) of hair numbers (B, 13), else zero."""
    parts: list[Tensor] = []
    slots: list[int] = []
    for path, at in FIELDS.places.items():
        parameter, part = parameter_at(path), numbers[:, at]
        if parameter.is_color:
            part = torch.cat([srgb_to_linear(part[:, :3]), part[:, 3:]], 1)
        parts.append(part)
        slots += range(parameter.offset, parameter.offset + parameter.width)
    flat = numbers.new_zeros(len(numbers), 4 * LOOK_VEC4S)
    flat = flat.index_copy(1, torch.tensor(slots, device=numbers.device), torch.cat(parts, 1))
    return flat.reshape(-1, LOOK_VEC4S, 4)


def redyed(numbers: Tensor, hair: BareHair) -> Tensor:
    """Returns the strands (B, N, 3), linear, after hair colours of numbers (B, 13)."""
    nothing = torch.empty(0)

    def one(look: Tensor, *parts: Tensor) -> Tensor:
        strands, around, along, broad, light, mean = parts
        scene = HairScene(
            nothing, (0, 0), hair=nothing, around=around, along=along, broad=broad,
            light=light, mean=mean,
        )  # fmt: skip
        return hair_color(strands, LookNumbers(look), scene, luma(strands))

    parts = (hair.strands, hair.around, hair.along, hair.broad, hair.light, hair.mean)
    dyed: Tensor = torch.vmap(one)(packed(numbers), *parts)
    return dyed


@dataclass(frozen=True, eq=False)
class Errors:
    """Of each sample (B,): re-rendered on its head and on another (dE76), and of its numbers."""

    same: Tensor
    other: Tensor
    numbers: Tensor


def errors(numbers: Tensor, truth: Tensor, kind: Tensor, own: BareHair, other: BareHair) -> Errors:
    """Returns how wrong numbers (B, 13) are; `kind` (B,) is DYED, NATURAL or NONE.

    The truth of natural hair is a colour that looks like it. On its own head it is the hair itself.
    """
    with torch.no_grad():
        natural = (kind == NATURAL)[:, None, None]
        same_truth = linear_to_lab(torch.where(natural, own.strands, redyed(truth, own)))
        other_truth = linear_to_lab(redyed(truth, other))
    same = apart(linear_to_lab(redyed(numbers, own)), same_truth, own.weight)
    else_ = apart(linear_to_lab(redyed(numbers, other)), other_truth, other.weight)
    seen = (kind != NONE).float()
    return Errors(same * seen, else_ * seen, number_errors(numbers, truth, seen))


def apart(one: Tensor, two: Tensor, weight: Tensor) -> Tensor:
    return (((one - two).square().sum(-1) + 0.25).sqrt() * weight).mean(1)


def number_errors(numbers: Tensor, truth: Tensor, seen: Tensor) -> Tensor:
    """Returns the error (B,) of the numbers, each as far as it shows."""
    root_a, tip_a = truth[:, ROOT_A], truth[:, TIP_A]
    off = (numbers - truth).abs()
    root, tip = (
        (srgb_to_lab(numbers[:, at]) - srgb_to_lab(truth[:, at])).square().sum(-1) + 0.25
        for at in (ROOT, TIP)
    )
    worn = torch.maximum(root_a, tip_a)
    found = root.sqrt() / 25 * root_a + tip.sqrt() / 25 * tip_a
    found = found + off[:, ROOT_A] + off[:, TIP_A] + tip_a * (off[:, LINE] + 0.5 * off[:, SOFTNESS])
    found = found + worn * (off[:, LIGHTENING] + 0.5 * off[:, SHINE] + 0.5 * off[:, GREY])
    return torch.where(seen > 0, found, off[:, ROOT_A] + off[:, TIP_A])


def total(found: Errors, logit: Tensor, kind: Tensor) -> Tensor:
    """Returns the loss `()` of a batch: what is seen first, then the numbers and the confidence.

    Args:
        found: Of the batch's readings.
        logit: (B, 1) that the reading is right on another head.
        kind: (B,), what each sample is: `DYED`, `NATURAL` or `NONE`.
    """
    right = ((found.other.detach() < NEAR) & (kind != NONE)).float()
    sure = functional.binary_cross_entropy_with_logits(logit[:, 0], right)
    return (found.same + found.other).mean() / 10 + 0.4 * found.numbers.mean() + 0.1 * sure
