"""Look files: a versioned JSON form of a look, checked field by field."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from reprlib import repr as brief  # at most 30 characters of a wild value
from typing import Any

from prink.params.layout import Parameter, parameters
from prink.params.schema import SCHEMA_VERSION, Look, Rgba
from prink.whole_file import whole_file

__all__ = [
    "LookError",
    "dump_look",
    "edit",
    "load_look",
    "look_from_dict",
    "look_to_dict",
    "parse_look",
    "save_look",
]

HEX = re.compile(r"#([0-9a-fA-F]{6})([0-9a-fA-F]{2})?")
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class LookError(ValueError):
    """A look that cannot be used; the message names field, value, range and file."""


def nearest(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(known)}"


def number(value: object, parameter: Parameter, path: str) -> float:
    spec = parameter.spec
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise LookError(f"{path} is {brief(value)}; expected a number {spec.lo:g} to {spec.hi:g}")
    if not spec.lo <= value <= spec.hi:
        raise LookError(f"{path} is {brief(value)}; its range is {spec.lo:g} to {spec.hi:g}")
    return float(value)


def color(value: object, parameter: Parameter, coverage: float) -> Rgba:
    """Returns the colour of "#rrggbb", "#rrggbbaa", [r, g, b] or [r, g, b, coverage]."""
    path = parameter.path
    match = HEX.fullmatch(value) if isinstance(value, str) else None
    if match is not None:
        parts = [channel / 255 for channel in bytes.fromhex(match[1] + (match[2] or ""))]
    elif isinstance(value, list) and len(value) in (3, 4):
        parts = [number(part, parameter, f"{path}[{place}]") for place, part in enumerate(value)]
    else:
        forms = "'#rrggbb', '#rrggbbaa' or [r, g, b, coverage]"
        raise LookError(f"{path} is {brief(value)}; a colour is {forms}")
    return Rgba(parts[0], parts[1], parts[2], parts[3] if len(parts) == 4 else coverage)


def checked(value: object, parameter: Parameter, coverage: float) -> float | Rgba:
    if parameter.is_color:
        return color(value, parameter, coverage)
    return number(value, parameter, parameter.path)


def look_from_dict(data: object) -> Look:
    """Returns the look of a parsed look file; fields that are left out keep their defaults.

    Raises:
        LookError: naming the field, its value and its range.
    """
    if not isinstance(data, dict):
        raise LookError(f"a look is a JSON object, got {type(data).__name__}")
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise LookError(f'version is {brief(version)}; expected "version": {SCHEMA_VERSION}')
    if version > SCHEMA_VERSION:
        raise LookError(
            f"version is {brief(version)}; this prink reads up to {SCHEMA_VERSION}, upgrade it"
        )
    for older in range(version, SCHEMA_VERSION):
        data = MIGRATIONS[older](data)
    return filled(
        {name: value for name, value in data.items() if name not in ("version", "name", "doc")}
    )


def filled(data: Mapping[str, Any]) -> Look:
    groups = {group.name: getattr(Look(), group.name) for group in fields(Look)}
    table = {parameter.path: parameter for parameter in parameters()}
    for group, values in data.items():
        if group not in groups:
            raise LookError(f"unknown group {group!r}{nearest(group, list(groups))}")
        if not isinstance(values, dict):
            raise LookError(f"{group} is {brief(values)}; expected an object of parameters")
        for name, value in values.items():
            known = [entry.name for entry in table.values() if entry.group == group]
            if name not in known:
                raise LookError(f"unknown parameter {group}.{name}{nearest(name, known)}")
            groups[group] = replace(
                groups[group], **{name: checked(value, table[f"{group}.{name}"], 1.0)}
            )
    return Look(**groups)


def look_to_dict(look: Look) -> dict[str, Any]:
    """Returns the JSON form of a look; `look_from_dict` gives the same look back."""
    data: dict[str, Any] = {"version": SCHEMA_VERSION}
    for parameter in parameters():
        value = parameter.get(look)
        data.setdefault(parameter.group, {})[parameter.name] = (
            list(value) if isinstance(value, Rgba) else value
        )
    return data


def dump_look(look: Look) -> str:
    """Returns the look as JSON text, one parameter a line."""
    data = look_to_dict(look)
    lines = [f'{{\n  "version": {data.pop("version")}']
    for group, values in data.items():
        inside = ",\n".join(
            f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in values.items()
        )
        lines.append(f'  "{group}": {{\n{inside}\n  }}')
    return ",\n".join(lines) + "\n}\n"


def parse_look(text: str, *, source: str = "look") -> Look:
    """Returns the look of a JSON text; `source` names it in errors.

    Raises:
        LookError: if the text is no valid look.
    """
    try:
        return look_from_dict(json.loads(text))
    except LookError as error:
        raise LookError(f"{error} ({source})") from None
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise LookError(f"not JSON: {error} ({source})") from None


def load_look(path: str | Path) -> Look:
    """Returns the look stored in a file.

    Raises:
        LookError: if the file cannot be read or is no valid look.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")  # some editors put a mark in front
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise LookError(f"cannot read the look: {reason} ({path})") from None
    return parse_look(text, source=str(path))


def save_look(look: Look, path: str | Path) -> None:
    """Writes the look as JSON, whole or not at all.

    Raises:
        LookError: if the file cannot be put there.
    """
    text = dump_look(look)
    with whole_file(path, error=LookError) as part:
        try:
            part.write_text(text, encoding="utf-8")
        except OSError as error:
            raise LookError(f"cannot write the look: {error.strerror} ({path})") from None


def typed(text: str) -> object:
    if text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    try:
        return float(text)
    except ValueError:
        return text


def edit(look: Look, assignment: str) -> Look:
    """Returns the look after one edit.

    An edit reads `lips.gloss=0.8`, `lips.color=#aa2030`, `lips.color=[0.6, 0.1, 0.2]` or
    `lips.color.a=0.5`. A colour given without coverage keeps the look's coverage if there is any,
    else it is applied in full.

    Raises:
        LookError: if the parameter is unknown or the value out of range.
    """
    path, equals, text = assignment.partition("=")
    table = {parameter.path: parameter for parameter in parameters()}
    group, _, rest = path.strip().partition(".")
    name, _, channel = rest.partition(".")
    parameter = table.get(f"{group}.{name}")
    if (
        not equals
        or parameter is None
        or (channel and not (parameter.is_color and channel in Rgba._fields))
    ):
        raise LookError(
            f"{assignment!r} sets no known parameter{nearest(path.strip(), list(table))}"
        )
    before = parameter.get(look)
    value = typed(text.strip())
    after: float | Rgba
    if isinstance(before, Rgba):
        if channel:
            after = before._replace(**{channel: number(value, parameter, path.strip())})
        else:
            after = color(value, parameter, before.a or 1.0)
    else:
        after = number(value, parameter, parameter.path)
    return replace(look, **{group: replace(getattr(look, group), **{name: after})})
