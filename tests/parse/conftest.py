"""Tracked wheel portraits with their hair."""

import pytest

from prink.arrays import Bytes
from prink.face import Face, Tracker


@pytest.fixture(scope="session")
def astronaut_face(astronaut: Bytes) -> Face:
    with Tracker() as tracker:
        return tracker.track(astronaut)[0]


@pytest.fixture(scope="session")
def hopper_face(hopper: Bytes) -> Face:
    with Tracker() as tracker:
        return tracker.track(hopper)[0]
