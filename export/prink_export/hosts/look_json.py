"""Writes the schema and the shipped looks as JSON for hosts."""

import json
from collections.abc import Collection
from typing import Any

from prink.params import (
    HAIR,
    LOOK_VEC4S,
    LOOKS,
    SCHEMA_VERSION,
    Look,
    Parameter,
    Rgba,
    hair_note,
    look_note,
    look_to_dict,
)
from prink_export.hosts.groups import groups

__all__ = ["presets_json", "schema_json"]


def schema_json() -> str:
    """Returns every parameter with label, range, default and its place in the packed look."""
    told_groups = [
        {"name": group.name, "doc": group.doc, "parameters": list(map(told, group.parameters))}
        for group in groups()
    ]
    data = {"version": SCHEMA_VERSION, "vec4s": LOOK_VEC4S, "groups": told_groups}
    return json.dumps(data, indent=2) + "\n"


def told(parameter: Parameter) -> dict[str, Any]:
    spec, default = parameter.spec, parameter.default
    return {
        "name": parameter.name,
        "kind": "color" if parameter.is_color else "number",
        "label": spec.label,
        "doc": spec.doc,
        "unit": spec.unit,
        "lo": spec.lo,
        "hi": spec.hi,
        "default": list(default) if isinstance(default, Rgba) else default,
        "offset": parameter.offset,
    }


def presets_json(draws: Collection[str]) -> str:
    """Returns the shipped looks and hair colours, only what is not the default.

    Args:
        draws: Groups to tell of; looks without any are left out.
    """
    kinds = {"looks": (LOOKS, look_note), "hair": (HAIR, hair_note)}
    data: dict[str, Any] = {"version": SCHEMA_VERSION}
    for kind, (table, note) in kinds.items():
        cut = {name: worn(look, draws) for name, look in table.items()}
        data[kind] = {
            name: {"note": note(name), "look": {"version": SCHEMA_VERSION} | look}
            for name, look in cut.items()
            if look
        }
    return json.dumps(data, indent=2) + "\n"


def worn(look: Look, draws: Collection[str]) -> dict[str, Any]:
    """Returns the groups of a look with the values that are not the defaults."""
    bare, given = look_to_dict(Look()), look_to_dict(look)
    found = {
        group: {name: value for name, value in given[group].items() if value != bare[group][name]}
        for group in given
        if group in draws
    }
    return {group: values for group, values in found.items() if values}
