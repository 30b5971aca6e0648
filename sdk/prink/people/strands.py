"""Strands painted for the hair meshes that come without a texture."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.people.body import Mesh

__all__ = ["loose_strands", "painted_strands"]


SIDE: Final = 1024  # px
FRAYED: Final = 90  # px that the ends of strands differ by
EATEN: Final = 8  # px that curls leave free at the edges, at most
SEED: Final = 7


def painted_strands(mesh: Mesh, *, curly: bool) -> Bytes:
    """Returns a texture like those of `strand_texture` for a mesh whose strands run down in uv.

    It is (SIDE, SIDE, 4): three times the score of the brightness, and how solid it is.
    Curly hair has clumps instead of lines and is ragged all around.
    """
    rng = np.random.default_rng(SEED)
    scores = clumps(rng) if curly else lines(rng)
    scores = (scores - scores.mean()) / scores.std()
    grey = np.clip(scores * 127.5 / 3 + 127.5, 0, 255).astype(np.uint8)
    inside = islands(mesh)
    alpha = ragged(inside, rng) if curly else frayed(inside, rng)
    return np.dstack([grey, grey, grey, (alpha * 255).astype(np.uint8)])


def islands(mesh: Mesh) -> Bytes:
    """Returns where the mesh's uv triangles lie, (SIDE, SIDE) 0 or 1; lone cards are left out."""
    import cv2

    filled = np.zeros((SIDE, SIDE), np.uint8)
    corners = (mesh.uv * [SIDE - 1, 1 - SIDE] + [0, SIDE - 1])[mesh.uv_triangles]
    sides = np.ptp(corners, axis=1)
    small = sides.max(axis=1) < SIDE / 12
    for triangle in np.rint(corners[small]).astype(np.int32):
        cv2.fillConvexPoly(filled, triangle, 1)
    # The edges of triangles must find hair on both sides of their last pixel.
    return np.asarray(cv2.dilate(filled, np.ones((7, 7), np.uint8)))


def lines(rng: np.random.Generator) -> Floats:
    """Returns the brightness of strands: thin and thick streaks that run down and waver."""
    import cv2

    sum_ = np.zeros((SIDE, SIDE), np.float32)
    for wide, weight in ((SIDE, 0.7), (SIDE // 2, 0.8), (SIDE // 6, 0.6), (SIDE // 20, 0.3)):
        streaks = rng.standard_normal((6, wide), np.float32)
        sum_ += weight * cv2.resize(streaks, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return wavering(sum_, rng)


def wavering(picture: Floats, rng: np.random.Generator) -> Floats:
    """Returns a picture whose columns sway to the sides by some pixels."""
    import cv2

    sway = cv2.resize(rng.standard_normal((7, 12)).astype(np.float32), (SIDE, SIDE)) * 9
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    seen = cv2.remap(picture, x + sway, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(seen, np.float32)


def clumps(rng: np.random.Generator) -> Floats:
    """Returns the brightness of curls: blots of two sizes."""
    import cv2

    sum_ = np.zeros((SIDE, SIDE), np.float32)
    for side in (160, 350, 800):
        blots = rng.standard_normal((side, side), np.float32)
        sum_ += cv2.resize(blots, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return sum_


def frayed(inside: Bytes, rng: np.random.Generator) -> Floats:
    """Returns the alpha of strands that end at different heights over the lower edge, 0..1."""
    import cv2

    over = run_lengths(inside[::-1])[::-1]
    whole = over + run_lengths(inside)
    fine = rng.random((4, SIDE // 3), np.float32) ** 2
    rough = rng.random((2, SIDE // 14), np.float32)
    lengths = sum(cv2.resize(each, (SIDE, SIDE)) for each in (fine, rough)) * FRAYED / 2
    ends = np.clip((over - np.minimum(wavering(lengths, rng), 0.2 * whole)) / 14, 0, 1)
    return np.asarray(ends, np.float32)


def run_lengths(inside: Bytes) -> Floats:
    """Returns how many rows in a row are inside, down to each pixel."""
    rows = np.arange(1, SIDE + 1, dtype=np.float32)[:, None]
    outside = np.maximum.accumulate(np.where(inside > 0, 0, rows), axis=0)
    return np.asarray(rows - outside, np.float32)


def ragged(inside: Bytes, rng: np.random.Generator) -> Floats:
    """Returns an alpha that is eaten into from all edges, 0..1."""
    import cv2

    away = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    eaten = cv2.resize(rng.random((200, 200), np.float32), (SIDE, SIDE)) * EATEN
    return np.asarray(np.clip((away - eaten) / 6, 0, 1), np.float32)


def loose_strands(texture: Bytes, *, curly: bool) -> Bytes:
    """Returns a hair texture (H, W, 4) of which only single strands are left: what stands off."""
    import cv2

    rng = np.random.default_rng(SEED)
    thin = rng.standard_normal((SIDE, SIDE) if curly else (12, SIDE), np.float32)
    thin = wavering(cv2.resize(thin, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), rng)
    left = cv2.resize(np.clip((thin - 1.2) / 0.4, 0, 1), texture.shape[1::-1])
    return np.dstack([texture[..., :3], (texture[..., 3] * left).astype(np.uint8)])
