"""Which pixels a drawing may touch, and which faces are drawn at all."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.tolerances import ELSEWHERE

from prink.arrays import Bytes, Flags
from prink.face import Face
from prink.params import LOOKS, Look
from prink.render import Renderer

Far = Callable[..., Flags]
RED = LOOKS["classic_red"]


@pytest.fixture(scope="module")
def pair(
    astronaut: Bytes,
    hopper: Bytes,
    astronaut_face: Face,
    hopper_face: Face,
    moved: Callable[..., Face],
) -> tuple[Bytes, list[Face]]:
    """Both portraits side by side, and their faces."""
    frame = np.zeros((600, 1024, 3), np.uint8)
    frame[:512, :512] = astronaut
    frame[:, 512:] = hopper
    return frame, [astronaut_face, moved(hopper_face, x=512, number=1)]


@pytest.fixture(scope="module")
def crowd(
    astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> tuple[Bytes, list[Face]]:
    """Six faces in two rows."""
    face = astronaut[20:200, 130:310]
    frame = np.tile(face, (2, 3, 1))
    faces = [
        moved(astronaut_face, x=180 * column - 130, y=180 * row - 20, number=3 * row + column)
        for row in range(2)
        for column in range(3)
    ]
    return frame, faces


@pytest.mark.parametrize("name", [*LOOKS, "rich"])
def test_outside_the_faces_every_pixel_stays(
    renderer: Renderer, pair: tuple[Bytes, list[Face]], rich: Look, far_from: Far, name: str
) -> None:
    frame, faces = pair
    far = far_from(frame.shape, *faces)
    assert far.mean() > 0.6
    look = rich if name == "rich" else LOOKS[name]
    drawn = renderer.draw(frame, faces, look)
    assert (drawn != frame)[~far].any()
    assert np.array_equal(drawn[far], frame[far])
    texture = renderer.draw_to_texture(frame, faces, look)
    read = np.frombuffer(texture.read(), np.uint8).reshape(*frame.shape[:2], 4)
    assert np.array_equal(read[..., :3], drawn)


def test_each_of_two_faces_is_drawn_as_if_it_were_alone(
    renderer: Renderer, pair: tuple[Bytes, list[Face]], rich: Look
) -> None:
    frame, faces = pair
    both = renderer.draw(frame, faces, rich)
    left, right = (renderer.draw(frame, [face], rich) for face in faces)
    assert np.array_equal(both[:, :512], left[:, :512])
    assert np.array_equal(both[:, 512:], right[:, 512:])
    assert np.array_equal(renderer.draw(frame, faces[::-1], rich), both)


def test_of_six_faces_the_first_four_are_drawn(
    renderer: Renderer, crowd: tuple[Bytes, list[Face]], far_from: Far
) -> None:
    frame, faces = crowd
    drawn = renderer.draw(frame, faces, RED)
    alone = renderer.draw(frame, faces[:1], RED)[:180, :180]
    for place in range(6):
        row, column = divmod(place, 3)
        tile = np.s_[180 * row : 180 * (row + 1), 180 * column : 180 * (column + 1)]
        if place < 4:
            assert np.abs(drawn[tile].astype(int) - alone).max() <= ELSEWHERE
        else:
            assert np.array_equal(drawn[tile], frame[tile])
    assert np.array_equal(
        drawn[far_from(frame.shape, *faces[:4])], frame[far_from(frame.shape, *faces[:4])]
    )


def test_faces_with_one_number_are_all_drawn(
    renderer: Renderer, pair: tuple[Bytes, list[Face]]
) -> None:
    frame, faces = pair
    same = [replace(face, id=7) for face in faces]
    assert np.array_equal(renderer.draw(frame, same, RED), renderer.draw(frame, faces, RED))


@pytest.mark.filterwarnings("error")
def test_a_wild_face_is_skipped_and_the_others_are_drawn(
    renderer: Renderer, pair: tuple[Bytes, list[Face]]
) -> None:
    frame, (good, bad) = pair
    expected = renderer.draw(frame, [good], RED)
    wild = {
        "one NaN": np.where(np.arange(478)[:, None] == 5, np.nan, bad.points),
        "infinite": np.full((478, 3), np.inf),
        "far away": bad.points + 1e30,
        "outside": bad.points + 5000,
        "left of the frame": bad.points - 5000,
        "huge": bad.points * 1e6,
        "a point": np.full((478, 3), 100.0),
        "few points": bad.points[:468],
    }
    for name, points in wild.items():
        face = replace(bad, points=np.asarray(points, np.float32))
        assert np.array_equal(renderer.draw(frame, [face, good], RED), expected), name
    for presence in (0.0, -1.0, float("nan")):
        assert np.array_equal(
            renderer.draw(frame, [replace(bad, presence=presence), good], RED), expected
        )


def test_scattered_landmarks_do_no_harm_outside_their_box(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    rng = np.random.default_rng(3)
    points = rng.uniform(150, 350, (478, 3)).astype(np.float32)
    drawn = renderer.draw(astronaut, [replace(astronaut_face, points=points)], RED)
    outside = np.ones(astronaut.shape[:2], bool)
    outside[40:460, 40:460] = False  # the mesh overshoots its landmarks by at most half
    assert np.array_equal(drawn[outside], astronaut[outside])


def test_a_face_half_outside_is_drawn_where_it_is_seen(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> None:
    cut = int(astronaut_face.points[1, 0])
    frame = np.ascontiguousarray(astronaut[:, cut:])
    drawn = renderer.draw(frame, [moved(astronaut_face, x=-cut)], RED)
    assert (drawn != frame).any(-1).sum() > 500


def test_a_fading_face_is_drawn_in_part(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    steps = [
        np.abs(
            renderer.draw(astronaut, [replace(astronaut_face, presence=p)], RED).astype(int)
            - astronaut
        ).sum()
        for p in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert steps[0] == 0
    assert all(after > 1.2 * before for before, after in pairwise(steps))
