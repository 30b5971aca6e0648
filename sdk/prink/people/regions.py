"""Regions of the skin in its uv: lips, neck and the inside of the mouth; where a place is."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes, Flags, Floats
from prink.people.body import Mesh

__all__ = ["REGIONS", "head_places", "region_texture"]

REGIONS: Final = "#regions"  # the name that the texture is asked for by
SIDE: Final = 2048  # px
COARSE: Final = 512  # px: of the map of places
HEAD: Final = (0.635, 1.0, 0.14, 0.83)  # left, right, low and high of the head in uv
MOUTH: Final = (0.755, 0.93, 0.0, 0.14)
SOCKETS: Final = (0.0, 0.155, 0.54, 0.64)
LIP_LINE: Final = 0.9092  # in uv; the upper lip is left of it
# The jaw's edge from the nape to the chin: how far in front and how high, decimetres at rest.
JAW: Final = np.array(
    [[-0.6, 6.95], [0.25, 6.85], [0.5, 6.62], [0.8, 6.45], [1.1, 6.32], [1.35, 6.2], [1.6, 6.1]]
)
SOFT: Final = 0.12  # decimetres that the jaw's edge is blurred over


def head_places(mesh: Mesh, shown: Flags) -> Floats:
    """Returns the place at rest of each texel of the head, (512, 512, 3); NaN elsewhere."""
    found = np.full((COARSE, COARSE, 3), np.nan, np.float32)
    corners = mesh.uv[mesh.uv_triangles] * [COARSE, -COARSE] + [0, COARSE]
    left, right, low, high = HEAD
    middle = mesh.uv[mesh.uv_triangles].mean(axis=1)
    inside = (middle[:, 0] > left) & (middle[:, 0] < right)
    inside &= (middle[:, 1] > low) & (middle[:, 1] < high) & shown
    for number in np.flatnonzero(inside):
        fill(found, corners[number], mesh.points[mesh.triangles[number]])
    return found


def fill(found: Floats, corners: Floats, places: Floats) -> None:
    """Writes the places that a triangle of texels has, and half a texel around it."""
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 1, COARSE)
    edges = np.stack([corners[1] - corners[0], corners[2] - corners[0]], axis=1)
    if abs(np.linalg.det(edges)) < 1e-9 or (high <= low).any():
        return
    x, y = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
    one, two = np.einsum(
        "ij,jyx->iyx", np.linalg.inv(edges), np.stack([x, y]) - corners[0, :, None, None]
    )
    weights = np.stack([1 - one - two, one, two], axis=-1)
    near = weights.min(axis=-1) > -0.35
    within = weights.clip(0, 1)[near]
    part = found[low[1] : high[1], low[0] : high[0]]
    part[near] = within / within.sum(axis=-1, keepdims=True) @ places


def region_texture(places: Floats, lips: Path) -> Bytes:
    """Returns (2048, 2048, 4): lips, neck and bust, inside of the mouth, upper lip.

    `places` are those of `head_places`, `lips` the picture of the lips in uv.
    """
    import cv2

    made = np.zeros((SIDE, SIDE, 4), np.uint8)
    read = cv2.imread(str(lips), cv2.IMREAD_GRAYSCALE)
    made[..., 0] = cv2.GaussianBlur(cv2.resize(read, (SIDE, SIDE)), (0, 0), 2)
    made[..., 1] = 255
    below = (np.interp(places[..., 2], JAW[:, 0], JAW[:, 1]) - places[..., 1]) / SOFT + 0.5
    below = np.nan_to_num(below, nan=1.0).clip(0, 1).astype(np.float32)
    smooth = cv2.resize(cv2.GaussianBlur(below, (0, 0), 1.5), (SIDE, SIDE))
    inside = box(HEAD)
    made[inside][..., 1] = (smooth[inside] * 255).astype(np.uint8)
    made[box(SOCKETS)][..., 1] = 0
    made[box(MOUTH)][..., 2] = 255
    made[:, : int(LIP_LINE * SIDE), 3] = 255
    return made


def box(sides: tuple[float, float, float, float]) -> tuple[slice, slice]:
    """Returns the rows and columns of a box of uv: left, right, low and high."""
    left, right, low, high = (round(side * SIDE) for side in sides)
    return slice(SIDE - high, SIDE - low), slice(left, right)
