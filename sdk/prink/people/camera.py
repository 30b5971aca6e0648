"""Where a head is before the camera, and how the camera's picture is cut to a crop."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Doubles, Floats

__all__ = ["Pose", "View", "face_box", "posed", "turn", "view_of"]


NEAR, FAR = 0.5, 60.0  # decimetres
NECK: Final = (2.3, 1.1)  # decimetres below the eyes, between which the neck bends
PIVOT: Final = (-1.6, -1.1)  # of the neck, above and before the eyes

# The box that the face tracker's points would have, from that of the skin's face area: fitted to
# both on rendered heads. Rows: middle across, middle down, size; columns: 1, yaw, pitch (radians).
BOX_FIT: Final = np.array([[-0.002, 0.025, 0.006], [0.082, 0.002, 0.112], [0.795, -0.012, -0.052]])


@dataclass(frozen=True)
class Pose:
    """How a head is turned, in degrees: to its left, down and towards its left shoulder.

    `shared` is the part that the shoulders turn along; `distance` of the camera in decimetres.
    The eyes stay before the camera or, if `rooted`, the neck where it is when nothing is turned.
    """

    yaw: float
    pitch: float
    roll: float
    shared: float = 1.0
    distance: float = 8.0
    rooted: bool = False


@dataclass(frozen=True, eq=False)
class View:
    """`projection` (4, 4) from camera to clip space, and the face in the crop's pixels (3,)."""

    projection: Floats
    face: Floats


def turn(yaw: float, pitch: float, roll: float) -> Doubles:
    """Returns the rotation (3, 3) of these degrees; x is right, y up, z towards the camera."""
    y, p, r = np.radians([yaw, pitch, roll])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    about_z = np.array([[np.cos(r), np.sin(r), 0], [-np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y)


def posed(points: Doubles | Floats, eyes: Floats, pose: Pose, *, stiff: bool = False) -> Floats:
    """Returns points (V, 3) of a figure where the camera has them; `eyes` is the middle of both.

    The shoulders turn by a part of the pose, the neck bends for the rest; what is `stiff` turns as
    the head does.
    """
    import cv2

    whole = turn(pose.yaw, pose.pitch, pose.roll)
    bust = turn(*(pose.shared * angle for angle in (pose.yaw, 0.5 * pose.pitch, 0.5 * pose.roll)))
    vector = cv2.Rodrigues(bust.T @ whole)[0][:, 0]
    pivot = np.array([0, *PIVOT])
    away = points - eyes - pivot
    share = np.clip((points[:, 1] - eyes[1] + NECK[0]) / (NECK[0] - NECK[1]), 0, 1)
    share = np.ones_like(share) if stiff else share * share * (3 - 2 * share)
    bent = rotated(away, vector, share)
    root = pivot if pose.rooted else whole @ pivot
    return np.asarray(bent @ bust.T + root - [0, 0, pose.distance], np.float32)


def rotated(points: Floats, vector: Doubles, share: Floats) -> Doubles:
    """Returns points each turned about `vector` by a share of its length (Rodrigues, 1840)."""
    angle = float(np.linalg.norm(vector))
    axis = vector / max(angle, 1e-9)
    cos, sin = np.cos(angle * share)[:, None], np.sin(angle * share)[:, None]
    along = (points @ axis)[:, None] * axis
    return np.asarray(points * cos + np.cross(axis, points) * sin + along * (1 - cos))


def face_box(points: Floats, pose: Pose, fit: Doubles = BOX_FIT) -> Doubles:
    """Returns middle x, middle y and size (3,) of a face on the image plane at 1, y down.

    `points` (V, 3) are those of the face area, in the camera's space. As with tracked faces, the
    box is that of the upright head and its longer side counts.
    """
    flat = points[:, :2] / -points[:, 2:] * [1, -1]
    r = np.radians(pose.roll)
    upright = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]])
    low, high = (flat @ upright).min(axis=0), (flat @ upright).max(axis=0)
    side = float((high - low).max())
    right, down, size = fit @ [1, np.radians(pose.yaw), np.radians(pose.pitch)]
    middle = upright @ ((low + high) / 2 + side * np.array([right, down]))
    return np.array([*middle, side * size])


def view_of(box: Doubles, size: int, *, reach: float, shift: Doubles) -> View:
    """Returns the view whose crop reaches `reach` face sizes to each side of the face's middle.

    `shift` (2,) moves the face in the crop, in parts of its side.
    """
    scale = 1 / (reach * box[2])  # of clip space
    place = 2 * shift * [1, -1]
    moved = place - scale * box[:2] * [1, -1]
    depth = (FAR + NEAR) / (NEAR - FAR), 2 * FAR * NEAR / (NEAR - FAR)
    projection = np.array(
        [
            [scale, 0, -moved[0], 0],
            [0, scale, -moved[1], 0],
            [0, 0, depth[0], depth[1]],
            [0, 0, -1, 0],
        ]
    )
    middle = size * (0.5 + shift)
    face = np.array([*middle, size / (2 * reach)], np.float32)
    return View(projection.astype(np.float32), face)
