"""The hair layer: a mask as the shaders take it, and what its face's row says of it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles
from prink.hair.mask import HairMask
from prink.render.box import Box, even_box
from prink.render.layer import LayerPicture
from prink.render.plan import read_plan

__all__ = ["HAIR", "check_hair", "hair_layer"]

HAIR: Final = "hair"
"""The layer's name in the plan."""


def check_hair(hair: object, faces: int) -> None:
    """Raises a `TypeError` that says what to pass, unless this is a mask or None for each face."""
    wanted = "expected the masks that HairFinder.find returns, one or None for each face"
    if not isinstance(hair, Sequence):
        raise TypeError(f"hair is a {type(hair).__name__}; {wanted}")
    if len(hair) not in (0, faces):
        raise TypeError(f"hair holds {len(hair)} masks for {faces} faces; {wanted}")
    for mask in hair:
        if mask is not None and not isinstance(mask, HairMask):
            raise TypeError(f"hair holds a {type(mask).__name__}; {wanted}")


def hair_layer(mask: HairMask, *, width: int, height: int) -> LayerPicture | None:
    """Returns a head's hair to draw, or None where there is none or none lies in the frame."""
    mask = reduced(mask)
    bounds = mask.bounds()
    affine = mask.to_frame.astype(np.float64)
    if bounds is None or not np.isfinite(affine).all():
        return None
    tall, wide = mask.alpha.shape
    x0, y0, x1, y1 = bounds
    box = framed(affine, (x0, y0, x1, y1), width=width, height=height)
    reads = framed(affine, (0, 0, wide, tall), width=width, height=height)
    if box is None or reads is None:
        return None
    numbers: dict[str, ArrayLike] = {
        "hair_to_frame": affine * [wide, tall, 1],
        "hair_reach": mask.reach,
        "hair_bounds": (x0 / wide, y0 / tall, x1 / wide, y1 / tall),
    }
    return LayerPicture(mask.alpha, box, reads, numbers)


def reduced(mask: HairMask) -> HairMask:
    """Returns the mask at the largest size that the plan allows, if it is larger."""
    largest = read_plan(1).layers[HAIR].largest
    if max(mask.alpha.shape) <= largest:
        return mask
    import cv2

    small = cv2.resize(mask.alpha, (largest, largest), interpolation=cv2.INTER_AREA)
    tall, wide = mask.alpha.shape
    scale = np.array([wide / largest, tall / largest, 1])
    return HairMask(
        np.asarray(small, np.uint8), (mask.to_frame * scale).astype(np.float32), mask.reach
    )


def framed(affine: Doubles, box: Box, *, width: int, height: int) -> Box | None:
    """Returns the pixels of a frame under a box of mask pixels, or None where it has none."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ affine.T
    return even_box(corners.min(0), corners.max(0), width=width, height=height)
