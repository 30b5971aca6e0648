"""Twin of `shaders/lib/color.glsl`: sRGB to linear light and back, luminance."""

from torch import Tensor

from prink.render.reference.glsl import vec

__all__ = ["luma", "to_linear", "to_srgb"]


def luma(c: Tensor) -> Tensor:
    """Returns the Rec. 709 luminance of linear colours `(..., 3)` as `(..., 1)`."""
    return (c * vec(c, 0.2126, 0.7152, 0.0722)).sum(-1, keepdim=True)


def to_linear(s: Tensor) -> Tensor:
    """Returns linear light: the cubic fit of the sRGB decoding curve."""
    return s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878)


def to_srgb(linear: Tensor) -> Tensor:
    """Returns sRGB: the inverse of `to_linear`; its slope is finite at black."""
    s = (linear.clamp(min=0.0) + 0.0000441068).sqrt()
    return s * (1.20287316 + 0.06482727 * linear) - 0.25910589 * linear - 0.00833810
