"""Vectors of the hair tile of the face atlas: hair by length and brightness, skin, light."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.face.landmark import FACE_OVAL
from prink.parse import Square
from prink.parse.head import head_to_frame, inverse
from prink.reading.hair_patch import CARD, HAIR, HEIGHT, SIZE, SKIN, WIDTH, hair_patch
from prink.reading.light import Scene
from prink_export.hosts.vectors.heads.head import AFFINE, as_face
from prink_export.hosts.vectors.photo.picture import (
    EDITS,
    PICTURE,
    Edit,
    drawn_head,
    drawn_picture,
    stored,
)
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["CASES", "COLUMNS", "ROWS", "Case", "hair_tile"]

ROOM: Final = (80, 88)  # px of the picture
MIDDLE: Final = (40.0, 42.0)
REACH: Final = (1.7, 1.55)  # of the hair, by half a face
WITHIN: Final = ((1.62, 1.48), (1.1, 1.08))  # of the mask, which is surely hair
SIDE: Final = 48  # px of the stored mask
LEVELS: Final = 4
ROWS: Final = tuple(range(1, HEIGHT, 5))
COLUMNS: Final = (*range(0, HAIR, 10), HAIR - 1, HAIR, WIDTH - 1)
SCENE: Final = Scene(np.array([0.5, 0.3, 0.2]), np.array([1.02, 0.98, 0.9]), 0.335)

PLAIN: Final = Edit()


@dataclass(frozen=True)
class Case:
    """A frame, and a mask as an edit of the stored one; `box` cuts the mask to a part of it."""

    name: str
    edit: Edit = PLAIN
    mask_zoom: int = 1
    box: tuple[int, int, int, int] = (0, 0, SIDE, SIDE)

    def frame(self) -> Bytes:
        """Returns the frame (88 * zoom, 80 * zoom, 3)."""
        return self.edit.frame(drawn_picture(*ROOM, hair=REACH))

    def face(self) -> Face:
        """Returns the face in it."""
        return as_face(drawn_head(zoom=self.edit.zoom, middle=MIDDLE))

    def mask(self) -> Square:
        """Returns the mask."""
        x0, y0, x1, y1 = self.box
        alpha = np.zeros((SIDE, SIDE), np.uint8)
        alpha[y0:y1, x0:x1] = drawn_mask()[y0:y1, x0:x1]
        alpha = alpha.repeat(self.mask_zoom, axis=0).repeat(self.mask_zoom, axis=1)
        return Square(alpha, self.to_frame(SIDE * self.mask_zoom))

    def to_frame(self, side: int) -> Floats:
        """Returns the affine (2, 3) of a mask of this many pixels a side, with few decimals."""
        affine = head_to_frame(self.face(), side).astype(np.float64)
        return np.round(affine, 4).astype(np.float32)


CASES: Final = (
    Case("mask enlarged"),
    Case("mask reduced", mask_zoom=4),
    Case("frame reduced", edit=Edit(zoom=3), mask_zoom=2),
    Case("dyed in dim light", edit=Edit(gain=(150, 90, 60))),
    Case("only one side", box=(0, 20, 20, SIDE)),
    Case("no hair", box=(0, 0, 0, 0)),
)


@cache
def drawn_mask() -> Bytes:
    """Returns the stored mask (SIDE, SIDE): the hair of the drawn head, 0 or 255."""
    import cv2

    mask = np.zeros((SIDE, SIDE), np.uint8)
    face = as_face(drawn_head(middle=MIDDLE))
    back = inverse(head_to_frame(face, SIDE))
    oval = face.points[list(FACE_OVAL), :2]
    for scale, level in zip(WITHIN, (255, 0), strict=True):
        places = ((oval - MIDDLE) * scale + MIDDLE) @ back[:, :2].T + back[:, 2]
        cv2.fillPoly(mask, [np.rint(places - 0.5).astype(np.int32)], level)
    return mask


INPUTS: Final = {
    "picture": f"a drawn head: {PICTURE}",
    "mask": "its hair in the head square: `side` x `side` bytes, row by row, as base64; "
    "255 is hair",
    "skin": "linear colour of the skin, see face_light.json",
    "light": f"linear colour of a white card, which the tile shows at {CARD:g} of it",
    "cases.edit": EDITS,
    "cases.mask_box": "x0, y0, x1, y1: the mask is 0 outside of it, before the zoom",
    "cases.mask_zoom": "each pixel of the mask becomes zoom x zoom pixels",
    "cases.to_frame": f"from the zoomed mask to the frame, {AFFINE}",
}
OUTPUTS: Final = {
    "cases.expected": "r, g, b, alpha of the pixels in `rows` and `columns`. Frame and "
    f"mask are seen in the square at {SIZE} x {SIZE}: bilinear, the frame (grey 128 "
    "beyond its rim) first averaged down by the largest power of two that a pixel of the square "
    "is large in the frame, the mask averaged where it is larger. Hair is where the mask is over "
    "0.9. How far along: hairShare in shaders/lib/along_hair.glsl, measured as 1.4 and 1.2 times "
    f"the fourth root of the mean fourth power over that hair, 0..1. Row floor({HEIGHT} * length); "
    "of n pixels "
    f"in order of luminance, column c shows number floor((c + 0.5) / {HAIR} * n). Alpha "
    "min(n / 24, 1), 0 where n < 3; such a row shows the colours of the nearest that has "
    "more, counted by its place between two of those; half-way, the one of even place "
    f"among them. Columns from {HAIR}: skin, from {HAIR + SKIN}: light, in sRGB, alpha "
    "255",
    "tolerance": "levels of 255, for all but `outliers` of the numbers: pixels of the "
    "same brightness may come in another order",
}


def hair_tile() -> Vector:
    """Returns tiles of masks of three sizes, of a large frame, of dyed, partial and no hair."""
    return Vector(
        subject=f"The hair tile of the face atlas, {HEIGHT} rows of {WIDTH} pixels: row by row "
        "from roots to ends, in a row from dark to light; then skin, then light.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": LEVELS,
            "outliers": 0.01,
            "picture": stored(drawn_picture(*ROOM, hair=REACH)),
            "side": SIDE,
            "mask": b64encode(drawn_mask().tobytes()).decode(),
            "skin": SCENE.skin.tolist(),
            "light": SCENE.light.tolist(),
            "rows": list(ROWS),
            "columns": list(COLUMNS),
            "cases": [told(case) for case in CASES],
        },
    )


def told(case: Case) -> dict[str, Any]:
    mask = case.mask()
    tile = hair_patch(case.frame(), case.face(), mask, scene=SCENE)
    return {
        "name": case.name,
        "edit": case.edit.told(),
        "mask_box": list(case.box),
        "mask_zoom": case.mask_zoom,
        "to_frame": rounded(mask.to_frame, 4),
        "expected": tile[np.ix_(ROWS, COLUMNS)].tolist(),
    }
