"""Faces for vectors: MediaPipe's canonical head, turned, seen from half a metre, in pixels."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from prink.arrays import Doubles, Floats
from prink.face.landmark import (
    LEFT_EYE,
    LEFT_EYE_LOWER,
    LEFT_EYE_UPPER,
    LEFT_IRIS,
    MOUTH_INNER_LOWER,
    POINT_COUNT,
    RIGHT_EYE,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
    RIGHT_IRIS,
)
from prink.render.assets import asset
from prink_export.face_mesh.topology import load_topology
from prink_export.hosts.vectors.vector import rounded

__all__ = ["NOSE", "OTHERS", "head", "listed", "only"]

NOSE: Final = 4
OTHERS: Final = "every other of the 478 landmarks lies where landmark 4 does"
DISTANCE: Final = 50.0  # cm from the camera
IRIS: Final = 0.6  # cm, its radius
JAW: Final = (152, 148, 377, 17, 84, 314, *MOUTH_INNER_LOWER)


def head(
    *,
    at: tuple[float, float] = (160.0, 120.0),
    size: float = 12.0,
    yaw: float = 0.0,
    pitch: float = 0.0,
    roll: float = 0.0,
    closed: float = 0.0,
    mouth: float = 0.0,
) -> Floats:
    """Returns landmarks (478, 3) float32 in pixels with one decimal.

    Args:
        at: The middle of the head.
        size: Pixels per centimetre there.
        yaw: Degrees, as the other two angles in `HeadPose`.
        pitch: Degrees.
        roll: Degrees.
        closed: How far the lids are shut, 0..1.
        mouth: How far it is open, in centimetres.
    """
    face = canonical().copy()
    for upper, lower in ((RIGHT_EYE_UPPER, RIGHT_EYE_LOWER), (LEFT_EYE_UPPER, LEFT_EYE_LOWER)):
        face[list(upper)] += closed * (face[list(lower)] - face[list(upper)])
    face[list(JAW), 1] += mouth
    turned = face @ rotation(yaw, pitch, roll).T
    turned *= size * DISTANCE / (DISTANCE + turned[:, 2:])
    turned += np.array([*at, 0.0])
    return np.asarray(np.round(turned, 1), np.float32)


def rotation(yaw: float, pitch: float, roll: float) -> Doubles:
    """Returns the matrix (3, 3) of `HeadPose`: roll after yaw after pitch, in degrees."""
    (y, p, r) = np.radians((yaw, pitch, roll))
    sideways = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    up = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    tipped = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(tipped @ sideways @ up)


@cache
def canonical() -> Doubles:
    """Returns (478, 3) in centimetres: x right, y down, z away; irises are set into the eyes."""
    flat = load_topology(asset("mesh/canonical.json")).position * (1.0, -1.0, -1.0)
    face = np.zeros((POINT_COUNT, 3))
    face[: len(flat)] = flat
    rim = IRIS * np.array([(0, 0), (1, 0), (0, -1), (-1, 0), (0, 1)])
    for ring, iris in ((RIGHT_EYE, RIGHT_IRIS), (LEFT_EYE, LEFT_IRIS)):
        face[list(iris)] = face[list(ring)].mean(axis=0)
        face[list(iris), :2] += rim
    return face


def only(points: Floats, landmarks: Iterable[int]) -> Floats:
    """Returns points (478, 3) with all but these landmarks at the tip of the nose, see `OTHERS`."""
    kept = list(landmarks)
    found = np.repeat(points[NOSE : NOSE + 1], POINT_COUNT, axis=0)
    found[kept] = points[kept]
    return found


def listed(points: Floats, landmarks: Sequence[int]) -> list[Any]:
    """Returns these landmarks of points (478, 3) as a file lists them: [[x, y, z], ...]."""
    return rounded(points[list(landmarks)], 1)
