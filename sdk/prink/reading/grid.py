"""Where on a face colours are sampled: the renderer's own region mesh, read as a measuring grid.

The mesh files carry for every vertex the landmarks it follows and its region coordinates, so a
place measured here is the same place that a shader computes makeup for.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Floats
from prink.color import srgb_to_linear
from prink.face.close_up import close_up
from prink.render.assets import asset, read_mesh
from prink.render.face_row import AROUND

__all__ = ["Grid", "Picture", "eye_grid", "lip_grid", "open_picture", "skin_grid"]

# Larger faces are shrunk, which only costs detail finer than any statistic here.
LARGEST_IOD = 120.0  # px
MARGIN = 0.3  # inter-ocular distances around the landmarks
ROOM_SIDE = 12  # samples a side of the square around the face
REACH = 0.008  # inter-ocular distances from a sample to the four it is the mean of, as in the probe


@dataclass(frozen=True)
class Grid:
    """Places between two mesh vertices each; all arrays have one row a place.

    Attributes:
        face: (N, 2) flat face coordinates.
        region: (N, 4) as in the mesh: along, upper, ring, side (normal and 0 on skin).
        brow: (N, 2) brow coordinates.
    """

    first: NDArray[np.void]
    second: NDArray[np.void]
    share: Doubles
    face: Doubles
    region: Doubles
    brow: Doubles

    def at(self, points: Doubles, part: str = "") -> Doubles:
        """Returns pixels (N, 2) of the places, or of their `near` or `far` contour points."""
        ends = [follow(end, points, part) for end in (self.first, self.second)]
        return ends[0] + self.share[:, None] * (ends[1] - ends[0])

    def off(self, points: Doubles, part: str) -> Doubles:
        """Returns the distance (N,) in pixels of each place to its contour point."""
        return np.asarray(np.linalg.norm(self.at(points) - self.at(points, part), axis=1))


def follow(vertices: NDArray[np.void], points: Doubles, part: str) -> Doubles:
    index = vertices[part or "index"]
    weight = vertices[f"{part}_weight" if part else "weight"]
    return np.asarray((points[index] * weight[..., None]).sum(axis=1))


def make_grid(first: NDArray[np.void], second: NDArray[np.void], share: Doubles) -> Grid:
    def lerp(name: str) -> Doubles:
        one, two = first[name].astype(np.float64), second[name].astype(np.float64)
        return np.asarray(one + share[:, None] * (two - one))

    face = lerp("face")
    return Grid(first, second, share, face[:, :2], lerp("region"), face[:, 2:])


def patch(name: str) -> NDArray[np.void]:
    """Returns the vertices of a patch in the order they were made."""
    mesh = read_mesh()
    first, count = mesh.patches[name]
    used = mesh.triangles[first : first + count]
    return mesh.vertices[used.min() : used.max() + 1]


@cache
def masks() -> Doubles:
    """Returns (H, W, 4), 0..1: foundation, contour, highlight, sides of the nose."""
    from PIL import Image

    with Image.open(asset("lut/face_masks.png")) as file:
        return np.asarray(file, np.float64) / 255.0


def between_rings(vertices: NDArray[np.void], rows: tuple[float, ...]) -> Grid:
    """Returns places at each of the `rows`, counted in rings, where a column has both rings."""
    ring = vertices["region"][:, 2]
    levels = np.unique(ring)
    column = np.round(vertices["region"][:, [0, 1, 3]] * 1000).astype(int)
    by_level: list[dict[tuple[int, ...], int]] = []
    for level in levels:
        here = np.flatnonzero(ring == level).tolist()
        by_level.append({tuple(column[at].tolist()): at for at in here})
    first, second, share = [], [], []
    for row in rows:
        low = int(np.searchsorted(levels, row, side="right")) - 1
        both = [key for key in by_level[low] if key in by_level[low + 1]]
        first.append(vertices[[by_level[low][key] for key in both]])
        second.append(vertices[[by_level[low + 1][key] for key in both]])
        share.append(np.full(len(both), (row - levels[low]) / (levels[low + 1] - levels[low])))
    return make_grid(np.concatenate(first), np.concatenate(second), np.concatenate(share))


@cache
def lip_grid() -> Grid:
    """Returns places on the lips without corners; ring is 0 at the outer, 1 at the inner edge."""
    vertices = patch("lips")
    inner = np.abs(vertices["region"][:, 0] - 0.5) < 0.38
    return between_rings(vertices[inner], tuple(np.linspace(0.04, 0.96, 13)))


EYE_ROWS = (0.04, 0.12, 0.22, 0.36, 0.55, 0.8, 1.05, 1.3, 1.6, 2.0, 2.4, 2.75)


@cache
def eye_grid() -> Grid:
    """Returns places on the lids; ring is 0 at the lashes, 1 at the fold, 3 at the brow."""
    vertices = patch("eyes")
    region = vertices["region"]
    return between_rings(vertices[(region[:, 2] >= 0) & (region[:, 2] <= 3)], EYE_ROWS)


@cache
def skin_grid() -> Grid:
    """Returns places on the skin, where foundation would lie."""
    vertices = patch("skin")
    vertices = vertices[vertices["weight"][:, 0] == 1.0]  # without the lengthened forehead
    side = np.clip((vertices["face"][:, :2] * 256).astype(int), 0, 255)
    kept = vertices[(masks()[side[:, 1], side[:, 0], 0] > 0.55)]
    return make_grid(kept, kept, np.zeros(len(kept)))


@dataclass(frozen=True)
class Picture:
    """The part of a photo around one face: linear light is sampled from it.

    Attributes:
        srgb: (h, w, 3) float64, 0..1.
        points: (478, 2) landmarks in its pixels.
        iod: The renderer's inter-ocular distance in its pixels.
        room: (144, 3) linear colours of the photo around the face, row by row.
    """

    srgb: Doubles
    points: Doubles
    iod: float
    room: Doubles

    def sample(self, at: Doubles, *, reach: float = REACH) -> Doubles:
        """Returns linear light (..., 3) at pixels (..., 2), each the mean of four samples."""
        return tapped(self.srgb, at, reach * self.iod)


def tapped(picture: Bytes | Doubles, at: Doubles, reach: float, *, white: float = 1.0) -> Doubles:
    """Returns linear light (..., 3) of an sRGB picture, 0..`white`, around pixels (..., 2)."""
    corners = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]]) * reach
    return srgb_to_linear(bilinear(picture, at[..., None, :] + corners).mean(axis=-2) / white)


def bilinear(picture: Bytes | Doubles, at: Doubles) -> Doubles:
    """Returns colours (..., 3) at positions (..., 2); outside, the border repeats."""
    size = np.array([picture.shape[1], picture.shape[0]])
    place = np.clip(at - 0.5, 0.0, size - 1.001)  # pixel centres lie at halves, as on the GPU
    low = np.floor(place).astype(int)
    share = (place - low)[..., None]
    x, y = low[..., 0], low[..., 1]
    right, below = np.minimum(x + 1, size[0] - 1), np.minimum(y + 1, size[1] - 1)
    left, across = 1.0 - share[..., 0, :], share[..., 0, :]
    top = left * picture[y, x] + across * picture[y, right]
    bottom = left * picture[below, x] + across * picture[below, right]
    return np.asarray(top + share[..., 1, :] * (bottom - top))


def open_picture(rgb: Bytes, points: Floats) -> Picture:
    """Returns the part of a picture (H, W, 3) around landmarks (478, 3), shrunk if it is large."""
    found = close_up(rgb, points, margin=MARGIN, largest=LARGEST_IOD)
    srgb = found.rgb.astype(np.float64) / 255.0
    return Picture(srgb, found.points[:, :2], found.iod, room(rgb, points))


def room(rgb: Bytes, points: Floats | Doubles) -> Doubles:
    """Returns linear colours (144, 3) of a picture on a grid around a face, as in the probe."""
    places = read_mesh().positions(np.asarray(points, np.float32))
    low, high = places.min(0).astype(np.float64), places.max(0).astype(np.float64)
    side = AROUND * float((high - low).max()) / ROOM_SIDE
    cell = np.arange(ROOM_SIDE) + 0.5 - 0.5 * ROOM_SIDE
    x, y = np.meshgrid(cell, cell)
    edge = np.array(rgb.shape[1::-1])
    at = np.clip((low + high) / 2 + np.stack([x, y], -1).reshape(-1, 2) * side, 1.0, edge - 1.0)
    return tapped(rgb, at, 0.25 * side, white=255.0)
