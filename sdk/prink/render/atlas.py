"""The face atlas: one picture of a face laid flat, in fixed tiles for lips, eyes and skin.

Encoder and imitator see only this, so pose is gone and little data suffices. `unwrap` needs no GPU;
hosts draw the same with the shader `unwrap`.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Floats
from prink.face import Face
from prink.render.assets import asset, read_mesh

__all__ = [
    "HAIR",
    "SIZE",
    "TILES",
    "Tile",
    "atlas_places",
    "atlas_visibility",
    "part_of",
    "unwrap",
]


@dataclass(frozen=True)
class Tile:
    """A rectangle of the atlas and what it shows.

    Attributes:
        at: left, top, width and height in pixels.
        face: flat face coordinates of its left, top, right and bottom; the left eye's run from
            right to left, so that both eyes look like right ones.
    """

    at: tuple[int, int, int, int]
    face: tuple[float, float, float, float]

    def to_pixels(self) -> tuple[Floats, Floats]:
        """Returns scale and offset (2,) from face coordinates to pixels of the atlas."""
        left, top, wide, tall = self.at
        x0, y0, x1, y1 = self.face
        scale = np.array([wide / (x1 - x0), tall / (y1 - y0)])
        offset = np.array([left, top]) - np.array([x0, y0]) * scale
        return scale.astype(np.float32), offset.astype(np.float32)

    @property
    def part(self) -> tuple[slice, slice]:
        """Rows and columns of the atlas."""
        left, top, wide, tall = self.at
        return slice(top, top + tall), slice(left, left + wide)


def layout() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asset("atlas.json").read_text())
    return found


SIZE: Final[int] = layout()["size"]
TILES: Final[dict[str, Tile]] = {
    name: Tile(tuple(tile["at"]), tuple(tile["face"])) for name, tile in layout()["tiles"].items()
}
HAIR: Final[tuple[int, int, int, int]] = tuple(layout()["hair"])
"""Left, top, width and height of the room for the hair patch."""


@dataclass(frozen=True, eq=False)
class Cover:
    """Which triangle of the mesh covers each covered pixel of the atlas.

    Attributes:
        pixels: (N,) counted row by row.
        corners: (3, N) vertices.
        shares: (3, N) their weights.
    """

    pixels: NDArray[np.intp]
    corners: NDArray[np.intp]
    shares: Floats


@cache
def cover() -> Cover:
    """Returns the mesh rasterised into all tiles, as a GPU would: pixel centres, last one wins."""
    mesh = read_mesh()
    face = mesh.vertices["face"][:, :2].astype(np.float64)
    triangles = mesh.triangles.reshape(-1, 3).astype(np.intp)
    owner = np.full(SIZE * SIZE, -1, np.intp)
    shares = np.zeros((SIZE * SIZE, 3), np.float32)
    for tile in TILES.values():
        scale, offset = tile.to_pixels()
        places = face * scale + offset
        for number, triangle in enumerate(triangles):
            pixels, inside = rasterised(places[triangle], tile)
            owner[pixels], shares[pixels] = number, inside
    pixels = np.flatnonzero(owner >= 0)
    corners = np.ascontiguousarray(triangles[owner[pixels]].T)
    return Cover(pixels, corners, np.ascontiguousarray(shares[pixels].T))


def rasterised(corners: Doubles, tile: Tile) -> tuple[NDArray[np.intp], Floats]:
    """Returns the pixels of a tile inside a triangle (3, 2) and their weights (N, 3)."""
    left, top, wide, tall = tile.at
    low = np.maximum(np.ceil(corners.min(0) - 0.5), (left, top)).astype(int)
    high = np.minimum(np.floor(corners.max(0) - 0.5), (left + wide - 1, top + tall - 1)).astype(int)
    (ax, ay), (bx, by), (cx, cy) = corners.tolist()
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if (high < low).any() or abs(area) < 1e-9:
        return np.empty(0, np.intp), np.empty((0, 3), np.float32)
    x, y = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], high[1] + 1))
    px, py = x + 0.5, y + 0.5
    b = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area
    c = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area
    inside = (b >= 0) & (c >= 0) & (b + c <= 1)
    weights = np.stack([1 - b - c, b, c], axis=-1)[inside]
    return (y * SIZE + x)[inside], weights.astype(np.float32)


def spread(values: Floats) -> Floats:
    """Returns (256, 256, C) of values at the vertices (V, C); nan where no mesh is."""
    found = cover()
    out = np.full((SIZE * SIZE, values.shape[1]), np.nan, np.float32)
    a, b, c = (values.take(corner, axis=0) for corner in found.corners)
    for part, share in zip((a, b, c), found.shares, strict=True):
        part *= share[:, None]
    out[found.pixels] = a + b + c
    return out.reshape(SIZE, SIZE, -1)


def atlas_places(points: Floats) -> Floats:
    """Returns where in the frame each pixel of the atlas lies, (256, 256, 2); nan without mesh.

    Args:
        points: (478, 3) landmarks in pixels.
    """
    return spread(read_mesh().positions(points))


@cache
def part_of() -> NDArray[np.intp]:
    """Returns of each vertex (V,) what it belongs to: 0 skin, 1 eyes and brows, 2 lips."""
    mesh = read_mesh()
    part = np.zeros(len(mesh.vertices), np.intp)
    for name, number in (("eyes", 1), ("brows", 1), ("lips", 2)):
        first, count = mesh.patches[name]
        part[mesh.triangles[first : first + count]] = number
    return part


def smoothstep(low: float, high: float, x: Floats) -> Floats:
    share: Floats = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def facing(points: Floats) -> Floats:
    """Returns how squarely each vertex (V,) looks at the camera, -1..1: lib/facing.glsl."""
    x, y = points[263] - points[33], points[152] - points[10]
    x, y = x / np.linalg.norm(x), y / np.linalg.norm(y)
    normal = read_mesh().vertices["region"]
    away = np.array([-x[2], y[2], np.cross(x, y)[2]])
    return np.asarray(normal[:, :3] @ away)


def atlas_visibility(face: Face) -> Floats:
    """Returns how well each vertex (V,) is seen, 0..1: `visible()` of pass/unwrap.vert."""
    seen, vertices = face.visibility, read_mesh().vertices
    side = smoothstep(0.35, 0.65, vertices["face"][:, 0])
    cheeks = seen.right_cheek + side * (seen.left_cheek - seen.right_cheek)
    skin = cheeks * smoothstep(0.02, 0.35, facing(face.points))
    eyes = np.where(vertices["region"][:, 3] < 0, seen.right_eye, seen.left_eye)
    lips = np.full(len(vertices), seen.lips)
    return np.asarray(face.presence * np.choose(part_of(), (skin, eyes, lips)), np.float32)


def unwrap(
    rgb: Bytes, face: Face, *, bounds: tuple[float, float, float, float] | None = None
) -> Bytes:
    """Returns the atlas (256, 256, 4) of a face in a photo: sRGB, and how well it is seen.

    A face of more than 130 px between the eyes should be shrunk first: the atlas takes single
    samples. The hair tile is left empty.

    Args:
        rgb: (H, W, 3) uint8.
        face: A face of it.
        bounds: Left, top, right and bottom of what counts as seen; by default all of the photo.
    """
    import cv2

    places = read_mesh().positions(face.points)
    at = spread(np.column_stack([places, atlas_visibility(face)]).astype(np.float32))
    height, width = rgb.shape[:2]
    x, y, alpha = (np.ascontiguousarray(at[..., n]) for n in range(3))
    known = ~np.isnan(alpha)
    left, top, right, bottom = bounds or (0.0, 0.0, float(width), float(height))
    inside = (x > left) & (x < right) & (y > top) & (y < bottom)  # false for nan, too
    mode: Any = {"interpolation": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}
    atlas = np.empty((SIZE, SIZE, 4), np.uint8)
    atlas[..., :3] = cv2.remap(rgb, np.nan_to_num(x) - 0.5, np.nan_to_num(y) - 0.5, **mode)
    atlas[..., :3] *= known[..., None]
    atlas[..., 3] = np.where(inside, np.clip(alpha, 0.0, 1.0) * 255.0 + 0.5, 0.0)
    return atlas
