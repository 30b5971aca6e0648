"""What a training keeps in checkpoint.pt, so that a later process goes on where it stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch

from prink.whole_file import whole_file

__all__ = ["Checkpoint", "Curves", "open_checkpoint", "refuse_others", "save_checkpoint"]

Curves = dict[str, list[tuple[int, float]]]
"""Points (step, value) by the name of what was measured."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A training at rest.

    Attributes:
        config: The settings it was begun with, by name.
        about: What its network says of itself.
        step: How many are done.
        seconds: That they took.
        net: The state of the network.
        averaged: The state of its running mean, which is what is used.
        optimizer: Its state.
        curves: What was noted.
    """

    config: dict[str, Any]
    about: dict[str, Any]
    step: int
    seconds: float
    net: dict[str, Any]
    averaged: dict[str, Any]
    optimizer: dict[str, Any]
    curves: Curves


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Writes a checkpoint, whole or not at all."""
    with whole_file(path, error=OSError) as part:
        torch.save(vars(checkpoint), part)


def open_checkpoint(path: Path, *, device: torch.device | str = "cpu") -> Checkpoint:
    """Returns what a file keeps, its tensors on a device.

    Raises:
        SystemExit: There is none, or it is no checkpoint of this prink's trainings.
    """
    if not path.is_file():
        raise SystemExit(f"there is no checkpoint of that name ({path})")
    try:
        state = torch.load(path, weights_only=True, map_location=device)
    except Exception as cause:  # torch has many ways to say that a file is none of its own
        raise SystemExit(f"the file is no checkpoint ({path})") from cause
    names = [each.name for each in fields(Checkpoint)]
    lacks = [name for name in names if not (isinstance(state, dict) and name in state)]
    if lacks:
        raise SystemExit(
            f"no checkpoint of this prink's trainings, it lacks {', '.join(lacks)}: "
            f"train it anew ({path})"
        )
    return Checkpoint(**{name: state[name] for name in names})


def refuse_others(
    made: Checkpoint, path: Path, *, config: Mapping[str, Any], about: Mapping[str, Any]
) -> None:
    """Makes sure that a checkpoint is of the training that is to go on.

    Raises:
        SystemExit: It was begun with other settings or its network says something else of itself;
            what differs is named.
    """
    both = {**made.config, **made.about}, {**config, **about}
    names = [name for name in dict.fromkeys([*both[0], *both[1]]) if differs(name, *both)]
    if names:
        told = ", ".join(f"{name} {shown(both[0].get(name), both[1].get(name))}" for name in names)
        raise SystemExit(f"made with other settings ({told}): remove it ({path})")


def differs(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (name in one, one.get(name)) != (name in other, other.get(name))


def shown(made: object, asked: object) -> str:
    """Returns a value in words; of a list only what the other one does not have, or the reverse."""
    if not (isinstance(made, list) and isinstance(asked, list)):
        return str(made)
    more, less = ([each for each in a if each not in b] for a, b in ((made, asked), (asked, made)))
    told = [f"{word} {each}" for word, part in (("with", more), ("without", less)) for each in part]
    return " ".join(told) or "in another order"
