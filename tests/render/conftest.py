"""Tracked faces, one renderer and a rich look for all drawing tests; tracking costs a second."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np
import pytest

from prink.arrays import Bytes, Flags
from prink.face import Face, Tracker
from prink.parse import Parser, Parsing, Square
from prink.render import Renderer
from prink.render.assets import read_mesh

MARGIN = 3  # pixels that rasterisation and even bounds may add around the mesh


@pytest.fixture(scope="session")
def photo_tracker() -> Iterator[Tracker]:
    with Tracker() as tracker:
        yield tracker


@pytest.fixture(scope="session")
def astronaut_face(astronaut: Bytes, photo_tracker: Tracker) -> Face:
    return photo_tracker.track(astronaut)[0]


@pytest.fixture(scope="session")
def hopper_face(hopper: Bytes, photo_tracker: Tracker) -> Face:
    return photo_tracker.track(hopper)[0]


@pytest.fixture(scope="session")
def astronaut_parsing(astronaut: Bytes, astronaut_face: Face) -> tuple[Parsing, ...]:
    return Parser().find(astronaut, [astronaut_face], face=False)


@pytest.fixture(scope="session")
def astronaut_hair(astronaut_parsing: tuple[Parsing, ...]) -> Square:
    hair = astronaut_parsing[0].hair
    assert hair is not None
    return hair


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="session")
def moved() -> Callable[..., Face]:
    """Returns how to put a face elsewhere: scaled, then shifted by pixels, under another number."""

    def move(face: Face, *, x: float = 0, y: float = 0, scale: float = 1, number: int = 0) -> Face:
        points = face.points * scale + np.array([x, y, 0], np.float32)
        return replace(face, id=number, points=points.astype(np.float32))

    return move


@pytest.fixture(scope="session")
def far_from() -> Callable[..., Flags]:
    """Returns a mask of the pixels that no drawing on these faces may touch."""

    def far(shape: tuple[int, ...], *faces: Face) -> Flags:
        mesh = read_mesh()
        touched = np.zeros(shape[:2], np.uint8)
        for face in faces:
            places = np.round(mesh.positions(face.points)).astype(np.int32)
            for corners in mesh.triangles.reshape(-1, 3):
                cv2.fillConvexPoly(touched, places[corners], 1)
        size = 2 * MARGIN + 1
        return cv2.dilate(touched, np.ones((size, size), np.uint8)) == 0

    return far
