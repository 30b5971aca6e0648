"""What GLSL has built in and torch lacks.

Numbers have any shapes that broadcast; vectors have their components last, `(..., 4)`.
"""

from typing import Any

import torch
from torch import Tensor

__all__ = ["mix", "picture_at", "rgb", "root", "smoothstep", "vec", "w"]

Number = Tensor | float


def mix(a: Number, b: Number, share: Number) -> Tensor:
    """Returns `a` where the share is 0, `b` where it is 1; at least one of them is a tensor."""
    mixed: Any = a + (b - a) * share
    assert isinstance(mixed, Tensor)
    return mixed


def smoothstep(low: Number, high: Number, x: Tensor) -> Tensor:
    """Returns 0 at `low`, 1 at `high`, a cubic between; `high` may lie below `low`."""
    t = ((x - low) / (high - low)).clamp(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def root(x: Tensor) -> Tensor:
    """Returns the square root of `x >= 0`, flat below 1e-8, where its slope has no bound."""
    return x.clamp(min=1e-8).sqrt()


def vec(like: Tensor, *numbers: float) -> Tensor:
    """Returns the numbers as a vector of the same kind and on the same device as `like`."""
    return like.new_tensor(numbers)


def rgb(v: Tensor) -> Tensor:
    """Returns `v.rgb`."""
    return v[..., :3]


def w(v: Tensor) -> Tensor:
    """Returns `v.w`, keeping its axis."""
    return v[..., 3:4]


def picture_at(picture: Tensor, at: Tensor) -> Tensor:
    """Returns `texture()`: bilinear samples `(N, C)`; beyond the rim the outermost pixels go on.

    Args:
        picture: `(H, W, C)`.
        at: places in 0..1, x first, `(N, 2)`.
    """
    rows, columns, channels = picture.shape
    place = at * vec(at, columns, rows) - 0.5
    corner = place.floor()
    share = (place - corner).to(picture.dtype)
    x0, y0 = corner.long().unbind(-1)
    x = [(x0 + step).clamp(0, columns - 1) for step in (0, 1)]
    y = [(y0 + step).clamp(0, rows - 1) * columns for step in (0, 1)]
    flat = picture.reshape(-1, channels)

    def taken(y: Tensor, x: Tensor) -> Tensor:
        return flat.index_select(0, y + x)

    upper = torch.lerp(taken(y[0], x[0]), taken(y[0], x[1]), share[:, :1])
    lower = torch.lerp(taken(y[1], x[0]), taken(y[1], x[1]), share[:, :1])
    return torch.lerp(upper, lower, share[:, 1:])
