import numpy as np
import pytest

from prink.face import FaceError, Tracker
from prink.face.follow import Follower
from prink.face.landmark import iod

STEP = 1 / 30


def beside(left, right):
    """Two pictures of one height side by side."""
    import cv2

    both = [cv2.resize(p, (320, 400), interpolation=cv2.INTER_AREA) for p in (left, right)]
    return np.ascontiguousarray(np.hstack(both))


def test_new_face_is_shown_from_its_second_frame_and_fades_in_by_time(astronaut, source):
    with Tracker(stream=True, source=source) as tracker:
        assert tracker.track(astronaut, time=0.0) == ()
        presence = [tracker.track(astronaut, time=0.05 * i)[0].presence for i in (1, 2, 3, 4, 5)]
    assert presence == pytest.approx([0.25, 0.5, 0.75, 1.0, 1.0])


def test_lost_face_is_held_and_fades_out_by_time(astronaut, source):
    empty = np.zeros_like(astronaut)
    with Tracker(stream=True, source=source) as tracker:
        for i in range(8):
            last = tracker.track(astronaut, time=i * STEP)
        start = 7 * STEP
        (face,) = tracker.track(empty, time=start + 0.1)
        assert face.presence == pytest.approx(0.5)
        assert face.id == last[0].id
        assert np.array_equal(face.points, last[0].points)
        assert tracker.track(empty, time=start + 0.21) == ()


def test_face_that_comes_back_in_time_keeps_its_id(astronaut, source):
    with Tracker(stream=True, source=source) as tracker:
        for i in range(8):
            before = tracker.track(astronaut, time=i * STEP)
        (missed,) = tracker.track(np.zeros_like(astronaut), time=8 * STEP)
        (after,) = tracker.track(astronaut, time=9 * STEP)
    assert missed.presence < 1
    assert after.presence > missed.presence
    assert after.id == missed.id == before[0].id


def test_ids_stay_when_two_faces_change_order(astronaut, hopper):
    """The sources list faces in any order; the trails must not care."""
    frame = beside(astronaut[20:260, 130:322], hopper[20:420, 90:410])
    with Tracker() as photo:
        one, other = (face.points for face in photo.track(frame))
    follower = Follower(max_faces=4, smoothing=True)
    for i in range(12):
        shift = np.array([2 * i, 0, 0])
        moved = [one + shift, other - shift]
        found = [np.asarray(p, np.float32) for p in (moved if i % 2 else moved[::-1])]
        faces = follower.follow(found, time=i * STEP)
    places = {face.id: float(face.points[1, 0]) for face in faces}
    assert len(places) == 2
    assert set(places) == {0, 1}
    first_seen = {0: other[1, 0] - 22, 1: one[1, 0] + 22}
    for number, x in places.items():
        assert abs(x - first_seen[number]) < 0.1 * iod(one)


def test_a_face_that_jumps_away_is_a_new_face(astronaut, astronaut_face):
    follower = Follower(max_faces=4, smoothing=True)
    far = astronaut_face.points + np.array([220, 0, 0], np.float32)
    for i in range(4):
        follower.follow([astronaut_face.points], time=i * STEP)
    for i in range(4, 12):
        faces = follower.follow([far], time=i * STEP)
    assert [face.id for face in faces] == [1]


@pytest.mark.parametrize("wild", [np.nan, np.inf, 1e7, -5000.0])
def test_wild_landmarks_count_as_a_lost_face(wild, astronaut, monkeypatch):
    with Tracker(stream=True) as tracker:
        for i in range(8):
            last = tracker.track(astronaut, time=i * STEP)
        broken = last[0].points.copy()
        broken[100] = wild
        monkeypatch.setattr(tracker.source, "detect", lambda rgb, *, time_ms: [broken])
        (face,) = tracker.track(astronaut, time=8 * STEP)
        assert np.array_equal(face.points, last[0].points)
        assert face.presence < 1
        assert tracker.track(astronaut, time=20 * STEP) == ()


def test_same_time_returns_the_same_faces(astronaut):
    with Tracker(stream=True) as tracker:
        for i in range(4):
            faces = tracker.track(astronaut, time=i * STEP)
        assert tracker.track(np.zeros_like(astronaut), time=3 * STEP) is faces


def test_time_going_backwards_is_refused_and_the_stream_goes_on(astronaut):
    with Tracker(stream=True) as tracker:
        for time in (0.0, 1.0, 1.4):
            tracker.track(astronaut, time=time)
        with pytest.raises(FaceError, match=r"backwards from 1\.400 s to 1\.200 s"):
            tracker.track(astronaut, time=1.2)
        assert len(tracker.track(astronaut, time=1.5)) == 1


@pytest.mark.parametrize("time", [np.nan, np.inf])
def test_time_that_is_no_number_is_refused(time, astronaut):
    with Tracker(stream=True) as tracker, pytest.raises(FaceError, match="finite"):
        tracker.track(astronaut, time=time)


def test_frames_may_change_size_in_a_stream(astronaut, source):
    import cv2

    small = cv2.resize(astronaut, (400, 400), interpolation=cv2.INTER_AREA)
    with Tracker(stream=True, source=source) as tracker:
        for i in range(4):
            tracker.track(astronaut, time=i * STEP)
        for i in range(4, 12):
            faces = tracker.track(small, time=i * STEP)
    assert np.allclose(faces[-1].points[1, :2], (227 * 400 / 512, 132 * 400 / 512), atol=10)
