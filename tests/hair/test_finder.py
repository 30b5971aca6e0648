"""Hair is found, stays with the head between two masks, and belongs to one person."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes, Floats
from prink.face import Face, Tracker
from prink.hair import HairError, HairFinder, HairMask
from prink.parse.head import inverse, warp


def in_frame(mask: HairMask, shape: tuple[int, ...]) -> Bytes:
    """Returns the mask at the frame's size."""
    return warp(mask.alpha, inverse(mask.to_frame), (shape[1], shape[0]))


def shifted(face: Face, x: float, y: float = 0.0) -> Face:
    return replace(face, points=face.points + np.array([x, y, 0], np.float32))


class Counting:
    """A source that counts how often it is asked, and what it was told of the frame before."""

    name, size = "counting", 32

    def __init__(self) -> None:
        self.previous: list[Floats | None] = []

    def alpha(self, crop: Bytes, previous: Floats | None) -> Floats:
        self.previous.append(previous)
        mask = np.zeros((32, 32), np.float32)
        mask[4:12, 8:24] = 1.0
        return mask


def counting(**settings: int | None) -> tuple[HairFinder, Counting]:
    finder, source = HairFinder(stream=True, **settings), Counting()
    finder.source = source
    return finder, source


def test_hair_is_found_and_face_and_wall_are_not(astronaut: Bytes, astronaut_face: Face) -> None:
    (mask,) = HairFinder().find(astronaut, [astronaut_face])
    found = in_frame(mask, astronaut.shape)
    face = astronaut_face.points[[5, 50, 280, 152, 13], :2].astype(int)
    assert all(found[y, x] < 25 for x, y in face)
    hair = [(224, 22), (180, 70), (272, 60)]
    assert all(found[y, x] > 200 for x, y in hair)
    assert found[:, :100].max() < 60  # the flag


def test_no_face_has_no_hair(astronaut: Bytes) -> None:
    assert HairFinder().find(astronaut, []) == ()


@pytest.mark.parametrize("every", [1, 3])
def test_a_stream_makes_a_mask_every_few_frames(
    astronaut: Bytes, astronaut_face: Face, every: int
) -> None:
    finder, source = counting(every=every)
    for _ in range(9):
        finder.find(astronaut, [astronaut_face])
    assert len(source.previous) == 9 // every
    assert source.previous[0] is None
    assert source.previous[1] is not None
    assert source.previous[1][4:12, 8:24].mean() > 0.9


def test_between_two_masks_hair_moves_with_the_head(astronaut: Bytes, astronaut_face: Face) -> None:
    finder, source = counting(every=3)
    (first,) = finder.find(astronaut, [astronaut_face])
    (second,) = finder.find(astronaut, [shifted(astronaut_face, 20, -7)])
    assert len(source.previous) == 1
    np.testing.assert_array_equal(first.alpha, second.alpha)
    moved = second.to_frame - first.to_frame
    np.testing.assert_allclose(moved, [[0, 0, 20], [0, 0, -7]], atol=1e-3)


def test_a_new_mask_fades_in(astronaut: Bytes, astronaut_face: Face) -> None:
    finder, source = counting(every=3)
    for _ in range(3):
        finder.find(astronaut, [astronaut_face])
    source.alpha = lambda crop, previous: np.zeros((32, 32), np.float32)  # type: ignore[method-assign]
    levels = [int(finder.find(astronaut, [astronaut_face])[0].alpha.max()) for _ in range(3)]
    assert 255 > levels[0] > levels[1] > levels[2] == 0


def test_two_people_keep_their_own_hair(astronaut: Bytes) -> None:
    close = np.hstack([astronaut[:, 100:350], astronaut[:, 100:350]])
    with Tracker() as tracker:
        faces = tracker.track(close)
    assert len(faces) == 2
    one, other = (in_frame(mask, close.shape) / 255 for mask in HairFinder().find(close, faces))
    assert (one * other).max() < 0.3
    assert min((one > 0.5).sum(), (other > 0.5).sum()) > 3000


def test_two_faces_take_turns(astronaut: Bytes, astronaut_face: Face) -> None:
    finder, source = counting(every=3)
    faces = [astronaut_face, replace(shifted(astronaut_face, 200), id=astronaut_face.id + 1)]
    for _ in range(12):
        finder.find(astronaut, faces)
    assert 8 <= len(source.previous) <= 9  # both at first, then each every third frame


@pytest.mark.parametrize("stream", [False, True])
def test_a_face_of_wild_points_has_no_hair(
    astronaut: Bytes, astronaut_face: Face, stream: bool
) -> None:
    finder = HairFinder(stream=stream)
    for value in (np.nan, 5.0):
        wild = replace(astronaut_face, points=np.full((478, 3), value, np.float32))
        for _ in range(2):
            (mask,) = finder.find(astronaut, [wild])
            assert mask.bounds() is None


def test_masks_come_more_rarely_where_they_are_dear(astronaut: Bytes, astronaut_face: Face) -> None:
    finder, _ = counting(every=None)
    for number in range(30):
        finder.cost = 0.019
        finder.find(astronaut, [astronaut_face], time=number / 30)
    assert finder.every == 6
    for number in range(30, 38):
        finder.cost = 0.001
        finder.find(astronaut, [astronaut_face], time=number / 30)
    assert finder.every == 1


def test_wrong_settings_are_told_with_their_range(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HairError, match="every is 0 frames, expected 1 to 12"):
        HairFinder(every=0)
    with pytest.raises(HairError, match="'clouds', expected one of own, mediapipe"):
        HairFinder(source="clouds")
    monkeypatch.setattr("prink.hair.sources.find_model", lambda name: None)
    with pytest.raises(HairError, match=r"hair_segmentation\.onnx"):
        HairFinder(source="mediapipe")


def test_both_sources_agree_on_the_astronaut(
    shared: Path, astronaut: Bytes, astronaut_face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINK_ASSETS", str(shared / "assets"))
    own, teacher = (
        in_frame(HairFinder(source=source).find(astronaut, [astronaut_face])[0], astronaut.shape)
        > 127
        for source in ("own", "mediapipe")
    )
    assert (own & teacher).sum() / (own | teacher).sum() > 0.85
