import numpy as np
import pytest
from tests.ffmpeg import as_format, as_rgb

from prink.face import FaceError, Tracker
from prink.face.landmark import LIPS_OUTER, iod
from prink.frame import FORMATS
from prink.weights import find_model


def montage(*pictures, columns=3, side=300):
    """Six faces in a grid of equal tiles."""
    import cv2

    tiles = [
        cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA) for picture in pictures
    ]
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    return np.ascontiguousarray(np.vstack(rows))


def test_both_sources_agree_on_the_wheel_portraits(astronaut, hopper):
    if find_model("face_landmarker.task") is None:
        pytest.skip("needs face_landmarker.task in PRINK_ASSETS")
    with Tracker(source="landmarker") as one, Tracker(source="facemesh") as other:
        for picture in (astronaut, hopper):
            a, b = one.track(picture)[0].points, other.track(picture)[0].points
            apart = np.linalg.norm(a[:, :2] - b[:, :2], axis=1)
            assert apart.mean() < 0.04 * iod(a)


def test_both_sources_agree_on_portraits(portraits):
    import cv2

    if find_model("face_landmarker.task") is None:
        pytest.skip("needs face_landmarker.task in PRINK_ASSETS")
    with Tracker(source="landmarker") as one, Tracker(source="facemesh") as other:
        for number in (31, 43, 839, 250, 945):
            bgr = cv2.imread(str(portraits / "images" / f"p{number:04d}.jpg"))
            picture = np.ascontiguousarray(bgr[..., ::-1])
            a, b = one.track(picture)[0].points, other.track(picture)[0].points
            assert np.linalg.norm(a[:, :2] - b[:, :2], axis=1).mean() < 0.05 * iod(a)


def test_photo_face_is_complete_and_in_place(astronaut, source):
    with Tracker(source=source) as tracker:
        (face,) = tracker.track(astronaut)
    assert face.points.shape == (478, 3)
    assert face.points.dtype == np.float32
    assert face.presence == 1.0
    # By eye on the published picture: mouth near (224, 155), eyes near (203, 109) and (243, 107).
    assert np.allclose(face.points[list(LIPS_OUTER), :2].mean(axis=0), (225, 151), atol=8)
    assert 35 < iod(face.points) < 46


def test_large_photo_gives_the_same_points_scaled(astronaut, source):
    import cv2

    large = cv2.resize(astronaut, None, fx=5, fy=5, interpolation=cv2.INTER_CUBIC)
    with Tracker(source=source) as tracker:
        small_face, large_face = tracker.track(astronaut)[0], tracker.track(large)[0]
    apart = np.abs(large_face.points / 5 - small_face.points)[:, :2].mean()
    assert apart < 0.04 * iod(small_face.points)


def test_small_face_is_found_by_the_second_look(astronaut, source):
    far = np.full((1200, 1600, 3), 90, np.uint8)
    far[600:1112, 100:612] = astronaut
    with Tracker(source=source) as tracker:
        (face,) = tracker.track(far)
    assert np.allclose(face.points[1, :2], (100 + 227, 600 + 132), atol=12)


@pytest.mark.parametrize("kind", ["black", "noise", "drawing"])
def test_pictures_without_a_face_give_nothing(kind, source):
    import cv2

    picture = np.zeros((300, 400, 3), np.uint8)
    if kind == "noise":
        picture = np.random.default_rng(0).integers(0, 256, (300, 400, 3)).astype(np.uint8)
    if kind == "drawing":
        picture[:] = 255
        for x in range(20, 400, 60):
            cv2.rectangle(picture, (x, 250 - x // 2), (x + 40, 280), (60, 90, 200), -1)
            cv2.line(picture, (0, 299), (x, 20), (0, 0, 0), 2)
    with Tracker(source=source) as tracker:
        assert tracker.track(picture) == ()


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 4000, 3), (20, 20, 3), (20000, 40, 3)])
def test_odd_sizes_give_nothing(shape, photo_tracker):
    assert photo_tracker.track(np.zeros(shape, np.uint8)) == ()


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        ([[1]], "list"),
        (np.zeros((4, 4), np.uint8), r"\(4, 4\)"),
        (np.zeros((4, 4, 4), np.uint8), r"\(4, 4, 4\)"),
        (np.zeros((0, 4, 3), np.uint8), r"\(0, 4, 3\)"),
        (np.zeros((4, 4, 3), np.float32), "float32"),
    ],
)
def test_frames_of_a_wrong_kind_are_refused(frame, words, photo_tracker):
    with pytest.raises(FaceError, match=words):
        photo_tracker.track(frame)


def test_strided_frames_are_read_right(astronaut, photo_tracker, astronaut_face):
    backing = np.zeros((512, 600, 3), np.uint8)
    backing[:, :512] = astronaut
    (face,) = photo_tracker.track(backing[:, :512])
    assert np.array_equal(face.points, astronaut_face.points)


def test_six_faces_are_cut_to_max_faces_with_own_ids(astronaut, hopper, source):
    faces = (astronaut[20:220, 125:325], hopper[20:340, 90:410])
    picture = montage(*faces, *faces, *faces)
    for most in (1, 4, 6):
        with Tracker(source=source, max_faces=most) as tracker:
            found = tracker.track(picture)
        assert len(found) == most
        assert len({face.id for face in found}) == most


def test_face_half_outside_does_not_fail(astronaut, source):
    half = np.ascontiguousarray(astronaut[:, 225:])
    with Tracker(source=source) as tracker:
        for face in tracker.track(half):
            assert np.isfinite(face.points).all()
            assert 0 <= face.visibility.lips <= 1


@pytest.mark.parametrize("most", [0, -1, 17])
def test_max_faces_out_of_range_is_refused(most):
    with pytest.raises(FaceError, match=f"max_faces is {most}, expected 1 to 16"):
        Tracker(max_faces=most)


def test_unknown_source_is_refused_with_the_known_ones():
    with pytest.raises(FaceError, match="'mesh', expected one of auto, landmarker, facemesh"):
        Tracker(source="mesh")


def test_without_the_model_auto_takes_facemesh_and_landmarker_says_why(monkeypatch):
    monkeypatch.setattr("prink.face.sources.find_model", lambda name: None)
    with Tracker() as tracker:
        assert tracker.source.name == "facemesh"
    with pytest.raises(FaceError, match=r"needs face_landmarker\.task"):
        Tracker(source="landmarker")


def test_closed_tracker_says_so_and_closes_twice(astronaut):
    tracker = Tracker(source="facemesh")
    tracker.close()
    tracker.close()
    with pytest.raises(FaceError, match="closed"):
        tracker.track(astronaut)


def test_import_loads_neither_mediapipe_nor_cv2():
    import subprocess
    import sys

    code = "import prink.face, sys; print([m for m in ('mediapipe', 'cv2') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("padded", [False, True])
def test_a_face_is_found_in_every_format(format, padded, astronaut, photo_tracker, astronaut_face):
    frame = as_format(astronaut, format)
    if padded:
        frame = np.concatenate([frame, frame], axis=1)[:, :512]
    (face,) = photo_tracker.track(frame, format=format)
    apart = np.linalg.norm(face.points - astronaut_face.points, axis=1)
    if np.array_equal(as_rgb(frame, format), astronaut):
        assert apart.max() == 0
    else:
        assert apart.max() < 0.1 * iod(face.points)


@pytest.mark.parametrize("format", ["nv12", "i420"])
def test_video_formats_are_followed_in_a_stream(format, astronaut, astronaut_face):
    frame = as_format(astronaut, format)
    with Tracker(stream=True) as tracker:
        for time in (0.0, 0.1, 0.2):
            faces = tracker.track(frame, format=format, time=time)
    apart = np.linalg.norm(faces[0].points - astronaut_face.points, axis=1)
    assert apart.mean() < 0.03 * iod(astronaut_face.points)


def test_a_frame_of_another_format_is_refused(astronaut, photo_tracker):
    with pytest.raises(FaceError, match=r"a bgra frame is uint8 \(H, W, 4\), got uint8 \(512"):
        photo_tracker.track(astronaut, format="bgra")
    with pytest.raises(FaceError, match="frame format is 'jpg'; known: rgb, bgr"):
        photo_tracker.track(astronaut, format="jpg")
    with pytest.raises(FaceError, match=r"the frame is a str; .*prink\.load_photo"):
        photo_tracker.track("me.jpg")
