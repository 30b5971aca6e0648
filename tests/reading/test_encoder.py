"""An encoder file is opened if it fits this schema, and named plainly if it does not."""

import json
import shutil
from dataclasses import fields, replace

import numpy as np
import pytest

from prink import LOOKS, Look
from prink.params import to_vector
from prink.params.fields import FieldList, schema_fields
from prink.reading import Encoder, ReadingError
from prink.reading.encoder import FILE, is_shipped

FIELDS = schema_fields().fields
ATLAS = np.zeros((256, 256, 4), np.uint8)


def test_look_and_confidence_come_back_in_schema_order(tiny_encoder):
    look = LOOKS["smoky_eye"]
    encoded = Encoder(tiny_encoder(look, confidence=0.25)).encode(ATLAS)
    assert to_vector(encoded.look) == pytest.approx(to_vector(look), abs=1e-6)
    assert encoded.confidence == dict.fromkeys((group.name for group in fields(Look)), 0.25)


def test_the_planes_are_the_colours_of_the_atlas(tiny_encoder):
    atlas = ATLAS.copy()
    atlas[96:192, :128] = (51, 102, 204, 255)
    color = Encoder(tiny_encoder()).encode(atlas).look.lips.color
    assert color == pytest.approx((0.2, 0.4, 0.8, 1.0), abs=1e-3)


def test_fields_are_found_by_path_and_those_it_does_not_know_are_bare(tiny_encoder):
    known = [field for field in FIELDS if field[0] not in ("blush.size", "teeth.whitening")]
    look = LOOKS["smoky_eye"]
    encoded = Encoder(
        tiny_encoder(look, confidence=0.25, knows=FieldList(tuple(reversed(known))))
    ).encode(ATLAS)
    bare = Look()
    left = replace(look, blush=replace(look.blush, size=bare.blush.size), teeth=bare.teeth)
    assert to_vector(encoded.look) == pytest.approx(to_vector(left), abs=1e-6)
    groups = schema_fields().groups
    assert encoded.confidence == dict.fromkeys(groups, 0.25) | {"teeth": 0.0}
    assert tuple(encoded.confidence) == groups


def test_numbers_out_of_range_are_clipped(tiny_encoder):
    assert set(Encoder(tiny_encoder(confidence=3.0)).encode(ATLAS).confidence.values()) == {1.0}


MISTAKES = {
    "another width": (
        json.dumps([("lips.color", 3), *FIELDS[1:]]),
        "lips.color has 3 numbers, here 4",
    ),
    "newer": (
        json.dumps([*FIELDS, ("blush.trial", 1), ("trials.color", 4)]),
        "no blush.trial here, no trials.color here; read it with the prink that made it",
    ),
    "one twice": (json.dumps([*FIELDS, FIELDS[0]]), "no encoder of prink"),
    "a width in words": (json.dumps([("lips.color", "4")]), "no encoder of prink"),
    "none": ("[]", "no encoder of prink"),
    "no JSON": ("lips", "no encoder of prink"),
    "no list": ("7", "no encoder of prink"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_other_fields_are_refused(tiny_encoder, mistake):
    given, reason = MISTAKES[mistake]
    path = tiny_encoder(fields=given)
    with pytest.raises(ReadingError, match=reason) as caught:
        Encoder(path)
    assert str(path) in str(caught.value)


def test_what_is_no_encoder_is_refused(tiny_encoder, tmp_path):
    with pytest.raises(ReadingError, match="no encoder file of that name"):
        Encoder(tmp_path / "none.onnx")
    (tmp_path / "text.onnx").write_text("no network")
    with pytest.raises(ReadingError, match="cannot open the encoder"):
        Encoder(tmp_path / "text.onnx")
    known = len(fields(Look))
    with pytest.raises(ReadingError, match=rf"of shape \[1, {known}\], .* \[1, {known - 1}\]"):
        Encoder(tiny_encoder(groups=known - 1))
    with pytest.raises(ReadingError, match=r"'look' of shape .* None"):
        Encoder(tiny_encoder(outputs=("looks", "confidence")))


def test_the_parse_network_is_no_encoder(tmp_path):
    from prink.parse.network import FILE

    shutil.copy(FILE, tmp_path / "parse.onnx")
    with pytest.raises(ReadingError, match="no encoder of prink"):
        Encoder(tmp_path / "parse.onnx")


def test_wrong_atlases_and_numbers_are_refused(tiny_encoder):
    encoder = Encoder(tiny_encoder())
    for atlas in (ATLAS[..., :3], ATLAS[:128], ATLAS.astype(np.float32)):
        with pytest.raises(ReadingError, match=r"an atlas is uint8 \(256, 256, 4\)"):
            encoder.encode(atlas)
    with pytest.raises(ReadingError, match="not finite"):
        Encoder(tiny_encoder(confidence=float("nan"))).encode(ATLAS)


def test_the_shipped_encoder_fits_this_prink_and_has_its_card():
    if not is_shipped():
        pytest.skip("no encoder is shipped")
    encoded = Encoder().encode(ATLAS)
    assert all(0.0 <= share <= 1.0 for share in encoded.confidence.values())
    assert "encoder.onnx" in FILE.with_suffix(".md").read_text()
