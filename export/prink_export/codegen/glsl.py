"""Writes the GLSL that comes from Python: look accessors, probe samples, and the flat shaders."""

import re
from itertools import groupby
from pathlib import Path

from prink.params import LOOK_VEC4S, parameters
from prink.render.row import placed
from prink_export.face_mesh.rings import SAMPLES
from prink_export.face_mesh.topology import Topology

__all__ = ["flatten", "look_accessors", "probe_samples", "row_places"]

INCLUDE = re.compile(r'^#include "([^"]+)"\n', re.MULTILINE)
NOTE = "// Generated from {source} by prink_export.codegen; do not edit.\n"


def look_accessors() -> str:
    """Returns GLSL names for every parameter of the packed look, such as `lips_gloss`."""
    lines = [
        NOTE.format(source="sdk/prink/params/schema.py"),
        f"uniform mediump vec4 u_look[{LOOK_VEC4S}];",
    ]
    for parameter in parameters():
        slot, component = divmod(parameter.offset, 4)
        place = f"u_look[{slot}]" if parameter.is_color else f"u_look[{slot}].{'xyzw'[component]}"
        lines.append(f"#define {parameter.group}_{parameter.name} {place}")
    return "\n".join(lines) + "\n"


def row_places() -> str:
    """Returns the texels of a face's row by name, such as `ROW_SEEN`, and what they hold."""
    lines = [NOTE.format(source="sdk/prink/render/row.py").strip()]
    for texel, inside in groupby(placed(), lambda each: each.texel):
        (first, *more) = inside
        names = (f"{each.channels} {each.numbers.name}" for each in (first, *more))
        lines += [f"// {', '.join(names)}", f"#define ROW_{texel.name.upper()} {first.place}"]
    return "\n".join(lines) + "\n"


def region_names() -> list[str]:
    """Returns the probe's regions in order: those of the middle, then each side's."""
    return [
        side
        for name in SAMPLES
        for side in ((name, name.replace("right", "left")) if "right" in name else (name,))
    ]


def probe_samples(topology: Topology) -> str:
    """Returns region numbers and the landmark pairs that the probe pass samples."""
    first: list[int] = []
    second: list[int] = []
    starts = [0]
    for name in region_names():
        pairs = SAMPLES.get(name) or tuple(
            (topology.mirror(a), topology.mirror(b))
            for a, b in SAMPLES[name.replace("left", "right")]
        )
        first += [a for a, _ in pairs]
        second += [b for _, b in pairs]
        starts.append(len(first))
    lines = [NOTE.format(source="export/prink_export/face_mesh/rings.py")]
    lines += [f"#define {name.upper()} {place}" for place, name in enumerate(region_names())]
    lines.append(f"#define REGIONS {len(region_names())}")
    for name, numbers in (
        ("REGION_FIRST", starts),
        ("SAMPLE_FIRST", first),
        ("SAMPLE_SECOND", second),
    ):
        values = ", ".join(map(str, numbers))
        lines.append(f"const int {name}[{len(numbers)}] = int[{len(numbers)}]({values});")
    return "\n".join(lines) + "\n"


def flatten(root: Path, name: str, generated: dict[str, str]) -> str:
    """Returns one shader with its includes inside, each once.

    Raises:
        FileNotFoundError: if an include does not exist under `root`.
    """
    seen: set[str] = set()

    def body(path: str) -> str:
        text = generated.get(path) or (root / path).read_text()
        return INCLUDE.sub(lambda match: once(match[1]), text)

    def once(path: str) -> str:
        if path in seen:
            return ""
        seen.add(path)
        return body(path)

    return NOTE.format(source=f"shaders/{name}") + body(name)
