"""What the shaders know about each face: one row of the points texture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prink.arrays import Floats
from prink.face import Face
from prink.hair.mask import HairMask
from prink.render.assets import Mesh
from prink.render.box import MARGIN, Box, even_box

__all__ = ["ROW", "DrawnFace", "check_faces", "drawable"]


# Texels: 478 points, then presence and visibility, openness, face square; then of the hair mask
# two rows of its affine and its bounds, and where in the frame something is drawn under it.
ROW = 512


@dataclass(frozen=True)
class DrawnFace:
    """A face ready to draw.

    Its row is `(512, 4)`; drawing may change the pixels of `box` and reads those of `reads`. Makeup
    stays within `made_up`; `hair` is a mask with hair in it, `hair_box` where that lies.
    """

    id: int
    row: Floats
    box: Box
    reads: Box
    made_up: Box
    hair: HairMask | None = None
    hair_box: Box = (0, 0, 0, 0)


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
    """Returns the pixels of the square around a face, with what filters read beyond its rim.

    Its bounds are even, as those of every box of a frame.
    """
    reach = half * (1 + 1 / 32) + 2 * MARGIN
    x0, y0 = np.maximum(np.floor(centre - reach).astype(int), 0) // 2 * 2
    x1, y1 = np.ceil(centre + reach).astype(int)
    return int(x0), int(y0), min(int(x1 + x1 % 2), width), min(int(y1 + y1 % 2), height)
