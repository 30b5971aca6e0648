"""What a training keeps in checkpoint.pt, so that a later process goes on where it stopped."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn

from prink.params.fields import FieldList, file_fields, schema_fields
from prink.whole_file import whole_file

__all__ = [
    "UnderWay",
    "load_checkpoint",
    "open_checkpoint",
    "refuse_other_fields",
    "save_checkpoint",
]


class UnderWay(Protocol):
    """A training that can be kept: the network, its running mean, the optimizer and its place."""

    step: int
    curves: dict[str, list[tuple[int, float]]]

    @property
    def config(self) -> Any: ...  # noqa: ANN401, D102 (a dataclass)
    @property
    def averaged(self) -> nn.Module: ...  # noqa: D102
    @property
    def optimizer(self) -> Any: ...  # noqa: ANN401, D102 (wrapped, of several processes)


def save_checkpoint(
    run: UnderWay, net: nn.Module, path: Path, *, fields: FieldList | None = None, **more: float
) -> None:
    """Writes the checkpoint, whole or not at all; `more` is kept beside the rest.

    `fields` are the numbers the network knows, by default those of this schema's looks.
    """
    state = {
        "config": asdict(run.config),
        "fields": (fields or schema_fields()).listed(),
        "step": run.step,
        "net": net.state_dict(),
        "averaged": run.averaged.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "curves": run.curves,
        **more,
    }
    with whole_file(path, error=OSError) as part:
        torch.save(state, part)


def load_checkpoint(
    run: UnderWay,
    net: nn.Module,
    path: Path,
    *,
    fields: FieldList | None = None,
    device: str = "cpu",
) -> dict[str, Any]:
    """Goes on from a checkpoint and returns all of it; for `fields` see `save_checkpoint`.

    Raises:
        SystemExit: It was made with other settings, or its network knows other fields.
    """
    state, found = open_checkpoint(path, device=device)
    refuse_other_fields(found, path, fields=fields)
    refuse_others(state, run.config, path)
    run.step, run.curves = state["step"], state["curves"]
    net.load_state_dict(state["net"])
    run.averaged.load_state_dict(state["averaged"])
    run.optimizer.load_state_dict(state["optimizer"])
    return state


def open_checkpoint(path: Path, *, device: str = "cpu") -> tuple[dict[str, Any], FieldList]:
    """Returns what a checkpoint keeps, and which fields its network knows.

    Raises:
        SystemExit: There is none, or its network knows fields that this schema does not have.
    """
    if not path.is_file():
        raise SystemExit(f"there is no checkpoint of that name ({path})")
    state: dict[str, Any] = torch.load(path, weights_only=True, map_location=device)
    return state, file_fields(state.get("fields"), path, what="checkpoint", error=SystemExit)


def refuse_other_fields(found: FieldList, path: Path, *, fields: FieldList | None = None) -> None:
    """Makes sure that a checkpoint's network knows the fields that a training now learns.

    Raises:
        SystemExit: It knows others, or in another order; those that it does not know are named.
    """
    wanted = fields or schema_fields()
    if found == wanted:
        return
    absent = ", ".join(name for name, _ in wanted.besides(found)) or "none, but in another order"
    raise SystemExit(
        f"a training goes on with the fields it began with; this one does not know {absent}: "
        f"remove it ({path})"
    )


def refuse_others(state: dict[str, Any], config: Any, path: Path) -> None:  # noqa: ANN401
    """Makes sure that a checkpoint was made with the settings `config`, a dataclass.

    Raises:
        SystemExit: It was not; the settings that differ are named.
    """
    asked, made = asdict(config), state["config"]
    if made != asked:
        other = ", ".join(f"{key} {made.get(key)}" for key in asked if made.get(key) != asked[key])
        raise SystemExit(f"made with other settings ({other}): remove it ({path})")
