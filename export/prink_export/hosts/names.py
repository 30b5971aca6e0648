"""Names that hosts share with shaders, plan and networks, gathered from their sources."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from prink.onnx_session import open_session
from prink.params import LOOK_VEC4S, SCHEMA_VERSION
from prink.render.row import ROW, placed
from prink_export.network import ExportError
from prink_export.networks.entry import Constant, Entry
from prink_export.networks.registry import entries

__all__ = ["Names", "camel", "host_names"]

Names = dict[str, dict[str, Constant]]


def host_names(shaders: Path, mesh: Mapping[str, Any]) -> Names:
    """Returns constants by type and name in snake case, such as `plan.passes`.

    Args:
        shaders: The shaders folder of a checkout.
        mesh: What `mesh/face.json` holds.

    Raises:
        ExportError: if a network's file cannot be read or has several inputs, or if it or one of
            its constants has a name that is taken.
    """
    plan: dict[str, Any] = json.loads((shaders / "plan.json").read_text())
    atlas: dict[str, Any] = json.loads((shaders / "atlas.json").read_text())
    names: Names = {
        "schema": {"version": SCHEMA_VERSION, "vec4s": LOOK_VEC4S},
        "plan": {
            "version": plan["version"],
            "passes": [step["name"] for step in plan["passes"]],
            "targets": list(plan["targets"]),
            "textures": list(plan["textures"]),
            "layers": list(plan["layers"]),
            "from_host": given_by_host(plan),
            "patches": list(mesh["patches"]),
            "attributes": [each["name"] for each in mesh["attributes"]],
        },
        "atlas": {
            "version": atlas["version"],
            "size": atlas["size"],
            "tiles": list(atlas["tiles"]),
        },
    }
    names["row"] = row_offsets()
    for each in entries():
        if each.name in names:
            raise ExportError(f"a network is called {each.name!r}, as another table of hosts is")
        names[each.name] = network_names(each)
    return names


def network_names(entry: Entry) -> dict[str, Constant]:
    """Returns the names of a network's ends, and its constants."""
    ends, constants = doors(entry.weights), dict(entry.constants())
    for name in constants:
        if name in ends:
            raise ExportError(f"a constant of the network {entry.name!r} is called {name!r}, too")
    return ends | constants


def row_offsets() -> dict[str, Constant]:
    """Returns how many texels a face's row has, and the first place of its numbers, in floats."""
    return {"texels": ROW, **{each.numbers.name: each.offset for each in placed()}}


def given_by_host(plan: dict[str, Any]) -> list[str]:
    """Returns names of textures that are neither targets nor files: the host has them."""
    used = {name for step in plan["passes"] for name in step["textures"].values()}
    return sorted(used - plan["targets"].keys() - plan["textures"].keys())


@cache
def session_doors(file: Path) -> tuple[tuple[str, tuple[int, ...]], tuple[str, ...]]:
    if not file.is_file():
        raise ExportError(f"there is no file with weights of that name ({file})")
    session = open_session(file, what="network", error=ExportError)
    given, *more = session.get_inputs()
    if more:
        told = ", ".join(each.name for each in (given, *more))
        raise ExportError(f"hosts feed one input to a network, this one has {told} ({file})")
    # A batch may be named in place of a number.
    shape = tuple(size if isinstance(size, int) else 1 for size in given.shape)
    return (given.name, shape), tuple(each.name for each in session.get_outputs())


def doors(file: Path) -> dict[str, Constant]:
    (name, shape), outputs = session_doors(file)
    return {"input": name, "shape": list(shape), "outputs": list(outputs)}


def camel(name: str, *, upper: bool = False) -> str:
    """Returns `lip_liner` as `lipLiner`, or with `upper` as `LipLiner`."""
    first, *rest = name.split("_")
    return (first.capitalize() if upper else first) + "".join(part.capitalize() for part in rest)
