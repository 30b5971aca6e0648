"""Streams: what is measured on a face is steadied by time, never carried over to another face."""

from dataclasses import replace

import numpy as np
import pytest
from tests.tolerances import STEADIED

from prink.arrays import Bytes
from prink.face import Face
from prink.params import LOOKS
from prink.render import Renderer

RED = LOOKS["classic_red"]


def apart(one: Bytes, other: Bytes) -> int:
    return int(np.abs(one.astype(int) - other).max())


@pytest.fixture(scope="module")
def dim(astronaut: Bytes) -> Bytes:
    return (astronaut * 0.5).astype(np.uint8)


@pytest.mark.parametrize("rate", [15, 60])
def test_a_still_frame_settles_on_the_photo(
    renderer: Renderer, astronaut: Bytes, dim: Bytes, astronaut_face: Face, rate: int
) -> None:
    photo = renderer.draw(astronaut, [astronaut_face], RED)
    renderer.draw(dim, [astronaut_face], RED, time=10.0)
    frames = [
        renderer.draw(astronaut, [astronaut_face], RED, time=10.0 + count / rate)
        for count in range(1, 2 * rate)
    ]
    off = [apart(frame, photo) for frame in frames]
    assert off[0] > 8  # a sudden light does not jump at once
    assert off[rate // 2] < off[0] / 2  # by time, not by the number of frames
    assert off[-1] <= STEADIED


def test_the_first_frame_of_a_stream_is_drawn_like_a_photo(
    astronaut: Bytes, astronaut_face: Face, renderer: Renderer
) -> None:
    photo = renderer.draw(astronaut, [astronaut_face], RED)
    with Renderer() as fresh:
        assert apart(fresh.draw(astronaut, [astronaut_face], RED, time=0.0), photo) == 0


def test_a_new_face_inherits_nothing(
    renderer: Renderer, astronaut: Bytes, dim: Bytes, astronaut_face: Face
) -> None:
    photo = renderer.draw(astronaut, [astronaut_face], RED)
    renderer.draw(dim, [astronaut_face], RED, time=20.0)
    newcomer = replace(astronaut_face, id=astronaut_face.id + 1)
    assert apart(renderer.draw(astronaut, [newcomer], RED, time=20.03), photo) == 0
    renderer.draw(dim, [newcomer], RED, time=20.06)
    assert apart(renderer.draw(astronaut, [newcomer], RED), photo) == 0  # a photo in between


def test_time_that_runs_backwards_or_nowhere_starts_a_new_stream(
    renderer: Renderer, astronaut: Bytes, dim: Bytes, astronaut_face: Face
) -> None:
    photo = renderer.draw(astronaut, [astronaut_face], RED)
    for time in (0.0, float("nan"), float("inf"), 5.0):
        renderer.draw(dim, [astronaut_face], RED, time=30.0)
        drawn = renderer.draw(astronaut, [astronaut_face], RED, time=time)
        assert apart(drawn, photo) == 0, time
