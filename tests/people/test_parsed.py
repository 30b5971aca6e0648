"""People with a class for every pixel, and cut-outs of what they wear, of made assets."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prink.parse.classes import CLASSES
from prink.people.assets import Assets
from prink.people.camera import Pose, face_box, posed, view_of
from prink.people.dressed import Wardrobe, random_person
from prink.people.light import random_light
from prink.people.occluders import occluder_library
from prink.people.parsed import People
from prink.people.parsed_data import cached_parsed, fill_parsed
from prink.people.shot import CROP, Shot, Studio
from prink.people.worn.beard_texture import beard_name
from prink.people.worn.capsule import Capsule, capsule_of
from prink.people.worn.draped import pressed
from prink.people.worn.hand import bent
from prink.people.worn.headwear import KINDS, random_headwear
from prink.people.worn.patterns import pattern
from prink.portraits import shared_folder

PLAIN = Wardrobe(headwear=0, glasses=0, held=0, beard=0, open_mouth=0)


@pytest.fixture(scope="module")
def studio(made_people: Path) -> Studio:
    folder = shared_folder() / "makehuman"
    return Studio(Assets(folder if folder.is_dir() else made_people), ("short02",))


def shares(studio: Studio, wardrobe: Wardrobe, *, seed: int = 3) -> dict[str, float]:
    """Returns how much of a front view each class has."""
    shot = front(studio, wardrobe, seed)
    counts = np.bincount(shot.classes.ravel(), minlength=len(CLASSES)) / shot.classes.size
    return dict(zip(CLASSES, counts.tolist(), strict=True))


def front(studio: Studio, wardrobe: Wardrobe, seed: int) -> Shot:
    rng = np.random.default_rng(seed)
    head = random_person(studio.assets, rng, studio.styles, wardrobe)
    pose = Pose(0, 0, 0)
    view = view_of(
        face_box(posed(head.face, head.eyes, pose), pose), CROP, reach=1.5, shift=np.zeros(2)
    )
    return studio.shot(head, pose, view, random_light(rng), np.zeros((CROP, CROP, 3), np.float32))


def test_a_bare_face_has_skin_eyes_lips_and_hair(studio: Studio) -> None:
    found = shares(studio, PLAIN)
    assert all(found[name] > 0 for name in ("background", "skin", "eye", "lower_lip", "hair"))
    assert not any(found[name] for name in ("headwear", "glasses", "lens", "hand", "beard"))


@pytest.mark.parametrize(
    ("wardrobe", "name"),
    [
        (replace(PLAIN, headwear=1), "headwear"),
        (replace(PLAIN, glasses=1, dark=1), "lens"),
        (replace(PLAIN, glasses=1, dark=0), "glasses"),
        (replace(PLAIN, held=1), "hand"),
        (replace(PLAIN, beard=1), "beard"),
    ],
)
def test_what_is_worn_has_its_class(studio: Studio, wardrobe: Wardrobe, name: str) -> None:
    assert max(shares(studio, wardrobe, seed=seed)[name] for seed in (3, 4, 5)) > 0.002


def test_dark_lenses_hide_the_eyes_that_clear_ones_show(studio: Studio) -> None:
    clear = shares(studio, replace(PLAIN, glasses=1, dark=0))
    dark = shares(studio, replace(PLAIN, glasses=1, dark=1))
    assert clear["lens"] == 0
    assert dark["eye"] < clear["eye"]


def test_classes_and_hair_agree(studio: Studio) -> None:
    shot = front(studio, PLAIN, 3)
    hair = shot.classes == CLASSES.index("hair")
    assert shot.hair[hair].mean() > 200
    assert shot.hair[shot.classes == CLASSES.index("clothes")].mean() < 20


def test_a_capsule_places_what_it_has_seen() -> None:
    capsule = Capsule(np.array([0.1, 7.0, 0.2]))
    points = np.random.default_rng(0).normal(0, 1, (50, 3)) + capsule.middle
    assert capsule.placed(*capsule.seen(points)) == pytest.approx(points)


@pytest.mark.parametrize("kind", KINDS)
def test_hair_is_pressed_below_headwear_or_gone(studio: Studio, kind: str) -> None:
    rng = np.random.default_rng(1)
    head = random_person(studio.assets, rng, studio.styles, PLAIN)
    body = next(each for each in head.layers if each.surface.label == CLASSES.index("skin"))
    coat = capsule_of(head.eyes, body.points[np.unique(body.mesh.triangles[body.kept])])
    headwear = random_headwear(kind, coat, rng)
    hair = CLASSES.index("hair")
    left = [each for each in pressed(list(head.layers), headwear) if each.surface.label == hair]
    assert bool(left) != headwear.hides
    for layer in left:
        down, turn, distance = coat.capsule.seen(layer.points)
        inside = headwear.covers(down, turn)
        assert (distance <= headwear.over.at(down, turn) + 1e-3)[inside].all()


def test_flat_fingers_stay_and_bent_ones_move(studio: Studio) -> None:
    hand = studio.assets.hand
    still = bent(hand, [0] * 5, 0, 0)
    moved = np.linalg.norm(bent(hand, [80] * 5, 0, 0) - still, axis=1)
    assert still == pytest.approx(hand.mesh.points, abs=1e-4)
    assert moved[hand.tips].min() > 0.1
    assert moved[hand.weights.sum(axis=1) == 0].max() < 1e-4


def test_beards_leave_the_lips_free(studio: Studio) -> None:
    ground = studio.assets.texture(beard_name("full", 0, strands=False))[..., 3]
    lips = studio.assets.texture("#regions")[::2, ::2, 0] > 250
    assert ground.max() == 255
    assert ground[lips].max() < 30


def test_patterns_are_the_same_for_a_name() -> None:
    assert (pattern("#cloth/3") == pattern("#cloth/3")).all()
    assert (pattern("#cloth/3") != pattern("#cloth/4")).any()


def test_people_drawn_before_stand_behind_but_are_background(studio: Studio) -> None:
    people = People(studio, PLAIN)
    shots = [people.crop(np.random.default_rng(seed)) for seed in range(2)]
    assert people.before[-1] in shots or not people.before
    for shot in shots:
        assert shot.classes[shot.person == 0].max(initial=0) == 0


def test_a_cache_of_people_is_filled_and_read(
    made_people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prink.people.parsed_data.PER_FILE", 3)
    assert list(fill_parsed(made_people, tmp_path, count=1, workers=0)) == [(0, 1), (1, 1)]
    found = cached_parsed(tmp_path)
    assert found["crops"].shape == (3, CROP, CROP, 3)
    assert found["classes"].shape == found["hair"].shape == (3, CROP, CROP)
    assert found["faces"].shape == (3, 3)
    assert found["classes"].max() < len(CLASSES)
    assert list(fill_parsed(made_people, tmp_path, count=1, workers=0)) == [(1, 1)]


def test_an_empty_cache_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=f"files of people .*{tmp_path.name}"):
        cached_parsed(tmp_path)


def test_cut_outs_have_classes_where_they_are_seen(
    made_people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prink.people.occluders.BATCH", 2)
    counts = {"sunglasses": 1, "hand": 1}
    found = occluder_library(made_people, tmp_path / "cut.npz", counts=counts)
    shown = found["rgba"][..., 3] > 0
    assert ((found["classes"] > 0) == shown).all()
    glasses = found["kinds"] == "sunglasses"
    allowed = [0, CLASSES.index("glasses"), CLASSES.index("lens")]
    assert np.isin(found["classes"][glasses], allowed).all()
    assert np.isfinite(found["points"][glasses][:, :2]).all()
    assert np.isfinite(found["points"][~glasses]).all()
