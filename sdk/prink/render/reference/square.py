"""Twin of `shaders/pass/near.frag` and `shaders/pass/blur.frag`: the face in small, and blurred."""

import torch
from torch import Tensor

from prink.render.glsl.built_in import picture_at, rgb, smoothstep, vec
from prink.render.glsl.color import luma, to_linear
from prink.render.plan import read_plan
from prink.render.row import named

__all__ = ["measure_square"]


def stored(picture: Tensor) -> Tensor:
    """Returns the picture in half floats, as in an rgba16f target; the gradient passes."""
    return picture + (picture.half().float() - picture).detach()


def centres(name: str, like: Tensor) -> Tensor:
    """Returns the pixel centres of a target in 0..1, row by row, `(N, 2)`."""
    target = read_plan(1).targets[name]
    y, x = torch.meshgrid(
        (torch.arange(target.height) + 0.5) / target.height,
        (torch.arange(target.width) + 0.5) / target.width,
        indexing="ij",
    )
    return torch.stack([x, y], -1).reshape(-1, 2).to(like)


def near_square(frame: Tensor, row: Tensor) -> Tensor:
    target, half = read_plan(1).targets["near"], row[named("half")]
    size = vec(row, frame.shape[1], frame.shape[0])
    at = (row[named("centre")] + (centres("near", row) * 2.0 - 1.0) * half) / size
    r = half / size / 128.0 * 0.66
    signs = ((-1, -1), (1, -1), (-1, 1), (1, 1))
    corners = [picture_at(frame, at + r * vec(row, *sign)) for sign in signs]
    near = 0.25 * (corners[0] + corners[1] + corners[2] + corners[3])
    return stored(near.reshape(target.height, target.width, 3))


def blurred(picture: Tensor, near: Tensor, name: str) -> Tensor:
    """Returns one direction of the bilateral blur, as the pass of this name draws it."""
    step = next(step for step in read_plan(1).passes if step.name == name)
    at = centres(step.target, picture)
    centre = picture_at(picture, at)
    total, weights = centre, torch.ones_like(centre[:, :1])
    for i in (1, 2, 3):
        off = vec(picture, *step.uniforms["u_step"]) * (i * 2.4 - 0.9)
        close = 2.0 ** (-0.08 * i * i)
        for side in (picture_at(picture, at + off), picture_at(picture, at - off)):
            apart = side - centre
            weight = close / (1.0 + 60.0 * (apart * apart).sum(-1, keepdim=True))
            total, weights = total + side * weight, weights + weight
    wide = total / weights
    sharp = luma(to_linear(picture_at(near, at)))
    soft = luma(to_linear(wide)).clamp(min=0.01)
    calm = 1.0 - smoothstep(0.10, 0.40, (sharp - soft).abs() / soft)
    return stored(torch.cat([wide, calm], -1).reshape(*picture.shape[:2], 4))


def measure_square(frame: Tensor, row: Tensor) -> tuple[Tensor, Tensor]:
    """Returns the targets: `near` `(128, 128, 3)` and `wide` `(128, 128, 4)`, 0 in alpha at edges.

    Args:
        frame: sRGB in 0..1, `(H, W, 3)`.
        row: the face's row of the points texture, `(512, 4)`.
    """
    near = near_square(frame, row)
    swap = rgb(blurred(near, near, "blur_x"))
    return near, blurred(swap, near, "blur_y")
