"""Where each parameter lives in the packed look: `uniform vec4 u_look[LOOK_VEC4S]`.

Offsets are computed from the schema: in each group every colour takes one vec4, then the floats
fill vec4s.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from reprlib import repr as brief  # at most 30 characters of a wild value
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Floats
from prink.color import srgb_to_linear
from prink.params.check import LookError, check_look, number
from prink.params.schema import Look, Rgba, Spec

__all__ = [
    "LOOK_NUMBERS",
    "LOOK_VEC4S",
    "Parameter",
    "check_numbers",
    "from_vector",
    "pack",
    "parameter_at",
    "parameters",
    "to_vector",
]

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Parameter:
    """One field of the schema and where its numbers lie.

    Attributes:
        group: The product it belongs to.
        name: Within the group.
        spec: Range, unit and words.
        default: Of a bare face.
        place: Of its first number in a look's vector (P,), see `to_vector`.
        offset: Of its first number in the packed look, in floats.
    """

    group: str
    name: str
    spec: Spec
    default: float | Rgba
    place: int
    offset: int

    @property
    def path(self) -> str:
        """The name users type: `lips.gloss`."""
        return f"{self.group}.{self.name}"

    @property
    def is_color(self) -> bool:
        """Whether the field is an `Rgba` of four numbers."""
        return isinstance(self.default, Rgba)

    @property
    def width(self) -> int:
        """How many numbers it has: four of a colour, else one."""
        return 4 if self.is_color else 1

    @property
    def numbers(self) -> slice:
        """Its numbers in a look's vector (P,)."""
        return slice(self.place, self.place + self.width)

    def get(self, look: Look) -> float | Rgba:
        """Returns this parameter's value in a look."""
        value: float | Rgba = getattr(getattr(look, self.group), self.name)
        return value


def group_fields(group_type: type) -> Iterator[tuple[str, Spec]]:
    """Yields name and spec of each field of a group, in declared order."""
    for name, hint in get_type_hints(group_type, include_extras=True).items():
        yield name, hint.__metadata__[0]


@cache
def parameters() -> tuple[Parameter, ...]:
    """Returns every parameter of the schema in order, with computed offsets."""
    found: list[Parameter] = []
    place = offset = 0
    bare = Look()
    for group in fields(Look):
        offset += -offset % 4
        values = getattr(bare, group.name)
        for name, spec in group_fields(type(values)):
            default = getattr(values, name)
            parameter = Parameter(group.name, name, spec, default, place, offset)
            found.append(parameter)
            place, offset = place + parameter.width, offset + parameter.width
    return tuple(found)


def parameter_at(path: str) -> Parameter:
    """Returns the parameter of a path such as `lips.gloss`.

    Raises:
        KeyError: if the schema has none of that path.
    """
    return by_path()[path]


@cache
def by_path() -> dict[str, Parameter]:
    return {parameter.path: parameter for parameter in parameters()}


LOOK_NUMBERS: int = sum(parameter.width for parameter in parameters())
"""P: how many numbers a look has."""
LOOK_VEC4S: int = -(-(parameters()[-1].offset + parameters()[-1].width) // 4)
"""How many vec4s a packed look has."""


@cache
def slots() -> tuple[Places, Places, Doubles, Doubles]:
    """Returns where each number of a look is packed, which slots are sRGB, and both bounds."""
    places: list[int] = []
    srgb: list[int] = []
    bounds: list[tuple[float, float]] = []
    for parameter in parameters():
        width = parameter.width
        places += range(parameter.offset, parameter.offset + width)
        srgb += range(parameter.offset, parameter.offset + width - 1)
        bounds += [(parameter.spec.lo, parameter.spec.hi)] * width
    lo, hi = np.array(bounds, np.float64).T
    # A hair wider, because a mix of two looks may be off by its last bit.
    return np.array(places), np.array(srgb), lo - 1e-9, hi + 1e-9


def pack(look: Look) -> Floats:
    """Returns the look as the shaders read it, `(LOOK_VEC4S, 4)`; colours become linear light.

    Raises:
        LookError: naming the first field that is no number of its range.
        TypeError: if it is no look.
    """
    check_look(look)
    places, srgb, lo, hi = slots()
    given = as_array(look)
    if given is None or not ((lo <= given) & (given <= hi)).all():
        given = np.array(check_numbers(look))
    flat = np.zeros(LOOK_VEC4S * 4)
    flat[places] = given
    flat[srgb] = srgb_to_linear(flat[srgb])
    return flat.astype(np.float32).reshape(-1, 4)


def as_array(look: Look) -> Doubles | None:
    """Returns the look's numbers in schema order, or None where a field holds something else."""
    numbers: list[Any] = []
    for parameter in parameters():
        value = parameter.get(look)
        if not parameter.is_color:
            numbers.append(value)
        elif isinstance(value, Rgba):
            numbers += value
        else:
            return None
    try:
        found = np.array(numbers)
    except ValueError:  # a field holds a list
        return None
    return found if found.dtype == np.float64 and found.ndim == 1 else None


def check_numbers(look: Look) -> list[float]:
    """Returns the look's numbers in schema order, each looked at; slower.

    Raises:
        LookError: naming the first field that is no number of its range.
    """
    numbers: list[float] = []
    for parameter in parameters():
        value, spec, path = parameter.get(look), parameter.spec, parameter.path
        if not parameter.is_color:
            numbers.append(number(value, spec, path))
        elif isinstance(value, Rgba):
            numbers += [
                number(part, spec, f"{path}.{channel}") for channel, part in value._asdict().items()
            ]
        else:
            raise LookError(f"{path} is {brief(value)}; expected a prink.Rgba of numbers 0 to 1")
    return numbers


def to_vector(look: Look) -> Floats:
    """Returns all numbers of the look scaled to 0..1, in schema order (sRGB), shape `(P,)`."""
    numbers: list[float] = []
    for parameter in parameters():
        value, spec = parameter.get(look), parameter.spec
        parts = value if isinstance(value, Rgba) else (value,)
        numbers += [(part - spec.lo) / (spec.hi - spec.lo) for part in parts]
    return np.array(numbers, np.float32)


def from_vector(vector: NDArray[np.floating[Any]]) -> Look:
    """Returns the look of a `(P,)` vector made by `to_vector`; values are clipped to 0..1.

    Raises:
        ValueError: if the vector has another length than the schema, or holds NaN.
    """
    if vector.shape != (LOOK_NUMBERS,):
        raise ValueError(f"a look vector has shape ({LOOK_NUMBERS},), got {vector.shape}")
    if np.isnan(vector).any():
        raise ValueError(
            f"a look vector holds numbers 0 to 1, got NaN at {np.isnan(vector).argmax()}"
        )
    numbers = np.clip(np.asarray(vector, np.float64), 0.0, 1.0).tolist()
    groups: dict[str, dict[str, float | Rgba]] = {}
    for parameter in parameters():
        lo, hi = parameter.spec.lo, parameter.spec.hi
        taken = [lo + (hi - lo) * share for share in numbers[parameter.numbers]]
        value = Rgba(*taken) if parameter.is_color else taken[0]
        groups.setdefault(parameter.group, {})[parameter.name] = value
    bare = Look()
    return Look(**{name: type(getattr(bare, name))(**values) for name, values in groups.items()})
