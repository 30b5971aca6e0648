"""The network that reads hair colour off the hair tile of the face atlas."""

from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from prink.learn.hair_color.looks import FIELDS
from prink.learn.unit_range import within_unit
from prink.params.fields import file_fields
from prink.reading.hair_patch import CARD, HAIR, HEIGHT, SKIN, WIDTH
from prink.render.atlas import HAIR as ROOM
from prink.whole_file import whole_file

__all__ = ["HairEncoder", "HairHead", "features", "hair_head", "save_hair_encoder"]

BINS: Final = 14  # of luminance in a row
LIT: Final = slice(7, 12)  # bins that are neither gaps between strands nor glints
WIDE: Final = 64  # channels
HIDDEN: Final = 96
TONES: Final = slice(0, 6)  # of the features: the mean colours of the upper and the lower hair
FEATURES: Final = 17 + 3 * BINS
CARD_SRGB: Final = 1.055 * CARD ** (1 / 2.4) - 0.055


class HairEncoder(nn.Module):
    """Turns hair tiles (B, 4, 64, 128), 0..1, into 13 numbers 0..1 and a confidence logit (B, 1).

    A tile's columns are quantiles, so the layers run along its rows only. Colours are answered as
    a difference to the mean colour of well-lit hair under white light, which the tile gives without
    any weights.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = block(FEATURES, WIDE, 1)
        self.down = nn.ModuleList(block(WIDE, WIDE, 5) for _ in range(3))
        whole = nn.Linear(WIDE * HEIGHT // 8 + 6, HIDDEN, bias=False)
        self.whole = nn.Sequential(whole, nn.BatchNorm1d(HIDDEN), nn.ReLU())
        self.answer = nn.Linear(HIDDEN, FIELDS.numbers + 1)

    def forward(self, tile: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the numbers (B, 13) and the logit (B, 1)."""
        return self.answers(features(tile))

    def answers(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Returns what `forward` does, of `features`."""
        base = rows[:, TONES, :1].flatten(1)  # slices: picking one place is a gather on phones
        x = self.first(rows)
        for layer in self.down:
            x = layer(x) + functional.avg_pool2d(x, (2, 1))
        out = self.answer(self.whole(torch.cat([x.flatten(1), base], 1)))
        rest = torch.sigmoid(out[:, 6:13])
        colors = clipped(base + 0.3 * out[:, :6])
        numbers = [colors[:, :3], rest[:, :1], colors[:, 3:], rest[:, 1:2], rest[:, 2:]]
        return torch.cat(numbers, 1), out[:, 13:]


def block(before: int, after: int, tall: int) -> nn.Sequential:
    """Returns a convolution along the rows; the taller ones halve their number."""
    conv = nn.Conv2d(
        before,
        after,
        (tall, 1),
        stride=(2 if tall > 1 else 1, 1),
        padding=(tall // 2, 0),
        bias=False,
    )
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU())


def features(tile: Tensor) -> Tensor:
    """Returns what is known of each row of tiles without any weights, (B, F, 64, 1).

    Colours are divided by the light; those of a row's strands are differences to the mean of all
    hair. sRGB is nearly a power, so that a ratio of its values is one of light.
    """
    rgb, alpha = tile[:, :3], tile[:, 3:, :, :1]
    skin = rgb[..., HAIR + 1 : HAIR + SKIN - 1].mean((2, 3), keepdim=True)
    card = rgb[..., HAIR + SKIN + 1 : WIDTH - 1].mean((2, 3), keepdim=True)
    white = card.clamp(min=0.05) / CARD_SRGB
    strands = functional.avg_pool2d(rgb[..., :HAIR], (1, HAIR // BINS)) / white
    upper, lower = tones(strands[..., LIT].mean(3, keepdim=True), alpha)
    mean = ((upper + lower) / 2)[..., None, None]
    fixed = torch.cat([upper, lower], 1)[..., None, None]
    # Resized, not multiplied by ones, which becomes a broadcast that phones' GPUs do not have.
    steady = functional.interpolate(torch.cat([fixed, skin / white, card, skin], 1), (HEIGHT, 1))
    place = torch.linspace(-1, 1, HEIGHT, device=tile.device, dtype=tile.dtype)
    places = place.reshape(1, 1, -1, 1) + 0.0 * alpha  # one for each of the batch
    unlike = 4.0 * (strands - mean).permute(0, 3, 1, 2).flatten(1, 2)[..., None]
    return torch.cat([steady, places, alpha, unlike], 1)


def tones(rows: Tensor, alpha: Tensor) -> tuple[Tensor, Tensor]:
    """Returns the mean colours (B, 3) of the upper and the lower half of the rows (B, 3, R, 1)."""
    half = HEIGHT // 2
    found = []
    for part in (slice(0, half), slice(half, HEIGHT)):
        weight = alpha[:, :, part] + 1e-3
        found.append((rows[:, :, part] * weight).mean((2, 3)) / weight.mean((2, 3)))
    return found[0], found[1]


def clipped(x: Tensor) -> Tensor:
    """Returns values clipped to 0..1; in training the gradient flows on beyond."""
    inside = within_unit(x)
    return x + (inside - x).detach() if torch.is_grad_enabled() else inside


class HairHead(nn.Module):
    """A hair encoder that takes its tile out of whole atlases (B, 4, 256, 256)."""

    def __init__(self, encoder: HairEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, atlas: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the numbers of hair (B, 13), 0..1, and the confidence (B, 1), 0..1."""
        left, top, wide, tall = ROOM
        numbers, logit = self.encoder(atlas[:, :, top : top + tall, left : left + wide])
        return numbers, torch.sigmoid(logit)


def hair_head(weights: Path | None = None) -> HairHead:
    """Returns the hair part of the encoder, to be merged into a network that takes the atlas.

    Args:
        weights: what `save_hair_encoder` wrote; None leaves them random.

    Raises:
        ValueError: They were trained for other numbers of hair, or are none of this network.
        OSError: There is no such file, or it cannot be read.
    """
    encoder = HairEncoder()
    if weights is not None:
        state = opened(weights)
        given = state.get("fields") if isinstance(state, dict) else None
        found = file_fields(given, weights, what="hair encoder", error=ValueError)
        if found.only("hair") != FIELDS:  # earlier files keep the whole look's fields
            raise ValueError(
                "no hair encoder of this prink's looks: train it anew with "
                f"python -m prink.learn.train_hair_color ({weights})"
            )
        try:
            encoder.load_state_dict(state["net"])
        except (KeyError, RuntimeError):
            raise ValueError(f"the weights are of another hair encoder ({weights})") from None
    return HairHead(encoder.eval())


def opened(weights: Path) -> Any:  # noqa: ANN401 (out of a file)
    try:
        return torch.load(weights, weights_only=True, map_location="cpu")
    except OSError:
        raise
    except Exception as cause:  # torch has many ways to say that a file is none of its own
        raise ValueError(f"the file is no hair encoder ({weights})") from cause


def save_hair_encoder(encoder: HairEncoder, path: Path) -> None:
    """Writes weights and the list of the fields they say, whole or not at all."""
    with whole_file(path, error=OSError) as part:
        torch.save({"fields": FIELDS.listed(), "net": encoder.state_dict()}, part)
