"""Where each parameter lives in the packed look: `uniform vec4 u_look[LOOK_VEC4S]`.

Offsets are computed from the schema: in each group every colour takes one vec4, then the floats
fill vec4s.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from prink.color import srgb_to_linear
from prink.params.schema import Look, Rgba, Spec

__all__ = ["LOOK_VEC4S", "Parameter", "from_vector", "pack", "parameters", "to_vector"]


@dataclass(frozen=True)
class Parameter:
    """One field of the schema and its place in the packed look (`offset` counts floats)."""

    group: str
    name: str
    spec: Spec
    default: float | Rgba
    offset: int

    @property
    def path(self) -> str:
        """The name users type: `lips.gloss`."""
        return f"{self.group}.{self.name}"

    @property
    def is_color(self) -> bool:
        """Whether the field is an `Rgba` of four numbers."""
        return isinstance(self.default, Rgba)

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
    offset = 0
    bare = Look()
    for group in fields(Look):
        offset += -offset % 4
        values = getattr(bare, group.name)
        for name, spec in group_fields(type(values)):
            default = getattr(values, name)
            found.append(Parameter(group.name, name, spec, default, offset))
            offset += 4 if isinstance(default, Rgba) else 1
    return tuple(found)


def size() -> int:
    last = parameters()[-1]
    end = last.offset + (4 if last.is_color else 1)
    return (end + 3) // 4


LOOK_VEC4S: int = size()


def pack(look: Look) -> NDArray[np.float32]:
    """Returns the look as the shaders read it, `(LOOK_VEC4S, 4)`; colours become linear light."""
    flat = np.zeros(LOOK_VEC4S * 4, np.float32)
    for parameter in parameters():
        value = parameter.get(look)
        if isinstance(value, Rgba):
            flat[parameter.offset : parameter.offset + 3] = srgb_to_linear(value[:3])
            flat[parameter.offset + 3] = value.a
        else:
            flat[parameter.offset] = value
    return flat.reshape(-1, 4)


def to_vector(look: Look) -> NDArray[np.float32]:
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
    expected = sum(4 if parameter.is_color else 1 for parameter in parameters())
    if vector.shape != (expected,):
        raise ValueError(f"a look vector has shape ({expected},), got {vector.shape}")
    if np.isnan(vector).any():
        raise ValueError(
            f"a look vector holds numbers 0 to 1, got NaN at {np.isnan(vector).argmax()}"
        )
    numbers = iter(np.clip(np.asarray(vector, np.float64), 0.0, 1.0).tolist())
    groups: dict[str, dict[str, float | Rgba]] = {}
    for parameter in parameters():
        lo, hi = parameter.spec.lo, parameter.spec.hi
        taken = [lo + (hi - lo) * next(numbers) for _ in range(4 if parameter.is_color else 1)]
        value = Rgba(*taken) if parameter.is_color else taken[0]
        groups.setdefault(parameter.group, {})[parameter.name] = value
    bare = Look()
    return Look(**{name: type(getattr(bare, name))(**values) for name, values in groups.items()})
