"""Colour in torch, for losses: the differentiable twin of what `prink.color` does in numpy."""

import torch
from torch import Tensor

from prink.color import KNEE, SLOPE, WHITE, XYZ
from prink.render.glsl.color import srgb_to_linear

__all__ = ["linear_to_lab", "srgb_to_lab", "srgb_to_linear"]


def linear_to_lab(linear: Tensor) -> Tensor:
    """Returns CIE L*a*b* (..., 3) under D65 of linear sRGB (..., 3), clipped to 0..1.

    The gradient is bounded where it is dark.
    """
    t = linear.clamp(0.0, 1.0) @ torch.from_numpy(XYZ.T / WHITE).to(linear)
    root = t.clamp(min=KNEE) ** (1.0 / 3.0)
    x, y, z = torch.where(t > KNEE, root, t * SLOPE + 4.0 / 29.0).unbind(-1)
    return torch.stack([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)], -1)


def srgb_to_lab(srgb: Tensor) -> Tensor:
    """Returns CIE L*a*b* (..., 3) of sRGB (..., 3)."""
    return linear_to_lab(srgb_to_linear(srgb))
