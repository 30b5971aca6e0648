"""The head crop: a square around a face, turned upright, at a network's size."""

from typing import Final, TypeVar

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.face.source import Rgb

__all__ = ["REACH", "Affine", "crop_head", "eight_bits", "head_to_frame", "inverse", "warp"]

REACH: Final = 1.5  # face sizes from the middle of the face to each side of the crop
# What lies outside the frame: a colour that no network mistakes for dark hair.
LETTERBOX: Final = (128, 128, 128)

Pixels = TypeVar("Pixels", Bytes, Floats)
Affine = Floats
"""(2, 3): a place (x, y, 1) to (x, y). Places are in pixels, the first one's middle at 0.5."""


def head_to_frame(face: Face, size: int, *, reach: float = REACH) -> Affine:
    """Returns the affine from a head crop of `size` x `size` px to the face's frame, (2, 3).

    The crop is centred on the box of the points in the upright head, its half side is `reach`
    times the longer side of that box.
    """
    points = face.points[:, :2].astype(np.float64)
    angle = np.radians(face.pose.roll)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    upright = points @ turn
    low, high = upright.min(axis=0), upright.max(axis=0)
    center = turn @ ((low + high) / 2)
    matrix = turn * (2 * reach * max(float((high - low).max()), 1.0) / size)
    offset = center - matrix @ np.full(2, size / 2)
    return np.column_stack([matrix, offset]).astype(np.float32)


def inverse(affine: Affine) -> Affine:
    """Returns the affine that undoes another, (2, 3)."""
    matrix = np.linalg.inv(affine[:, :2].astype(np.float64))
    return np.column_stack([matrix, -matrix @ affine[:, 2]]).astype(np.float32)


def crop_head(rgb: Rgb, to_frame: Affine, size: int) -> Rgb:
    """Returns the (size, size, 3) uint8 crop of a frame; grey where it reaches beyond the frame."""
    import cv2

    scale = float(np.sqrt(abs(np.linalg.det(to_frame[:, :2]))))
    # A power of two: what is left is less than the two taps skip.
    shrink = 2 ** int(np.log2(max(scale, 1.0)))
    if shrink < 2:
        return warp(rgb, to_frame, size, border=LETTERBOX)
    # Linear taps would skip pixels: the part of the frame that counts is averaged down first.
    corners = np.array([[0, 0], [size, 0], [0, size], [size, size]]) @ to_frame[:, :2].T
    corners += to_frame[:, 2]
    limit = np.array([rgb.shape[1], rgb.shape[0]])
    low = np.clip(np.floor(corners.min(axis=0)), 0, limit).astype(int) // shrink * shrink
    high = np.clip(np.ceil(corners.max(axis=0)), 0, limit).astype(int)
    wide, tall = np.maximum((high - low) // shrink, 1).tolist()
    part = rgb[low[1] : low[1] + tall * shrink, low[0] : low[0] + wide * shrink]
    if part.size == 0:
        return np.full((size, size, 3), LETTERBOX, np.uint8)
    small = part
    while len(small) > tall:  # by halves, for which OpenCV is quickest
        half = (small.shape[1] // 2, small.shape[0] // 2)
        small = cv2.resize(small, half, interpolation=cv2.INTER_AREA)
    moved = to_frame.copy()
    moved[:, 2] -= low
    return warp(small, moved / shrink, size, border=LETTERBOX)


def warp(
    picture: Pixels,
    to_picture: Affine,
    size: int | tuple[int, int],
    *,
    border: tuple[int, int, int] = (0, 0, 0),
) -> Pixels:
    """Returns a picture, (H, W) or (H, W, C) as given, seen through an affine, bilinear.

    `size` is (width, height) or a side.
    """
    import cv2

    matrix = to_picture.astype(np.float64)
    # OpenCV counts from the middle of the first pixel, affines here from its corner.
    matrix[:, 2] += matrix[:, :2] @ np.full(2, 0.5) - 0.5
    seen: Pixels = cv2.warpAffine(
        picture,
        matrix,
        (size, size) if isinstance(size, int) else size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=border,
    )
    return seen


def eight_bits(values: Floats) -> Bytes:
    """Returns values 0..1 as bytes 0..255 of the same shape."""
    import cv2

    # OpenCV rounds and cuts at 255 in one go, but turns negative values around.
    low = np.maximum(values, 0, dtype=np.float32)
    return np.asarray(cv2.convertScaleAbs(low, alpha=255), np.uint8).reshape(values.shape)
