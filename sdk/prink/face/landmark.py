"""What a tracked face is, and which of MediaPipe's 478 points lie where.

`right` and `left` are the person's own sides: in an unmirrored picture the right eye is left.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Doubles, Floats
from prink.errors import PrinkError

__all__ = [
    "FACE_OVAL",
    "LEFT_CHEEK",
    "LEFT_EYE",
    "LEFT_EYE_LOWER",
    "LEFT_EYE_UPPER",
    "LEFT_IRIS",
    "LIPS_INNER",
    "LIPS_LOWER",
    "LIPS_OUTER",
    "LIPS_UPPER",
    "MOUTH_INNER_LOWER",
    "MOUTH_INNER_UPPER",
    "POINT_COUNT",
    "RIGHT_CHEEK",
    "RIGHT_EYE",
    "RIGHT_EYE_LOWER",
    "RIGHT_EYE_UPPER",
    "RIGHT_IRIS",
    "Face",
    "FaceError",
    "HeadPose",
    "Visibility",
    "frontal_iod",
    "iod",
]

POINT_COUNT: Final = 478

# Closed loops, each starting at the corner on the person's right and running over the upper edge.
LIPS_OUTER: Final = (
    *(61, 185, 40, 39, 37, 0, 267, 269, 270, 409),
    *(291, 375, 321, 405, 314, 17, 84, 181, 91, 146),
)
LIPS_INNER: Final = (
    *(78, 191, 80, 81, 82, 13, 312, 311, 310, 415),
    *(308, 324, 318, 402, 317, 14, 87, 178, 88, 95),
)
# The two sides of the mouth gap, corners left out; the n-th points face each other.
MOUTH_INNER_UPPER: Final = (191, 80, 81, 82, 13, 312, 311, 310, 415)
MOUTH_INNER_LOWER: Final = (95, 88, 178, 87, 14, 317, 402, 318, 324)

# The outer contour opposite them, corners left out.
LIPS_UPPER: Final = LIPS_OUTER[1:10]
LIPS_LOWER: Final = LIPS_OUTER[:10:-1]

RIGHT_EYE: Final = (33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7)
LEFT_EYE: Final = (263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249)
# Lid points that face each other, outer corner first, corners left out.
RIGHT_EYE_UPPER: Final = (246, 161, 160, 159, 158, 157, 173)
RIGHT_EYE_LOWER: Final = (7, 163, 144, 145, 153, 154, 155)
LEFT_EYE_UPPER: Final = (466, 388, 387, 386, 385, 384, 398)
LEFT_EYE_LOWER: Final = (249, 390, 373, 374, 380, 381, 382)
# Centre first, then four points on the rim.
RIGHT_IRIS: Final = (468, 469, 470, 471, 472)
LEFT_IRIS: Final = (473, 474, 475, 476, 477)

RIGHT_CHEEK: Final = (50, 101, 36, 205, 187, 123, 117, 118)
LEFT_CHEEK: Final = (280, 330, 266, 425, 411, 352, 346, 347)

FACE_OVAL: Final = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)


class FaceError(PrinkError, ValueError):
    """A frame, setting or face that tracking cannot work with, told in one plain sentence."""


OF_HEIGHT: Final = 0.42  # inter-ocular distance of a face in its height


@dataclass(frozen=True)
class Visibility:
    """How well each region can be seen and how far it is open, all 0..1."""

    lips: float
    right_eye: float
    left_eye: float
    right_cheek: float
    left_cheek: float
    right_open: float
    left_open: float
    mouth_open: float


@dataclass(frozen=True)
class HeadPose:
    """Head angles in degrees.

    `yaw` > 0 is turned to the person's left, `pitch` > 0 looks up, `roll` > 0 tips the head
    clockwise in the picture (to the person's left shoulder); all 0 when facing the camera.
    """

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True)
class Face:
    """One face of a frame.

    Attributes:
        id: Number that stays with this face for as long as a stream shows it.
        points: (478, 3) float32; x right and y down in pixels of the frame, z in the same scale,
            smaller is nearer.
        presence: 0..1; fades in and out in a stream, 1 in photos.
        visibility: Per region, from the points alone: what covers a face is told by its pixels.
        pose: Angles of the head.
    """

    id: int
    points: Floats
    presence: float
    visibility: Visibility
    pose: HeadPose


def iod(points: Floats) -> float:
    """Returns the inter-ocular distance in pixels of a face (478, 2 or 3).

    It is that between the iris centres, in x and y.
    """
    return float(np.hypot(*(points[468, :2] - points[473, :2])))


def frontal_iod(points: Floats | Doubles) -> float:
    """Returns the inter-ocular distance in pixels, of a face (478, 2 or 3) as seen from the front.

    The eyes of a turned head come together in the picture; its height tells the true scale.
    """
    apart, tall = points[468, :2] - points[473, :2], points[10, :2] - points[152, :2]
    return max(float(np.linalg.norm(apart)), OF_HEIGHT * float(np.linalg.norm(tall)))
