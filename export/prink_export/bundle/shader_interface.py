"""Where the shaders of a program meet: numbers for their inputs, outputs and uniforms.

GLSL ES 3.00 joins stages and hosts by name; SPIR-V and Metal join them by number, and compilers
number each stage for itself. Here the numbers are given once for all shaders.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prink_export.network import ExportError

__all__ = ["Declared", "Interface", "declared", "numbered"]

DECLARATION = re.compile(
    r"^(?P<flat>flat )?(?P<way>in|out|uniform) (?:(?:highp|mediump|lowp) )?"
    r"(?P<type>\w+) (?P<name>\w+)(?:\[(?P<count>\d+)\])?;",
    re.MULTILINE,
)
ONE_PLACE = ("float", "vec2", "vec3", "vec4", "int", "ivec2", "ivec3", "ivec4")


@dataclass(frozen=True)
class Declared:
    """One input, output or uniform as a shader declares it; `count` is 1 but for arrays."""

    way: str
    type: str
    name: str
    count: int

    @property
    def is_sampler(self) -> bool:
        """Whether it is a picture."""
        return self.type.startswith("sampler")


@dataclass(frozen=True)
class Interface:
    """Numbers of everything that stages and hosts share.

    Attributes:
        locations: For each shader ("lips.vert") the location of each of its inputs and outputs.
        uniforms: The location of each uniform, the same in all shaders.
        bindings: The texture unit of each sampler, the same in all shaders.
        types: The type of each uniform, such as "vec4[31]".
    """

    locations: Mapping[str, Mapping[str, int]]
    uniforms: Mapping[str, int]
    bindings: Mapping[str, int]
    types: Mapping[str, str]


def declared(text: str) -> list[Declared]:
    """Returns what a flat shader declares, in its order."""
    return [
        Declared(found["way"], found["type"], found["name"], int(found["count"] or 1))
        for found in DECLARATION.finditer(text)
    ]


def numbered(
    sources: Mapping[str, str], pairs: Iterable[tuple[str, str]]
) -> tuple[Interface, dict[str, str]]:
    """Returns the numbers, and the sources with a layout before each declaration.

    Args:
        sources: Text of each shader, such as "lips.vert".
        pairs: Names of vertex and fragment shader of each program, such as ("lips", "lips").

    Raises:
        ExportError: if two stages disagree on what they share.
    """
    tables = {name: declared(text) for name, text in sources.items()}
    uniforms, bindings, types = number_uniforms(tables)
    interface = Interface(number_stages(tables, pairs), uniforms, bindings, types)
    return interface, {
        name: with_layouts(text, interface, interface.locations[name])
        for name, text in sources.items()
    }


def number_uniforms(
    tables: Mapping[str, list[Declared]],
) -> tuple[dict[str, int], dict[str, int], dict[str, str]]:
    found: dict[str, Declared] = {}
    for shader, table in tables.items():
        for each in (each for each in table if each.way == "uniform"):
            if found.setdefault(each.name, each) != each:
                raise ExportError(
                    f"uniform {each.name} is another type in {shader} than in other shaders; "
                    "give it one type or two names"
                )
    places: dict[str, int] = {}
    samplers: dict[str, int] = {}
    free = 0
    for name in sorted(found):
        places[name], free = free, free + found[name].count
        if found[name].is_sampler:
            samplers[name] = len(samplers)
    types = {
        name: each.type + (f"[{each.count}]" if each.count > 1 else "")
        for name, each in sorted(found.items())
    }
    return places, samplers, types


def number_stages(
    tables: Mapping[str, list[Declared]], pairs: Iterable[tuple[str, str]]
) -> dict[str, dict[str, int]]:
    numbers: dict[str, dict[str, int]] = {}
    for shader, table in tables.items():
        if shader.endswith(".vert"):
            numbers[shader] = ordered(table, "in") | ordered(table, "out")
        else:
            numbers[shader] = ordered(table, "out")
    given: dict[str, str] = {}
    for vertex, fragment in (pair for pair in pairs if f"{pair[0]}.vert" in tables):
        above, below = f"{vertex}.vert", f"{fragment}.frag"
        outs = {each.name: each for each in tables[above] if each.way == "out"}
        for each in (each for each in tables[below] if each.way == "in"):
            if each.name not in outs or outs[each.name].type != each.type:
                raise ExportError(f"{below} reads {each.name}, which {above} does not write so")
            place = numbers[above][each.name]
            if numbers[below].setdefault(each.name, place) != place:
                raise ExportError(
                    f"{below} reads {each.name} of {above} and of {given[below]} at different "
                    "places; declare it at the same place in both"
                )
        given[below] = above
    return numbers


def ordered(table: list[Declared], way: str) -> dict[str, int]:
    kept = [each for each in table if each.way == way]
    for each in kept:
        if each.type not in ONE_PLACE or each.count > 1:
            raise ExportError(
                f"{each.type} {each.name} takes several locations; pass it as vectors instead"
            )
    return {each.name: place for place, each in enumerate(kept)}


def with_layouts(text: str, interface: Interface, places: Mapping[str, int]) -> str:
    def layout(found: re.Match[str]) -> str:
        name = found["name"]
        if found["way"] != "uniform":
            return f"layout(location = {places[name]}) {found[0]}"
        inside = f"location = {interface.uniforms[name]}"
        if name in interface.bindings:
            inside += f", binding = {interface.bindings[name]}"
        return f"layout({inside}) {found[0]}"

    return DECLARATION.sub(layout, text)
