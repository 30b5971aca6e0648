"""The look's groups with what every host language writes of them."""

from dataclasses import dataclass, fields
from inspect import getdoc

from prink.params import Look, Parameter, parameters

__all__ = ["Group", "groups"]


@dataclass(frozen=True)
class Group:
    """A group of the look with its first sentence of documentation."""

    name: str
    type: str
    doc: str
    parameters: tuple[Parameter, ...]


def groups() -> list[Group]:
    """Returns the groups in the look's order."""
    found = []
    for field in fields(Look):
        kind = type(getattr(Look(), field.name))
        doc = (getdoc(kind) or "").partition("\n")[0]
        inside = tuple(each for each in parameters() if each.group == field.name)
        found.append(Group(field.name, kind.__name__, doc, inside))
    return found
