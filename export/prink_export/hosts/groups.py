"""The look's groups and parameters with what every host language writes of them."""

from dataclasses import dataclass, fields
from functools import cache
from inspect import getdoc

from prink.params import Look, Parameter, Rgba, parameters

__all__ = ["Group", "Placed", "groups", "number_count", "placed"]


@dataclass(frozen=True)
class Placed:
    """A parameter and its first place among the look's numbers in schema order."""

    parameter: Parameter
    first: int

    @property
    def numbers(self) -> tuple[float, ...]:
        """The default: one number, or four of a colour."""
        default = self.parameter.default
        return tuple(default) if isinstance(default, Rgba) else (default,)


@dataclass(frozen=True)
class Group:
    """A group of the look with its first sentence of documentation."""

    name: str
    type: str
    doc: str
    placed: tuple[Placed, ...]


@cache
def placed() -> tuple[Placed, ...]:
    """Returns every parameter in schema order with its place."""
    return tuple(Placed(parameter, parameter.place) for parameter in parameters())


def number_count() -> int:
    """Returns how many numbers a look has."""
    last = placed()[-1]
    return last.first + len(last.numbers)


def groups() -> list[Group]:
    """Returns the groups in the look's order."""
    found = []
    for field in fields(Look):
        kind = type(getattr(Look(), field.name))
        doc = (getdoc(kind) or "").partition("\n")[0]
        inside = tuple(each for each in placed() if each.parameter.group == field.name)
        found.append(Group(field.name, kind.__name__, doc, inside))
    return found
