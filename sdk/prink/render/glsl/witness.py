"""Twin of `shaders/lib/witness.glsl` and `shaders/lib/room.glsl`: what tells the light, and neck.

Each is held times its trust, which is its last number: `(4,)`.
"""

from typing import Final

import torch
from torch import Tensor

from prink.render.face_row import AROUND
from prink.render.glsl.built_in import mix, picture_at, rgb, smoothstep, vec, w
from prink.render.glsl.color import luma, to_linear
from prink.render.glsl.log_chroma import OF_SKIN, OF_WHITES, alike, log_chroma
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["eye_whites", "neck_shown", "room_shown", "tapped", "teeth_shown"]

ROOM_SIDE: Final = 12  # samples a side of the square around the face


def tapped(frame: Tensor, at: Tensor, reach: Tensor) -> Tensor:
    """Returns linear colours `(N, 3)` of a frame `(H, W, 3)` around places `(N, 2)` in pixels."""
    size = vec(at, frame.shape[1], frame.shape[0])
    signs = ((1, 1), (-1, -1), (1, -1), (-1, 1))
    taps = [picture_at(frame, (at + reach * vec(at, *sign)) / size) for sign in signs]
    return to_linear(0.25 * (taps[0] + taps[1] + taps[2] + taps[3]))


def held(total: Tensor, trust: Tensor, least: float = 1e-3) -> Tensor:
    """Returns a weighted sum and its weight `(4,)` as the mean times its trust, and the trust."""
    return torch.cat([rgb(total) * (trust / w(total).clamp(min=least)), trust])


def eye_whites(right: Tensor, left: Tensor, row: Tensor) -> Tensor:
    """Returns the white of the eyes, of two scleras `(4,)` as measured."""
    eyes = torch.stack([right, left])
    opened = torch.stack([row[named("right_open")], row[named("left_open")]])
    opened = (2.0 * opened).clamp(0.0, 1.0)[:, None]
    share = opened * torch.exp2(16.0 * (w(eyes) / w(eyes).max().clamp(min=0.01) - 1.0))
    total = torch.cat([rgb(eyes) * share, share], -1).sum(0)
    return held(total, opened.max()[None], least=1e-6)


def teeth_shown(colors: Tensor, skin: Tensor) -> Tensor:
    """Returns the teeth among colours `(N, 3)` of the mouth, on a face with this skin `(4,)`."""
    off = log_chroma(colors)[:, :1] - log_chroma(rgb(skin))[:1]
    pale = smoothstep(-0.12, -0.30, off) * smoothstep(0.35, 0.75, luma(colors) / w(skin))
    total = torch.cat([colors * pale, pale], -1).sum(0)
    return held(total, smoothstep(0.1, 0.5, w(total) / len(colors)))


def neck_shown(frame: Tensor, row: Tensor, skin: Tensor) -> Tensor:
    """Returns the neck of the face whose row and skin `(4,)` these are."""
    first, second = torch.from_numpy(read_samples().of("NECK").T)
    at = 2.0 * row[first, :2] - row[second, :2]
    centre, reach = row[named("centre")], AROUND * row[named("half")]
    size = vec(row, frame.shape[1], frame.shape[0])
    low, high = torch.clamp(centre - reach, min=1.0), torch.minimum(size - 1.0, centre + reach)
    inside = ((at > low) & (at < high)).all(-1, keepdim=True)
    c = tapped(frame, at, 0.02 * row[named("scale")])
    level = luma(c) / w(skin)
    weight = alike(log_chroma(c), log_chroma(rgb(skin)), 0.3)
    weight = weight * smoothstep(0.12, 0.35, level) * smoothstep(1.8, 1.2, level)
    weight = torch.where(inside, weight, 0.0)
    total = torch.cat([c * weight, weight], -1).sum(0)
    return held(total, smoothstep(0.05, 0.25, w(total) / len(at)))


def room_shown(frame: Tensor, row: Tensor, skin: Tensor, eyes: Tensor) -> Tensor:
    """Returns logs of the room's white, times their trust, its brightest luminance, the trust."""
    bare, white = log_chroma(rgb(skin)), rgb(eyes) / w(eyes).clamp(min=1e-3)
    seen = w(eyes) * smoothstep(0.35, 0.7, luma(white) / w(skin))
    light = mix(bare - vec(row, *OF_SKIN), log_chroma(white) - vec(row, *OF_WHITES), 0.5 * seen)
    side = 2.0 * AROUND * row[named("half")] / ROOM_SIDE
    cell = torch.arange(ROOM_SIDE).to(row) + 0.5 - 0.5 * ROOM_SIDE
    y, x = torch.meshgrid(cell, cell, indexing="ij")
    at = row[named("centre")] + torch.stack([x, y], -1).reshape(-1, 2) * side
    edge = vec(row, frame.shape[1], frame.shape[0]) - 1.0
    c = tapped(frame, torch.minimum(at.clamp(min=1.0), edge), 0.25 * side)
    level, hue = luma(c), log_chroma(c)
    pale = alike(hue, light, 0.3) * (1.0 - alike(hue, bare, 0.2))
    weight = pale * level
    trust = smoothstep(0.02, 0.15, (pale * smoothstep(0.1, 0.4, level / w(skin))).mean(0))
    eighth = level.clamp(min=0.01) ** 8
    bright = (eighth * level).sum(0) / (eighth.sum(0) + 1e-9)
    total = (hue * weight).sum(0) * (trust / weight.sum(0).clamp(min=1e-3))
    return torch.cat([total, bright, trust])
