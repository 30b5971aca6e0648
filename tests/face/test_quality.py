from dataclasses import replace

import numpy as np
import pytest

from prink.face import HeadPose, judge
from prink.face.landmark import iod
from prink.photo import load_photo
from prink.portraits import read_portraits


def reasons(picture, face):
    return [reason.split(":")[0] for reason in judge(picture, face).reasons]


@pytest.mark.parametrize("name", ["astronaut", "hopper"])
def test_good_portraits_pass(name, request):
    picture, face = request.getfixturevalue(name), request.getfixturevalue(f"{name}_face")
    assert judge(picture, face).ok
    assert judge(picture, face).reasons == ()


@pytest.mark.parametrize("share", [0.25, 0.12])
def test_dark_picture_is_told(hopper, hopper_face, share):
    assert reasons((hopper * share).astype(np.uint8), hopper_face) == ["too dark"]


@pytest.mark.parametrize("share", [0.05, 0.08])
def test_blurred_picture_is_told_at_any_size(hopper, hopper_face, share):
    import cv2

    for zoom in (1.0, 2.0):
        large = cv2.resize(hopper, None, fx=zoom, fy=zoom)
        points = hopper_face.points * np.float32(zoom)
        soft = cv2.GaussianBlur(large, (0, 0), share * iod(points))
        assert reasons(soft, replace(hopper_face, points=points)) == ["blurred"]


@pytest.mark.parametrize("tone", [(1, 1, 1), (1, 0.85, 0.65)])
def test_grey_and_sepia_pictures_are_told(hopper, hopper_face, tone):
    toned = np.rint(hopper.mean(axis=2, keepdims=True) * np.array(tone)).astype(np.uint8)
    assert reasons(toned, hopper_face) == ["monochrome"]


def test_small_face_is_told_with_its_size(astronaut, photo_tracker):
    import cv2

    small = cv2.resize(astronaut, (300, 300), interpolation=cv2.INTER_AREA)
    (face,) = photo_tracker.track(small)
    (first, *_) = judge(small, face).reasons
    assert first.startswith(f"too small: {iod(face.points):.0f} px between the eyes")


def test_what_tracking_says_is_told(hopper, hopper_face):
    seen = hopper_face.visibility
    shut = replace(hopper_face, visibility=replace(seen, left_open=0.1))
    hidden = replace(hopper_face, visibility=replace(seen, lips=0.2))
    turned = replace(hopper_face, pose=HeadPose(yaw=-50, pitch=0, roll=0))
    assert reasons(hopper, shut) == ["eye closed"]
    assert reasons(hopper, hidden) == ["lips covered"]
    behind = replace(hopper_face, visibility=replace(seen, right_eye=0.2))
    assert reasons(hopper, behind) == ["eye covered"]
    assert reasons(hopper, turned) == ["turned away"]


def test_face_outside_the_picture_is_told(hopper, hopper_face):
    away = replace(hopper_face, points=hopper_face.points + np.float32(5000))
    assert reasons(hopper, away) == ["outside"]


def test_most_portraits_pass(portraits, photo_tracker):
    """Nearly all of a fixed sample are good pictures of a face from the front."""
    rows = [row for row in read_portraits(portraits) if row.split == "train"]
    good = []
    for row in rows[105::20]:
        picture = load_photo(row.picture).rgb
        good += [judge(picture, face).ok for face in photo_tracker.track(picture)[:1]]
    assert np.mean(good) >= 0.9
