"""The face atlas: numpy and GPU lay a face flat alike, and it can be drawn from there."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree
from tests.render.unwrap import Unwrapper
from tests.tolerances import ROUND_TRIP, UNWRAPPED

from prink.arrays import Bytes
from prink.face import Face
from prink.render import RenderError
from prink.render.atlas import HAIR, SIZE, TILES, atlas_places, unwrap


def test_gpu_and_numpy_unwrap_the_same_atlas(astronaut: Bytes, astronaut_face: Face) -> None:
    with Unwrapper() as unwrapper:
        (drawn,) = unwrapper.unwrap(astronaut, [astronaut_face])
    apart = np.abs(drawn.astype(int) - unwrap(astronaut, astronaut_face)).max(axis=-1)
    # Where two triangles meet, rasterisers may disagree about whose a pixel is.
    assert (apart > UNWRAPPED).mean() < 0.001


def test_the_atlas_shows_what_lies_at_its_places(astronaut: Bytes, astronaut_face: Face) -> None:
    height, width = astronaut.shape[:2]
    ramp = np.zeros_like(astronaut)
    ramp[..., 0] = np.linspace(0, 255, width).astype(np.uint8)
    ramp[..., 1] = np.linspace(0, 255, height).astype(np.uint8)[:, None]
    places = atlas_places(astronaut_face.points)
    known = ~np.isnan(places[..., 0])
    seen = unwrap(ramp, astronaut_face)[known][:, :2] / 255.0
    assert np.abs(seen - places[known] / (width, height)).max() < 0.01


def test_both_eyes_look_like_right_ones(astronaut_face: Face) -> None:
    places = atlas_places(astronaut_face.points)
    points = astronaut_face.points
    for tile, outer, inner in (("right_eye", 33, 133), ("left_eye", 263, 362)):
        found = places[TILES[tile].part]
        columns = [
            np.nanargmin(np.linalg.norm(found - points[corner, :2], axis=-1)) % found.shape[1]
            for corner in (outer, inner)
        ]
        assert columns[0] < columns[1], tile


def test_what_is_not_seen_is_transparent(astronaut: Bytes, astronaut_face: Face) -> None:
    hidden = replace(astronaut_face.visibility, lips=0.0)
    atlas = unwrap(astronaut, replace(astronaut_face, visibility=hidden))
    rows, columns = TILES["lips"].part
    assert atlas[rows, columns, 3][40:60, 50:78].max() == 0
    moved = replace(astronaut_face, points=astronaut_face.points + np.float32([400, 0, 0]))
    assert (unwrap(astronaut, moved)[..., 3] == 0).mean() > 0.9


def test_tiles_leave_room_for_hair(astronaut: Bytes, astronaut_face: Face) -> None:
    left, top, wide, tall = HAIR
    atlas = unwrap(astronaut, astronaut_face)
    assert atlas.shape == (SIZE, SIZE, 4)
    assert not atlas[top : top + tall, left : left + wide].any()


def test_a_face_outside_the_frame_is_told(astronaut: Bytes, astronaut_face: Face) -> None:
    away = replace(astronaut_face, points=astronaut_face.points + np.float32([9000, 0, 0]))
    with Unwrapper() as unwrapper, pytest.raises(RenderError, match="512 x 512"):
        unwrapper.unwrap(astronaut, [away])


def test_what_was_unwrapped_can_be_drawn_again(astronaut: Bytes, astronaut_face: Face) -> None:
    atlas, places = unwrap(astronaut, astronaut_face), atlas_places(astronaut_face.points)
    for tile in ("right_eye", "left_eye", "lips", "face"):
        part = TILES[tile].part
        known = atlas[part][..., 3] > 200
        at, colors = places[part][known], atlas[part][known][:, :3]
        low, high = np.ceil(at.min(0)).astype(int), np.floor(at.max(0)).astype(int)
        x, y = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
        distance, nearest = cKDTree(at).query(np.stack([x, y], axis=-1) + 0.5)
        inside = distance < 1.0
        again = colors[nearest[inside]].astype(int)
        off = np.abs(again - astronaut[y, x][inside])
        assert inside.mean() > 0.5, tile
        assert off.mean() < ROUND_TRIP, tile
