"""A look without the numbers that show nothing: what a person would have written down."""

from dataclasses import fields, replace
from typing import Any, Final

from prink.params import Look, Rgba

__all__ = ["tidy_look"]

FAINT: Final = 0.02  # coverage that nobody sees
SLIGHT: Final = 0.06  # of a number that shows without any colour
ALONE: Final = {
    "foundation": ("smoothing", "dewiness"),
    "eyes": ("whitening",),
    "teeth": ("whitening",),
}


def tidy_look(look: Look) -> Look:
    """Returns the look with colours of no coverage, and products that are not worn, as if bare."""
    bare = Look()
    parts = {group.name: tidy_group(look, bare, group.name) for group in fields(Look)}
    return replace(look, **parts)


def tidy_group(look: Look, bare: Look, name: str) -> Any:  # noqa: ANN401 (each group has a type)
    group, rest = getattr(look, name), getattr(bare, name)
    values = {each.name: getattr(group, each.name) for each in fields(group)}
    shown = False
    for key, value in values.items():
        if isinstance(value, Rgba):
            if value.a < FAINT:
                values[key] = getattr(rest, key)._replace(a=0.0)
            else:
                shown = True
        elif key in ALONE.get(name, ()):
            if value < SLIGHT:
                values[key] = getattr(rest, key)
            else:
                shown = True
    return type(group)(**values) if shown else rest
