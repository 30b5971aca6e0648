"""Squares are found, stay with the head between two answers, and come often where much changes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes, Floats
from prink.face import Face, HeadPose, Tracker
from prink.parse import ParseError, Parser, Parsing, Square
from prink.parse.classes import ANSWER
from prink.parse.head import inverse, warp
from prink.parse.network import HeadNetwork

HAIR, LIPS, PARTS = 0, 1, len(ANSWER)
Draw = Callable[[int], Floats]


def hair_in(parsing: Parsing, shape: tuple[int, ...]) -> Bytes:
    """Returns the hair at the frame's size."""
    assert parsing.hair is not None
    return warp(parsing.hair.pixels, inverse(parsing.hair.to_frame), (shape[1], shape[0]))


def shifted(face: Face, x: float, y: float = 0.0) -> Face:
    return replace(face, points=face.points + np.array([x, y, 0], np.float32))


def patch(_: int) -> Floats:
    """Returns an answer whose every channel is a patch."""
    answer = np.zeros((PARTS, 32, 32), np.float32)
    answer[:, 4:12, 8:24] = 1.0
    return answer


class Counting:
    """A network that keeps what it was told of the frame before, call by call."""

    size = 32

    def __init__(self, draw: Draw = patch) -> None:
        self.previous: list[Floats | None] = []
        self.draw = draw

    def answer(self, crop: Bytes, previous: Floats | None) -> Floats:
        self.previous.append(previous)
        return self.draw(len(self.previous) - 1)


def counting(draw: Draw = patch, **settings: int | None) -> tuple[Parser, Counting]:
    parser, network = Parser(stream=True, **settings), Counting(draw)
    parser.network = network
    return parser, network


def lips_of(parsing: Parsing) -> int:
    assert parsing.face is not None
    return int(parsing.face.pixels[..., 0].max())


def test_hair_is_found_and_face_and_wall_are_not(astronaut: Bytes, astronaut_face: Face) -> None:
    (head,) = Parser().find(astronaut, [astronaut_face], face=False)
    found = hair_in(head, astronaut.shape)
    face = astronaut_face.points[[5, 50, 280, 152, 13], :2].astype(int)
    assert all(found[y, x] < 25 for x, y in face)
    hair = [(224, 22), (180, 70), (272, 60)]
    assert all(found[y, x] > 200 for x, y in hair)
    assert found[:, :100].max() < 60  # the flag


def test_only_the_squares_that_are_wanted_are_parsed(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    parser, network = counting()
    kinds = [(True, False), (False, True), (True, True), (False, False)]
    for face, hair in kinds:
        (head,) = parser.find(astronaut, [astronaut_face], face=face, hair=hair)
        assert (head.face is not None, head.hair is not None) == (face, hair)
    # One each, then the face anew beside the hair that is known.
    assert len(network.previous) == 3


def test_no_face_has_no_parsing(astronaut: Bytes) -> None:
    assert Parser().find(astronaut, []) == ()


@pytest.mark.parametrize("every", [1, 3])
def test_a_stream_parses_every_few_frames(
    astronaut: Bytes, astronaut_face: Face, every: int
) -> None:
    parser, network = counting(every=every)
    for _ in range(9):
        parser.find(astronaut, [astronaut_face], hair=False)
    assert len(network.previous) == 9 // every
    assert network.previous[0] is None
    assert network.previous[1] is not None
    assert network.previous[1][:, 4:12, 8:24].mean() > 0.9


def test_face_and_hair_take_turns(astronaut: Bytes, astronaut_face: Face) -> None:
    parser, network = counting(every=2)
    calls = []
    for _ in range(7):
        parser.find(astronaut, [astronaut_face])
        calls.append(len(network.previous))
    assert calls == [2, 2, 3, 4, 5, 6, 7]
    assert sorted(kept.age for kept in parser.kept.values()) == [0, 1]


def test_between_two_answers_squares_move_with_the_head(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    parser, network = counting(every=3)
    (first,) = parser.find(astronaut, [astronaut_face])
    (second,) = parser.find(astronaut, [shifted(astronaut_face, 3, -2)])
    assert len(network.previous) == 2
    for one, two in ((first.face, second.face), (first.hair, second.hair)):
        assert one is not None
        assert two is not None
        np.testing.assert_array_equal(one.pixels, two.pixels)
        moved = two.to_frame - one.to_frame
        np.testing.assert_allclose(moved, [[0, 0, 3], [0, 0, -2]], atol=1e-3)


def test_a_new_answer_fades_in(astronaut: Bytes, astronaut_face: Face) -> None:
    parser, _ = counting(lambda call: patch(0) * np.float32(1 - 0.12 * call), every=3)
    levels = [lips_of(parser.find(astronaut, [astronaut_face], hair=False)[0]) for _ in range(6)]
    assert levels[0] == levels[1] == levels[2] == 255
    assert 255 > levels[3] > levels[4] > levels[5] == 224


def test_an_answer_that_changed_much_shows_at_once_and_is_parsed_again(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    """As when a hand arrives before the mouth, at the fourth of the frames."""

    def hand(call: int) -> Floats:
        answer = patch(call)
        if call:
            answer[LIPS] = 0
        return answer

    parser, network = counting(hand, every=3)
    levels, calls = [], []
    for _ in range(8):
        (head,) = parser.find(astronaut, [astronaut_face], hair=False)
        levels.append(lips_of(head))
        calls.append(len(network.previous))
    assert levels == [255, 255, 255, 0, 0, 0, 0, 0]
    assert calls == [1, 1, 1, 2, 3, 3, 3, 4]  # again at once, and calm after that


@pytest.mark.parametrize("motion", ["way", "turn", "growth"])
def test_a_head_that_moves_fast_is_parsed_in_every_frame(
    astronaut: Bytes, astronaut_face: Face, motion: str
) -> None:
    parser, network = counting(every=3)
    for number in range(6):
        face = {
            "way": shifted(astronaut_face, 8.0 * number),
            "turn": replace(astronaut_face, pose=HeadPose(6.0 * number, 0.0, 0.0)),
            "growth": replace(
                astronaut_face, points=astronaut_face.points * np.float32(1.05**number)
            ),
        }[motion]
        parser.find(astronaut, [face])
    assert len(network.previous) == 12


def test_two_people_keep_their_own_hair(astronaut: Bytes) -> None:
    close = np.hstack([astronaut[:, 100:350], astronaut[:, 100:350]])
    with Tracker() as tracker:
        faces = tracker.track(close)
    assert len(faces) == 2
    heads = Parser().find(close, faces, face=False)
    one, other = (hair_in(head, close.shape) / 255 for head in heads)
    assert (one * other).max() < 0.3
    assert min((one > 0.5).sum(), (other > 0.5).sum()) > 3000


def test_two_faces_take_turns(astronaut: Bytes, astronaut_face: Face) -> None:
    parser, network = counting(every=3)
    faces = [astronaut_face, replace(shifted(astronaut_face, 200), id=astronaut_face.id + 1)]
    for _ in range(12):
        parser.find(astronaut, faces, hair=False)
    assert 8 <= len(network.previous) <= 9  # both at first, then each every third frame


@pytest.mark.parametrize("stream", [False, True])
def test_a_face_of_wild_points_has_no_parsing(
    astronaut: Bytes, astronaut_face: Face, stream: bool
) -> None:
    parser = Parser(stream=stream)
    for value in (np.nan, 5.0):
        wild = replace(astronaut_face, points=np.full((478, 3), value, np.float32))
        for _ in range(2):
            (head,) = parser.find(astronaut, [wild])
            assert (head.face, head.hair) == (None, None)


def test_photos_may_hold_faces_of_one_number(astronaut: Bytes, astronaut_face: Face) -> None:
    twins = [astronaut_face, shifted(astronaut_face, 100)]
    one, other = Parser().find(astronaut, twins, hair=False)
    assert one.face is not None
    assert other.face is not None
    moved = other.face.to_frame - one.face.to_frame
    np.testing.assert_allclose(moved, [[0, 0, 100], [0, 0, 0]], atol=1e-3)


def test_answers_come_more_rarely_where_they_are_dear(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    parser, _ = counting(every=None)
    for number in range(30):
        parser.cost = 0.019
        parser.find(astronaut, [astronaut_face], hair=False, time=number / 30)
    assert parser.every == 6
    for number in range(30, 38):
        parser.cost = 0.001
        parser.find(astronaut, [astronaut_face], hair=False, time=number / 30)
    assert parser.every == 1


def test_long_hair_gets_a_wider_square_and_a_narrower_one_back(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    def grown(call: int) -> Floats:
        answer = np.zeros((PARTS, 32, 32), np.float32)
        answer[HAIR, 4 : 32 if call < 6 else 12, 8:24] = 1.0
        return answer

    parser, _ = counting(grown, every=1)
    reaches = []
    for _ in range(10):
        (head,) = parser.find(astronaut, [astronaut_face], face=False)
        assert head.hair is not None
        reaches.append(head.hair.reach)
    assert reaches[0] == 2.3  # at once for a head that is new
    assert reaches[-1] == 1.5
    assert reaches == sorted(reaches, reverse=True)


def test_wrong_settings_are_told_with_their_range() -> None:
    with pytest.raises(ParseError, match="every is 0 frames, expected 1 to 12"):
        Parser(every=0)


def test_a_network_of_other_ports_is_refused(shared: Path) -> None:
    other = shared / "assets" / "hair_segmentation.onnx"
    if not other.is_file():
        pytest.skip(f"needs {other.name}")
    with pytest.raises(ParseError, match=r"expected 'rgb_and_previous' of \(1, 8, 192, 192\)"):
        HeadNetwork(other)


def test_bounds_are_around_what_is_there_on_a_coarse_grid() -> None:
    pixels = np.zeros((192, 192, 4), np.uint8)
    square = Square(pixels, np.eye(2, 3, dtype=np.float32))
    assert square.bounds() is None
    pixels[50:60, 100:105, 2] = 30
    assert square.bounds() == (96, 40, 112, 64)
