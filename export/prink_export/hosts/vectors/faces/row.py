"""Vectors of a face's row: what a host tells the shaders of a face, and which pixels it needs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.face.landmark import HeadPose, Visibility
from prink.parse import Square
from prink.parse.head import REACH
from prink.render.assets import read_mesh
from prink.render.face_row import DrawnFace, drawable, drawn_before, with_layer
from prink.render.hair_layer import HAIR, hair_layer
from prink.render.row import named, placed
from prink_export.hosts.vectors.faces.flat_face import face_points
from prink_export.hosts.vectors.vector import PIXELS, Vector, rounded

__all__ = ["face_row", "faces_of", "told"]

FRAME: Final = (720, 640)  # width, height
SIDE: Final = 48  # of hair masks
SEEN: Final = Visibility(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
TO_FRAME: Final = ((12.0, 1.25, 30.3), (-1.25, 12.0, 20.7))
LANDMARKS: Final = (0, 10, 33, 152, 468, 473, 477)
SUBJECT: Final = "What a host tells the shaders of each face, and which pixels that takes."
INPUTS: Final = {
    "frame": "width and height in pixels",
    "points": "(478, 3) landmarks in pixels, as every face has them but for its own place",
    "faces.scale, faces.move": "x and y of its points are those of `points` times scale "
    "plus move; z is as it is",
    "faces.wild": "number of the point that is no number (NaN) in x; absent from most",
    "faces.presence, faces.visibility": "shares 0..1",
    "faces.hair": "null, or a mask: its box of hair (x0, y0, x1, y1) in which alpha is 255, of "
    "`side` * `side` pixels, elsewhere 0; `to_frame`, from mask pixels to frame pixels; and "
    "`reach`, half its side in face sizes",
}
OUTPUTS: Final = {
    "faces.expected": "null if the face is not drawn; boxes are x0, y0, x1, y1",
    "points": "rows of the texture at `landmarks`",
    "row": "numbers by name, within `tolerance`; see sdk/prink/render/row.py",
    "box, reads, made_up": "what drawing changes and reads, and where makeup stays; exact",
    "layers": "where the hair lies, if any is drawn",
}


@dataclass(frozen=True)
class Given:
    """A face of a case: where it lies, what is seen of it, and the box of its hair."""

    scale: tuple[float, float] = (1.0, 1.0)
    move: tuple[float, float] = (0.25, 0.0)
    presence: float = 1.0
    wild: int | None = None
    visibility: Visibility = SEEN
    hair: tuple[int, int, int, int] | None = None
    to_frame: tuple[tuple[float, ...], ...] = TO_FRAME
    side: int = SIDE
    reach: float = REACH

    def told(self) -> dict[str, Any]:
        """Returns the face as the file tells it."""
        mask = {"side": self.side, "box": self.hair, "to_frame": self.to_frame, "reach": self.reach}
        return {
            "scale": self.scale,
            "move": self.move,
            "presence": self.presence,
            "visibility": vars(self.visibility),
            "hair": mask if self.hair else None,
        } | ({} if self.wild is None else {"wild": self.wild})


HAIRY: Final = Given(hair=(12, 14, 31, 42))
LARGE: Final = ((2.4, 0.25, 30.3), (-0.25, 2.4, 20.7))  # five times as many pixels a side
BEYOND: Final = ((12.0, 0.0, 2000.3), (0.0, 12.0, 0.7))
SHIFTED: Final = ((12.0, 1.25, 170.3), (-1.25, 12.0, 110.7))
CASES: Final = {
    "no hair": (Given(),),
    "hair": (HAIRY,),
    "no hair in the mask": (replace(HAIRY, hair=(0, 0, 0, 0)),),
    "hair beyond the frame": (replace(HAIRY, to_frame=BEYOND),),
    "a mask larger than the plan allows": (
        replace(HAIRY, side=240, hair=(30, 20, 210, 190), to_frame=LARGE),
    ),
    "fading in at the rim": (Given(scale=(0.8, 0.8), move=(-150.25, 230.25), presence=0.25),),
    "a turned head": (Given(scale=(0.4, 1.0)),),
    "off the frame": (Given(move=(2000.0, 0.0)),),
    "smaller than a pixel between the eyes": (Given(scale=(0.005, 0.005), move=(300.0, 300.0)),),
    "wild": (Given(scale=(30.0, 30.0)), Given(wild=5), Given(presence=0.0)),
    "two, the second over the first": (
        replace(HAIRY, scale=(0.7, 0.7)),
        replace(HAIRY, scale=(0.7, 0.7), move=(140.25, 90.25), to_frame=SHIFTED),
    ),
}


def face_row() -> Vector:
    """Returns the cases: faces of a frame, and the rows and boxes that come of them."""
    points = face_points().round(2)
    cases = []
    for name, given in CASES.items():
        faces = json.loads(json.dumps([each.told() for each in given]))
        found = faces_of(faces, points.astype(np.float32), FRAME)
        for face, expected in zip(faces, told(found), strict=True):
            face["expected"] = expected
        cases.append({"name": name, "faces": faces})
    data = {
        "tolerance": PIXELS,
        "frame": list(FRAME),
        "landmarks": list(LANDMARKS),
        "points": points.tolist(),
        "cases": cases,
    }
    return Vector(SUBJECT, INPUTS, OUTPUTS, data)


def faces_of(
    faces: Sequence[dict[str, Any]], points: Floats, frame: tuple[int, int]
) -> list[DrawnFace | None]:
    """Returns what prink makes of a case's faces in a frame of this width and height.

    `points` (478, 3) are theirs before each is moved and scaled.
    """
    width, height = frame
    found = []
    for number, given in enumerate(faces):
        face = as_face(number, given, points)
        drawn = drawable(face, mesh=read_mesh(), width=width, height=height)
        if drawn is not None and given["hair"] is not None:
            layer = hair_layer(as_mask(given["hair"]), width=width, height=height)
            drawn = drawn if layer is None else with_layer(drawn, HAIR, layer)
        found.append(drawn)
    real = [drawn for drawn in found if drawn is not None]
    for drawn, box in zip(real, drawn_before(real), strict=True):
        drawn.row[named("drawn_box")] = box or (0, 0, 0, 0)
    return found


def as_face(number: int, given: dict[str, Any], points: Floats) -> Face:
    own = points * (*given["scale"], 1.0) + np.array([*given["move"], 0.0])
    own = own.astype(np.float32)
    if "wild" in given:
        own[given["wild"], 0] = np.nan
    seen = Visibility(**given["visibility"])
    return Face(number, own, given["presence"], seen, HeadPose(0.0, 0.0, 0.0))


def as_mask(given: dict[str, Any]) -> Square:
    x0, y0, x1, y1 = given["box"]
    alpha: Bytes = np.zeros((given["side"],) * 2, np.uint8)
    alpha[y0:y1, x0:x1] = 255
    return Square(alpha, np.array(given["to_frame"], np.float32), given["reach"])


def told(faces: Sequence[DrawnFace | None]) -> list[dict[str, Any] | None]:
    """Returns rows and boxes as the file tells them, null for each face that is not drawn."""
    return [None if drawn is None else told_of(drawn) for drawn in faces]


def told_of(drawn: DrawnFace) -> dict[str, Any]:
    return {
        "points": rounded(drawn.row[list(LANDMARKS)], 3),
        "row": {
            each.numbers.name: rounded(np.asarray(drawn.row[each.index]), 4)
            for each in placed()
            if each.numbers.name != "points"
        },
        "box": list(drawn.box),
        "reads": list(drawn.reads),
        "made_up": list(drawn.made_up),
        "layers": {name: list(layer.box) for name, layer in drawn.layers.items()},
    }
