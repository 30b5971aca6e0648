"""What the face layer says decides: hands and teeth stay bare; without it all is as before."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import cv2
import numpy as np
import pytest
from tests.render.parsing import INNER, OUTER, face_square
from tests.tolerances import TEETH

from prink.arrays import Bytes, Flags, Floats
from prink.face import Face
from prink.params import LOOKS, Look, edit
from prink.parse.parsing import Square
from prink.render import Renderer
from prink.render.face_layer import FACE, face_layer
from prink.render.layer import LayerPicture

UNTOUCHED = 2  # steps of 1/255 on what is not the product's
RED = edit(Look(), "lips.color=#b00838ff", "lip_liner.color=#600010ff")
IN_TIME = 1 / 30  # seconds from frame to frame


def layers(square: Square, *, parsed: float = 1.0) -> list[Mapping[str, LayerPicture]]:
    """Returns one face's layers for `Renderer.draw`."""
    layer = face_layer(square, parsed=parsed)
    assert layer is not None
    return [{FACE: layer}]


def inside(rgb: Bytes, polygon: Floats) -> Flags:
    """Returns the pixels of a photo in a polygon (N, 2), flags (H, W)."""
    mask = np.zeros(rgb.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(polygon).astype(np.int32)], 1)
    return mask > 0


def apart(one: Bytes, other: Bytes) -> Floats:
    return np.abs(one.astype(np.float32) - other).max(-1)


def finger(rgb: Bytes, face: Face, *, at: int = 0) -> tuple[Bytes, Floats]:
    """Returns the photo with a finger of the cheek's colour over a landmark, and its outline."""
    centre, half = face.points[at, :2], 0.16 * np.linalg.norm(face.points[133] - face.points[362])
    corners = np.array([[-half, -9 * half], [half, -9 * half], [half, 9 * half], [-half, 9 * half]])
    outline = (centre + corners @ np.array([[0.94, 0.34], [-0.34, 0.94]])).astype(np.float32)
    here = inside(rgb, outline)
    x, y = face.points[50, :2].astype(int)
    laid = rgb.copy()
    laid[here] = rgb[y - 4 : y + 5, x - 4 : x + 5].mean((0, 1))
    return laid, outline


@pytest.mark.parametrize(("look", "at"), [(RED, 13), (LOOKS["bronze_goddess"], 159)])
def test_a_finger_before_the_face_gets_no_paint(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, look: Look, at: int
) -> None:
    laid, outline = finger(astronaut, astronaut_face, at=at)
    square = face_square(astronaut_face, before=[outline])
    drawn = renderer.draw(laid, [astronaut_face], look, layers=layers(square))
    core = cv2.erode(inside(laid, outline).astype(np.uint8), np.ones((5, 5))) > 0
    assert apart(drawn, laid)[core].max() <= UNTOUCHED
    beside = apart(drawn, laid)[~inside(laid, outline)]
    assert np.count_nonzero(beside > 20) > 150  # what is free is made up


def test_a_hand_does_not_tint_what_is_measured_of_the_lips(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    faces, (laid, outline) = [astronaut_face], finger(astronaut, astronaut_face, at=13)
    laid[inside(laid, outline)] = (30, 120, 60)
    free, hidden = (face_square(astronaut_face, before=each) for each in ((), [outline]))
    beside = inside(laid, astronaut_face.points[list(OUTER), :2])
    beside &= cv2.dilate(inside(laid, outline).astype(np.uint8), np.ones((9, 9))) == 0

    def tinted(square: Square) -> float:
        """Returns how much the green finger changes the free rest of the lips."""
        before = renderer.draw(astronaut, faces, RED, layers=layers(free))
        after = renderer.draw(laid, faces, RED, layers=layers(square))
        return float(apart(before, after)[beside].mean())

    assert tinted(hidden) < 0.8 * tinted(free)


def test_what_hides_the_lips_for_long_leaves_their_colour_as_it_was(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    face, mouth = astronaut_face, astronaut_face.points[list(OUTER), :2]
    hand = mouth.mean(0) + 2 * (mouth - mouth.mean(0))
    covered = astronaut.copy()
    covered[inside(astronaut, hand)] = (40, 90, 60)
    before = renderer.draw(astronaut, [face], RED, layers=layers(face_square(face)), time=0.0)
    for number in range(1, 30):
        hidden = layers(face_square(face, before=[hand]))
        renderer.draw(covered, [face], RED, layers=hidden, time=number * IN_TIME)
    after = renderer.draw(
        astronaut, [face], RED, layers=layers(face_square(face)), time=31 * IN_TIME
    )
    lips = inside(astronaut, mouth)
    assert apart(before, after)[lips].mean() < 1


def test_teeth_stay_clean(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> None:
    large = cv2.resize(astronaut, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    face = moved(astronaut_face, scale=3)
    drawn = renderer.draw(large, [face], RED, layers=layers(face_square(face)))
    opening = inside(large, face.points[list(INNER), :2]).astype(np.uint8)
    teeth = cv2.erode(opening, np.ones((7, 7))) > 0
    assert np.count_nonzero(teeth) > 300
    assert apart(drawn, large)[teeth].max() <= TEETH


def test_nothing_parsed_is_the_picture_of_landmarks_alone(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, rich: Look
) -> None:
    square = face_square(astronaut_face, before=[astronaut_face.points[list(OUTER), :2]])
    drawn = renderer.draw(astronaut, [astronaut_face], rich, layers=layers(square, parsed=0.0))
    alone = renderer.draw(astronaut, [astronaut_face], rich)
    np.testing.assert_array_equal(drawn, alone)


def test_half_parsed_lies_between(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face
) -> None:
    hidden = face_square(astronaut_face, before=[astronaut_face.points[list(OUTER), :2]])

    def change(parsed: float) -> float:
        given = layers(hidden, parsed=parsed)
        drawn = renderer.draw(astronaut, [astronaut_face], RED, layers=given)
        return float(apart(drawn, astronaut).sum())

    assert change(1.0) < 0.2 * change(0.5) < change(0.0)


def test_it_draws_nowhere_else_and_a_look_of_no_coverage_not_at_all(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    far_from: Callable[..., Flags],
    rich: Look,
) -> None:
    given = layers(face_square(astronaut_face))
    drawn = renderer.draw(astronaut, [astronaut_face], rich, layers=given)
    far = far_from(astronaut.shape, astronaut_face)
    np.testing.assert_array_equal(drawn[far], astronaut[far])
    bare = renderer.draw(astronaut, [astronaut_face], Look(), layers=given)
    np.testing.assert_array_equal(bare, astronaut)


def test_a_square_without_sense_is_left_out_and_one_of_other_channels_refused(
    astronaut_face: Face,
) -> None:
    square = face_square(astronaut_face)
    flat = replace(square, to_frame=np.zeros((2, 3), np.float32))
    assert face_layer(flat) is None
    with pytest.raises(ValueError, match=r"a face square is \(S, S, 4\), got \(192, 192\)"):
        face_layer(replace(square, pixels=square.pixels[..., 0]))
