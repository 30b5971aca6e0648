"""How far a look that was read is from the true one: what can be seen counts, what cannot does not.

Pigment and coverage trade off against each other, so there is a term for the colour that is seen,
pigment laid over skin, beside those for pigment and coverage alone.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from prink.learn.look_encoder.net import Encoded, worn_share
from prink.learn.look_places import places
from prink.render.atlas import TILES
from prink.render.reference.lab import srgb_to_linear

__all__ = ["Errors", "Truth", "encoder_loss", "measure_errors", "oklab", "skin_of", "truth_of"]

# An error of a group counts as right below these: a distance in OKLab, a share of the range.
SEEN_TOLERANCE: Final = 0.05
SHARE_TOLERANCE: Final = 0.25
WORN_FROM: Final = 0.04  # coverage that counts as worn
LIPS: Final = (0.85, 0.55, 0.58)  # linear colour of bare lips over skin
UNSEEN: Final = ("hair",)
# What people look at first counts more; everything else counts 1.
MATTERS: Final = {
    **{"lips.color": 3.0, "eyeshadow.lid": 2.0, "blush.color": 2.0},
    **{"lips.gloss": 3.0, "lips.shimmer": 2.0, "lips.metallic": 2.0, "eyeshadow.shimmer": 2.0},
}


@dataclass(frozen=True, eq=False)
class Truth:
    """What to learn, from looks (B, P).

    `colors` (B, C, 4), `shares` (B, S), whether each colour is worn (B, C), how much each share
    shows (B, S); targets of a teacher have chances for `worn`.
    """

    colors: Tensor
    shares: Tensor
    worn: Tensor
    weight: Tensor


@dataclass(frozen=True, eq=False)
class Errors:
    """Errors of a batch.

    OKLab distances of the seen colour and of the pigment (B, C), of coverage (B, C) and of plain
    numbers (B, S).
    """

    seen: Tensor
    pigment: Tensor
    amount: Tensor
    share: Tensor


def oklab(srgb: Tensor) -> Tensor:
    """Returns OKLab (..., 3) of sRGB 0..1 (Ottosson 2020)."""
    return from_linear(srgb_to_linear(srgb))


def from_linear(linear: Tensor) -> Tensor:
    cone = torch.tensor(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    turn = torch.tensor(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    # A root's slope is infinite at black; what is darker than this looks the same.
    lms = (linear @ cone.to(linear).T).clamp(min=1e-4) ** (1 / 3)
    return lms @ turn.to(linear).T


def skin_of(atlas: Tensor) -> Tensor:
    """Returns the mean linear colour (B, 3) of the faces in atlases (B, 4, 256, 256)."""
    rows, columns = TILES["face"].part
    tile = atlas[:, :, rows, columns]
    alpha = tile[:, 3:] + 1e-3
    part = (alpha * srgb_to_linear(tile[:, :3])).sum((2, 3)) / alpha.sum((2, 3))
    return part.clamp(0.02, 0.95)


def truth_of(look: Tensor) -> Truth:
    """Returns the targets of true looks (B, P).

    A plain number shows as far as the most covering colour of its group; whitened teeth, whose
    group has no colour, do not count.
    """
    at = places(look.device)
    colors, shares = look[:, at.colors], look[:, at.shares]
    cover = colors[..., 3]
    groups = len(at.groups)
    most = cover.new_zeros(len(look), groups)
    most = most.scatter_reduce(1, at.color_group.expand(len(look), -1), cover, "amax")
    return Truth(
        colors, shares, (cover > WORN_FROM).float(), (2.0 * most).clamp(max=1.0)[:, at.share_group]
    )


def laid_over(skin: Tensor, colors: Tensor, amount: Tensor) -> Tensor:
    """Returns OKLab (B, C, 3) of pigments (B, C, 3) laid over skin (B, 3) with coverage (B, C)."""
    lips = torch.tensor([path.startswith("lip") for path in places().paths], device=skin.device)
    under = skin[:, None] * torch.where(lips[:, None], skin.new_tensor(LIPS), skin.new_ones(3))
    # A pigment is as bright as the light on the skin lets it be.
    bright = (skin.mean(1) / 0.35).clamp(0.3, 1.3)[:, None, None]
    return from_linear(under + amount[..., None] * (bright * srgb_to_linear(colors) - under))


def measure_errors(found: Encoded, truth: Truth, skin: Tensor, *, decided: bool = False) -> Errors:
    """Returns the errors of what an encoder said, given the linear colour of skin (B, 3).

    Colours are seen as far as they are likely to be worn, or as far as it is `decided` that they
    are.
    """
    at = places(skin.device)
    read = found.numbers[:, at.colors]
    amount = read[..., 3] * (worn_share(found.worn) if decided else torch.sigmoid(found.worn))
    true = truth.colors[..., 3] * (truth.worn > 0.5)
    seen = laid_over(skin, read[..., :3], amount) - laid_over(skin, truth.colors[..., :3], true)
    pigment = oklab(read[..., :3]) - oklab(truth.colors[..., :3])
    return Errors(
        seen=(seen.square().sum(-1) + 1e-8).sqrt(),
        pigment=(pigment.square().sum(-1) + 1e-8).sqrt(),
        amount=(read[..., 3] - truth.colors[..., 3]).abs(),
        share=(found.numbers[:, at.shares] - truth.shares).abs(),
    )


def right(errors: Errors, truth: Truth) -> Tensor:
    """Returns which groups (B, G) were read right: seen colours and visible numbers in bounds."""
    at = places(truth.worn.device)
    size = len(truth.worn), len(at.groups)
    worst = errors.seen.new_zeros(size)
    off = errors.seen.detach() / SEEN_TOLERANCE
    worst = worst.scatter_reduce(1, at.color_group.expand(len(off), -1), off, "amax")
    shown, of = errors.share.new_full(size, 1e-6), errors.share.new_zeros(size)
    index = at.share_group.expand(size[0], -1)
    shown = shown.scatter_add(1, index, truth.weight)
    of = of.scatter_add(1, index, truth.weight * errors.share.detach())
    return ((worst < 1.0) & (of / shown < SHARE_TOLERANCE)).float()


def encoder_loss(found: Encoded, truth: Truth, skin: Tensor) -> dict[str, Tensor]:
    """Returns the terms `()` of the loss by name; their sum is what training lessens.

    `skin` (B, 3) is its linear colour, 0..1, as `skin_of` tells it.
    Hair is left out: it is not in the face.
    """
    errors = measure_errors(found, truth, skin)
    colors, shares = (weight.to(skin) / len(skin) for weight in importance())
    cover = truth.colors[..., 3] * truth.worn
    worn = functional.binary_cross_entropy_with_logits(found.worn, truth.worn, reduction="none")
    with torch.no_grad():
        said = right(measure_errors(found, truth, skin, decided=True), truth)
    sure = functional.binary_cross_entropy_with_logits(found.sure, said)
    bold = torch.sqrt(cover + 1e-6) * truth.worn
    return {
        "seen": 8.0 * (errors.seen * colors).sum(),
        "pigment": 5.0 * (bold * errors.pigment * colors).sum(),
        "amount": 1.5 * (truth.worn * errors.amount * colors).sum(),
        "worn": 0.35 * (worn * colors).sum(),
        "share": 1.0 * (truth.weight * errors.share * shares).sum(),
        "sure": 0.5 * sure,
    }


@cache
def importance() -> tuple[Tensor, Tensor]:
    """Returns weights of the colours (C,) and of the plain numbers (S,)."""
    at = places()

    def weights(paths: tuple[str, ...]) -> Tensor:
        unseen = [path.split(".")[0] in UNSEEN for path in paths]
        pairs = zip(paths, unseen, strict=True)
        return torch.tensor([0.0 if out else MATTERS.get(path, 1.0) for path, out in pairs])

    return weights(at.paths), weights(at.share_paths)
