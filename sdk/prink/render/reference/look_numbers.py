"""The packed look under the names that `shaders/generated/look.glsl` gives it."""

from functools import cache

import torch
from torch import Tensor

from prink.params import LOOK_VEC4S, parameters

__all__ = ["LookNumbers", "packed_from_vector"]


@cache
def places() -> dict[str, slice | int]:
    """Returns where each GLSL name such as `lips_color` lies in the flat packed look."""
    return {
        f"{p.group}_{p.name}": slice(p.offset, p.offset + 4) if p.is_color else p.offset
        for p in parameters()
    }


class LookNumbers:
    """A packed look read by name: `look.lips_color` is `(4,)`, `look.lips_gloss` a scalar."""

    def __init__(self, packed: Tensor) -> None:
        """Takes the look as `prink.params.pack` lays it out.

        Raises:
            ValueError: if the shape is another one.
        """
        if packed.shape != (LOOK_VEC4S, 4):
            raise ValueError(f"a packed look is ({LOOK_VEC4S}, 4), got {tuple(packed.shape)}")
        self.flat = packed.reshape(-1)

    def __getattr__(self, name: str) -> Tensor:
        if name not in places():
            raise AttributeError(f"no parameter is called {name!r}")
        return self.flat[places()[name]]


def linear(srgb: Tensor) -> Tensor:
    high = ((srgb + 0.055) / 1.055) ** 2.4
    return torch.where(srgb <= 0.04045, srgb / 12.92, high)


def packed_from_vector(vector: Tensor) -> Tensor:
    """Returns the packed look `(LOOK_VEC4S, 4)` of a vector `(P,)` in the order of `to_vector`.

    Values are clipped to 0..1; the gradient is zero beyond, so a descent must clip its own.

    Raises:
        ValueError: if the vector has another length than the schema.
    """
    expected = sum(4 if p.is_color else 1 for p in parameters())
    if vector.shape != (expected,):
        raise ValueError(f"a look vector has shape ({expected},), got {tuple(vector.shape)}")
    numbers = vector.clamp(0.0, 1.0)
    parts: list[Tensor] = []
    filled = taken = 0
    for p in parameters():
        count = 4 if p.is_color else 1
        value = p.spec.lo + (p.spec.hi - p.spec.lo) * numbers[taken : taken + count]
        parts.append(numbers.new_zeros(p.offset - filled))
        parts += [linear(value[:3]), value[3:]] if p.is_color else [value]
        filled, taken = p.offset + count, taken + count
    parts.append(numbers.new_zeros(LOOK_VEC4S * 4 - filled))
    return torch.cat(parts).reshape(-1, 4)
