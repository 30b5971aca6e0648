"""A face for vectors that is laid out from the region mesh, with all 478 landmarks."""

import numpy as np

from prink.arrays import Doubles
from prink.face.landmark import POINT_COUNT
from prink.render.assets import read_mesh

__all__ = ["face_points"]


def face_points() -> Doubles:
    """Returns points (478, 3) in pixels that are laid out like a face, and tilted a little."""
    mesh = read_mesh()
    vertices, points = mesh.vertices, np.zeros((POINT_COUNT, 3))
    # A vertex that sits on one landmark tells where that lies on the flat face.
    single = vertices["weight"][:, 0] == 1.0
    places = vertices["face"][single][:, :2]
    points[vertices["index"][single][:, 0], :2] = places * (300.0, 360.0)
    for first, (x, y) in ((468, (96.0, 158.0)), (473, (204.0, 158.0))):
        points[first : first + 5, :2] = np.array([x, y]) + np.array(
            [(0.0, 0.0), (6.0, 0.0), (0.0, -6.0), (-6.0, 0.0), (0.0, 6.0)]
        )
    depth = 0.002 * ((points[:, 0] - 150.0) ** 2 + (points[:, 1] - 200.0) ** 2)
    turned = points[:, 0] + 1j * points[:, 1]
    turned = turned * np.exp(0.12j) + (180.0 + 40.0j)
    return np.column_stack([turned.real, turned.imag, depth])
