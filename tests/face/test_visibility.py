import numpy as np
import pytest

from prink.face import Tracker
from prink.face.landmark import (
    LEFT_EYE,
    LIPS_OUTER,
    RIGHT_EYE,
    RIGHT_EYE_LOWER,
    RIGHT_EYE_UPPER,
    iod,
)
from prink.face.visibility import Watcher, by_geometry, see
from prink.photo import load_photo
from prink.portraits import read_portraits


def cover(picture, points, indices, *, fingers=False, spread=0.55):
    """The picture with the face's own cheek, as a palm or as three fingers, over some landmarks."""
    import cv2

    distance = iod(points)
    center = points[list(indices), :2].mean(axis=0)
    cheek = points[[205, 50, 187], :2].mean(axis=0)
    r = max(2, int(0.1 * distance))
    x, y = cheek.astype(int)
    patch = picture[y - r : y + r, x - r : x + r].astype(np.float32)
    side = int(2 * spread * distance)
    skin = cv2.resize(patch, (side, side), interpolation=cv2.INTER_LINEAR)
    across, down = np.meshgrid(np.linspace(-1, 1, side), np.linspace(-1, 1, side))
    if fingers:
        place = (down * 2.4) % 1.0 - 0.5
        skin *= (0.62 + 0.38 * np.sqrt(1 - (2 * place) ** 2) ** 0.7)[..., None]
    mask = (np.abs(across) ** 3 + np.abs(down) ** 3 < 0.9).astype(np.float32)
    mask = cv2.GaussianBlur(mask, (0, 0), max(0.6, 0.012 * distance))[..., None]
    x, y = (center - side / 2).astype(int)
    out = picture.copy()
    part = out[y : y + side, x : x + side]
    tall, wide = part.shape[:2]
    mask, skin = mask[:tall, :wide], skin[:tall, :wide]
    part[:] = np.rint(part * (1 - mask) + np.clip(skin, 0, 255) * mask).astype(np.uint8)
    return out


def painted(picture, points, color):
    """The picture with lips of a flat pigment that keeps their light and dark."""
    import cv2

    mask = np.zeros(picture.shape[:2], np.float32)
    loops = [np.rint(points[list(LIPS_OUTER), :2]).astype(np.int32)]
    cv2.fillPoly(mask, loops, 1.0)
    light = picture.astype(np.float32).mean(axis=2, keepdims=True)
    mean = light[mask > 0].mean()
    pigment = np.clip(light / mean * np.array(color, np.float32), 0, 255)
    mixed = picture * (1 - 0.8 * mask[..., None]) + pigment * 0.8 * mask[..., None]
    return np.rint(mixed).astype(np.uint8)


@pytest.fixture(params=["astronaut", "hopper"])
def portrait(request, photo_tracker):
    picture = request.getfixturevalue(request.param)
    return picture, photo_tracker.track(picture)[0]


def test_bare_face_is_fully_visible(portrait):
    visibility = portrait[1].visibility
    for name in ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek"):
        assert getattr(visibility, name) > 0.9, name
    assert min(visibility.right_open, visibility.left_open) > 0.6


@pytest.mark.parametrize("fingers", [False, True])
def test_covered_mouth_is_noticed(portrait, fingers, source):
    picture, face = portrait
    hidden = cover(picture, face.points, LIPS_OUTER, fingers=fingers)
    with Tracker(source=source) as tracker:
        found = tracker.track(hidden)
    assert found, "the source still reports the face: that is why pixels are looked at"
    assert found[0].visibility.lips < 0.5
    assert found[0].visibility.left_cheek > 0.5


@pytest.mark.parametrize("color", [(150, 10, 40), (40, 60, 160), (60, 25, 30), (215, 170, 150)])
def test_lipstick_of_any_color_is_no_hand(portrait, color):
    picture, face = portrait
    assert see(painted(picture, face.points, color), face.points).lips > 0.7


def test_grey_pictures_do_not_lose_their_lips(portrait):
    picture, face = portrait
    grey = np.repeat(picture.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    assert see(grey, face.points).lips > 0.9


def test_covered_eye_is_noticed(astronaut, astronaut_face):
    hidden = cover(astronaut, astronaut_face.points, RIGHT_EYE, spread=0.3)
    visibility = see(hidden, astronaut_face.points)
    assert visibility.right_eye < 0.5
    assert visibility.left_eye > 0.9
    other = see(
        cover(astronaut, astronaut_face.points, LEFT_EYE, spread=0.3), astronaut_face.points
    )
    assert other.left_eye < 0.5


def test_hand_that_arrives_in_a_stream_fades_the_lips_and_leaves_them_again(
    astronaut, astronaut_face
):
    """A hand of a tint that the single picture cannot tell is told by the change."""
    watcher, points = Watcher(), astronaut_face.points
    hidden = cover(astronaut, points, LIPS_OUTER)
    for _ in range(30):
        shown = watcher.see(astronaut, points, 1 / 30)
    assert shown.lips > 0.9
    assert watcher.memory.tint is not None
    fading = [watcher.see(hidden, points, 1 / 30).lips for _ in range(12)]
    assert fading == sorted(fading, reverse=True)
    assert fading[-1] < 0.1
    for _ in range(12):
        back = watcher.see(astronaut, points, 1 / 30)
    assert back.lips > 0.9


def test_memory_alone_tells_lips_that_turned_to_skin(astronaut, astronaut_face):
    from prink.face.occlusion import LipMemory, lip_grid

    from prink.face.crop import crop_face

    points, memory = astronaut_face.points, LipMemory()
    bare = crop_face(astronaut, points)
    hidden = crop_face(cover(astronaut, points, LIPS_OUTER), points)
    memory.learn(lip_grid(bare), bare.skin(), 0.0)
    assert memory.compare(lip_grid(bare), bare.skin()) > 0.95
    assert memory.compare(lip_grid(hidden), hidden.skin()) < 0.35


def test_far_cheek_of_a_turned_head_fades(astronaut_face):
    points = astronaut_face.points.astype(np.float64)
    center = points.mean(axis=0)

    def turned(degrees):
        a = np.radians(degrees)
        about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        return by_geometry(((points - center) @ about_y.T + center).astype(np.float32))

    one, other = turned(65), turned(-65)
    assert {one.right_cheek, one.left_cheek} == {0.0, 1.0}
    assert (one.right_cheek, one.left_cheek) == (other.left_cheek, other.right_cheek)


def test_openness_follows_the_points(astronaut_face):
    points = astronaut_face.points.copy()
    points[list(RIGHT_EYE_UPPER)] = points[list(RIGHT_EYE_LOWER)]
    shut = by_geometry(points)
    assert shut.right_open == 0.0
    assert shut.left_open > 0.6
    assert by_geometry(astronaut_face.points).mouth_open > 0.1
    closed = points.copy()
    closed[[82, 13, 312]] = closed[[87, 14, 317]] - np.array([0, 0.3, 0], np.float32)
    assert by_geometry(closed).mouth_open == 0.0


def test_visible_lips_of_portraits_stay_visible(portraits, photo_tracker):
    """At least 97 % of a fixed sample of training portraits, all skin tones."""
    rows = [row for row in read_portraits(portraits) if row.split == "train"]
    shown = []
    for row in rows[100::12]:
        faces = photo_tracker.track(load_photo(row.picture).rgb)
        shown += [faces[0].visibility.lips > 0.5] if faces else []
    assert len(shown) > 60
    assert np.mean(shown) >= 0.97


def test_visibility_stays_in_range_when_the_face_leaves_the_frame(astronaut, astronaut_face):
    for shift in (-200, 200, 600):
        points = astronaut_face.points + np.array([shift, 0, 0], np.float32)
        values = vars(see(astronaut, points)).values()
        assert all(0 <= value <= 1 for value in values)
