"""Trackers and views of the two wheel portraits for the face tests."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Face, Tracker
from prink.face.landmark import iod
from prink.weights import find_model

View = Callable[..., Bytes]


@pytest.fixture(params=["landmarker", "facemesh"])
def source(request: pytest.FixtureRequest) -> str:
    if request.param == "landmarker" and find_model("face_landmarker.task") is None:
        pytest.skip("needs face_landmarker.task in PRINK_ASSETS")
    return request.param


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
def view(astronaut: Bytes, astronaut_face: Face) -> View:
    """A noisy 640x480 camera view of the astronaut, 100 px between the eyes."""
    rng = np.random.default_rng(0)
    points = astronaut_face.points
    scale, center = 100 / iod(points), points[:, :2].mean(axis=0)

    def look(right: float = 0.0, *, noise: float = 2.0) -> Bytes:
        shift = np.array([320 + right, 240]) - scale * center
        matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
        frame = cv2.warpAffine(astronaut, matrix, (640, 480), borderMode=cv2.BORDER_REPLICATE)
        noisy = frame + rng.normal(size=frame.shape).astype(np.float32) * noise
        return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)

    return look
