"""The benchmarks run, measure what they say, and their published files keep the contract."""

import copy
import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.contract.clip import STILL, Clip
from benchmarks.contract.light import face_light
from benchmarks.contract.people import Person, track_all, wheel_pictures
from benchmarks.contract.products import full_look
from benchmarks.contract.result import ResultError, check_result, read_result
from benchmarks.demo.read_back import read_back, rows
from benchmarks.frame.__main__ import main as frame
from benchmarks.frame.memory import count_gl_objects
from benchmarks.hair.__main__ import main as hair
from benchmarks.hair.agreement import boundary_f, iou
from benchmarks.hair.color import measure_color
from benchmarks.hair.regions import hair_of, hair_reach
from benchmarks.hair_reading.__main__ import main as hair_reading
from benchmarks.hair_reading.readings import encoder_way
from benchmarks.quality.__main__ import main as quality
from benchmarks.quality.hands import laid_over, skin_of
from benchmarks.quality.jitter import jitter_of, lag_of
from benchmarks.quality.lipstick import measure_lipstick
from benchmarks.quality.sweep import judged

from prink.color import linear_to_srgb, srgb_to_linear
from prink.face import Tracker
from prink.learn.hair_color.looks import hair_numbers
from prink.params import HAIR, LOOKS, Look, edit, parameters
from prink.parse import Parser
from prink.reading import Encoder
from prink.reading import encoder as home
from prink.render import Renderer

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


@pytest.fixture(scope="module")
def people() -> list[Person]:
    with Tracker() as tracker:
        pictures = ((name, rgb, None, False) for name, rgb in wheel_pictures().items())
        return track_all(pictures, tracker)


@pytest.fixture(scope="module")
def quick_frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame")
    frame(["--quick", "--results", str(folder)])
    return next(folder.rglob("*.json"))


def test_every_published_result_keeps_the_contract():
    for path in RESULTS.rglob("*.json"):
        read_result(path)
        assert path.with_suffix(".png").is_file(), f"{path.name} has no chart"


def test_frame_suite_runs_and_names_every_stage(quick_frame: Path):
    result = read_result(quick_frame)
    stages = [row[0] for row in result["tables"]["720p: ms a frame"]["rows"]]
    assert {"track", "filter", "upload", "probe", "lips", "read-back", "whole draw"} <= set(stages)
    assert stages[-3:] == ["copy shader", "naive, whole frame", "naive, face box"]
    assert all(cell > 0 for row in result["tables"]["720p: ms a frame"]["rows"] for cell in row[1:])
    assert quick_frame.with_suffix(".png").stat().st_size > 10_000


def test_quality_suite_runs_on_the_wheel_portraits_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    quality(["--quick", "--results", str(tmp_path)])
    result = read_result(next(tmp_path.rglob("*.json")))
    assert result["settings"]["portraits"] == 2
    values = {figure["id"]: figure["value"] for figure in result["figures"]}
    assert values["bare"] == 0
    assert values["lip_error"] < 20


def test_hair_suite_runs_on_the_wheel_portraits_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    nowhere = str(tmp_path / "nothing")
    hair(["--quick", "--results", str(tmp_path), "--heads", nowhere, "--clips", nowhere])
    result = read_result(next(tmp_path.rglob("*.json")))
    values = {figure["id"]: figure["value"] for figure in result["figures"]}
    assert values["hair_outside"] == 0
    assert values["hair_error"] < 20
    assert values["iou_heads"] is None
    assert 0 < values["still_3"] < 1


def test_the_hair_part_of_the_shipped_encoder_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_encoder, people: list[Person]
):
    monkeypatch.setenv("PRINK_SHARED", str(tmp_path / "nowhere"))
    monkeypatch.setattr(home, "FILE", tiny_encoder(HAIR["copper"], confidence=0.5, hair="patch"))
    numbers, sure = encoder_way(Encoder(home.FILE))(people[0].rgb, people[0].face)
    assert numbers == pytest.approx(hair_numbers(HAIR["copper"]), abs=1e-6)
    assert sure == 0.5
    hair_reading(["--quick", "--looks", "1", "--results", str(tmp_path)])
    result = read_result(next(tmp_path.rglob("*.json")))
    values = {figure["id"]: figure["value"] for figure in result["figures"]}
    assert values["hair_encoder_other"] > 0
    assert values["measured_colour_other"] > 0


def test_the_demo_compares_what_is_worn_and_what_is_read_besides():
    true = edit(Look(), "lips.color=#a01028cc", "lips.gloss=0.2", "lashes.color.a=0.9")
    read = edit(true, "lips.gloss=0.5", "lips.color=#a01028b2", "lashes.color.a=0")
    read = edit(read, "blush.color=#d86868")
    found = {row.path: row for row in rows(true, read)}
    assert found["lips.color"].error == 0
    assert (found["lips.gloss"].true, found["lips.gloss"].read) == (0.2, 0.5)
    assert found["lashes.color"].read is found["lashes.length"].read is None
    assert found["blush.color"].true is found["blush.color"].error is None
    assert not {"blush.size", "lips.inner", "lips.inner_ratio", "eyeliner.wing"} & set(found)
    assert read_back(true, read).row_count == len(found)
    assert all(row.error in (0, None) for row in rows(LOOKS["smoky_eye"], LOOKS["smoky_eye"]))


def test_masks_that_agree_and_masks_that_do_not():
    one = np.zeros((64, 64), np.float32)
    one[10:40, 10:40] = 1
    near, far = np.roll(one, 1, axis=1), np.roll(one, 15, axis=1)
    assert iou(one, one) == boundary_f(one, one, face_size=64) == 1
    assert iou(one, far) == pytest.approx(1 / 3)
    assert boundary_f(one, near, face_size=64) == 1
    assert boundary_f(one, far, face_size=64) < 0.6
    assert iou(0 * one, 0 * one) == boundary_f(0 * one, 0 * one, face_size=64) == 1
    assert boundary_f(one, 0 * one, face_size=64) == 0


def test_paint_beyond_the_hair_and_a_wrong_hair_color_show(people: list[Person]):
    class Spilling(Renderer):
        """A renderer that colours half, and the whole frame."""

        def draw(self, frame, faces, look, **options):
            painted = super().draw(frame, faces, look, **options)
            return ((painted.astype(int) + 255 - frame) // 2).astype(np.uint8)

    found = []
    for kind in (Renderer, Spilling):
        with kind() as renderer:
            labels = {"hair_colour_auto": "brown"}
            found.append(measure_color(people[0], labels, Parser(), renderer))
    assert found[0].outside == 0
    assert found[1].outside > 10_000
    assert np.median([*found[1].error.values()]) > np.median([*found[0].error.values()]) + 5
    mask = hair_of(Parser(), people[0].rgb, people[0].face)
    assert 0.05 < hair_reach(mask, people[0].rgb.shape).mean() < 0.6


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda r: r.pop("machine"), "fields are"),
        (lambda r: r["figures"].clear(), "no figures"),
        (lambda r: r["figures"][0].update(value="fast"), "is no number"),
        (lambda r: r["figures"][0].update(goal="at most"), "target"),
        (lambda r: r["device"].update(name="a name, with blanks"), "no plain name"),
        (lambda r: next(f for f in r["figures"] if f["goal"]).update(met=None), "the numbers say"),
    ],
)
def test_a_broken_result_is_refused(quick_frame: Path, change, words: str):
    broken = copy.deepcopy(json.loads(quick_frame.read_text()))
    change(broken)
    with pytest.raises(ResultError, match=words):
        check_result(broken)


def test_a_clip_moves_the_landmarks_with_the_pixels(people: list[Person]):
    person = people[1]
    clip = Clip(person.rgb, person.face, 640, 480)
    with Tracker() as tracker:
        found = tracker.track(clip.frame(20))[0].points
    size = np.ptp(clip.points(20)[:, 1])
    assert np.abs(found[:, :2] - clip.points(20)[:, :2]).mean() < 0.02 * size
    still = Clip(person.rgb, person.face, 640, 480, motion=STILL)
    assert np.ptp(still.points(7)[:, 1]) == pytest.approx(0.62 * 480, rel=0.01)


def test_lag_and_jitter_are_found_where_they_were_put():
    rng, times = np.random.default_rng(1), np.arange(120.0)
    path = np.stack([np.sin(times / 9), np.cos(times / 13)], axis=1)[:, None] * np.ones((1, 5, 1))
    late = np.stack([np.interp(times - 1.5, times, path[:, 0, i]) for i in (0, 1)], axis=1)
    assert lag_of(late[:, None] * np.ones((1, 5, 1)), path) == pytest.approx(1.5, abs=0.05)
    assert jitter_of(rng.normal(0, 0.1, (400, 5, 2))) == pytest.approx(0.1 * 2**0.5, rel=0.1)


def test_a_sweep_that_stands_or_goes_back_or_jumps_is_caught():
    ramp = np.linspace(0, 100, 13, dtype=np.float32)[:, None, None, None] * np.ones((1, 8, 8, 3))
    back, jump = ramp.copy(), np.where(ramp < 50, 0, 100)
    back[6] = ramp[3]
    assert judged(ramp, "a.b", "light").faults == ""
    assert judged(0 * ramp, "a.b", "light").faults == "does not move"
    assert judged(back, "a.b", "light").faults == "goes back"
    assert judged(jump.astype(np.float32), "a.b", "light").faults == "jumps"


def test_dimmed_light_is_measured_as_dimmer_but_partly_as_darker_skin(people: list[Person]):
    person = people[1]
    dim = np.rint(255 * linear_to_srgb(0.3 * srgb_to_linear(person.rgb / 255.0))).astype(np.uint8)
    share = face_light(dim, person.face) / face_light(person.rgb, person.face)
    assert (share > 0.28).all()
    assert (share < 0.8).all()


def test_a_wrong_lipstick_shows_as_an_error(people: list[Person]):
    class Shy(Renderer):
        """A renderer that paints lips at half coverage."""

        def draw(self, frame, faces, look, **options):
            painted = super().draw(frame, faces, look, **options)
            return ((painted.astype(int) + frame) // 2).astype(np.uint8)

    errors = []
    for kind in (Renderer, Shy):
        with kind() as renderer:
            found = measure_lipstick(people, renderer, tick=lambda: None)
            errors.append(np.median([each.error for each in found]))
    assert errors[1] > errors[0] + 5


def test_a_composed_finger_lies_on_the_mouth_and_has_skin_on_it(people: list[Person]):
    person = people[1]
    picture, mask = laid_over(person, skin_of(person, person), "one finger, upright")
    lips = person.face.points[13, :2].astype(int)
    assert mask[lips[1], lips[0]]
    assert not np.array_equal(picture[mask], person.rgb[mask])
    off = picture[mask].mean(0) / person.rgb[mask].mean(0)
    assert (abs(off - 1) < 0.5).all()


def test_gl_objects_are_counted_by_the_driver():
    with Renderer() as renderer:
        before = count_gl_objects()
        extra = [renderer.context.texture((4, 4), 4) for _ in range(3)]
        assert count_gl_objects() == before + 3
        for texture in extra:
            texture.release()
        assert count_gl_objects() == before


def test_the_full_look_wears_every_product() -> None:
    full, bare = full_look(hair=True), Look()
    groups = {p.group for p in parameters()}
    assert {group for group in groups if getattr(full, group) == getattr(bare, group)} == set()
