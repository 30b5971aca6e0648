"""What the points alone tell: what is turned away, what is open."""

import numpy as np
import pytest

from prink.arrays import Floats
from prink.face import Face, Visibility
from prink.face.landmark import RIGHT_EYE_LOWER, RIGHT_EYE_UPPER
from prink.face.pose import head_pose
from prink.face.visibility import Watcher, see

REGIONS = ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek")


def turned(face: Face, degrees: float) -> Floats:
    points = face.points.astype(np.float64)
    center = points.mean(axis=0)
    a = np.radians(degrees)
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    return ((points - center) @ about_y.T + center).astype(np.float32)


def regions(seen: Visibility) -> list[float]:
    return [getattr(seen, name) for name in REGIONS]


@pytest.mark.parametrize("portrait", ["astronaut_face", "hopper_face"])
def test_a_face_that_looks_at_the_camera_is_fully_visible(
    portrait: str, request: pytest.FixtureRequest
) -> None:
    seen = request.getfixturevalue(portrait).visibility
    assert min(regions(seen)) > 0.9
    assert min(seen.right_open, seen.left_open) > 0.6


def test_the_far_cheek_of_a_turned_head_fades(astronaut_face: Face) -> None:
    one, other = (see(turned(astronaut_face, degrees)) for degrees in (65, -65))
    assert {one.right_cheek, one.left_cheek} == {0.0, 1.0}
    assert (one.right_cheek, one.left_cheek) == (other.left_cheek, other.right_cheek)


@pytest.mark.parametrize(("way", "far"), [(1, "right_eye"), (-1, "left_eye")])
def test_the_far_eye_fades_beyond_45_degrees_and_the_near_one_stays(
    astronaut_face: Face, way: int, far: str
) -> None:
    near = {"right_eye": "left_eye", "left_eye": "right_eye"}[far]
    shown = []
    for degrees in (0, 30, 42, 50, 55, 60, 65, 75):
        seen = see(turned(astronaut_face, way * degrees))
        shown.append(getattr(seen, far))
        assert getattr(seen, near) > 0.9
    assert shown[:2] == [1.0, 1.0]
    assert shown[2] > 0.95
    assert shown == sorted(shown, reverse=True)
    assert shown[-3] < 0.3
    assert shown[-1] == 0.0


def test_openness_follows_the_points(astronaut_face: Face) -> None:
    points = astronaut_face.points.copy()
    points[list(RIGHT_EYE_UPPER)] = points[list(RIGHT_EYE_LOWER)]
    shut = see(points)
    assert shut.right_open == 0.0
    assert shut.left_open > 0.6
    assert see(astronaut_face.points).mouth_open > 0.1
    closed = points.copy()
    closed[[82, 13, 312]] = closed[[87, 14, 317]] - np.array([0, 0.3, 0], np.float32)
    assert see(closed).mouth_open == 0.0


def test_a_region_that_turns_away_in_a_stream_fades_and_openness_does_not(
    astronaut_face: Face,
) -> None:
    watcher = Watcher()
    assert watcher.see(astronaut_face.points, 0.0).right_cheek == 1.0
    away = turned(astronaut_face, 65)
    fading = [watcher.see(away, 1 / 30).right_cheek for _ in range(12)]
    assert 0.3 < fading[0] < 1.0
    assert fading == sorted(fading, reverse=True)
    assert fading[-1] < 0.05
    points = astronaut_face.points.copy()
    points[list(RIGHT_EYE_UPPER)] = points[list(RIGHT_EYE_LOWER)]
    assert watcher.see(points, 1 / 30).right_open == 0.0


def test_visibility_stays_in_range_for_any_turn_and_place(astronaut_face: Face) -> None:
    for degrees in range(-180, 180, 15):
        points = turned(astronaut_face, degrees) + np.array([600, 0, 0], np.float32)
        assert all(0 <= value <= 1 for value in vars(see(points)).values())
        assert np.isfinite(head_pose(points).yaw)
