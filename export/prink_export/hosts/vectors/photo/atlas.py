"""Vectors of the face atlas: where its tiles lie on the flat face, in the atlas, in a frame."""

import numpy as np

from prink.render.assets import read_mesh
from prink.render.atlas import TILES
from prink_export.hosts.vectors.faces.flat_face import face_points
from prink_export.hosts.vectors.vector import PIXELS, Vector, rounded

__all__ = ["atlas_corners"]


def atlas_corners() -> Vector:
    """Returns for each tile what lies at its corners: on the flat face, in the atlas, in a frame.

    A corner's vertex is the one of the mesh that is nearest to it on the flat face.
    """
    points, mesh = face_points().round(2), read_mesh()
    flat = mesh.vertices["face"][:, :2].astype(np.float64)
    frame = mesh.positions(points.astype(np.float32)).astype(np.float64)
    tiles = []
    for name, tile in TILES.items():
        scale, offset = (each.astype(np.float64) for each in tile.to_pixels())
        x0, y0, x1, y1 = tile.face
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
        vertices = [int(((flat - corner) ** 2).sum(1).argmin()) for corner in corners]
        tiles.append(
            {
                "tile": name,
                "face": corners.tolist(),
                "atlas": rounded(corners * scale + offset, 4),
                "vertices": vertices,
                "vertices_atlas": rounded(flat[vertices] * scale + offset, 4),
                "vertices_frame": rounded(frame[vertices], 4),
            }
        )
    return Vector(
        subject="The face atlas: where the corners of its tiles lie, and where the region mesh "
        "puts its vertices.",
        inputs={
            "points": "all 478 landmarks of a face: x, y, z in pixels of its frame",
            "tiles.face": "corners of a tile on the flat face, 0..1, clockwise from the upper left",
            "tiles.vertices": "for each corner the vertex of shaders/mesh/face.bin that is nearest "
            "to it on the flat face",
        },
        outputs={
            "tiles.atlas": "the corners in pixels of the atlas",
            "tiles.vertices_atlas": "the vertices in pixels of the atlas",
            "tiles.vertices_frame": "the vertices in pixels of the frame: the mean of up to four "
            "landmarks by the vertex's weights",
            "tolerance": "pixels",
        },
        data={"tolerance": PIXELS, "points": points.tolist(), "tiles": tiles},
    )
