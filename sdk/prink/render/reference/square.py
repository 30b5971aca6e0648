"""Twin of `shaders/pass/near.frag` and `shaders/pass/blur.frag`: the small square around the face and its blur."""

import torch
from torch import Tensor

from prink.render.plan import read_plan
from prink.render.reference.glsl import picture_at, vec

__all__ = ["measure_square"]


def stored(picture: Tensor) -> Tensor:
    """Returns the picture in steps of a byte, as the rgba8 targets hold it; the gradient passes through."""
    return picture + ((picture * 255.0).round() / 255.0 - picture).detach()


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
    target, box = read_plan(1).targets["near"], row[480]
    size = vec(row, frame.shape[1], frame.shape[0])
    at = (box[:2] + (centres("near", row) * 2.0 - 1.0) * box[2]) / size
    r = box[2] / size / 128.0 * 0.66
    signs = ((-1, -1), (1, -1), (-1, 1), (1, 1))
    corners = [picture_at(frame, at + r * vec(row, *sign)) for sign in signs]
    near = 0.25 * (corners[0] + corners[1] + corners[2] + corners[3])
    return stored(near.reshape(target.height, target.width, 3))


def blurred(picture: Tensor, name: str) -> Tensor:
    """Returns one direction of the bilateral blur, as the pass of this name draws it."""
    step = next(step for step in read_plan(1).passes if step.name == name)
    at = centres(step.target, picture)
    centre = picture_at(picture, at)
    total, weights = centre, torch.ones_like(centre[:, :1])
    for i in (1, 2, 3):
        off = vec(picture, *step.uniforms["u_step"]) * (i * 1.5 - 0.5)
        near = 2.0 ** (-0.22 * i * i)
        for side in (picture_at(picture, at + off), picture_at(picture, at - off)):
            apart = side - centre
            weight = near / (1.0 + 60.0 * (apart * apart).sum(-1, keepdim=True))
            total, weights = total + side * weight, weights + weight
    return stored((total / weights).reshape(picture.shape))


def measure_square(frame: Tensor, row: Tensor) -> tuple[Tensor, Tensor]:
    """Returns the `near` and `wide` targets, sRGB `(128, 128, 3)`, of a frame `(H, W, 3)` and a face row `(512, 4)`."""
    near = near_square(frame, row)
    return near, blurred(blurred(near, "blur_x"), "blur_y")
