"""Twin of `shaders/lib/chroma.glsl` and `lip_color.glsl`: what sets lips apart from skin."""

import torch
from torch import Tensor

from prink.render.glsl.built_in import vec
from prink.render.glsl.color import luma

__all__ = ["chroma", "lip_color"]

RED_BLUE = [0, 2]


def chroma(c: Tensor) -> Tensor:
    """Returns two opponent ratios `(..., 2)` in units of how much they vary over bare lips."""
    lit = c.clamp(min=0.002)
    red_blue = lit[..., RED_BLUE]
    return vec(c, 33.0, 50.0) * red_blue / (red_blue + lit[..., 1:2])


def lip_color(c: Tensor) -> Tensor:
    """Returns chroma and, a little, how light a colour is, `(..., 3)`."""
    return torch.cat([chroma(c), 1.2 * torch.log2(luma(c) + 0.002)], -1)
