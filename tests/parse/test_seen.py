"""What covers a face lowers the visibility of what is under it, and of nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from tests.render.parsing import face_square

from prink.face import Face
from prink.face.landmark import (
    LEFT_CHEEK,
    LEFT_EYE,
    LIPS_OUTER,
    RIGHT_EYE,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
)
from prink.parse import Parsing, as_seen

REGIONS = ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek")


def around(face: Face, places: tuple[int, ...], share: float = 1.5) -> np.ndarray:
    """Returns a polygon around some landmarks, of a share of their extent."""
    points = face.points[list(places), :2].astype(np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, share * (high - low) / 2
    return middle + half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])


@pytest.mark.parametrize(
    ("hidden", "places"),
    [
        ("lips", LIPS_OUTER),
        ("right_eye", RIGHT_EYE),
        ("left_eye", LEFT_EYE),
        ("left_cheek", LEFT_CHEEK),
        ("nothing", ()),
    ],
)
def test_what_is_covered_is_not_seen_and_the_rest_is(
    astronaut_face: Face, hidden: str, places: tuple[int, ...]
) -> None:
    before = [around(astronaut_face, places)] if places else []
    seen = as_seen(astronaut_face, Parsing(face_square(astronaut_face, before=before), None))
    for name in REGIONS:
        shown = getattr(seen.visibility, name)
        if name == hidden:
            assert shown < 0.2
        else:
            assert shown > 0.9, name


def test_half_a_mouth_counts_for_less(astronaut_face: Face) -> None:
    half = around(astronaut_face, LIPS_OUTER)
    half[[0, 3], 0] = half[:, 0].mean()
    seen = as_seen(astronaut_face, Parsing(face_square(astronaut_face, before=[half]), None))
    assert 0.2 < seen.visibility.lips < 0.9


def test_without_a_face_square_geometry_decides(astronaut_face: Face) -> None:
    assert as_seen(astronaut_face, Parsing(None, None)) is astronaut_face


def test_a_closed_eye_is_not_taken_for_a_covered_one(astronaut_face: Face) -> None:
    points = astronaut_face.points.copy()
    points[list(RIGHT_EYE_UPPER)] = points[list(RIGHT_EYE_LOWER)]
    shut = replace(
        astronaut_face,
        points=points,
        visibility=replace(astronaut_face.visibility, right_open=0.0),
    )
    assert as_seen(shut, Parsing(face_square(shut), None)).visibility.right_eye > 0.9


def test_a_face_half_outside_its_square_is_not_seen_there(astronaut_face: Face) -> None:
    square = face_square(astronaut_face)
    away = replace(square, to_frame=square.to_frame + np.array([[0, 0, 500], [0, 0, 0]], "f4"))
    seen = as_seen(astronaut_face, Parsing(away, None))
    assert [getattr(seen.visibility, name) for name in REGIONS] == [0.0] * 5
