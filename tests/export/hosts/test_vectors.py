"""Vectors: a file alone says all that a host needs, and a host that gets something wrong fails."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from tests.export.hosts.replay import REPLAYS, REPOSITORY, read

from prink.face import HeadPose
from prink.params.fields import FieldList
from prink.reading.hair_patch import HEIGHT, solid_hair
from prink_export.codegen.outputs import VECTORS
from prink_export.hosts.vectors import VECTORS as MADE
from prink_export.hosts.vectors.photo.patch import CASES

STILL = np.eye(2, 3, dtype=np.float32)


def shifted(before: Any, now: Any) -> Any:
    """A motion that only moves, without turn and growth."""
    moved = STILL.copy()
    moved[:, 2] = (now - before)[:, :2].mean(0)
    return moved


def flipped(real: Callable[..., HeadPose], **signs: int) -> Callable[..., HeadPose]:
    def pose(points: Any) -> HeadPose:
        found = real(points)
        return replace(found, **{name: sign * getattr(found, name) for name, sign in signs.items()})

    return pose


def by_position(fields: FieldList) -> Any:
    """The places of numbers that are taken to be those of a look."""
    return np.arange(fields.numbers)


def by_name(fields: FieldList) -> Any:
    """The groups of fields in another order than that of first appearance."""
    return tuple(sorted({path.partition(".")[0] for path, _ in fields.fields}))


MUTANTS: dict[str, list[tuple[str, Callable[[Any], Any]]]] = {
    "head_pose": [
        ("prink.face.pose.head_pose", lambda _: lambda points: HeadPose(0, 0, 0)),
        ("prink.face.pose.head_pose", lambda real: flipped(real, yaw=-1)),
        ("prink.face.pose.head_pose", lambda real: flipped(real, pitch=-1)),
    ],
    "head_affine": [
        ("prink.parse.head.head_to_frame", lambda real: lambda f, n: real(f, n, reach=1.49)),
        (
            "prink.parse.head.head_to_frame",
            lambda real: lambda f, n: real(replace(f, pose=HeadPose(0, 0, 0)), n),
        ),
        ("prink.parse.head.inverse", lambda _: lambda affine: affine),
    ],
    "head_motion": [
        ("prink.parse.carry.motion", lambda _: lambda before, now: STILL),
        ("prink.parse.carry.motion", lambda _: shifted),
        ("prink.parse.carry.DEEP", lambda _: 0.0),
        ("prink.parse.carry.carried", lambda real: lambda first, then: real(then, first)),
    ],
    "parse_carry": [
        ("prink.parse.kept.motion", lambda _: lambda before, now: STILL),
        ("prink.parse.kept.inverse", lambda _: lambda affine: affine),
        ("prink.parse.parser.fade", lambda _: lambda age, **_: 1.0),
        ("prink.parse.parser.due", lambda _: lambda ages, **_: ()),
        ("prink.parse.parser.due", lambda real: lambda ages, **given: real(ages, every=4)),
        ("prink.parse.parser.moved", lambda _: lambda before, now: False),
        ("prink.parse.parser.changed", lambda _: lambda before, now: False),
    ],
    "parse_cadence": [
        ("prink.parse.cadence.due", lambda _: lambda ages, **_: tuple(ages)[:1]),
        (
            "prink.parse.cadence.due",
            lambda real: lambda ages, every, restless: real(ages, every=every),
        ),
        ("prink.parse.cadence.AT_ONCE", lambda _: 1),
        (
            "prink.parse.cadence.fade",
            lambda real: lambda age, every, jobs: real(age, every=every, jobs=1),
        ),
        ("prink.parse.cadence.usual_cost", lambda _: lambda usual, took: (usual + took) / 2),
        ("prink.parse.cadence.adapted", lambda _: lambda every, **_: every),
    ],
    "parse_unrest": [
        ("prink.parse.unrest.WAY", lambda _: 0.1),
        ("prink.parse.unrest.TURN", lambda _: 9.0),
        ("prink.parse.unrest.CHANGE", lambda _: 0.5),
        ("prink.parse.unrest.LEAST", lambda _: 0.0),
        ("prink.parse.reach.RIM", lambda _: 0.2),
        ("prink.parse.reach.INNER", lambda _: -0.2),
        ("prink.parse.reach.TOUCHES", lambda _: 0.9),
    ],
    "look_tidy": [
        ("prink.reading.tidy.FAINT", lambda _: 0.0),
        ("prink.reading.tidy.SLIGHT", lambda _: 0.0),
        ("prink.reading.tidy.ALONE", lambda _: {}),
    ],
    "face_follow": [
        ("prink.face.follow.match", lambda _: lambda old, new: {}),
        (
            "prink.face.follow.match",
            lambda _: lambda old, new: dict(enumerate(range(min(len(old), len(new))))),
        ),
        ("prink.face.follow.overlap", lambda _: lambda one, other: 0.0),
        ("prink.face.follow.REACH", lambda _: 5.0),
        ("prink.face.follow.FADE_SECONDS", lambda _: 0.3),
    ],
    "face_visibility": [
        ("prink.face.visibility.BESIDE_NOSE", lambda _: (-9.0, -8.0)),
        ("prink.face.visibility.gap", lambda _: lambda *_: 0.1),
        ("prink.face.visibility.LIPS_FACING", lambda _: (291, 61, 168)),
        ("prink.face.visibility.steady", lambda _: lambda before, now, seconds: now),
        ("prink.face.visibility.facing", lambda _: lambda *_: 1.0),
    ],
    "face_light": [
        ("prink.reading.light.LUMA", lambda _: np.full(3, 1 / 3)),
        ("prink.reading.light.smoothstep", lambda _: lambda *_: np.zeros(())),
        (
            "prink.reading.grid.Picture.sample",
            lambda real: lambda picture, at: real(picture, at, reach=0.0),
        ),
    ],
    "hair_tile": [
        ("prink.reading.hair_patch.hair_share", lambda _: lambda at, **_: np.full(len(at), 0.5)),
        ("prink.reading.hair_patch.LUMA", lambda luma: -luma),
        ("prink.reading.hair_patch.CARD", lambda _: 1.0),
        ("prink.reading.hair_patch.SOLID", lambda _: 0.2),
        ("prink.reading.hair_patch.FULL", lambda _: 1),
    ],
    "look_fields": [
        ("prink.params.fields.FieldList.in_look", lambda _: property(by_position)),
        ("prink.params.fields.FieldList.groups", lambda _: property(by_name)),
        ("prink.params.fields.to_vector", lambda real: lambda look: np.zeros_like(real(look))),
        ("prink.params.fields.named", lambda real: lambda fields: real(fields[:1])),
        ("prink.params.fields.check_given", lambda _: lambda *_, **__: None),
    ],
}


@pytest.mark.parametrize("name", REPLAYS)
def test_a_file_alone_gives_what_it_expects(name: str) -> None:
    assert REPLAYS[name](read(name)) <= 0.5


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name in MUTANTS for place in range(len(MUTANTS[name]))]
)
def test_a_host_that_gets_something_wrong_fails(
    name: str, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, mutant = MUTANTS[name][place]
    monkeypatch.setattr(path, mutant(real_of(path)))
    assert REPLAYS[name](read(name)) > 1.0


def real_of(path: str) -> Any:
    head, _, last = path.rpartition(".")
    try:
        return getattr(import_module(head), last)
    except ModuleNotFoundError:
        return getattr(real_of(head), last)


@pytest.mark.parametrize("name", MADE)
def test_a_file_says_what_each_of_its_keys_means(name: str) -> None:
    data = read(name)
    about = data.pop("about")
    assert about["subject"].endswith(".")
    words = set(re.findall(r"\w+", json.dumps(about)))
    assert keys(data) - words - {"cases", "generated_by", "name"} == set()
    assert (REPOSITORY / VECTORS / f"{name}.json").stat().st_size < 60_000 or name in (
        "landmark_filter",
    )


def keys(data: object) -> set[str]:
    if isinstance(data, dict):
        # What a parameter, region or pass is called is data, not a key of the format.
        own = {key for key in data if re.fullmatch(r"[a-z_]+", key)}
        return own.union(*(keys(value) for key, value in data.items() if key not in NAMED))
    return set().union(*map(keys, data)) if isinstance(data, list) else set()


NAMED = (
    *("confidence", "expected", "facing", "gaps", "look", "offsets", "plans", "settings"),
    *("textures", "uniforms", "visibility"),
)


def test_the_page_lists_every_file_once() -> None:
    page = (REPOSITORY / VECTORS / "README.md").read_text()
    assert re.findall(r"^\| `(\w+)\.json` \|", page, re.MULTILINE) == sorted(MADE)


def test_no_hair_pixel_lies_where_rounding_decides_its_row() -> None:
    for case in CASES:
        _, along = solid_hair(case.frame(), case.mask())
        inner = along[along < 1.0] * HEIGHT
        assert np.abs(inner - np.rint(inner)).min(initial=1.0) > 1e-5
