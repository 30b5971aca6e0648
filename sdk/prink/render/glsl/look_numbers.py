"""The packed look under the names that `shaders/generated/look.glsl` gives it."""

from functools import cache

import torch
from torch import Tensor

from prink.params import LOOK_VEC4S, parameters
from prink.render.glsl.color import srgb_to_linear

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


@cache
def slots() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Returns of every number of a look its slot, whether it is sRGB, its low end and its range."""
    found: list[tuple[int, bool, float, float]] = []
    for p in parameters():
        found += [
            (p.offset + i, p.is_color and i < 3, p.spec.lo, p.spec.hi - p.spec.lo)
            for i in range(p.width)
        ]
    slot, srgb, low, span = zip(*found, strict=True)
    return torch.tensor(slot), torch.tensor(srgb), torch.tensor(low), torch.tensor(span)


def packed_from_vector(vector: Tensor) -> Tensor:
    """Returns the packed look `(LOOK_VEC4S, 4)` of a vector `(P,)` in the order of `to_vector`.

    Values are clipped to 0..1; the gradient is zero beyond, so a descent must clip its own.

    Raises:
        ValueError: if the vector has another length than the schema.
    """
    slot, srgb, low, span = (values.to(vector.device) for values in slots())
    if vector.shape != slot.shape:
        raise ValueError(f"a look vector has shape ({len(slot)},), got {tuple(vector.shape)}")
    values = low.to(vector) + span.to(vector) * vector.clamp(0.0, 1.0)
    values = torch.where(srgb, srgb_to_linear(values), values)
    return vector.new_zeros(LOOK_VEC4S * 4).index_copy(0, slot, values).reshape(-1, 4)
