"""What the shaders know about each face: one row of the points texture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np

from prink.arrays import Floats
from prink.face import Face
from prink.face.landmark import POINT_COUNT, frontal_iod, iod
from prink.render.assets import Mesh
from prink.render.box import MARGIN, Box, even_box, overlap, union
from prink.render.layer import LayerPicture
from prink.render.row import named, new_row

__all__ = ["DrawnFace", "check_faces", "drawable", "drawn_before", "with_layer"]

NOWHERE: Box = (0, 0, 0, 0)


@dataclass(frozen=True)
class DrawnFace:
    """A face ready to draw.

    Its row is `(512, 4)`, see `prink.render.row`; drawing may change the pixels of `box` and reads
    those of `reads`. Makeup stays within `made_up`; what layers show beyond it is in their boxes.
    """

    id: int
    row: Floats
    box: Box
    reads: Box
    made_up: Box
    layers: Mapping[str, LayerPicture] = field(default_factory=dict)

    @property
    def layered(self) -> Box:
        """The box around all that its layers show beyond its makeup."""
        boxes = [layer.box for layer in self.layers.values() if layer.box is not None]
        return reduce(union, boxes) if boxes else NOWHERE


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
    if points.shape != (POINT_COUNT, 3) or not np.isfinite(points).all() or not face.presence > 0:
        return None
    places = mesh.positions(points)
    low, high = places.min(0), places.max(0)
    if np.abs([low, high]).max() > 8 * max(width, height):
        return None
    box = even_box(low, high, width=width, height=height)
    if box is None or iod(points) < 1:
        return None
    centre, half = (low + high) / 2, float((high - low).max()) / 2
    seen = face.visibility
    row = new_row(
        points=points,
        presence=face.presence,
        lips_seen=seen.lips,
        right_eye_seen=seen.right_eye,
        left_eye_seen=seen.left_eye,
        right_cheek_seen=seen.right_cheek,
        left_cheek_seen=seen.left_cheek,
        right_open=seen.right_open,
        left_open=seen.left_open,
        centre=centre,
        half=half,
        scale=frontal_iod(points),
    )
    reads = square(centre, half, width=width, height=height)
    return DrawnFace(face.id, row, box, reads, box)


def with_layer(drawn: DrawnFace, name: str, layer: LayerPicture) -> DrawnFace:
    """Returns the face with a layer: its row told, its boxes grown."""
    row = drawn.row.copy()
    for number, value in layer.numbers.items():
        row[named(number)] = value
    return replace(
        drawn,
        row=row,
        layers={**drawn.layers, name: layer},
        box=union(drawn.box, layer.box or drawn.box),
        reads=union(drawn.reads, layer.reads or drawn.reads),
    )


def drawn_before(faces: Sequence[DrawnFace]) -> list[Box | None]:
    """Returns for each face which of its layers' pixels may be drawn on before its layers are.

    That is by its own makeup, and by the faces before it.
    """
    under, found = NOWHERE, []
    for face in faces:
        under = union(under, face.made_up) if any(under) else face.made_up
        found.append(overlap(under, face.layered))
        under = union(under, face.box)
    return found


def square(centre: Floats, half: float, *, width: int, height: int) -> Box:
    """Returns the pixels of the square around a face, with what filters read beyond its rim.

    Its bounds are even, as those of every box of a frame.
    """
    reach = half * (1 + 1 / 32) + 2 * MARGIN
    x0, y0 = np.maximum(np.floor(centre - reach).astype(int), 0) // 2 * 2
    x1, y1 = np.ceil(centre + reach).astype(int)
    return int(x0), int(y0), min(int(x1 + x1 % 2), width), min(int(y1 + y1 % 2), height)
