"""Tracked wheel portraits with their hair."""

import numpy as np
import pytest
from numpy.typing import NDArray

from prink.face import Face, Tracker


@pytest.fixture(scope="session")
def astronaut_face(astronaut: NDArray[np.uint8]) -> Face:
    with Tracker() as tracker:
        return tracker.track(astronaut)[0]


@pytest.fixture(scope="session")
def hopper_face(hopper: NDArray[np.uint8]) -> Face:
    with Tracker() as tracker:
        return tracker.track(hopper)[0]
