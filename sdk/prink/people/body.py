"""MakeHuman's base mesh and the targets that turn it into people."""

import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Floats

__all__ = ["Body", "Mesh", "read_mesh", "smooth_normals"]

Numbers = NDArray[np.int64]

# What may be read from the archive of targets; the rest moulds what no head crop shows.
FOLDERS: Final = frozenset(
    {"macrodetails", "head", "nose", "mouth", "cheek", "chin", "eyes", "forehead", "ears"}
    | {"eyebrows", "neck", "expression"}
)


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles (T, 3) over `points` (V, 3) in decimetres and over `uv` (U, 2), 0..1, y up.

    `groups` (T,) names the part of the figure that a triangle belongs to.
    """

    points: Floats
    uv: Floats
    triangles: Numbers
    uv_triangles: Numbers
    groups: NDArray[np.str_]


def read_mesh(path: Path) -> Mesh:
    """Returns the mesh of an OBJ file, its polygons cut into fans of triangles."""
    points: list[list[str]] = []
    uv: list[list[str]] = []
    triangles: list[tuple[list[int], str]] = []
    group = ""
    for line in path.read_text(errors="replace").splitlines():
        kind, *words = line.split() or [""]
        if kind == "v":
            points.append(words[:3])
        elif kind == "vt":
            uv.append(words[:2])
        elif kind == "g":
            group = words[0]
        elif kind == "f":
            corners = [[int(number) - 1 for number in word.split("/")[:2]] for word in words]
            for one, other in pairwise(corners[1:]):
                fan = (corners[0], one, other)
                triangles.append(([*(c[0] for c in fan), *(c[1] for c in fan)], group))
    numbers = np.array([each[0] for each in triangles], np.int64)
    return Mesh(
        np.array(points, np.float32),
        np.array(uv, np.float32),
        numbers[:, :3],
        numbers[:, 3:],
        np.array([each[1] for each in triangles]),
    )


def smooth_normals(points: Floats, triangles: Numbers) -> Floats:
    """Returns the unit normals of all points, (V, 3): means of those of the triangles around."""
    one, two, three = (points[triangles[:, corner]] for corner in range(3))
    across = np.cross(two - one, three - one)
    normals = np.stack(
        [
            np.bincount(triangles.ravel(), np.repeat(across[:, axis], 3), len(points))
            for axis in range(3)
        ],
        axis=1,
    )
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.maximum(length, 1e-12), np.float32)


class Body:
    """The base mesh with its targets, read from MakeHuman's folder `data`."""

    def __init__(self, data: Path) -> None:
        self.mesh = read_mesh(data / "3dobjs/base.obj")
        self.texts = read_targets(data / "targets.tar.xz")
        self.parsed: dict[str, tuple[Numbers, Floats]] = {}

    def names(self, folder: str) -> list[str]:
        """Returns the sorted names of the targets of a folder, such as `nose/nose-hump-incr`."""
        return sorted(name for name in self.texts if name.startswith(folder + "/"))

    def shaped(self, weights: Mapping[str, float]) -> Floats:
        """Returns the points (V, 3) moved by targets; names that there are not move nothing."""
        points = self.mesh.points.copy()
        for name, weight in weights.items():
            if abs(weight) > 1e-4 and name in self.texts:
                numbers, offsets = self.target(name)
                points[numbers] += np.float32(weight) * offsets
        return points

    def target(self, name: str) -> tuple[Numbers, Floats]:
        """Returns the numbers of the points that a target moves, (N,), and their ways, (N, 3)."""
        if name not in self.parsed:
            lines = self.texts[name].splitlines()
            words = b" ".join(line for line in lines if not line.startswith(b"#")).split()
            rows = np.array(words, np.float64).reshape(-1, 4)
            self.parsed[name] = rows[:, 0].astype(np.int64), rows[:, 1:].astype(np.float32)
        return self.parsed[name]


def read_targets(archive: Path) -> dict[str, bytes]:
    """Returns the texts of all targets that shape heads, by folder and name without ending."""
    texts: dict[str, bytes] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.removeprefix("data/targets/").removesuffix(".target")
            if name.split("/")[0] in FOLDERS and member.name.endswith(".target"):
                file = tar.extractfile(member)
                texts[name] = file.read() if file else b""
    return texts
