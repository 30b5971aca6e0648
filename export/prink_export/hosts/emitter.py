"""Writes the look and the shared names in a host language: templates filled from the schema.

In a template `«name»` is a value. A line that ends with `«for name»`, and the lines between one
that is nothing else and `«end name»`, come once for each group, parameter (of the group, or else
of all), table or constant (of the table).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from prink.params import LOOK_NUMBERS, Parameter, Rgba, parameters
from prink_export.hosts.groups import Group, groups
from prink_export.hosts.names import Names, camel

__all__ = ["Language"]

BLOCK: Final = re.compile(r"^«for (\w+)»\n(.*?)^«end \1»\n", re.MULTILINE | re.DOTALL)
LINE: Final = re.compile(r"^(.+) «for (\w+)»\n", re.MULTILINE)
VALUE: Final = re.compile(r"«(\w+)»")
NOTE: Final = "// Generated from {} by prink_export.codegen; do not edit.\n"

Values = dict[str, Any]


@dataclass(frozen=True)
class Language:
    """A host language: templates of its two files, by name, and how it spells names and values.

    Attributes:
        look: The look with every group and parameter.
        names: Names that hosts share with shaders, plan and networks.
        field: How a group or parameter is called, given its name in look files.
        constant: How a shared name is called.
        kinds: Types of a number and of a colour.
        number: A number's literal.
        scalar: A number where its type has to be seen.
        color: A colour made of four numbers.
        list: A list's literal.
        field_of: A field of a network's numbers, of its path and width.
        fixed: What stands before a shared name whose value is no list.
    """

    look: tuple[str, str]
    names: tuple[str, str]
    field: Callable[[str], str] = camel
    constant: Callable[[str], str] = camel
    kinds: tuple[str, str] = ("Float", "Rgba")
    number: str = "{:g}"
    scalar: str = "{}"
    color: str = "Rgba({})"
    list: str = "[{}]"
    field_of: str = "Field({}, {})"
    fixed: str = ""

    def files(self, names: Names) -> dict[str, str]:
        """Returns the text of both files by name."""
        look: Values = {
            "groups": [self.group(group) for group in groups()],
            "parameters": [self.parameter(each) for each in parameters()],
            "count": LOOK_NUMBERS,
        }
        tables = [self.table(name, table) for name, table in names.items()]
        texts: dict[tuple[str, str], tuple[str, Values]] = {
            self.look: ("sdk/prink/params/schema.py", look),
            self.names: ("sdk/prink, shaders/ and the shipped networks", {"tables": tables}),
        }
        return {
            name: NOTE.format(source) + filled(template, values)
            for (name, template), (source, values) in texts.items()
        }

    def group(self, group: Group) -> Values:
        """Returns what templates know of a group; `bare` are the defaults of its fields."""
        inside = [self.parameter(each) for each in group.parameters]
        return {
            "group": self.field(group.name),
            "type": group.type,
            "group_doc": group.doc,
            "bare": ", ".join(f"{each['name']}: {each['value']}" for each in inside),
            "parameters": inside,
        }

    def parameter(self, p: Parameter) -> Values:
        """Returns what templates know of a parameter.

        `at` is where a look has it, `channels` are its numbers there, `taken` is made of numbers n.
        """
        group, name = self.field(p.group), self.field(p.name)
        default = p.default if isinstance(p.default, Rgba) else (p.default,)
        numbers = ", ".join(map(self.number.format, default))
        taken = ", ".join(f"n[{place}]" for place in range(LOOK_NUMBERS)[p.numbers])
        at = f"{group}.{name}"
        return {
            **{"group": group, "name": name, "path": p.path, "at": at, "doc": p.spec.doc},
            **{"label": json.dumps(p.spec.label), "unit": json.dumps(p.spec.unit)},
            **{"lo": self.number.format(p.spec.lo), "hi": self.number.format(p.spec.hi)},
            **{"first": p.place, "offset": p.offset, "numbers": numbers},
            "kind": self.kinds[p.is_color],
            "value": (self.color if p.is_color else self.scalar).format(numbers),
            "channels": ", ".join(f"{at}.{c}" for c in "rgba") if p.is_color else at,
            "taken": self.color.format(taken) if p.is_color else taken,
        }

    def table(self, name: str, constants: Mapping[str, object]) -> Values:
        """Returns what templates know of a table of shared names."""
        inside = [self.shared(constant, given) for constant, given in constants.items()]
        return {"Table": camel(name, upper=True), "table": camel(name), "constants": inside}

    def shared(self, name: str, given: object) -> Values:
        """Returns what templates know of a shared name."""
        if isinstance(given, list):
            fixed, literal = "", self.list.format(", ".join(map(self.item, given)))
        else:
            fixed, literal = self.fixed, json.dumps(given)
        return {"constant": self.constant(name), "literal": literal, "fixed": fixed}

    def item(self, given: object) -> str:
        """Returns the literal of an item of a list."""
        if isinstance(given, tuple):
            return self.field_of.format(*map(json.dumps, given))
        return json.dumps(given)


def filled(template: str, values: Values) -> str:
    """Returns a template with its loops run and its values put in."""

    def each(name: str, body: str) -> str:
        return "".join(filled(body, values | item) for item in values[f"{name}s"])

    text = BLOCK.sub(lambda block: each(block[1], block[2]), template)
    text = LINE.sub(lambda line: each(line[2], line[1] + "\n"), text)
    return VALUE.sub(lambda value: str(values[value[1]]), text)
