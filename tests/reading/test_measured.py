"""Measured: a rendered look comes back, a bare face stays bare, what is hidden is not believed."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from prink import reading
from prink.color import delta_e_2000, lab_to_linear, linear_to_lab, srgb_to_linear
from prink.face import FaceError, Tracker
from prink.params import HAIR, Look, edit
from prink.parse import Parser
from prink.photo import load_photo
from prink.portraits import read_portraits
from prink.reading.confidence import confidence
from prink.reading.trust import RELIABILITY
from prink.render import Renderer

read_look = partial(reading.read_look, by="measured")


@pytest.fixture(scope="module")
def tracker():
    with Tracker(max_faces=1) as tracker:
        yield tracker


@pytest.fixture(scope="module")
def renderer():
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="module")
def people(astronaut, hopper, tracker):
    return {
        "astronaut": (astronaut, tracker.track(astronaut)[0]),
        "hopper": (hopper, tracker.track(hopper)[0]),
    }


def look_of(*edits):
    look = Look()
    for text in edits:
        look = edit(look, text)
    return look


RED = look_of("lips.color=#a01028", "lips.gloss=0", "lips.color.a=0.95")


def difference(first, second):
    """Returns dE2000 of two sRGB colours."""
    one, two = (linear_to_lab(srgb_to_linear(color[:3])) for color in (first, second))
    return float(delta_e_2000(one, two))


def mouth(rgb, face):
    """Returns the mean sRGB colour of the lips' middle."""
    ends = face.points[[[16, 15], [85, 86], [315, 316], [11, 12], [72, 38], [302, 268]], :2]
    x, y = ends.mean(axis=1).astype(int).T
    return rgb[y, x].mean(axis=0) / 255.0


def test_colour_difference_agrees_with_published_pairs():
    # Sharma, Wu and Dalal 2005, table 1, pairs 1, 14 (opposite hues) and 25.
    one = [(50.0, 2.6772, -79.7751), (50.0, -0.001, 2.49), (60.2574, -34.0099, 36.2677)]
    two = [(50.0, 0.0, -82.7485), (50.0, 0.0011, -2.49), (60.4626, -34.1751, 39.4387)]
    assert delta_e_2000(one, two) == pytest.approx([2.0425, 4.7461, 1.2644], abs=1e-4)
    colors = np.random.default_rng(0).random((20, 3))
    assert lab_to_linear(linear_to_lab(colors)) == pytest.approx(colors, abs=1e-9)


@pytest.mark.parametrize("name", ["astronaut", "hopper"])
def test_strong_red_lips_come_back(people, renderer, name):
    rgb, face = people[name]
    made = renderer.draw(rgb, [face], RED)
    read = read_look(made, face=face).look
    assert difference(read.lips.color, RED.lips.color) < 10
    assert read.lips.color.a > 0.6
    again = renderer.draw(rgb, [face], read)
    unread = difference(mouth(rgb, face), mouth(made, face))
    assert difference(mouth(again, face), mouth(made, face)) < 0.35 * unread


def test_green_lids_and_pink_cheeks_come_back(people, renderer):
    rgb, face = people["hopper"]
    look = look_of("eyeshadow.lid=#2f7f5fe0", "blush.color=#c84070e0", "blush.size=0.6")
    read = read_look(renderer.draw(rgb, [face], look), face=face).look
    assert difference(read.eyeshadow.lid, look.eyeshadow.lid) < 15
    assert read.eyeshadow.lid.a > 0.3
    assert read.blush.color.a > 0.2
    assert read.lips.color.a < 0.15


def test_bare_face_reads_as_nearly_bare(people):
    look = read_look(people["hopper"][0], face=people["hopper"][1]).look
    for color in (look.lips.color, look.eyeshadow.lid, look.contour.color, look.eyes.iris):
        assert color.a < 0.1
    assert look.blush.color.a < 0.3  # a ruddy face may pass for one with a little blush


def test_size_of_the_photo_hardly_matters(people, renderer, tracker):
    rgb, face = people["astronaut"]
    made = renderer.draw(rgb, [face], RED)
    twice = np.repeat(np.repeat(made, 2, axis=0), 2, axis=1)
    larger = replace(face, points=face.points * 2)
    one, two = read_look(made, face=face).look, read_look(twice, face=larger).look
    assert difference(one.lips.color, two.lips.color) < 4


def test_covered_mouth_takes_the_confidence(people, renderer, tracker):
    rgb, face = people["astronaut"]
    open_ = read_look(renderer.draw(rgb, [face], RED), face=face)
    assert open_.confidence["lips"] > 0.5
    x, y = face.points[[61, 291, 0, 17], :2].astype(int).T
    covered = rgb.copy()
    cheek = rgb[face.points[50, 1].astype(int), face.points[50, 0].astype(int)]
    covered[y.min() - 8 : y.max() + 8, x.min() - 8 : x.max() + 8] = cheek
    found = tracker.track(covered)
    assert found
    hidden = read_look(covered, face=found[0])
    assert hidden.confidence["lips"] < 0.5 * open_.confidence["lips"]
    assert any(reason.startswith("lips covered") for reason in hidden.reasons)


def test_closed_eyes_say_nothing_of_shadow(people):
    rgb, face = people["hopper"]
    closed = replace(face.visibility, right_open=0.1, left_open=0.1)
    told = read_look(rgb, face=replace(face, visibility=closed))
    assert told.confidence["eyeshadow"] == 0.0
    assert told.look.eyeshadow == Look().eyeshadow
    assert any(reason.startswith("eye closed") for reason in told.reasons)


def test_confidence_is_told_for_every_group(people):
    told = read_look(people["hopper"][0], face=people["hopper"][1]).confidence
    assert set(told) == set(Look.__dataclass_fields__)
    assert all(0.0 <= value <= 1.0 for value in told.values())


def test_a_group_that_is_not_read_has_no_confidence(people, monkeypatch):
    monkeypatch.delitem(RELIABILITY, "lashes")
    told = confidence(people["hopper"][1], (), {"lashes.color": 1.0}, hair=0)
    assert list(told) == list(Look.__dataclass_fields__)
    assert told["lashes"] == 0.0


def test_confidence_is_of_worn_and_of_bare_alike_and_a_toss_up_has_none(people):
    face = people["hopper"][1]

    def sure(chance):
        return confidence(face, (), {"lips.color": chance, "lips.inner": 0.0}, hair=0)["lips"]

    assert sure(0.5) == 0.0
    assert sure(1.0) == pytest.approx(sure(0.0)) == pytest.approx(RELIABILITY["lips"], abs=0.01)
    assert sure(0.0) > sure(0.2) > sure(0.4)
    assert confidence(face, ("blurred: hold still",), {"lips.color": 1.0}, hair=0)[
        "lips"
    ] < 0.6 * sure(1.0)


def test_confidence_tells_strong_lips_from_doubtful_ones(people, renderer):
    rgb, face = people["hopper"]
    faint = look_of("lips.color=#a04050", "lips.color.a=0.3")
    strong, doubtful = (
        read_look(renderer.draw(rgb, [face], look), face=face).confidence["lips"]
        for look in (RED, faint)
    )
    assert strong > 0.75
    assert doubtful < 0.75 * strong


def test_bad_input_is_named(people):
    with pytest.raises(FaceError, match="no face found"):
        read_look(np.full((120, 120, 3), 90, np.uint8))
    with pytest.raises(FaceError, match=r"frame is a str; .*prink\.load_photo"):
        read_look("me.jpg")
    with pytest.raises(FaceError, match="float64"):
        read_look(np.zeros((8, 8, 3)))
    rgb, face = people["hopper"]
    away = replace(face, points=face.points + np.float32(5000))
    with pytest.raises(FaceError, match="outside the picture"):
        read_look(rgb, face=away)


def test_lips_of_real_people_come_back_and_bare_ones_stay_bare(portraits, tracker, renderer):
    rows = [
        row
        for row in read_portraits(portraits)
        if row.split == "train"
        and row.labels["makeup_visible"] == "no"
        and row.alone
        and row.iod > 60
    ]
    errors, bare = [], []
    for row in rows[:: len(rows) // 16]:
        rgb = load_photo(row.picture).rgb
        faces = tracker.track(rgb)
        if not faces or faces[0].visibility.lips < 0.8:
            continue
        made = read_look(renderer.draw(rgb, faces, RED), face=faces[0]).look
        errors.append(difference(made.lips.color, RED.lips.color))
        bare.append(read_look(rgb, face=faces[0]).look.lips.color.a)
    assert len(errors) >= 10
    assert np.median(errors) < 8
    assert np.mean(bare) < 0.15


@pytest.mark.parametrize("name", ["copper", "honey_blond", "espresso"])
def test_the_hair_colour_that_was_drawn_is_read(people, renderer, name):
    rgb, face = people["astronaut"]
    wanted = HAIR[name]
    drawn = renderer.draw(rgb, [face], wanted, parsing=Parser().find(rgb, [face]))
    told = read_look(drawn, face=face)
    assert difference(told.look.hair.root, wanted.hair.root) < 12
    assert told.look.hair.root.a > 0.8
    assert told.look.hair.tip.a == 0
    assert told.confidence["hair"] > 0.5
