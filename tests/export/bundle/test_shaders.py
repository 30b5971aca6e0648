"""The shaders in other tongues: valid, joined by number, and drawing the same picture."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from prink.arrays import Bytes
from prink.face import Face, Tracker
from prink.params import LOOK_VEC4S, Look
from prink.parse import Parser
from prink.render import Renderer
from prink.render import context as context_module
from prink.render.assets import asset
from prink_export.bundle import shaders
from prink_export.bundle.shader_interface import declared, numbered
from prink_export.bundle.shaders import TOOLS, Shaders, interface_json, programs, to_glsl, translate
from prink_export.network import ExportError

pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {shaders.INSTALL}"
)


@pytest.fixture(scope="session")
def translated() -> Shaders:
    return translate()


@pytest.fixture(scope="session")
def back(translated: Shaders) -> dict[str, str]:
    """Each stage as GLSL again, after SPIR-V."""
    return {name: to_glsl(stage.spirv) for name, stage in translated.stages.items()}


@pytest.fixture(scope="session")
def face(astronaut: Bytes) -> Face:
    with Tracker() as tracker:
        return tracker.track(astronaut)[0]


def test_every_flat_shader_is_translated(translated: Shaders) -> None:
    flat = {path.name for path in asset("generated").iterdir()} - {
        "look.glsl", "row.glsl", "samples.glsl", "regions.json",
    }  # fmt: skip
    assert set(translated.stages) == flat
    for stage in translated.stages.values():
        assert stage.spirv[:4] == b"\x03\x02\x23\x07"
        assert "#include <metal_stdlib>" in stage.msl


def test_stages_of_a_program_meet_at_the_same_numbers(translated: Shaders) -> None:
    places = re.compile(r"(\w+) \[\[user\(locn(\d+)\)")
    for vertex, fragment in programs():
        written = set(places.findall(translated.stages[f"{vertex}.vert"].msl))
        read = set(places.findall(translated.stages[f"{fragment}.frag"].msl))
        assert read <= written, (vertex, fragment)


def test_samplers_and_uniforms_have_numbers_of_their_own(translated: Shaders) -> None:
    table = json.loads(interface_json(translated.interface))["uniforms"]
    taken: list[int] = []
    for entry in table.values():
        count = int((re.search(r"\[(\d+)\]", entry["type"]) or [0, 1])[1])
        taken += range(entry["location"], entry["location"] + count)
    assert len(taken) == len(set(taken))
    units = [entry["binding"] for entry in table.values() if "binding" in entry]
    assert sorted(units) == list(range(len(units)))
    assert len(units) < 32
    assert table["u_look"]["type"] == f"vec4[{LOOK_VEC4S}]"


def test_what_comes_back_from_spirv_is_valid(back: dict[str, str], tmp_path: Path) -> None:
    for name, text in back.items():
        (tmp_path / name).write_text(text)
        command = ["glslangValidator", "--quiet", tmp_path / name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_what_comes_back_from_spirv_draws_the_same_bytes(
    astronaut: Bytes,
    face: Face,
    rich: Look,
    back: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hair = Parser().find(astronaut, [face], face=False)

    def drawn() -> Bytes:
        with Renderer() as renderer:
            return renderer.draw(astronaut, [face], rich, parsing=hair)

    flat = drawn()
    loaded: list[str] = []

    def carried(name: str, *, phone_precision: bool, language: str) -> str:
        loaded.append(name)
        return re.sub(r"\bmediump\b", "highp", back[name])

    monkeypatch.setattr(context_module, "source", carried)
    carried_frame = drawn()
    assert len(loaded) > 20
    assert (flat != astronaut).mean() > 0.05
    assert np.array_equal(carried_frame, flat)


def test_a_missing_tool_is_named_with_the_install_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool == "spirv-cross" else tool)
    with pytest.raises(ExportError) as caught:
        translate()
    assert str(caught.value) == (
        "spirv-cross not found; on Debian or Ubuntu: "
        "apt-get install glslang-tools spirv-tools spirv-cross"
    )


def test_a_refused_shader_is_named_with_the_tools_words() -> None:
    text = "#version 300 es\nprecision mediump float;\nvoid main() { colour = 1.0; }\n"
    with pytest.raises(ExportError, match=r"^bad.frag to SPIR-V: glslangValidator says .*colour"):
        shaders.to_spirv("bad.frag", text)


@pytest.mark.parametrize(
    ("vertex", "fragment", "sentence"),
    [
        ("out vec3 v_a;", "in vec2 v_a;", "x.frag reads v_a, which x.vert does not write so"),
        ("out mat3 v_a;", "in mat3 v_a;", "pass it as vectors instead"),
        ("uniform vec2 u_a;", "uniform vec3 u_a;", "give it one type or two names"),
    ],
)
def test_stages_that_disagree_are_told_apart(vertex: str, fragment: str, sentence: str) -> None:
    with pytest.raises(ExportError, match=re.escape(sentence)):
        numbered({"x.vert": vertex, "x.frag": fragment}, [("x", "x")])


def test_declarations_are_read_with_their_arrays_and_precision() -> None:
    (found,) = declared("uniform mediump vec4 u_look[31];\n")
    assert (found.way, found.type, found.name, found.count) == ("uniform", "vec4", "u_look", 31)
