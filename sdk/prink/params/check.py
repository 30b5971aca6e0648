"""Numbers of a look are checked here, whether they come from a file, an edit or Python."""

from collections.abc import Callable
from reprlib import repr as brief  # at most 30 characters of a wild value

import numpy as np

from prink.errors import PrinkError
from prink.params.schema import Look, Spec

__all__ = ["LookError", "check_look", "number"]


class LookError(PrinkError, ValueError):
    """A look that cannot be used; the message names field, value, range and file."""


def check_look(look: object) -> None:
    """Raises a `TypeError` that says what to pass, unless this is a look."""
    if not isinstance(look, Look):
        known = "prink.look('classic_red') or prink.load_look('my.json')"
        raise TypeError(f"the look is {brief(look)}; expected a prink.Look, such as {known}")


def number(
    value: object, spec: Spec, path: str, *, shown: Callable[[object], str] = brief
) -> float:
    """Returns a value as the number of a parameter; `shown` writes a wrong one.

    Raises:
        LookError: naming the path, the value and its range.
    """
    if isinstance(value, np.number):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise LookError(f"{path} is {shown(value)}; expected a number {spec.lo:g} to {spec.hi:g}")
    if not spec.lo <= value <= spec.hi:
        raise LookError(f"{path} is {shown(value)}; its range is {spec.lo:g} to {spec.hi:g}")
    return float(value)
