"""MediaPipe's canonical face: positions, flat coordinates, triangles and left-right mirror."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles

__all__ = ["Topology", "extract_topology", "load_topology"]

COUNT = 468


@dataclass(frozen=True)
class Topology:
    """The canonical mesh.

    `position` (468, 3) is in cm, `flat` (468, 2) in 0..1 with v down, `triangle` (898, 3).
    """

    position: Doubles
    flat: Doubles
    triangle: NDArray[np.int64]

    def mirror(self, point: int) -> int:
        """Returns the landmark on the face's other side; iris points are matched by their order."""
        if point >= COUNT:
            # 468..472 is the right iris (centre, right, top, left, bottom), 473..477 the left.
            return {468: 473, 469: 474, 470: 475, 471: 476, 472: 477}[point]
        across = self.position * np.array([-1.0, 1.0, 1.0]) - self.position[point]
        return int(np.argmin((across**2).sum(1)))


def extract_topology(obj: Path) -> dict[str, Any]:
    """Returns `canonical.json`, read from MediaPipe's `canonical_face_model.obj` (Apache-2.0)."""
    position, texture, triangle = [], [], []
    flat: dict[int, list[float]] = {}
    for line in obj.read_text().splitlines():
        kind, *parts = line.split() or [""]
        if kind == "v":
            position.append([round(float(part), 4) for part in parts])
        elif kind == "vt":
            texture.append([round(float(parts[0]), 5), round(1 - float(parts[1]), 5)])
        elif kind == "f":
            corners = [tuple(int(number) - 1 for number in part.split("/")) for part in parts]
            triangle.append([vertex for vertex, _ in corners])
            flat.update({vertex: texture[place] for vertex, place in corners})
    return {"position": position, "flat": [flat[i] for i in range(COUNT)], "triangle": triangle}


def load_topology(path: Path) -> Topology:
    """Returns the checked-in canonical mesh."""
    data = json.loads(path.read_text())
    return Topology(np.array(data["position"]), np.array(data["flat"]), np.array(data["triangle"]))
