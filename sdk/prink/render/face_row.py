"""What the shaders know about each face: one row of the points texture."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from prink.face import Face
from prink.hair.mask import HairMask
from prink.render.assets import Mesh

__all__ = ["ROW", "Box", "DrawnFace", "check_faces", "drawable", "overlap", "union", "with_hair"]

Box = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels
Floats = NDArray[np.float64] | NDArray[np.float32]

# Texels: 478 points, then presence and visibility, openness, face square; then of the hair mask
# two rows of its affine and its bounds, and where in the frame something is drawn under it.
ROW = 512
MARGIN = 2  # pixels around the mesh, for rasterisation


@dataclass(frozen=True)
class DrawnFace:
    """A face ready to draw.

    Its row is `(512, 4)`; drawing may change the pixels of `box` and reads those of `reads`. Makeup
    stays within `made_up`; `hair` is a mask with hair in it, `hair_box` where that lies.
    """

    id: int
    row: NDArray[np.float32]
    box: Box
    reads: Box
    made_up: Box
    hair: HairMask | None = None
    hair_box: Box = (0, 0, 0, 0)


def with_hair(drawn: DrawnFace, mask: HairMask, *, width: int, height: int) -> DrawnFace:
    """Returns the face with its hair to draw, if any of it lies in the frame."""
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


def overlap(one: Box, two: Box) -> Box | None:
    """Returns the pixels that lie in both boxes, None if there are none."""
    x0, y0 = np.maximum(one[:2], two[:2]).tolist()
    x1, y1 = np.minimum(one[2:], two[2:]).tolist()
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def union(one: Box, two: Box) -> Box:
    """Returns the smallest box around two."""
    low, high = np.minimum(one, two).tolist(), np.maximum(one, two).tolist()
    return low[0], low[1], high[2], high[3]


def framed(affine: Floats, box: Box, *, width: int, height: int) -> Box | None:
    """Returns the pixels of a frame under a box of mask pixels, or None where it has none."""
    x0, y0, x1, y1 = box
    corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ affine.T
    return even_box(corners.min(0), corners.max(0), width=width, height=height)


def even_box(low: Floats, high: Floats, *, width: int, height: int) -> Box | None:
    """Returns the pixels between two corners with a margin, or None where the frame has none.

    Its bounds are even, because NV12 shares its chroma between two rows and two columns.
    """
    x0, y0 = np.maximum(np.floor(low).astype(int) - MARGIN, 0) // 2 * 2
    x1, y1 = np.ceil(high).astype(int) + MARGIN
    x1, y1 = min(x1 + x1 % 2, width), min(y1 + y1 % 2, height)
    return (int(x0), int(y0), int(x1), int(y1)) if x0 < x1 and y0 < y1 else None


def check_faces(faces: object) -> None:
    """Raises a `TypeError` that says what to pass, unless this is a sequence of faces."""
    wanted = "expected the faces that Tracker.track returns, or [face] for one of them"
    if not isinstance(faces, Sequence):
        raise TypeError(f"faces is a {type(faces).__name__}; {wanted}")
    for face in faces:
        if not isinstance(face, Face):
            raise TypeError(f"faces holds a {type(face).__name__}; {wanted}")


def drawable(face: Face, *, mesh: Mesh, width: int, height: int) -> DrawnFace | None:
    """Returns what to draw of a face, or None where its landmarks are wild or outside the frame."""
    points = face.points
    if points.shape != (478, 3) or not np.isfinite(points).all() or not face.presence > 0:
        return None
    places = mesh.positions(points)
    low, high = places.min(0), places.max(0)
    if np.abs([low, high]).max() > 8 * max(width, height):
        return None
    box = even_box(low, high, width=width, height=height)
    iod = float(np.linalg.norm(points[468, :2] - points[473, :2]))
    if box is None or iod < 1:
        return None
    centre, half = (low + high) / 2, float((high - low).max()) / 2
    # A turned head brings the eyes together in the picture; its height tells the true scale.
    tall = float(np.linalg.norm(points[10, :2] - points[152, :2]))
    row = np.zeros((ROW, 4), np.float32)
    row[:478, :3] = points
    seen = face.visibility
    row[478] = face.presence, seen.lips, seen.right_eye, seen.left_eye
    row[479] = seen.right_cheek, seen.left_cheek, seen.right_open, seen.left_open
    row[480] = *centre, half, max(iod, 0.42 * tall)
    reads = square(centre, half, width=width, height=height)
    return DrawnFace(face.id, row, box, reads, box)


def square(centre: Floats, half: float, *, width: int, height: int) -> Box:
    """Returns the pixels of the square around a face, with what filters read beyond its rim."""
    reach = half * (1 + 1 / 32) + 2 * MARGIN
    x0, y0 = np.maximum(np.floor(centre - reach).astype(int), 0)
    x1, y1 = np.ceil(centre + reach).astype(int)
    return int(x0), int(y0), min(int(x1), width), min(int(y1), height)
