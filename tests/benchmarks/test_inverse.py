"""The benchmark of reading looks: its metrics find what was put there, and the suite runs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.contract.people import TONES, Person, track_all, wheel_pictures
from benchmarks.contract.regions import lips, reach_of, whole_face, widened
from benchmarks.contract.result import read_result
from benchmarks.inverse.__main__ import main
from benchmarks.inverse.charts import charts
from benchmarks.inverse.controls.lab_transfer import lab_transfer
from benchmarks.inverse.controls.other_renderer import Paint, draw_other
from benchmarks.inverse.controls.search import Standins, nearest_preset, sample_error
from benchmarks.inverse.figures import Findings, figures
from benchmarks.inverse.flicker import steadiness
from benchmarks.inverse.gap import Crossed, random_paints
from benchmarks.inverse.parameter_error import (
    GROUPS,
    calibration_error,
    read_right,
    score,
    scores,
    wears,
)
from benchmarks.inverse.picture_error import PictureError, picture_error
from benchmarks.inverse.places import colors_apart, face_samples, place_colors
from benchmarks.inverse.report import tables
from benchmarks.inverse.trials import Trial
from benchmarks.inverse.triplets import Moved

from prink.face import Tracker
from prink.learn.data.look_sampling import random_look
from prink.params import LOOKS, Look, edit
from prink.render import Renderer


@pytest.fixture(scope="module")
def people() -> list[Person]:
    with Tracker() as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        return track_all(pictures, tracker)


def test_a_score_is_perfect_for_the_truth_and_zero_for_its_mean():
    true = np.random.default_rng(1).random((50, 3))
    weight = (np.arange(50) % 3 > 0).astype(float)
    mean = np.tile(np.average(true, axis=0, weights=weight), (50, 1))
    assert score(true, true, weight).r2 == 1
    assert score(true, mean, weight).r2 == pytest.approx(0)
    assert score(true, true + 0.1, weight).mae == pytest.approx(0.1)
    assert score(true, true, 0 * weight) == score(true, mean, 0 * weight)
    assert score(0 * true + 0.5, true, weight).r2 is None


def test_what_nobody_wears_is_not_judged():
    bare, worn = Look(), edit(Look(), "lips.color.a=0.8", "lips.gloss=0.9")
    found = scores([bare, worn], [edit(bare, "lips.gloss=0"), worn])
    assert found["lips.gloss"].mae == 0
    assert found["lips.gloss"].count == 1
    assert found["blush.size"].mae is None
    assert found["lips.color.coverage"].count == 2
    assert wears(worn, "lips")
    assert not wears(bare, "lips")


def test_a_product_is_right_where_it_looks_the_same():
    worn = edit(Look(), "lips.color=#a01028", "lips.color.a=0.8", "lips.gloss=0.9")
    assert read_right(worn, worn, "lips")
    assert read_right(worn, edit(worn, "lips.gloss=0.7"), "lips")
    assert not read_right(worn, edit(worn, "lips.color=#e08080"), "lips")
    assert not read_right(worn, Look(), "lips")
    assert read_right(worn, edit(worn, "blush.color=#104080", "blush.color.a=0"), "blush")


def test_calibration_error_is_how_far_confidence_is_off():
    rng = np.random.default_rng(2)
    sure = rng.random(20_000)
    honest = (rng.random(20_000) < sure).astype(float)
    assert calibration_error(sure, honest) < 0.02
    assert calibration_error(np.full(100, 0.95), np.zeros(100)) == pytest.approx(0.95)
    assert calibration_error(np.zeros(0), np.zeros(0)) is None


def test_picture_errors_grow_with_the_difference_and_heed_the_face_alone(people: list[Person]):
    person = people[0]
    dim = (person.rgb * 0.97).astype(np.uint8)
    dark = (person.rgb * 0.8).astype(np.uint8)
    near, far = (picture_error(person.rgb, each, person.face) for each in (dim, dark))
    assert 0 < near.l1 < far.l1
    assert 0 < near.flip < far.flip
    assert -1e-6 < near.ms_ssim < far.ms_ssim
    beside = person.rgb.copy()
    beside[~widened(whole_face(person.face, beside.shape), person.face, 0.8)] = 0
    assert picture_error(person.rgb, beside, person.face).l1 == 0


def test_the_other_renderer_paints_the_asked_places_and_nothing_else(people: list[Person]):
    person = people[1]
    face, shape = person.face, person.rgb.shape
    still = draw_other(person.rgb, face, {})
    assert np.abs(still.astype(int) - person.rgb).max() <= 2
    painted = draw_other(person.rgb, face, {"lips": Paint((0.7, 0.1, 0.2), 0.9)})
    changed = (np.abs(painted.astype(int) - still) > 3).any(axis=-1)
    assert changed[lips(face, shape)].mean() > 0.8
    assert not changed[~reach_of("lips", face, shape)].any()
    apart = colors_apart(place_colors(still, face), place_colors(painted, face))
    assert apart["lips"] > 10
    assert max(apart["lids"], apart["cheeks"]) < 0.5
    paints = random_paints(np.random.default_rng(3))
    assert (draw_other(person.rgb, face, paints) != still).any()


def test_lab_transfer_brings_the_mean_colour_of_the_lips(people: list[Person]):
    one, two = people
    red = replace(two, rgb=draw_other(two.rgb, two.face, {"lips": Paint((0.7, 0.1, 0.2), 0.9)}))
    moved = lab_transfer(one, red, ("lips",))
    before, after = (
        colors_apart(place_colors(rgb, one.face), place_colors(red.rgb, two.face))["lips"]
        for rgb in (one.rgb, moved)
    )
    assert after < 0.5 * before
    assert (moved[: one.rgb.shape[0] // 10] == one.rgb[: one.rgb.shape[0] // 10]).mean() > 0.9


def test_the_nearest_preset_is_the_one_that_is_worn(people: list[Person]):
    person, look = people[1], LOOKS["classic_red"]
    with Renderer() as renderer:
        made = replace(person, rgb=renderer.draw(person.rgb, [person.face], look))
    assert nearest_preset(made, person) == look
    assert sample_error(face_samples(made.rgb, made.face), person, look) < 0.1
    assert Standins(people).like(made).name != made.name


def test_a_swing_shows_as_drift_and_noise_as_shake():
    rng, calm = np.random.default_rng(4), np.tile([50.0, 20.0, 10.0], (40, 3, 1))
    slow = calm + np.linspace(-5, 5, 40)[:, None, None] * [1, 0, 0]
    drift, shake = steadiness(slow)
    assert drift > 4
    assert shake < 1e-9
    assert steadiness(calm) == (0, 0)
    assert steadiness(calm + rng.normal(0, 1, calm.shape))[1] > 2


def test_a_good_reader_meets_the_aims_and_a_blind_one_misses_them():
    rng, near = np.random.default_rng(5), PictureError(0.001, 0.001, 0.01)
    trials, crossed, moved = [], [], []
    for number in range(30):
        worn = random_look(rng)
        for name, read, off in (("student", worn, 0.5), ("teacher", Look(), 9.0)):
            seen = dict.fromkeys(("lips", "lids", "cheeks"), off)
            sure = dict.fromkeys(GROUPS, 1.0)
            tone = TONES[number % 6]
            trials.append(Trial(f"p/{number}", tone, name, worn, read, sure, seen, near, 0.1))
            crossed.append(Crossed(name, tone, seen, True, dict(seen), tuple(seen), near))
            moved.append(Moved(name, tone, tone, near, seen))
    found = Findings(trials, moved, crossed)
    made = {figure.id: figure for figure in figures(found)}
    aims = ("lips_seen", "lips_pigment", "lids_seen", "cheeks_seen", "gloss_r2", "shimmer_r2")
    assert all(made[name].met for name in (*aims, "gap_lips", "student_by_teacher"))
    assert made["teacher_lips_seen"].value == 9
    assert made["student_calibration"].value == 0
    assert made["teacher_calibration"].value > 0.3
    rows = tables(found)["random looks on held-out people"].rows
    assert [row[0] for row in rows] == ["student", "teacher"]
    assert all(len(row) == len(t.columns) for t in tables(found).values() for row in t.rows)
    assert len(charts(found)) == 7


def test_the_suite_runs_on_the_wheel_portraits_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    main(["--quick", "--only", "gap", "--results", str(tmp_path)])
    result = read_result(next(tmp_path.rglob("*.json")))
    assert result["settings"]["people"] == 2
    values = {figure["id"]: figure["value"] for figure in result["figures"]}
    assert values["measured_gap_lips"] is None or 0 < values["measured_gap_lips"] < 40
    by_tone = result["tables"]["makeup of another renderer, by tone"]
    assert {"measured", "preset, told", "mean look"} <= {row[1] for row in by_tone["rows"]}
