"""Builds the region mesh: every vertex follows at most four landmarks with weights.

So smooth contours cost hosts nothing. Four patches are drawn in this order: `skin` (the face
without the others), `eyes` (both eyes with their lids up to the brows), `brows`, `lips` (lips, a
margin around them, the mouth's inside). Each computes a pixel from the camera's, so the seams,
where about 6 % of the pixels are drawn twice, do not show. A vertex carries

    index, weight      the landmarks it follows
    near, near_weight  the point of the lid (eyes) or outer lip contour (lips) in the same column
    far, far_weight    the point of the inner lip contour in the same column (lips only)
    face               flat face coordinates (2), brow coordinates along and across (2)
    region             along 0..1, upper -1..1, ring number, side (-1 right, 1 left);
                       on `skin` the canonical normal
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink_export.face_mesh.rings import BROW_U, EYE_RINGS, FOREHEAD, LIP_RINGS
from prink_export.face_mesh.topology import Topology

__all__ = ["VERTEX", "Patch", "build_patches", "write_mesh"]

Blend = tuple[tuple[int, float], ...]  # landmarks and their weights
STEPS = 4  # columns between two landmarks of a ring
BROW_COLUMN = len(EYE_RINGS[0]) - len(EYE_RINGS[4])  # of the eye's rings, where the brow begins

VERTEX = np.dtype(
    [
        ("index", "<u2", 4),
        ("near", "<u2", 4),
        ("far", "<u2", 4),
        ("weight", "<f4", 4),
        ("near_weight", "<f4", 4),
        ("far_weight", "<f4", 4),
        ("face", "<f4", 4),
        ("region", "<f4", 4),
    ]
)


def catmull_rom(t: float) -> tuple[float, float, float, float]:
    """Returns the weights of four points at `t` between the middle two (Catmull and Rom 1974)."""
    return (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (-(t**2) + t**3) / 2,
    )


def on_ring(
    ring: Sequence[int], at: float, *, closed: bool = True, straight: bool = False
) -> Blend:
    """Returns the blend of landmarks at column `at` of a ring of control points."""
    count = len(ring)
    start = int(np.floor(at))
    t = at - start
    if t == 0.0:
        return ((ring[start % count], 1.0),)
    if straight:
        return ((ring[start % count], 1.0 - t), (ring[(start + 1) % count], t))
    places = [start - 1, start, start + 1, start + 2]
    picked = [ring[p % count] if closed else ring[min(max(p, 0), count - 1)] for p in places]
    return tuple(zip(picked, catmull_rom(t), strict=True))


def between(first: Blend, second: Blend) -> Blend:
    """Returns the midpoint of two blends, each cut to its two strongest landmarks."""
    halves = []
    for blend in (first, second):
        strong = sorted(blend, key=lambda part: -abs(part[1]))[:2]
        total = sum(weight for _, weight in strong)
        halves += [(point, weight / total / 2) for point, weight in strong]
    return tuple(halves)


@dataclass
class Patch:
    """Vertices and triangles of one patch while it is built."""

    name: str
    flat: Doubles
    rows: list[tuple[object, ...]] = field(default_factory=list)
    triangle: list[tuple[int, int, int]] = field(default_factory=list)

    def add(
        self,
        blend: Blend,
        *,
        region: tuple[float, float, float, float] = (0, 0, 0, 0),
        near: Blend | None = None,
        far: Blend | None = None,
        brow: tuple[float, float] = (-1, -2),
    ) -> int:
        """Appends a vertex and returns its number."""
        place = sum(weight * self.flat[point] for point, weight in blend)
        columns = [padded(part or blend) for part in (blend, near, far)]
        indices, weights = zip(*columns, strict=True)
        self.rows.append((*indices, *weights, (*np.asarray(place), *brow), region))
        return len(self.rows) - 1

    def quad(self, a: int, b: int, c: int, d: int) -> None:
        """Adds the quad a-b-c-d as two triangles."""
        self.triangle += [(a, b, c), (a, c, d)]

    def vertices(self) -> NDArray[np.void]:
        """Returns the vertices (V,) of `VERTEX`, as the GPU reads them."""
        return np.array(self.rows, VERTEX)


def padded(blend: Blend) -> tuple[tuple[int, ...], tuple[float, ...]]:
    full = (*blend, *((blend[0][0], 0.0),) * (4 - len(blend)))
    return tuple(point for point, _ in full), tuple(weight for _, weight in full)


def corner_shape(column: float, count: int) -> tuple[float, float]:
    """Returns (along, upper) of a ring's column, from a corner along the bottom and back."""
    half = count / 2
    along = column / half if column <= half else 2 - column / half
    upper = np.clip(min(column % half, half - column % half) * 1.0, 0, 1)
    return along, float(upper if column > half else -upper)


def lips(topology: Topology, flat: Doubles) -> Patch:
    """Builds the lip patch: margin, three strips of lip, and the inside of the mouth."""
    patch = Patch("lips", flat)
    count = len(LIP_RINGS[0])
    ring_v = (-1.0, 0.0, 1 / 3, 2 / 3, 1.0)
    columns = []
    for step in range(count * STEPS):
        column = step / STEPS
        along, upper = corner_shape(column, count)
        outer, inner = on_ring(LIP_RINGS[1], column), on_ring(LIP_RINGS[4], column)
        # The rim is straight, as the triangles of the skin that it replaces.
        blends = [on_ring(LIP_RINGS[0], column, straight=True)]
        blends += [on_ring(ring, column) for ring in LIP_RINGS[1:]]
        across = on_ring(LIP_RINGS[4], (count - column) % count)
        numbers = [
            patch.add(blend, region=(along, upper, v, 0), near=outer, far=inner)
            for blend, v in zip(blends, ring_v, strict=True)
        ]
        middle = between(inner, across)
        numbers.append(patch.add(middle, region=(along, upper, 2, 0), near=outer, far=inner))
        columns.append(numbers)
    stitch(patch, columns)
    return patch


def stitch(
    patch: Patch, columns: list[list[int]], *, flip: bool = False, closed: bool = True
) -> None:
    """Joins neighbouring columns of a ring with quads, counter-clockwise to the viewer."""
    following = columns[1:] + columns[:1] if closed else columns[1:]
    for here, there in zip(columns, following, strict=False):
        for row in range(min(len(here), len(there)) - 1):
            corners = (here[row], there[row], there[row + 1], here[row + 1])
            patch.quad(*(corners[::-1] if flip else corners))


def eyes(topology: Topology, flat: Doubles) -> Patch:
    """Builds the eye patch of each side: opening, and three strips of lid up to the brow."""
    patch = Patch("eyes", flat)
    for side, rings in both_eyes(topology):
        count = len(rings[0])
        columns = [add_eye(patch, rings, step / STEPS, side) for step in range(count * STEPS)]
        stitch(patch, columns, flip=side < 0)
    return patch


def both_eyes(topology: Topology) -> list[tuple[float, list[list[int]]]]:
    left = [[topology.mirror(point) for point in ring] for ring in EYE_RINGS]
    return [(-1.0, [list(ring) for ring in EYE_RINGS]), (1.0, left)]


def add_eye(patch: Patch, rings: list[list[int]], column: float, side: float) -> list[int]:
    count = len(rings[0])
    along, upper = corner_shape(column, count)
    along = 1 - along  # 0 at the inner corner
    lid = on_ring(rings[0], column)
    across = on_ring(rings[0], (count - column) % count)
    numbers = [patch.add(between(lid, across), region=(along, upper, -1, side), near=lid)]
    # Below the eye the second ring is far enough.
    for ring in range(3 if 1 <= column <= BROW_COLUMN - 2 else 4):
        blend = on_ring(rings[ring], column)
        region = (along, upper, float(ring), side)
        numbers.append(patch.add(blend, region=region, near=lid, brow=on_brow(column, ring)))
    return numbers


def on_brow(column: float, ring: int) -> tuple[float, float]:
    """Returns brow coordinates: 0..1 from head to tail and from the lower to the upper edge."""
    above = column - BROW_COLUMN
    if above < 0:
        return -1.0, -2.0
    u = float(np.interp(above, range(len(BROW_U)), BROW_U))
    return u, min(ring - 3.0, 1.5) if ring >= 2 else -2.0


def brows(topology: Topology, flat: Doubles) -> Patch:
    """Builds the brow patch of each side, from the last ring of the eye half-way to the hair."""
    patch = Patch("brows", flat)
    for side, rings in both_eyes(topology):
        columns = []
        for step in range((len(rings[4]) - 1) * STEPS + 1):
            above = step / STEPS
            column = BROW_COLUMN + above
            along, upper = corner_shape(column, len(rings[0]))
            edge = on_ring(rings[4], above, closed=False)
            top = between(edge, on_ring(rings[5], above, closed=False))
            columns.append(
                [
                    patch.add(
                        blend, region=(1 - along, upper, ring, side), brow=on_brow(column, ring)
                    )
                    for ring, blend in ((3, on_ring(rings[3], column)), (4, edge), (5, top))
                ]
            )
        stitch(patch, columns, flip=side < 0, closed=False)
    return patch


def skin(topology: Topology, flat: Doubles) -> Patch:
    """Builds the skin patch: triangles that no other patch covers, and an extended forehead."""
    patch = Patch("skin", flat)
    covered = {p for ring in LIP_RINGS for p in ring}
    for ring in (*EYE_RINGS[:3], EYE_RINGS[3][BROW_COLUMN:], EYE_RINGS[4]):
        covered |= set(ring) | {topology.mirror(p) for p in ring}
    kept = [corners for corners in topology.triangle.tolist() if not set(corners) <= covered]
    normal = vertex_normals(topology)
    number = {
        point: patch.add(((point, 1.0),), region=(*normal[point], 0))
        for point in sorted({point for corners in kept for point in corners})
    }
    patch.triangle = [(number[a], number[b], number[c]) for a, b, c in kept]
    top = [
        patch.add(((rim, 1.9), (below, -0.9)), region=(*normal[rim], 0)) for rim, below in FOREHEAD
    ]
    for i, (here, there) in enumerate(pairwise(rim for rim, _ in FOREHEAD)):
        patch.quad(number[here], number[there], top[i + 1], top[i])
    return patch


def vertex_normals(topology: Topology) -> Doubles:
    """Returns unit normals (468, 3) of the canonical face, weighted by triangle area."""
    a, b, c = (topology.position[topology.triangle[:, corner]] for corner in range(3))
    area = np.cross(b - a, c - a)
    total = np.zeros_like(topology.position)
    for corner in range(3):
        np.add.at(total, topology.triangle[:, corner], area)
    unit: Doubles = total / np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(np.round(unit, 5))


def flat_coordinates(topology: Topology) -> Doubles:
    """Returns flat face coordinates (468, 2) with room above for the extended forehead."""
    return np.asarray(topology.flat * np.array([1.0, 0.84]) + np.array([0.0, 0.16]))


def build_patches(topology: Topology) -> list[Patch]:
    """Returns the patches in drawing order."""
    flat = flat_coordinates(topology)
    return [part(topology, flat) for part in (skin, eyes, brows, lips)]


def write_mesh(topology: Topology) -> dict[str, bytes]:
    """Returns the mesh files by name: `face.bin` (vertices, then triangles), `face.json`."""
    patches = build_patches(topology)
    vertices = np.concatenate([patch.vertices() for patch in patches])
    base, first, table, triangles = 0, 0, {}, []
    for patch in patches:
        triangles.append(np.array(patch.triangle, "<u2") + base)
        table[patch.name] = {"first": first, "count": 3 * len(patch.triangle)}
        base, first = base + len(patch.rows), first + 3 * len(patch.triangle)
    names = VERTEX.names or ()
    attributes = [
        {"name": name, "type": "u16" if VERTEX[name].base.kind == "u" else "f32", "count": 4}
        for name in names
    ]
    header = {
        "origin": "computed from MediaPipe's canonical face topology (Apache-2.0) "
        "by prink_export.codegen",
        "vertices": len(vertices),
        "stride": VERTEX.itemsize,
        "attributes": attributes,
        "patches": table,
    }
    data = vertices.tobytes() + np.concatenate(triangles).astype("<u2").tobytes()
    return {"face.bin": data, "face.json": (json.dumps(header, indent=2) + "\n").encode()}
