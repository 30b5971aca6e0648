"""Finds the shared GPU assets: inside an installed wheel, or the checkout's `shaders` folder."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Floats

__all__ = ["Mesh", "asset", "read_mesh"]


@cache
def root() -> Path:
    packed = Path(__file__).parents[1] / "shaders"
    return packed if packed.is_dir() else Path(__file__).parents[3] / "shaders"


def asset(name: str) -> Path:
    """Returns the path of a file of the `shaders` folder, such as `generated/lips.frag`."""
    return root() / name


@dataclass(frozen=True)
class Mesh:
    """The region mesh.

    Packed `vertices`, `triangles` (u16), attribute layout and the patches' index ranges.
    """

    vertices: NDArray[np.void]
    triangles: NDArray[np.uint16]
    layout: str
    names: tuple[str, ...]
    patches: dict[str, tuple[int, int]]

    def attributes(self, used: Iterable[str]) -> tuple[str, ...]:
        """Returns layout and names of the attributes that are used; the others become padding."""
        wanted, parts, names = set(used), [], []
        for kind, name in zip(self.layout.split(), self.names, strict=True):
            if name in wanted:
                parts.append(kind)
                names.append(name)
            else:
                parts.append(f"{4 * int(kind[-1])}x")
        return " ".join(parts), *names

    def positions(self, points: Floats) -> Floats:
        """Returns all vertices' pixel positions `(V, 2)` for landmarks `(478, 3)`."""
        corner: Floats = points[self.vertices["index"], :2] * self.vertices["weight"][..., None]
        return np.asarray(corner.sum(1))


@cache
def read_mesh() -> Mesh:
    """Returns the region mesh of `shaders/mesh`."""
    header: dict[str, Any] = json.loads(asset("mesh/face.json").read_text())
    data = asset("mesh/face.bin").read_bytes()
    attributes = header["attributes"]
    kinds = {"u16": ("<u2", "u2"), "f32": ("<f4", "f4")}
    dtype = np.dtype([(a["name"], kinds[a["type"]][0], a["count"]) for a in attributes])
    end = header["vertices"] * header["stride"]
    return Mesh(
        vertices=np.frombuffer(data[:end], dtype),
        triangles=np.frombuffer(data[end:], "<u2"),
        layout=" ".join(f"{a['count']}{kinds[a['type']][1]}" for a in attributes),
        names=tuple(a["name"] for a in attributes),
        patches={name: (p["first"], p["count"]) for name, p in header["patches"].items()},
    )
