"""Look files: a versioned JSON form of a look, checked field by field."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from reprlib import Repr
from typing import Any

from prink.params.check import LookError, check_look, number
from prink.params.layout import Parameter, check_numbers, parameters
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


class JsonRepr(Repr):
    """Writes a value in at most 30 characters, with the words of JSON."""

    def repr_NoneType(self, value: None, level: int) -> str:
        """Returns JSON's None."""
        return "null"

    def repr_bool(self, value: bool, level: int) -> str:
        """Returns JSON's true or false."""
        return str(value).lower()


brief = JsonRepr().repr


def nearest(name: str, known: Iterable[str], *, group: str = "") -> str:
    """Returns the end of a sentence: which known name is meant, or else all of them."""
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    front = f"{group}." if group else ""
    if close:
        return f"; did you mean {front + close[0]!r}?"
    return f"; known: {', '.join(front + name for name in known)}"


def color(value: object, parameter: Parameter, coverage: float) -> Rgba:
    """Returns the colour of "#rrggbb", "#rrggbbaa", [r, g, b] or [r, g, b, coverage]."""
    path = parameter.path
    match = HEX.fullmatch(value) if isinstance(value, str) else None
    if match is not None:
        parts = [channel / 255 for channel in bytes.fromhex(match[1] + (match[2] or ""))]
    elif isinstance(value, list) and len(value) in (3, 4):
        parts = [
            number(part, parameter.spec, f"{path}[{place}]", shown=brief)
            for place, part in enumerate(value)
        ]
    else:
        forms = "'#rrggbb', '#rrggbbaa' or [r, g, b, coverage]"
        raise LookError(f"{path} is {brief(value)}; a colour is {forms}")
    return Rgba(parts[0], parts[1], parts[2], parts[3] if len(parts) == 4 else coverage)


def checked(value: object, parameter: Parameter, coverage: float) -> float | Rgba:
    if parameter.is_color:
        return color(value, parameter, coverage)
    return number(value, parameter.spec, parameter.path, shown=brief)


def look_from_dict(data: object) -> Look:
    """Returns the look of a parsed look file; fields that are left out keep their defaults.

    Raises:
        LookError: naming the field, its value and its range.
    """
    if not isinstance(data, dict):
        raise LookError(f"a look is a JSON object, got {type(data).__name__}")
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        what = f"is {brief(version)}" if "version" in data else "is missing"
        raise LookError(f'version {what}; expected "version": {SCHEMA_VERSION}')
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
            path = f"{group}.{name}"
            if path not in table:
                names = [known.partition(".")[2] for known in paths_of(group)]
                raise LookError(f"unknown parameter {path}{nearest(name, names, group=group)}")
            groups[group] = replace(groups[group], **{name: checked(value, table[path], 1.0)})
    return Look(**groups)


def paths_of(group: str) -> list[str]:
    return [parameter.path for parameter in parameters() if parameter.group == group]


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
    """Returns the look as JSON text, one parameter a line.

    Raises:
        LookError: naming the first field that is no number of its range.
    """
    check_numbers(look)
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
        return look_from_dict(json.loads(text, object_pairs_hook=without_doubles))
    except LookError as error:
        raise LookError(f"{error} ({source})") from None
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise LookError(f"not JSON: {error} ({source})") from None


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns a JSON object; Python's own reader would silently take the last of two values."""
    data: dict[str, Any] = {}
    for name, value in pairs:
        if name in data:
            raise LookError(f"{brief(name)} is set twice in one object")
        data[name] = value
    return data


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


def edit(look: Look, *assignments: str) -> Look:
    """Returns the look after edits, one after the other.

    An edit reads `lips.gloss=0.8`, `lips.color=#aa2030`, `lips.color=[0.6, 0.1, 0.2]` or
    `lips.color.a=0.5`. A colour given without coverage keeps the look's coverage if there is any,
    else it is applied in full.

    Raises:
        LookError: if a parameter is unknown or a value out of range.
    """
    check_look(look)
    for assignment in assignments:
        path, equals, text = (part.strip() for part in assignment.partition("="))
        parameter, channel = edited(path)
        if not equals:
            raise LookError(f"{path!r} is given no value; an edit reads {path}=VALUE")
        before, value = parameter.get(look), typed(text)
        after: float | Rgba
        if not isinstance(before, Rgba):
            after = number(value, parameter.spec, path)
        elif channel:
            after = before._replace(**{channel: number(value, parameter.spec, path)})
        else:
            after = color(value, parameter, before.a or 1.0)
        group = replace(getattr(look, parameter.group), **{parameter.name: after})
        look = replace(look, **{parameter.group: group})
    return look


def edited(path: str) -> tuple[Parameter, str]:
    """Returns what a path such as `lips.color.a` names: parameter, and channel of a colour or "".

    Raises:
        LookError: if there is no such parameter.
    """
    if not path:
        raise LookError("an edit names a parameter and its value, such as lips.gloss=0.8")
    if paths_of(path):
        raise LookError(f"{path!r} is a group; its parameters: {', '.join(paths_of(path))}")
    table = {parameter.path: parameter for parameter in parameters()}
    group, _, rest = path.partition(".")
    name, _, channel = rest.partition(".")
    parameter = table.get(f"{group}.{name}")
    if parameter is None or (channel and not (parameter.is_color and channel in Rgba._fields)):
        raise LookError(f"no parameter is called {path!r}{meant(path)}")
    return parameter, channel


def meant(path: str) -> str:
    """Returns the end of a sentence: the path that is meant, or else the groups there are."""
    paths = [parameter.path for parameter in parameters()]
    groups = list(dict.fromkeys(parameter.group for parameter in parameters()))
    near = get_close_matches(path, paths, n=1, cutoff=0.5)
    return nearest(path, near or groups)
