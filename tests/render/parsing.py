"""Face squares made by hand: polygons of the landmarks, and what lies before them."""

from collections.abc import Sequence

import cv2
import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.face import Face
from prink.parse.head import head_to_frame, inverse
from prink.parse.parsing import Square

__all__ = ["SIZE", "face_square"]

SIZE, REACH = 192, 0.8
FINE = 4  # drawn larger by this, then averaged
# fmt: off
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)
OUTER = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
RIGHT_EYE = (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246)
LEFT_EYE = (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466)
# fmt: on
SOFT = 0.9  # pixels: no network is sharper
TEETH = 0.9  # of the opening, from its middle


def face_square(face: Face, *, before: Sequence[Doubles] = (), teeth: float = TEETH) -> Square:
    """Returns a face's square with everything where its landmarks are.

    Args:
        face: Whose mouth shows teeth if it is open.
        before: Polygons (N, 2) in frame pixels of what hides the face.
        teeth: How much of the open mouth they fill, from its middle.
    """
    to_frame = head_to_frame(face, SIZE, reach=REACH)
    to_square = inverse(to_frame)

    def filled(*polygons: Doubles | Floats) -> Floats:
        mask = np.zeros((SIZE * FINE, SIZE * FINE), np.uint8)
        for polygon in polygons:
            places = (polygon[:, :2] @ to_square[:, :2].T + to_square[:, 2]) * FINE
            cv2.fillPoly(mask, [np.round(places).astype(np.int32)], 255)
        return np.asarray(cv2.resize(mask, (SIZE, SIZE), interpolation=cv2.INTER_AREA), np.float32)

    points = face.points
    oval = points[list(OVAL)]
    grown = oval.mean(0) + 1.15 * (oval - oval.mean(0))  # the forehead lies beyond the landmarks
    inner = points[list(INNER)]
    opening = filled(inner)
    shown = filled(inner.mean(0) + teeth * (inner - inner.mean(0)))
    eyes = filled(points[list(RIGHT_EYE)], points[list(LEFT_EYE)])
    parts = [filled(points[list(OUTER)]) - opening, filled(grown), eyes, shown]
    free = 1 - filled(*before) / 255
    soft = cv2.GaussianBlur(np.stack([part * free for part in parts], -1), (0, 0), SOFT)
    pixels: Bytes = soft.round().clip(0, 255).astype(np.uint8)
    return Square(pixels, to_frame)
