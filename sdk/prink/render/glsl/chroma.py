"""Twin of `shaders/lib/chroma.glsl`: hue without brightness."""

from torch import Tensor

from prink.render.glsl.built_in import vec

__all__ = ["chroma"]

RED_BLUE = [0, 2]


def chroma(c: Tensor) -> Tensor:
    """Returns two opponent ratios `(..., 2)` in units of how much they vary over bare lips."""
    lit = c.clamp(min=0.002)
    red_blue = lit[..., RED_BLUE]
    return vec(c, 33.0, 50.0) * red_blue / (red_blue + lit[..., 1:2])
