"""Twin of `shaders/pass/hair_*.frag`: the head square in small, and what is measured in it."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, picture_at, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma, to_linear
from prink.render.reference.square import centres, stored
from prink.render.row import named

__all__ = ["HairSquare", "from_skull", "hair_share", "longest_hair", "measure_hair"]

SKULL = 0.6  # radius, in face sizes
HAIRLINE = 0.45  # distance from the middle of the skull at which hair begins
GROW = 0.09375  # around the hair, see plan.json
RIDGE = 0.002  # variance below which colour tells nothing


@dataclass(frozen=True)
class HairSquare:
    """The targets of the hair passes.

    Coefficients of the guided filter `fit` (96, 96, 4), local hair colour and amount `mean`
    (32, 32, 4), mean colour and luminance of all hair `color` (4,), its length `long` () and how far
    its outline is from the middle of the skull, `outline` (), in face sizes.
    """

    fit: Tensor
    mean: Tensor
    color: Tensor
    long: Tensor
    outline: Tensor


def measure_hair(frame: Tensor, mask: Tensor, row: Tensor) -> HairSquare:
    """Returns what the passes before the last one find.

    Args:
        frame: sRGB in 0..1, `(H, W, 3)`.
        mask: 0..1, `(S, S)`.
        row: the face's row of the points texture with the hair's place in it, `(512, 4)`.
    """
    small = hair_near(frame, mask, row)
    mean = hair_mean(small, row)
    color, long, outline = hair_probe(mean, row)
    return HairSquare(hair_fit(small), mean, color, long, outline)


def hair_near(frame: Tensor, mask: Tensor, row: Tensor) -> Tensor:
    place = centres("hair_near", frame)
    size = vec(frame, frame.shape[1], frame.shape[0])
    to_frame = row[named("hair_to_frame")]
    at = (place @ to_frame[:, :2].T + to_frame[:, 2]) / size
    r = 0.33 / 96.0 * torch.linalg.vector_norm(to_frame[:, 0]) / size
    signs = ((0, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
    taps = [picture_at(frame, at + r * vec(frame, *sign)) for sign in signs]
    colors = 0.2 * (taps[0] + taps[1] + taps[2] + taps[3] + taps[4])
    small = torch.cat([colors, picture_at(mask[..., None], place)], -1)
    grown = GROW * vec(row, -1, -1, 1, 1) + row[named("hair_bounds")]
    inside = ((place > grown[:2]) & (place < grown[2:])).all(-1, keepdim=True)
    small = torch.where(inside, small, 0.0)  # no tap reaches farther
    return stored(small.reshape(96, 96, 4))


def hair_fit(small: Tensor) -> Tensor:
    """Returns `rgb . a + b` of the guided filter (He et al. 2013, section 3.2)."""
    step = torch.arange(-2.0, 3.0)
    kernel = torch.exp2(-0.32 * (step[:, None] ** 2 + step**2)).to(small)
    i, p = rgb(small), w(small)
    pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)]
    products = [i[..., a : a + 1] * i[..., b : b + 1] for a, b in pairs]
    sums = windowed(torch.cat([small, *products, i * p], -1), kernel)
    mean, mean_p = sums[..., :3], sums[..., 3:4]
    rows = torch.tensor([[4, 7, 8], [7, 5, 9], [8, 9, 6]])
    variance = sums[..., rows] - mean[..., :, None] * mean[..., None, :]
    variance = variance + RIDGE * torch.eye(3).to(small)
    a = torch.linalg.solve(variance, sums[..., 10:13] - mean * mean_p)
    return stored(torch.cat([a, mean_p - (a * mean).sum(-1, keepdim=True)], -1))


def windowed(picture: Tensor, kernel: Tensor) -> Tensor:
    """Returns weighted means over a window; beyond the rim the outermost pixels go on."""
    edge = kernel.shape[0] // 2
    planes = torch.nn.functional.pad(picture.permute(2, 0, 1)[None], (edge,) * 4, mode="replicate")
    weights = (kernel / kernel.sum())[None, None].expand(picture.shape[-1], 1, -1, -1)
    return torch.nn.functional.conv2d(planes, weights, groups=picture.shape[-1])[0].permute(1, 2, 0)


def hair_mean(small: Tensor, row: Tensor) -> Tensor:
    place = centres("hair_mean", small)
    step = 2.0 / 128.0 * (1.5 / row[named("hair_reach")])
    total, amount = small.new_zeros(place.shape[0], 3), small.new_zeros(place.shape[0], 1)
    for y in range(-3, 4):
        for x in range(-3, 4):
            c = picture_at(small, place + vec(small, x, y) * step)
            weight = w(c) * w(c) * 2.0 ** (-0.11 * (x * x + y * y))
            total, amount = total + to_linear(rgb(c)) * weight, amount + weight
    found = torch.cat([total / amount.clamp(min=1e-4), amount / 13.5], -1)
    return stored(found.reshape(32, 32, 4))


def hair_probe(mean: Tensor, row: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    step = (torch.arange(16.0).to(mean) + 0.5) / 16.0
    y, x = torch.meshgrid(step, step, indexing="ij")
    bounds = row[named("hair_bounds")]
    at = bounds[:2] + (bounds[2:] - bounds[:2]) * torch.stack([x, y], -1).reshape(-1, 2)
    c = picture_at(mean, at)
    weight = w(c) * w(c)
    total = weight.sum() + 1e-4
    color = (rgb(c) * weight).sum(0) / total
    q = from_skull(at, row)
    far = torch.cat([along_hair(q), torch.linalg.vector_norm(q, dim=-1, keepdim=True)], -1)
    long, outline = root(root((far**4 * weight).sum(0) / total)).unbind()
    return torch.cat([color, luma(color)]), 1.4 * long, 1.2 * outline


def from_skull(at: Tensor, row: Tensor) -> Tensor:
    """Returns places of the head square from the middle of the skull, in face sizes, `(N, 2)`."""
    return (at - 0.5) * (2.0 * row[named("hair_reach")]) + vec(at, 0.0, 0.15)


def along_hair(q: Tensor) -> Tensor:
    """Returns how far along a hanging strand places lie, in face sizes, `(N, 1)`."""
    r, down = torch.linalg.vector_norm(q, dim=-1, keepdim=True), q[:, 1:]
    beyond = (r - SKULL).clamp(min=0.0)
    over = torch.acos((-down / r.clamp(min=SKULL)).clamp(0.0, 1.0)) * SKULL + beyond
    return torch.where(down > 0.0, math.pi / 2 * SKULL + down + 0.3 * beyond, over)


def hair_share(q: Tensor, square: HairSquare) -> Tensor:
    """Returns how far along the hair places lie, 1 at the ends, `(N, 1)`."""
    r = torch.linalg.vector_norm(q, dim=-1, keepdim=True)
    standing = (r - HAIRLINE).clamp(min=0.0) / (square.outline - HAIRLINE).clamp(min=0.15)
    return mix(standing, along_hair(q) / square.long.clamp(min=0.3), hanging(square))


def longest_hair(square: HairSquare) -> Tensor:
    """Returns the length of the longest hair, in face sizes."""
    standing = (square.outline - HAIRLINE).clamp(min=0.15)
    return mix(standing, square.long.clamp(min=0.3), hanging(square))


def hanging(square: HairSquare) -> Tensor:
    return smoothstep(0.7, 0.9, square.long)
