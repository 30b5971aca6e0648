"""What the shaders know about each head's hair: the rest of its face's row."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from prink.arrays import Doubles
from prink.hair.mask import HairMask
from prink.render.box import Box, even_box, union
from prink.render.face_row import DrawnFace

__all__ = ["check_hair", "with_hair"]

LARGEST = 192  # pixels a side: the taps of hair_tiles.frag and hair_near.frag leave none out


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


def with_hair(drawn: DrawnFace, mask: HairMask, *, width: int, height: int) -> DrawnFace:
    """Returns the face with its hair to draw, if any of it lies in the frame."""
    mask = reduced(mask)
    bounds = mask.bounds()
    affine = mask.to_frame.astype(np.float64)
    if bounds is None or not np.isfinite(affine).all():
        return drawn
    tall, wide = mask.alpha.shape
    x0, y0, x1, y1 = bounds
    box = framed(affine, (x0, y0, x1, y1), width=width, height=height)
    reads = framed(affine, (0, 0, wide, tall), width=width, height=height)
    if box is None or reads is None:
        return drawn
    drawn.row[481:483, :3] = affine * [wide, tall, 1]
    drawn.row[483] = x0 / wide, y0 / tall, x1 / wide, y1 / tall
    return replace(
        drawn, hair=mask, hair_box=box, box=union(drawn.box, box), reads=union(drawn.reads, reads)
    )


def reduced(mask: HairMask) -> HairMask:
    """Returns the mask at the size that the shaders are made for, if it is larger."""
    if max(mask.alpha.shape) <= LARGEST:
        return mask
    import cv2

    small = cv2.resize(mask.alpha, (LARGEST, LARGEST), interpolation=cv2.INTER_AREA)
    tall, wide = mask.alpha.shape
    scale = np.array([wide / LARGEST, tall / LARGEST, 1])
    return HairMask(np.asarray(small, np.uint8), (mask.to_frame * scale).astype(np.float32))


def framed(affine: Doubles, box: Box, *, width: int, height: int) -> Box | None:
    """Returns the pixels of a frame under a box of mask pixels, or None where it has none."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ affine.T
    return even_box(corners.min(0), corners.max(0), width=width, height=height)
