"""The flat shaders in other tongues: SPIR-V by glslang, Metal's by SPIRV-Cross; each is validated.

The fourth tongue is a check: SPIR-V carried back to GLSL ES 3.00, which must draw what the flat
shader draws (`tests/export/bundle/test_shaders.py`).
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from prink.render.assets import asset
from prink.render.context import source
from prink.render.plan import read_plan
from prink_export.bundle.shader_interface import Interface, declared, numbered
from prink_export.network import ExportError

__all__ = ["Shader", "Shaders", "interface_json", "programs", "to_glsl", "translate"]

TOOLS: Final = ("glslangValidator", "spirv-val", "spirv-cross")
INSTALL: Final = "apt-get install glslang-tools spirv-tools spirv-cross"
BESIDE_THE_PLAN: Final = (("quad", "present"), ("unwrap", "unwrap"))
"""Programs that every host has beside the plan's: to show a picture, and to lay a face flat."""
ENTRY = re.compile(r"^(vertex|fragment) \w+ main0\((.*)\)$", re.MULTILINE)
USER = re.compile(r"^ +\w+ (\w+) \[\[user\(locn(\d+)\)[^]]*\]\];$", re.MULTILINE)


@dataclass(frozen=True)
class Shader:
    """One stage in every tongue; `glsl` is the flat shader itself, without version."""

    name: str
    glsl: str
    spirv: bytes
    msl: str


@dataclass(frozen=True)
class Shaders:
    """All stages by name ("lips.frag"), and the numbers by which they meet."""

    stages: Mapping[str, Shader]
    interface: Interface


def programs() -> list[tuple[str, str]]:
    """Returns every program as names of its vertex and fragment shader, sorted."""
    drawn = {(step.vertex, step.fragment) for step in read_plan(1).passes}
    return sorted(drawn | set(BESIDE_THE_PLAN))


def translate(pairs: Iterable[tuple[str, str]] | None = None) -> Shaders:
    """Returns the stages of these programs, by default of all, in every tongue.

    The numbers are those of all programs in either case, so that bundles agree. Metal's y axis
    points up in clip space and its rows run down: `gl_Position` is turned over, so that row 0 of
    a target is the same in both worlds.

    Raises:
        ExportError: if a tool is missing, or refuses a shader.
    """
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise ExportError(f"{' and '.join(missing)} not found; on Debian or Ubuntu: {INSTALL}")
    everything = programs()
    sources = {name: source(name, phone_precision=True) for name in stage_names(everything)}
    interface, texts = numbered(sources, everything)
    wanted = stage_names(everything if pairs is None else pairs)
    return Shaders({name: one(name, texts[name], interface) for name in wanted}, interface)


def stage_names(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted({f"{v}.vert" for v, _ in pairs} | {f"{f}.frag" for _, f in pairs})


def one(name: str, text: str, interface: Interface) -> Shader:
    glsl = asset(f"generated/{name}").read_text()
    spirv, msl = carried(name, text)
    check_msl(name, msl, interface)
    return Shader(name, glsl, spirv, msl)


@cache
def carried(name: str, text: str) -> tuple[bytes, str]:
    spirv = to_spirv(name, text)
    return spirv, to_msl(spirv)


def call(*command: str | Path, what: str) -> None:
    """Runs a tool.

    Raises:
        ExportError: with the tool's first words, if it refuses.
    """
    done = subprocess.run([*command], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).replace(f"{Path(command[-1]).parent}/", "")
        lines = [line.strip() for line in said.splitlines() if "error" in line.lower()]
        raise ExportError(f"{what}: {command[0]} says {lines[0] if lines else done.returncode}")


def to_spirv(name: str, text: str) -> bytes:
    """Returns a stage as SPIR-V for OpenGL (loose uniforms, gl_VertexID), validated.

    Args:
        name: Such as "lips.frag"; its suffix tells the stage.
        text: The stage as GLSL ES 3.00 with version, precision and layouts.

    Raises:
        ExportError: if glslang or the validator refuses it.
    """
    text = text.replace("#version 300 es", "#version 310 es", 1)  # layouts for uniforms
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, name), Path(folder, "out.spv")
        given.write_text(text)
        what = f"{name} to SPIR-V"
        call("glslangValidator", "-G100", "-o", made, given, what=what)
        call("spirv-val", "--target-env", "opengl4.5", made, what=what)
        return made.read_bytes()


def cross(spirv: bytes, *options: str, what: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "in.spv"), Path(folder, "out")
        given.write_bytes(spirv)
        call("spirv-cross", given, *options, "--output", made, what=what)
        return made.read_text()


def to_msl(spirv: bytes) -> str:
    """Returns SPIR-V as Metal Shading Language 2.3 whose entry is `main0`."""
    options = ("--msl", "--msl-version", "20300", "--flip-vert-y", "--fixup-clipspace")
    return cross(spirv, *options, what="SPIR-V to MSL")


def to_glsl(spirv: bytes) -> str:
    """Returns SPIR-V as GLSL ES 3.00, version and all."""
    return cross(spirv, "--es", "--version", "300", what="SPIR-V to GLSL ES")


def check_msl(name: str, msl: str, interface: Interface) -> None:
    """Makes sure that Metal's form has its entry, our numbers, and only uniforms that we know.

    Apple's compiler exists on a Mac alone, and is asked there.

    Raises:
        ExportError: if something is missing or Apple's compiler refuses it.
    """
    entries = ENTRY.findall(msl)
    kind = "vertex" if name.endswith(".vert") else "fragment"
    if [found for found, _ in entries] != [kind]:
        raise ExportError(f"{name} to MSL: no single {kind} function main0 came out")
    for varying, place in USER.findall(msl):
        if interface.locations[name].get(varying) != int(place):
            raise ExportError(f"{name} to MSL: {varying} is at {place}, not where it is in GLSL")
    arguments = set(re.findall(r"\b(u_\w+?)(?:Smplr)? \[\[", entries[0][1]))
    known = {each.name for each in declared(asset(f"generated/{name}").read_text())}
    if not arguments <= known:
        raise ExportError(f"{name} to MSL: unknown {', '.join(sorted(arguments - known))}")
    if shutil.which("xcrun"):
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder, f"{name}.metal")
            given.write_text(msl)
            command = ("xcrun", "-sdk", "macosx", "metal", "-c", given, "-o", Path(folder, "o"))
            call(*command, what=f"{name} to MSL")


def interface_json(interface: Interface) -> str:
    """Returns the numbers as JSON for hosts that draw with SPIR-V."""
    uniforms = {
        name: {"type": interface.types[name], "location": place}
        | ({"binding": interface.bindings[name]} if name in interface.bindings else {})
        for name, place in interface.uniforms.items()
    }
    stages = {name: dict(places) for name, places in sorted(interface.locations.items())}
    return json.dumps({"version": 1, "uniforms": uniforms, "locations": stages}, indent=2) + "\n"
