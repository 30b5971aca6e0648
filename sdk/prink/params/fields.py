"""Which numbers a network's file gives: its field list, mapped to this schema's looks by path.

A file keeps the list of the schema it was made with. A later schema has more fields: those the file
does not know stay bare. An earlier one does not know some of the file's: they are refused by name.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Floats
from prink.params.layout import parameters, to_vector
from prink.params.schema import Look

__all__ = ["FieldList", "Refusal", "file_fields", "schema_fields"]

Refusal = Callable[[str], BaseException]
"""Makes the error to raise out of one sentence."""


@dataclass(frozen=True)
class FieldList:
    """The fields of a vector of F numbers.

    Attributes:
        fields: Path and width of each, in the vector's order.
    """

    fields: tuple[tuple[str, int], ...]

    @cached_property
    def numbers(self) -> int:
        """F: how many numbers there are."""
        return sum(width for _, width in self.fields)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups in order of first appearance."""
        return tuple(dict.fromkeys(path.partition(".")[0] for path, _ in self.fields))

    @cached_property
    def places(self) -> dict[str, slice]:
        """Where the numbers of each path lie in the vector (F,)."""
        found, start = {}, 0
        for path, width in self.fields:
            found[path] = slice(start, start + width)
            start += width
        return found

    @cached_property
    def in_look(self) -> NDArray[np.intp]:
        """The place (F,) of each number in a look's vector (P,); every field is of this schema."""
        ours = schema_fields().places
        return np.array([n for path, _ in self.fields for n in numbered(ours[path])], np.intp)

    def to_look(self, numbers: NDArray[np.floating[Any]]) -> Floats:
        """Returns a look's vector (P,) float32 of numbers (F,), 0..1; other fields are bare.

        Raises:
            ValueError: There are other than F numbers, or one is NaN.
        """
        owners = [path for path, width in self.fields for _ in range(width)]
        check_given(numbers, owners, what="numbers")
        vector = to_vector(Look())
        vector[self.in_look] = numbers
        return vector

    def of_look(self, vector: NDArray[np.floating[Any]]) -> Floats:
        """Returns the numbers (F,) float32, 0..1, out of a look's vector (P,)."""
        return np.asarray(vector[self.in_look], np.float32)

    def confidence(self, shares: NDArray[np.floating[Any]]) -> dict[str, float]:
        """Returns the confidence of each group of a look; 0 of those that have no share here.

        Args:
            shares: Of `groups` (G,), in their order; clipped to 0..1.

        Raises:
            ValueError: There are other than G shares, or one is NaN.
        """
        owners = [f"the confidence of {group}" for group in self.groups]
        check_given(np.asarray(shares), owners, what="groups")
        told = np.clip(np.asarray(shares, np.float64), 0.0, 1.0).tolist()
        known = dict(zip(self.groups, told, strict=True))
        return {group: known.get(group, 0.0) for group in schema_fields().groups}

    def only(self, group: str) -> "FieldList":
        """Returns the fields of one group."""
        return FieldList(tuple(each for each in self.fields if each[0].startswith(f"{group}.")))

    def besides(self, other: "FieldList") -> tuple[tuple[str, int], ...]:
        """Returns the fields that another list does not have, or has of another width."""
        known = set(other.fields)
        return tuple(each for each in self.fields if each not in known)

    def listed(self) -> list[list[str | int]]:
        """Returns what a file keeps."""
        return [list(field) for field in self.fields]

    def text(self) -> str:
        """Returns what a file keeps as JSON."""
        return json.dumps(self.fields)


def numbered(places: slice) -> range:
    return range(places.start, places.stop)


def check_given(given: NDArray[np.floating[Any]], owners: Sequence[str], *, what: str) -> None:
    """Raises ValueError unless each owner has one number and none is NaN."""
    if given.shape != (len(owners),):
        told = "x".join(map(str, given.shape))
        raise ValueError(f"the fields have {len(owners)} {what}, got {told}")
    for owner, number in zip(owners, given, strict=True):
        if np.isnan(number):
            raise ValueError(f"{owner} is NaN; expected 0 to 1")


@cache
def schema_fields() -> FieldList:
    """Returns the fields of this schema, in the order of a look's vector (P,)."""
    return FieldList(tuple((each.path, each.width) for each in parameters()))


def file_fields(given: object, path: Path, *, what: str, error: Refusal) -> FieldList:
    """Returns the field list of a file, each of whose fields this schema has.

    Args:
        given: Pairs of path and width, or JSON of them, as the file keeps it.
        path: Of the file.
        what: What the file is to be, such as "encoder".
        error: Makes what is raised.

    Raises:
        BaseException: of `error`, if it is no such list, or it has fields that this schema does not
            have or has of another width; all of them are named.
    """
    try:
        found = parsed(json.loads(given) if isinstance(given, str) else given)
    except (TypeError, ValueError):
        raise error(
            f"the file does not say which numbers it gives, so it is no {what} of prink ({path})"
        ) from None
    names = [name for name, _ in found.fields]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise error(
            f"the file lists {', '.join(twice)} twice, so it is no {what} of prink ({path})"
        )
    unknown = found.besides(schema_fields())
    if unknown:
        raise error(
            f"the {what} was made for other looks than this prink's: {named(unknown)}; "
            f"read it with the prink that made it, or train it anew ({path})"
        )
    return found


def parsed(given: Any) -> FieldList:  # noqa: ANN401 (out of a file)
    """Returns a field list; raises TypeError or ValueError where it is none."""
    fields = tuple((name, width) for name, width in given)
    if not fields:
        raise ValueError("no field")
    for name, width in fields:
        if not (isinstance(name, str) and type(width) is int and width > 0):
            raise TypeError("no path and width")
    return FieldList(fields)


def named(fields: tuple[tuple[str, int], ...]) -> str:
    """Returns fields in words, with this schema's width where it is another one."""
    ours = dict(schema_fields().fields)
    return ", ".join(
        f"{path} has {width} numbers, here {ours[path]}" if path in ours else f"no {path} here"
        for path, width in fields
    )
