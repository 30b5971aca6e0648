"""Reading with an encoder: which one, at what size, and what is left of its confidence."""

from dataclasses import fields, replace

import numpy as np
import pytest

from prink import LOOKS, Look
from prink.cli.choose import READERS as COMMAND_READERS
from prink.face import Tracker
from prink.params import HAIR
from prink.reading import READERS, Encoder, ReadingError, choose_reader, read_look
from prink.reading import encoder as home


@pytest.fixture(scope="module")
def hopper_face(hopper):
    with Tracker(max_faces=1) as tracker:
        return tracker.track(hopper)[0]


@pytest.fixture
def ship(monkeypatch):
    """Puts a file where the shipped encoder lies."""
    return lambda path: monkeypatch.setattr(home, "FILE", path)


def test_the_shipped_encoder_is_the_default(hopper, hopper_face, tiny_encoder, ship):
    look = replace(LOOKS["berry_gloss"], hair=Look().hair)
    ship(tiny_encoder(look))
    by_default = read_look(hopper, face=hopper_face)
    assert by_default.look.lips.color == pytest.approx(look.lips.color, abs=1e-6)
    assert by_default == read_look(hopper, face=hopper_face, by="encoder")
    assert choose_reader(None) is choose_reader("encoder")


def test_without_one_colours_are_measured_and_asking_for_it_is_an_error(
    hopper, hopper_face, tmp_path, ship
):
    ship(tmp_path / "encoder.onnx")
    measured = read_look(hopper, face=hopper_face, by="measured")
    assert read_look(hopper, face=hopper_face) == measured
    with pytest.raises(ReadingError, match="no encoder came with this prink"):
        read_look(hopper, face=hopper_face, by="encoder")


def test_unknown_ways_are_named(hopper, hopper_face):
    with pytest.raises(ReadingError, match="by is 'guess', expected one of encoder, measured"):
        read_look(hopper, face=hopper_face, by="guess")
    assert COMMAND_READERS == READERS


def test_the_size_of_the_photo_hardly_matters(hopper, hopper_face, tiny_encoder):
    by = Encoder(tiny_encoder())
    one = read_look(hopper, face=hopper_face, by=by).look.lips.color
    large = np.repeat(np.repeat(hopper, 4, axis=0), 4, axis=1)
    face = replace(hopper_face, points=hopper_face.points * 4)
    four = read_look(large, face=face, by=by).look.lips.color
    assert one.r > one.b > 0.05
    assert four == pytest.approx(one, abs=0.01)


def test_a_face_at_the_border_is_read(hopper, hopper_face, tiny_encoder):
    by = Encoder(tiny_encoder())
    whole = read_look(hopper, face=hopper_face, by=by).look.lips.color
    low = hopper_face.points[:, :2].min(0).astype(int)
    points = hopper_face.points - np.array([*low, 0], np.float32)
    cut = read_look(hopper[low[1] :, low[0] :], face=replace(hopper_face, points=points), by=by)
    assert cut.look.lips.color == pytest.approx(whole, abs=0.01)


def test_confidence_is_of_every_group_and_falls_with_the_photo(hopper, hopper_face, tiny_encoder):
    by = Encoder(tiny_encoder(confidence=0.8))
    told = read_look(hopper, face=hopper_face, by=by)
    assert list(told.confidence) == [group.name for group in fields(Look)]
    assert told.confidence["lips"] == pytest.approx(0.8, abs=0.05)
    assert told.confidence["teeth"] == 0.0  # his mouth is closed
    grey = np.repeat(hopper.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    poor = read_look(grey, face=hopper_face, by=by)
    assert any(reason.startswith("monochrome") for reason in poor.reasons)
    assert poor.confidence["lips"] < 0.3 * told.confidence["lips"]


def test_what_is_hidden_is_not_believed(hopper, hopper_face, tiny_encoder):
    seen = replace(hopper_face.visibility, lips=0.0, right_open=0.1, left_open=0.1)
    face = replace(hopper_face, visibility=seen)
    told = read_look(hopper, face=face, by=Encoder(tiny_encoder(LOOKS["smoky_eye"])))
    for group in ("lips", "eyeshadow", "eyeliner"):
        assert getattr(told.look, group) == getattr(Look(), group)
        assert told.confidence[group] == 0.0
    assert told.look.contour.color == pytest.approx(LOOKS["smoky_eye"].contour.color, abs=1e-6)
    assert any(reason.startswith("lips covered") for reason in told.reasons)


def test_hair_is_measured_unless_the_encoder_saw_its_patch(astronaut, tiny_encoder, monkeypatch):
    with Tracker(max_faces=1) as tracker:
        face = tracker.track(astronaut)[0]
    copper = HAIR["copper"]
    measured = read_look(astronaut, face=face, by="measured")
    told = read_look(astronaut, face=face, by=Encoder(tiny_encoder(copper)))
    assert told.look.hair == measured.look.hair
    assert told.confidence["hair"] == measured.confidence["hair"]
    pytest.importorskip("prink.reading.hair_patch")
    own = Encoder(tiny_encoder(copper, hair="patch"))
    shown, encode = [], own.encode
    monkeypatch.setattr(own, "encode", lambda atlas: shown.append(atlas) or encode(atlas))
    seen = read_look(astronaut, face=face, by=own)
    assert seen.look.hair.root == pytest.approx(copper.hair.root, abs=1e-6)
    tile = shown[0][192:, :128]
    assert tile[..., 3].any()
