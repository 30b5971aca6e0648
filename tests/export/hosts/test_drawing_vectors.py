"""Vectors of face rows and draw plans: what prink computes, and cases that tell hosts apart."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prink.params import look_from_dict
from prink.render.assets import read_mesh
from prink.render.plan import plan_of, read_plan
from prink_export.codegen.outputs import ANDROID, IOS, VECTORS, WEB
from prink_export.hosts.vectors import near
from prink_export.hosts.vectors.faces.row import faces_of, told

REPOSITORY = Path(__file__).parents[3]
HAIR_PASSES = ["hair_near", "hair_fit", "hair_mean", "hair_tiles", "hair_probe", "hair"]
MEASURED = ["near", "probe", "blur_x", "blur_y"]
MAKEUP = ["skin", "eyes", "brows", "lips"]


def vectors(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REPOSITORY / VECTORS / f"{name}.json").read_text())
    return found


@pytest.fixture(scope="module")
def rows() -> dict[str, Any]:
    return vectors("face_row")


@pytest.fixture(scope="module")
def cases(rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {case["name"]: case["faces"] for case in rows["cases"]}


def expected(faces: list[dict[str, Any]], place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = faces[place]["expected"]
    return found


def test_row_vectors_are_what_prink_tells_of_a_face(rows: dict[str, Any]) -> None:
    points = np.array(rows["points"], np.float32)
    for case in rows["cases"]:
        found = told(faces_of(case["faces"], points, tuple(rows["frame"])))
        wanted = [face["expected"] for face in case["faces"]]
        assert near(found, wanted, within=rows["tolerance"]), case["name"]


def test_rows_hold_the_points_and_the_numbers_given(
    rows: dict[str, Any], cases: dict[str, list[dict[str, Any]]]
) -> None:
    for faces in cases.values():
        for face in (face for face in faces if face["expected"]):
            row, seen = face["expected"]["row"], face["visibility"]
            shown = np.array(rows["points"])[rows["landmarks"]]
            shown[:, :2] = shown[:, :2] * face["scale"] + face["move"]
            assert np.abs(np.array(face["expected"]["points"])[:, :3] - shown).max() < 1e-3
            assert not np.array(face["expected"]["points"])[:, 3].any()
            assert row["presence"] == face["presence"]
            for name in ("lips", "right_eye", "left_eye", "right_cheek", "left_cheek"):
                assert row[f"{name}_seen"] == pytest.approx(seen[name])
            assert row["left_open"] == pytest.approx(seen["left_open"])
            assert row["right_open"] == pytest.approx(seen["right_open"])


def test_a_turned_head_keeps_its_scale_and_a_face_at_the_rim_its_square(
    cases: dict[str, list[dict[str, Any]]], rows: dict[str, Any]
) -> None:
    points = np.array(rows["points"])
    iod = np.linalg.norm(points[468, :2] - points[473, :2])
    tall = np.linalg.norm((points[10, :2] - points[152, :2]) * (0.4, 1.0))
    assert expected(cases["no hair"])["row"]["scale"] == pytest.approx(iod, abs=1e-3)
    assert expected(cases["a turned head"])["row"]["scale"] == pytest.approx(0.42 * tall, abs=1e-3)
    rim = expected(cases["fading in at the rim"])
    assert rim["row"]["centre"][0] < rim["row"]["half"]
    assert rim["box"][0] == rim["reads"][0] == 0


def test_faces_that_cannot_be_drawn_are_null(cases: dict[str, list[dict[str, Any]]]) -> None:
    for name in ("off the frame", "smaller than a pixel between the eyes", "wild"):
        assert all(face["expected"] is None for face in cases[name]), name
    assert len(cases["wild"]) == 3


def test_hair_is_told_where_some_lies_in_the_frame(cases: dict[str, list[dict[str, Any]]]) -> None:
    hair = expected(cases["hair"])
    side, affine = cases["hair"][0]["hair"]["side"], np.array(cases["hair"][0]["hair"]["to_frame"])
    assert np.allclose(hair["row"]["hair_to_frame"], affine * [side, side, 1], atol=1e-3)
    assert hair["layers"]["hair"] != hair["reads"]
    for name in ("no hair in the mask", "hair beyond the frame"):
        assert expected(cases[name]) == expected(cases["no hair"])
    large = expected(cases["a mask larger than the plan allows"])
    assert np.allclose(large["row"]["hair_to_frame"], hair["row"]["hair_to_frame"], atol=1e-3)


def test_hair_over_a_face_before_it_is_told_what_is_drawn_there(
    cases: dict[str, list[dict[str, Any]]],
) -> None:
    first, second = (expected(cases["two, the second over the first"], i) for i in (0, 1))
    assert first["row"]["drawn_box"] == overlap(first["made_up"], first["layers"]["hair"])
    before = [*np.minimum(first["box"], second["made_up"])[:2]]
    before += [*np.maximum(first["box"], second["made_up"])[2:]]
    assert second["row"]["drawn_box"] == overlap(before, second["layers"]["hair"])
    assert second["row"]["drawn_box"] != overlap(second["made_up"], second["layers"]["hair"])


def overlap(one: list[int], two: list[int]) -> list[int]:
    return [*np.maximum(one, two)[:2].tolist(), *np.minimum(one, two)[2:].tolist()]


def test_boxes_hang_on_no_last_digit(
    rows: dict[str, Any], cases: dict[str, list[dict[str, Any]]]
) -> None:
    flat = read_mesh().positions(np.array(rows["points"], np.float32)).astype(np.float64)
    for name, faces in cases.items():
        for face in (face for face in faces if face["expected"]):
            places = flat * face["scale"] + face["move"]
            low, high = places.min(0), places.max(0)
            reach = (high - low).max() / 2 * (1 + 1 / 32)
            bounds = np.array([low, high, (low + high) / 2 - reach, (low + high) / 2 + reach])
            assert np.abs(bounds - np.rint(bounds)).min() > rows["tolerance"], name


def test_plan_vectors_are_what_the_plan_draws() -> None:
    given = vectors("plan_draws")
    plans = {name: plan_of(plan, {}) for name, plan in given["plans"].items()}
    plans["shipped"] = read_plan(1)
    for case in given["cases"]:
        found = plans[case["plan"]].draws(look_from_dict(case["look"]), layers=case["layers"])
        assert [step.name for step in found] == [step["name"] for step in case["passes"]]
        for step, wanted in zip(found, case["passes"], strict=True):
            assert step.textures == wanted["textures"], case["name"]
            assert step.target == wanted["target"]
            assert {k: list(v) for k, v in step.uniforms.items()} == wanted["uniforms"]


def test_plan_vectors_hold_every_way_to_leave_a_pass_out() -> None:
    drawn = {
        case["name"]: [step["name"] for step in case["passes"]]
        for case in vectors("plan_draws")["cases"]
    }
    assert drawn == {
        "shipped: bare": [],
        "shipped: shares without coverage": [],
        "shipped: a trace of lipstick": [*MEASURED, "lips"],
        "shipped: lips": [*MEASURED, *MAKEUP],
        "shipped: foundation covers every patch": [*MEASURED, *MAKEUP],
        "shipped: teeth": [*MEASURED, "lips"],
        "shipped: hair colour without hair": [],
        "shipped: hair colour": [*MEASURED, *HAIR_PASSES],
        "shipped: both, no hair": [*MEASURED, *MAKEUP],
        "shipped: both": [*MEASURED, *MAKEUP, *HAIR_PASSES],
        "shipped: full": [*MEASURED, *MAKEUP, *HAIR_PASSES],
        "scratch: with nothing": ["lips"],
        "scratch: with hair": ["lips", "both"],
        "scratch: with cloth": ["small", "lips"],
        "scratch: with hair and cloth": ["small", "lips", "both"],
        "scratch: bare": [],
    }


def test_a_pass_that_does_without_a_layer_reads_what_takes_its_place() -> None:
    cases = {case["name"]: case["passes"] for case in vectors("plan_draws")["cases"]}
    (alone,) = cases["scratch: with nothing"]
    assert alone["textures"] == {"u_cloth": "mask", "u_frame": "frame"}
    (_, both) = cases["scratch: with hair"]
    assert both["textures"] == {"u_hair": "hair", "u_cloth": "mask"}
    assert cases["scratch: with cloth"][1]["textures"] == {"u_cloth": "cloth", "u_frame": "frame"}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (f"{ANDROID}/Names.kt", "const val HAIR_TO_FRAME = 1924"),
        (f"{IOS}/Names.swift", "static let hair_to_frame = 1924"),
        (f"{WEB}/names.ts", "hairToFrame: 1924,"),
    ],
)
def test_hosts_get_the_places_of_a_row_in_floats(path: str, line: str) -> None:
    text = (REPOSITORY / path).read_text()
    assert line in text or line.replace("hair_to_frame", "hairToFrame") in text
