"""What hosts get: every parameter in every language, and vectors that are what prink computes."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from prink.face.filter import FaceFilter, OneEuro, OneEuroSettings
from prink.params import LOOK_NUMBERS, look_from_dict, pack, parameters
from prink.reading.encoder import shipped_encoder
from prink.render.assets import read_mesh
from prink.render.plan import read_plan
from prink_export.codegen.outputs import ANDROID, IOS, VECTORS, WEB
from prink_export.hosts.names import camel
from prink_export.hosts.vectors import near

REPOSITORY = Path(__file__).parents[3]
LOOKS = {"kt": f"{ANDROID}/Look.kt", "swift": f"{IOS}/Look.swift", "ts": f"{WEB}/look.ts"}


def vectors(name: str) -> dict:  # type: ignore[type-arg]
    found: dict = json.loads((REPOSITORY / VECTORS / f"{name}.json").read_text())  # type: ignore[type-arg]
    return found


@pytest.mark.parametrize("language", LOOKS)
def test_every_parameter_is_told_with_label_meaning_and_name(language: str) -> None:
    text = (REPOSITORY / LOOKS[language]).read_text()
    assert text.startswith("// Generated from sdk/prink/params/schema.py")
    for p in parameters():
        name = p.name if language == "ts" else camel(p.name)
        assert name in text
        assert p.spec.doc in text
        assert json.dumps(p.spec.label) in text


@pytest.mark.parametrize("folder", [ANDROID, IOS, WEB])
def test_templates_are_filled_to_the_last_mark(folder: str) -> None:
    for path in (REPOSITORY / folder).iterdir():
        assert not {"«", "»"} & set(path.read_text()), path.name


def test_offsets_and_ranges_stand_in_the_tables() -> None:
    p = next(p for p in parameters() if p.path == "lip_liner.width")
    table = (REPOSITORY / LOOKS["kt"]).read_text()
    assert f'Parameter("lip_liner.width", "Width", "share", 0f, 1f, 18, {p.offset}, 0.4f)' in table


@pytest.mark.parametrize("path", [f"{ANDROID}/Names.kt", f"{IOS}/Names.swift", f"{WEB}/names.ts"])
def test_names_are_those_of_the_plan_and_the_networks(path: str) -> None:
    text = (REPOSITORY / path).read_text()
    for step in read_plan(4).passes:
        assert f'"{step.name}"' in text
    for name in ("atlas", "look", "confidence", "rgb_and_previous", "mask", "frame", "right_eye"):
        assert f'"{name}"' in text
    fields = re.findall(r'[(\[]"(\w+\.\w+)", (\d)[)\]]', text)
    assert [(path, int(width)) for path, width in fields] == list(shipped_encoder().fields.fields)


def test_packing_vectors_are_what_pack_gives() -> None:
    for entry in vectors("look_packing")["looks"]:
        packed = pack(look_from_dict(entry["look"])).ravel()
        assert np.abs(packed - entry["packed"]).max() < 1e-6
        assert len(entry["numbers"]) == LOOK_NUMBERS


def test_filter_vectors_are_what_the_filter_gives() -> None:
    given = vectors("landmark_filter")
    for series in given["one_euro"]:
        one, unit = OneEuro(OneEuroSettings(**series["settings"])), np.array(series["unit"])
        steps = zip(series["values"], series["seconds"], series["expected"], strict=True)
        for value, seconds, expected in steps:
            found = one.step(np.array(value), seconds, unit=unit)
            assert np.abs(found - expected).max() < series["tolerance"]
    face, filtered, before = given["face"], FaceFilter(), None
    for time, points, expected in zip(face["times"], face["points"], face["expected"], strict=True):
        seconds = 1 / 30 if before is None else time - before
        found = filtered.step(np.array(points, np.float32), seconds)
        assert np.abs(found[face["shown"]] - expected).max() < face["tolerance"]
        before = time


def test_filter_vectors_hold_still_motion_and_a_jump() -> None:
    face = vectors("landmark_filter")["face"]
    shown = np.array(face["expected"])
    raw = np.array(face["points"])[:, face["shown"]]
    assert np.abs(shown - raw).max() > 0.3
    assert np.abs(shown[-1] - shown[0])[:, 0].min() > 5


def test_corner_vectors_are_the_mesh_followed_by_points() -> None:
    given, mesh = vectors("atlas_corners"), read_mesh()
    places = mesh.positions(np.array(given["points"], np.float32))
    for tile in given["tiles"]:
        found = places[tile["vertices"]]
        assert np.abs(found - tile["vertices_frame"]).max() < given["tolerance"]
        corners = np.array(tile["atlas"])
        assert corners.min() >= 0
        assert corners.max() <= 256
    assert [tile["tile"] for tile in given["tiles"]] == ["right_eye", "left_eye", "lips", "face"]


def test_vectors_of_another_processor_pass_and_changed_ones_do_not() -> None:
    fresh = vectors("atlas_corners")
    other = json.loads(json.dumps(fresh))
    other["tiles"][0]["vertices_frame"][0][0] += 1e-4
    assert near(other, fresh)
    other["tiles"][0]["vertices_frame"][0][0] += 1e-3
    assert not near(other, fresh)
    assert not near({"a": [1, 2]}, {"a": [1]})
    assert not near({"a": "x"}, {"a": 1})


def test_every_language_refuses_numbers_of_another_count() -> None:
    checks = {
        "kt": "n.size == Parameters.COUNT",
        "swift": "n.count == Parameters.count",
        "ts": ".length !== numberCount",
    }
    for language, check in checks.items():
        text = (REPOSITORY / LOOKS[language]).read_text()
        assert text.count(check) == 1, language


def test_the_web_look_packs_the_vectors_and_refuses_a_short_one(tmp_path: Path) -> None:
    """Runs the generated TypeScript where Node and a TypeScript compiler are."""
    if shutil.which("node") is None or shutil.which("tsc") is None:
        pytest.skip("needs node and tsc")
    for name in ("look.ts", "names.ts"):
        shutil.copy(REPOSITORY / WEB / name, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    options = [
        "--strict",
        "--noUncheckedIndexedAccess",
        "--target",
        "es2022",
        "--module",
        "nodenext",
    ]
    command = ["tsc", *options, "look.ts", "names.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (tmp_path / "run.js").write_text(
        'import { readFileSync } from "node:fs";\n'
        'import { lookOfNumbers, numbersOf, pack } from "./look.js";\n'
        "const given = JSON.parse(readFileSync(process.argv[2]));\n"
        "let worst = 0;\n"
        "for (const { look, numbers, packed } of given.looks) {\n"
        "  const again = pack(lookOfNumbers(numbersOf(look)));\n"
        "  packed.forEach((v, i) => { worst = Math.max(worst, Math.abs(v - again[i])); });\n"
        "  const own = numbersOf(look);\n"
        "  numbers.forEach((v, i) => { worst = Math.max(worst, Math.abs(v - own[i])); });\n"
        "}\n"
        "let refused = false;\n"
        "try { lookOfNumbers([0.5]); } catch (error) { refused = error instanceof RangeError; }\n"
        "if (!refused) throw new Error('a short list was taken');\n"
        "console.log(worst);\n"
    )
    vector = str(REPOSITORY / VECTORS / "look_packing.json")
    command = ["node", "run.js", vector]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1e-6
