"""Where the hair network's numbers belong among those of an encoder, by path."""

from typing import NamedTuple

import torch
from torch import Tensor

from prink.learn.hair_color.looks import FIELDS
from prink.params.fields import FieldList

__all__ = ["Columns", "hair_columns", "laid_into"]


class Columns(NamedTuple):
    """Numbers that follow each other: where they belong, where they come from, how many."""

    place: int
    source: int
    wide: int


def hair_columns(fields: FieldList) -> tuple[Columns, ...]:
    """Returns where the numbers (B, 13) of the hair network belong among an encoder's fields.

    Raises:
        ValueError: if the encoder has no field for some of them.
    """
    strange = FIELDS.besides(fields)
    if strange:
        names = ", ".join(path for path, _ in strange)
        raise ValueError(f"the encoder has no field for what the hair network says: {names}")
    found: list[Columns] = []
    for path, place in fields.places.items():
        if path not in FIELDS.places:
            continue
        source = FIELDS.places[path]
        wide = source.stop - source.start
        last = found[-1] if found else Columns(-1, -1, 0)
        if (last.place + last.wide, last.source + last.wide) == (place.start, source.start):
            found[-1] = last._replace(wide=last.wide + wide)
        else:
            found.append(Columns(place.start, source.start, wide))
    return tuple(found)


def laid_into(whole: Tensor, part: Tensor, columns: tuple[Columns, ...], *, wide: int) -> Tensor:
    """Returns `whole` (B, wide) with the columns of `part` (B, N) in place of its own.

    Args:
        whole: What is laid into.
        part: All of its columns are laid.
        columns: Which of them where, in order of their place.
        wide: How many `whole` has; an int, so that an exporter sees no shape.
    """
    pieces, done, told = [], 0, sum(each.wide for each in columns)
    for each in columns:
        if each.place > done:
            pieces.append(cut(whole, done, each.place, wide=wide))
        pieces.append(cut(part, each.source, each.source + each.wide, wide=told))
        done = each.place + each.wide
    if done < wide:
        pieces.append(cut(whole, done, wide, wide=wide))
    return torch.cat(pieces, 1)


def cut(x: Tensor, start: int, stop: int, *, wide: int) -> Tensor:
    """Returns columns of (B, wide); a slice only where it takes some, its end told from the end."""
    return x if (start, stop) == (0, wide) else x[:, start : stop - wide or None]
