"""Where colours, coverages and plain numbers lie in the vector of a look, as index tensors."""

from dataclasses import dataclass, fields, replace
from functools import cache

import torch
from torch import Tensor

from prink.params import LOOK_NUMBERS, Look, parameters, to_vector

__all__ = ["Places", "default_numbers", "places"]


@dataclass(frozen=True, eq=False)
class Places:
    """Index tensors into a look vector (P,), hair and all.

    Attributes:
        numbers: P.
        groups: Names of the groups.
        paths: Of each colour (C,).
        colors: (C, 4) red, green, blue, coverage.
        color_group: (C,) number of the group of each colour.
        shares: (S,) the plain numbers.
        share_group: (S,) number of the group of each.
        share_paths: Of each plain number (S,).
    """

    numbers: int
    groups: tuple[str, ...]
    paths: tuple[str, ...]
    colors: Tensor
    color_group: Tensor
    shares: Tensor
    share_group: Tensor
    share_paths: tuple[str, ...]


def places(device: torch.device | str = "cpu") -> Places:
    """Returns the places of this schema, their index tensors on a device."""
    return placed(str(device))


@cache
def placed(device: str) -> Places:
    found = counted()
    tensors = {
        field.name: getattr(found, field.name).to(device)
        for field in fields(Places)
        if isinstance(getattr(found, field.name), Tensor)
    }
    return replace(found, **tensors)


@cache
def counted() -> Places:
    """Returns the places as the schema's fields follow each other."""
    groups = tuple(dict.fromkeys(p.group for p in parameters()))
    colors, color_group, shares, share_group = [], [], [], []
    paths, share_paths = [], []
    for parameter in parameters():
        number, place = groups.index(parameter.group), parameter.place
        if parameter.is_color:
            colors.append(list(range(place, place + parameter.width)))
            color_group.append(number)
            paths.append(parameter.path)
        else:
            shares.append(place)
            share_group.append(number)
            share_paths.append(parameter.path)
    return Places(
        LOOK_NUMBERS,
        groups,
        tuple(paths),
        torch.tensor(colors),
        torch.tensor(color_group),
        torch.tensor(shares),
        torch.tensor(share_group),
        tuple(share_paths),
    )


def default_numbers() -> Tensor:
    """Returns the vector (P,) of the bare look."""
    return torch.from_numpy(to_vector(Look()))
