"""Meshes made of grids, tubes and turned profiles, as layers of a head."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Floats
from prink.people.body import Mesh
from prink.people.heads import NO_CORNERS, Layer
from prink.people.scene import Part

__all__ = ["grid", "joined", "lathe", "layer_of", "slab", "stuff", "tube"]

Numbers = NDArray[np.int64]
ROUND: Final = 24  # sides of what is turned


def grid(places: Doubles | Floats, *, repeat: tuple[float, float] = (1.0, 1.0)) -> Mesh:
    """Returns the mesh of a grid of places (R, C, 3); its uv repeats as often down and across."""
    rows, columns = places.shape[:2]
    v, u = np.meshgrid(
        np.linspace(0, repeat[0], rows), np.linspace(0, repeat[1], columns), indexing="ij"
    )
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    quads = np.stack([first, first + 1, first + columns + 1, first + columns], axis=1)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    points = np.asarray(places.reshape(-1, 3), np.float32)
    uv = np.stack([u.ravel(), v.ravel()], axis=1).astype(np.float32)
    return Mesh(points, uv, triangles, triangles, np.full(len(triangles), "worn"))


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Returns several meshes as one."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes)])[:-1]
    uv_starts = np.cumsum([0, *(len(mesh.uv) for mesh in meshes)])[:-1]
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.uv for mesh in meshes]),
        np.concatenate([m.triangles + s for m, s in zip(meshes, starts, strict=True)]),
        np.concatenate([m.uv_triangles + s for m, s in zip(meshes, uv_starts, strict=True)]),
        np.concatenate([mesh.groups for mesh in meshes]),
    )


def tube(path: Doubles, radius: float, *, closed: bool, flat: float = 1.0) -> Mesh:
    """Returns a tube around a path (N, 3); `flat` times as thick along z as across."""
    line = np.vstack([path, path[:1]]) if closed else path
    ahead = np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0)
    if closed:
        ahead[0] = ahead[-1] = line[1] - line[-2]
    else:
        ahead[0], ahead[-1] = line[1] - line[0], line[-1] - line[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    forward = np.where(np.abs(ahead[:, 2:]) > 0.8, [[0.0, 1.0, 0.0]], [[0.0, 0.0, 1.0]])
    side = np.cross(ahead, forward)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    other = np.cross(side, ahead)
    turn = np.linspace(0, 2 * np.pi, 9)
    cos, sin = np.cos(turn)[None, :, None], np.sin(turn)[None, :, None] * flat
    return grid(line[:, None] + radius * (side[:, None] * cos + other[:, None] * sin))


def lathe(profile: Doubles) -> Mesh:
    """Returns a profile (N, 2) of radius and height turned about y."""
    turn = np.linspace(0, 2 * np.pi, ROUND + 1)
    radius, height = profile[:, :1], profile[:, 1:]
    places = [radius * np.sin(turn), np.broadcast_to(height, (len(profile), ROUND + 1))]
    return grid(np.stack([*places, radius * np.cos(turn)], axis=-1))


def slab(wide: float, tall: float, deep: float, *, rounded: float = 0.2) -> Mesh:
    """Returns a flat box with rounded corners, middle at 0, facing along z."""
    turn = np.linspace(0, 2 * np.pi, 41)
    outline = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    outline = np.sign(outline) * np.abs(outline) ** rounded * [wide / 2, tall / 2]
    rings = [
        (0.0, deep / 2),
        (0.97, deep / 2),
        (1.0, deep / 3),
        (1.0, -deep / 3),
        (0.97, -deep / 2),
    ]
    rings.append((0.0, -deep / 2))
    places = [np.column_stack([outline * share, np.full(41, z)]) for share, z in rings]
    return grid(np.stack(places))


def stuff(texture: str, label: int, *, gloss: float = 0.1, roughness: float = 0.5) -> Part:
    """Returns the surface of a class with a texture."""
    return Part(NO_CORNERS, texture, gloss=gloss, roughness=roughness, label=label)


def layer_of(mesh: Mesh, surface: Part, *, stiff: bool = True) -> Layer:
    """Returns a mesh as a layer."""
    return Layer(mesh.points, mesh, np.ones(len(mesh.triangles), bool), surface, stiff)
