"""How alike an imitator's slopes and changes are to the exact ones, number by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from benchmarks.imitator.scenes import ENTRIES, Exact, jacobian
from prink.arrays import Doubles, Flags
from prink.learn.imitator.net import Imitator, load_imitator
from prink.params import parameters

__all__ = ["ROWS", "Alike", "Judged", "Trained", "judged", "open_trained", "over_faces"]


STILL: Final = 0.001  # share of seen pixels: where a number moves fewer, no direction is compared


def rows() -> dict[str, list[int]]:
    """Returns the numbers, as places in `ENTRIES`, of each row: a colour's pigment and coverage."""
    found: dict[str, list[int]] = {}
    names = [
        f"{p.path}.coverage" if p.is_color and part == 3 else p.path
        for p in parameters()
        for part in range(p.width)
    ]
    for row, place in enumerate(ENTRIES):
        found.setdefault(names[place], []).append(row)
    return found


ROWS: Final = rows()


@dataclass(frozen=True, eq=False)
class Trained:
    """An imitator from a folder: the network, and how it was trained."""

    name: str
    net: Imitator
    way: str
    seed: int
    size: int
    steps: int


@dataclass(frozen=True)
class Alike:
    """Sums over pixels for each of `ENTRIES`, all (E,): products, squares and squared error."""

    product: Doubles
    own: Doubles
    exact: Doubles
    error: Doubles

    @classmethod
    def of(cls, own: Tensor, exact: Tensor, seen: Tensor) -> "Alike":
        """Returns the sums of pictures (E, 3, S, S), where `seen` (1, S, S)."""
        own, exact = own * seen, exact * seen

        def total(picture: Tensor) -> Doubles:
            return picture.double().sum((1, 2, 3)).numpy()

        return cls(
            total(own * exact),
            total(own.square()),
            total(exact.square()),
            total((own - exact).square()),
        )


@dataclass(frozen=True, eq=False)
class Judged:
    """One imitator on one look of one face; `l1` and `bare_l1` in steps of 1/255."""

    slopes: Alike
    changes: Alike
    moved: Doubles
    l1: float
    bare_l1: float


def open_trained(folder: Path) -> Trained:
    """Returns the imitator of a training's folder.

    Raises:
        SystemExit: There is none, or it knows fields that this schema does not have.
    """
    net, config = load_imitator(folder / "checkpoint.pt")
    way = "without"
    if config["sensitivity"]:
        way = "with" if config["relative"] else "as published"
    return Trained(folder.name, net, way, config["seed"], config["size"], config["steps"])


def judged(exact: Exact, trained: Trained) -> Judged:
    """Returns how an imitator does where the exact answer is known."""
    net, bare, seen = trained.net, exact.face.bare, exact.face.seen

    def draw(look: Tensor) -> Tensor:
        picture: Tensor = net(bare, look[None])[0]
        return picture

    with torch.no_grad():
        picture = draw(exact.look)
        changes = torch.cat([draw(each)[None] for each in exact.stepped]) - picture
    slopes = jacobian(draw, exact.look, then=torch.clone)
    return Judged(
        Alike.of(slopes, exact.slopes, seen),
        Alike.of(changes, exact.changes, seen),
        exact.moved.double().numpy(),
        l1(picture, exact.picture, seen),
        l1(bare[0, :3], exact.picture, seen),
    )


def l1(made: Tensor, truth: Tensor, seen: Tensor) -> float:
    return 255.0 * float(((made - truth).abs() * seen).sum() / (3.0 * seen.sum()))


@dataclass(frozen=True)
class Row:
    """A row of `ROWS` over all faces and looks; None where nothing ever moved."""

    moved: float | None
    slope_cosine: float | None
    slope_error: float | None
    step_cosine: float | None
    step_error: float | None


def over_faces(trials: Sequence[Judged]) -> dict[str, Row]:
    """Returns the rows of one imitator.

    Cosines and shares of pixels are means over the faces and looks where the number moves
    something. Response errors are of all of them, so that moving what should lie still counts.
    """
    moved = np.stack([trial.moved for trial in trials])
    slopes = [trial.slopes for trial in trials]
    changes = [trial.changes for trial in trials]
    found = {}
    for name, numbers in ROWS.items():
        moving = moved[:, numbers] > STILL
        cosines = [mean_cosine(kind, numbers, moving) for kind in (slopes, changes)]
        errors = [response_error(kind, numbers) for kind in (slopes, changes)]
        share = float(moved[:, numbers][moving].mean()) if moving.any() else None
        found[name] = Row(share, cosines[0], errors[0], cosines[1], errors[1])
    return found


def mean_cosine(trials: Sequence[Alike], numbers: list[int], moving: Flags) -> float | None:
    if not moving.any():
        return None
    product, own, exact = (
        np.stack([getattr(trial, part)[numbers] for trial in trials])
        for part in ("product", "own", "exact")
    )
    # An imitator that is deaf to a number has no direction: cosine 0.
    cosine = product / np.sqrt(np.maximum(own * exact, 1e-24))
    return float(cosine[moving].mean())


def response_error(trials: Sequence[Alike], numbers: list[int]) -> float | None:
    error = sum(float(trial.error[numbers].sum()) for trial in trials)
    exact = sum(float(trial.exact[numbers].sum()) for trial in trials)
    return float(np.sqrt(error / exact)) if exact > 0 else None
