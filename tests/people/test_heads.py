from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.tolerances import ROUNDED

from prink.face import Tracker
from prink.parse.head import REACH, head_to_frame
from prink.people.assets import HELD_OUT, Assets, styles
from prink.people.body import read_mesh
from prink.people.camera import Pose, face_box, posed, view_of
from prink.people.fitted import hidden_points
from prink.people.heads import BALD, Head, random_head
from prink.people.light import random_light
from prink.people.scene import Dye
from prink.people.shot import CROP, FRAME, Shot, Studio
from prink.people.strands import painted_strands
from prink.portraits import shared_folder

SQUARE = """v 0 0 0
v 1 0 0
v 1 1 0
v 0 1 0
vt 0.1 0.1
vt 0.15 0.1
vt 0.15 0.9
vt 0.1 0.9
g body
f 1/1 2/2 3/3 4/4
"""
POSE = Pose(20, 5, -5, 0.5)


@pytest.fixture(scope="session")
def studio(made_people: Path) -> Studio:
    """A studio of MakeHuman's assets if they are at hand, else of those made here."""
    folder = shared_folder() / "makehuman"
    return Studio(Assets(folder if folder.is_dir() else made_people), ("short02",))


@pytest.fixture(scope="session")
def head(studio: Studio) -> Head:
    return random_head(studio.assets, np.random.default_rng(3), ["braid01"])


def shown(studio: Studio, head: Head, background: float = 0.0) -> Shot:
    box = face_box(posed(head.face, head.eyes, POSE), POSE)
    view = view_of(box, CROP, reach=REACH, shift=np.zeros(2))
    wall = np.full((CROP, CROP, 3), background, np.float32)
    return studio.shot(head, POSE, view, random_light(np.random.default_rng(1)), wall)


def test_meshes_are_read_and_cut_into_triangles(tmp_path: Path) -> None:
    (tmp_path / "square.obj").write_text(SQUARE)
    mesh = read_mesh(tmp_path / "square.obj")
    assert mesh.triangles.tolist() == [[0, 1, 2], [0, 2, 3]]
    assert mesh.groups.tolist() == ["body", "body"]


def test_ranges_of_hidden_points() -> None:
    lines = [["verts", "0"], ["delete_verts"], ["3", "5", "-", "8", "11"]]
    assert hidden_points(lines).tolist() == [3, 5, 6, 7, 8, 11]


def test_painted_strands_end_unevenly_and_stay_inside(tmp_path: Path) -> None:
    (tmp_path / "square.obj").write_text(SQUARE.replace("0.15 0", "0.17 0"))
    mesh = read_mesh(tmp_path / "square.obj")
    fine = replace(
        mesh,
        uv=np.array([[x / 12, y / 12] for y in range(13) for x in range(13)], np.float32),
        uv_triangles=np.array([[n, n + 1, n + 13] for n in range(2, 110)]),
    )
    alpha = painted_strands(fine, curly=False)[..., 3]
    assert alpha.max() == 255
    assert alpha[:100].max() == 0


def test_a_face_is_where_the_view_says() -> None:
    points = np.array([[-1, -1, -8], [1, 1, -8], [0, 0, -8]], np.float32)
    box = face_box(points, Pose(0, 0, 0))
    view = view_of(box, 100, reach=2, shift=np.array([0.1, -0.05]))
    x, y = box[:2]
    clip = view.projection @ [x, -y, -1, 1]
    place = 50 + 50 * clip[:2] / clip[3] * [1, -1]
    assert place == pytest.approx(view.face[:2])
    assert view.face.tolist() == pytest.approx([60, 45, 25])


def test_the_neck_bends_about_its_root_or_before_the_eyes() -> None:
    figure = np.array([[0, 0, 0], [0, -1.6, -1.1], [0, -4, -1]], np.float32)
    for pose in (Pose(30, 10, 5, 0.3), Pose(30, 10, 5, 0.3, rooted=True)):
        placed = posed(figure, np.zeros(3, np.float32), pose)
        still = 1 if pose.rooted else 0
        assert placed[still] == pytest.approx(figure[still] - [0, 0, 8], abs=1e-5)


def test_styles_are_either_trained_on_or_held_out() -> None:
    assert set(styles(held_out=True)) == set(HELD_OUT)
    assert not set(styles(held_out=False)) & set(HELD_OUT)


def test_the_background_shows_as_far_as_the_person_lets_it(studio: Studio, head: Head) -> None:
    dark, light = shown(studio, head), shown(studio, head, 1.0)
    between = light.rgb.astype(int) - dark.rgb
    assert np.abs(between - (255 - dark.person.astype(int))[..., None]).max() <= ROUNDED


def test_the_hair_mask_is_what_another_dye_changes(studio: Studio, head: Head) -> None:
    dyed = replace(head, dye=Dye((0.0, 0.0, 0.9), (0.0, 0.0, 0.9)))
    one, other = shown(studio, head), shown(studio, dyed)
    changed = np.abs(one.rgb.astype(int) - other.rgb).max(axis=-1)
    assert changed[one.hair == 0].max() <= ROUNDED
    assert changed[one.hair > 200].mean() > 10 * ROUNDED
    assert (one.hair == other.hair).all()


def test_no_hair_is_seen_on_the_bald(studio: Studio) -> None:
    bald = random_head(studio.assets, np.random.default_rng(5), [BALD])
    shot = shown(studio, replace(bald, stubble=0.0))
    assert shot.hair.max() == 0
    assert shot.person.max() == 255


def test_the_tracker_finds_the_face_where_it_is_said_to_be(studio: Studio) -> None:
    if studio.assets.folder != shared_folder() / "makehuman":
        pytest.skip("needs MakeHuman's assets: what is made here has no face")
    found = 0
    with Tracker() as tracker:
        for seed in range(6):
            shot = studio.crop(np.random.default_rng(seed))
            for face in tracker.track(shot.rgb)[:1]:
                frame = head_to_frame(face, CROP)
                size = np.sqrt(np.linalg.det(frame[:, :2])) * CROP / (2 * REACH)
                middle = frame[:, :2] @ np.full(2, CROP / 2) + frame[:, 2]
                assert np.abs(middle - shot.face[:2]).max() < 0.15 * size
                assert size == pytest.approx(shot.face[2], rel=0.15)
                found += 1
    assert found >= 4


def test_a_clip_moves_before_a_still_background(studio: Studio) -> None:
    shots = list(studio.clip(np.random.default_rng(2), style="long01", count=4))
    assert shots[0].rgb.shape == (FRAME, FRAME, 3)
    assert (shots[0].hair != shots[1].hair).any()
    still = (shots[0].person == 0) & (shots[1].person == 0)
    assert (shots[0].rgb[still] == shots[1].rgb[still]).all()
