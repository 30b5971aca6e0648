import numpy as np
import pytest

from prink.face.pose import INDICES, MODEL, head_pose


def turned(yaw=0.0, pitch=0.0, roll=0.0):
    """The canonical face under angles of the house's convention, as (478, 3) points."""
    a, b, c = np.radians([-pitch, -yaw, roll])
    about_x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    about_y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    points = np.zeros((478, 3), np.float32)
    points[INDICES] = MODEL @ (about_z @ about_y @ about_x).T * 12 + (300, 200, 0)
    return points


@pytest.mark.parametrize("angles", [(0, 0, 0), (30, 0, 0), (0, 20, 0), (0, 0, -40), (-50, 15, 25)])
def test_known_turns_are_read_back(angles):
    pose = head_pose(turned(*angles))
    assert (pose.yaw, pose.pitch, pose.roll) == pytest.approx(angles, abs=0.01)


def test_signs_are_as_documented():
    left = turned(yaw=30)
    assert left[4, 0] > 300 + 12 * 3  # nose tip to the picture's right, the person's left
    assert turned(pitch=30)[4, 1] < turned()[4, 1]  # nose tip up
    tipped = turned(roll=30)
    assert tipped[10, 0] > tipped[2, 0]  # forehead to the right of the nose's foot: clockwise


def check_mirrored(picture, tracker):
    """Returns the pose, after comparing it with that of the mirror image."""
    pose = tracker.track(picture)[0].pose
    mirrored = tracker.track(np.ascontiguousarray(picture[:, ::-1]))[0].pose
    assert mirrored.yaw == pytest.approx(-pose.yaw, abs=4)
    assert mirrored.roll == pytest.approx(-pose.roll, abs=3)
    assert mirrored.pitch == pytest.approx(pose.pitch, abs=4)
    return pose


def test_mirrored_picture_flips_roll(hopper, photo_tracker):
    assert abs(check_mirrored(hopper, photo_tracker).roll) > 2


@pytest.mark.parametrize("number", [31, 40, 696])
def test_mirrored_picture_flips_yaw(number, portraits, photo_tracker):
    import cv2

    bgr = cv2.imread(str(portraits / "images" / f"p{number:04d}.jpg"))
    picture = np.ascontiguousarray(bgr[..., ::-1])
    pose = check_mirrored(picture, photo_tracker)
    assert abs(pose.yaw) > 10
    points = photo_tracker.track(picture)[0].points
    # The nose's tip lies on the side to which the head is turned.
    assert np.sign(points[4, 0] - points[[33, 263], 0].mean()) == np.sign(pose.yaw)


def test_rolled_picture_reads_as_rolled(astronaut, astronaut_face, photo_tracker):
    import cv2

    center = tuple(float(v) for v in astronaut_face.points[1, :2])
    # OpenCV turns counter-clockwise for positive angles.
    matrix = cv2.getRotationMatrix2D(center, -20, 1.0)
    (face,) = photo_tracker.track(cv2.warpAffine(astronaut, matrix, (512, 512)))
    assert face.pose.roll - astronaut_face.pose.roll == pytest.approx(20, abs=3)
