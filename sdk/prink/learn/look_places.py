"""Where colours, coverages and plain numbers lie in a vector of fields, as index tensors."""

from dataclasses import dataclass, replace
from dataclasses import fields as members
from functools import cache
from typing import Final

import torch
from torch import Tensor

from prink.params import Look, Rgba, to_vector
from prink.params.fields import FieldList, schema_fields

__all__ = ["Places", "default_numbers", "places"]

COLOR: Final = len(Rgba._fields)


@dataclass(frozen=True, eq=False)
class Places:
    """Index tensors into a vector (P,) of fields, hair and all.

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


def places(device: torch.device | str = "cpu", *, fields: FieldList | None = None) -> Places:
    """Returns the places of a network's fields, their index tensors on a device.

    Args:
        device: Of the tensors.
        fields: By default those of this schema, a look's.
    """
    return placed(str(device), fields or schema_fields())


@cache
def placed(device: str, fields: FieldList) -> Places:
    found = counted(fields)
    tensors = {
        field.name: getattr(found, field.name).to(device)
        for field in members(Places)
        if isinstance(getattr(found, field.name), Tensor)
    }
    return replace(found, **tensors)


@cache
def counted(fields: FieldList) -> Places:
    """Returns the places as the fields follow each other; four numbers are a colour."""
    colors, color_group, shares, share_group = [], [], [], []
    paths, share_paths = [], []
    for path, numbers in fields.places.items():
        group = fields.groups.index(path.partition(".")[0])
        if numbers.stop - numbers.start == COLOR:
            colors.append(list(range(numbers.start, numbers.stop)))
            color_group.append(group)
            paths.append(path)
        else:
            shares.append(numbers.start)
            share_group.append(group)
            share_paths.append(path)
    return Places(
        fields.numbers,
        fields.groups,
        tuple(paths),
        torch.tensor(colors),
        torch.tensor(color_group),
        torch.tensor(shares),
        torch.tensor(share_group),
        tuple(share_paths),
    )


def default_numbers(fields: FieldList | None = None) -> Tensor:
    """Returns the vector (P,) float32 of fields of the bare look; by default of all its fields."""
    return torch.from_numpy((fields or schema_fields()).of_look(to_vector(Look())))
