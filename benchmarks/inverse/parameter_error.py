"""How far read parameters are from the true ones, where the truth can be seen at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Doubles
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.params import Look, Parameter, Rgba, parameters

__all__ = [
    "COLORS",
    "GROUPS",
    "MEASURED",
    "WORN",
    "Score",
    "calibration_error",
    "coverage",
    "pigment_error",
    "read_right",
    "score",
    "scores",
    "wears",
]

WORN: Final = 0.1  # coverage from which a product counts as worn, or as read
# Random looks wear neither; hair has a suite of its own.
UNSEEN: Final = ("hair", "teeth")
MEASURED: Final = tuple(
    each for each in parameters() if each.group not in UNSEEN and each.path != "eyes.whitening"
)
COLORS: Final = tuple(each for each in MEASURED if each.is_color)
GROUPS: Final = tuple(dict.fromkeys(each.group for each in COLORS))
# Which colour makes a plain parameter visible, where it is not the first of its group.
SHOWN_BY: Final = {"lips.inner_ratio": "lips.inner"}
# What counts as read right, about as the encoder is taught to judge itself.
NEAR_SEEN: Final = 5.0  # dE2000
NEAR_SHARE: Final = 0.25
MIDDLE_SKIN: Final = (0.40, 0.24, 0.17)  # linear


@dataclass(frozen=True)
class Score:
    """One parameter: mean absolute error, R2, and from how many looks; None where none show it.

    R2 is None too where the truth does not vary.
    """

    mae: float | None
    r2: float | None
    count: int


def coverage(look: Look, path: str) -> float:
    """Returns how much of a colour is applied."""
    group, name = path.split(".")
    color = getattr(getattr(look, group), name)
    assert isinstance(color, Rgba)
    return color.a


def wears(look: Look, group: str) -> bool:
    """Returns whether any colour of a product covers over a tenth."""
    return any(coverage(look, each.path) > WORN for each in COLORS if each.group == group)


def pigment_error(one: Look, two: Look, path: str) -> float:
    """Returns dE2000 of a colour of two looks on a white card, whatever their coverage."""
    group, name = path.split(".")
    pair = [np.array(getattr(getattr(look, group), name)[:3]) for look in (one, two)]
    labs = [linear_to_lab(srgb_to_linear(color)) for color in pair]
    return float(delta_e_2000(*labs))


def read_right(worn: Look, read: Look, group: str) -> bool:
    """Returns whether all of a product was read right: what is seen of it, not each number.

    Every colour, laid over a middle skin with its coverage, is within `NEAR_SEEN` of the true one,
    and the plain parameters of a worn product are off by less than `NEAR_SHARE` in the mean.
    """
    own = [each for each in COLORS if each.group == group]
    if any(film_apart(worn, read, each) > NEAR_SEEN for each in own):
        return False
    shares = [e for e in MEASURED if e.group == group and not e.is_color]
    shown = [e for e in shares if visible([worn], e)[0]]
    off = [abs(float(values([worn], e)[0, 0] - values([read], e)[0, 0])) for e in shown]
    return not off or float(np.mean(off)) < NEAR_SHARE


def film_apart(one: Look, two: Look, each: Parameter) -> float:
    """Returns dE2000 of a colour of two looks, each laid over a middle skin."""
    numbers = np.concatenate([values([one], each), values([two], each)])
    share = numbers[:, 3:]
    films = share * srgb_to_linear(numbers[:, :3]) + (1.0 - share) * np.array(MIDDLE_SKIN)
    return float(delta_e_2000(*linear_to_lab(films)))


def score(true: Doubles, read: Doubles, weight: Doubles) -> Score:
    """Returns the weighted errors of numbers (N, C); weight (N,) is how much each row counts."""
    if weight.sum() <= 0:
        return Score(None, None, 0)
    share = weight[:, None] / (weight.sum() * true.shape[1])
    off = true - (weight[:, None] * true).sum(axis=0) / weight.sum()
    spread = float((share * off**2).sum())
    mae = float((share * np.abs(true - read)).sum())
    r2 = 1.0 - float((share * (true - read) ** 2).sum()) / spread if spread > 1e-9 else None
    return Score(mae, r2, int((weight > 0).sum()))


def scores(true: Sequence[Look], read: Sequence[Look]) -> dict[str, Score]:
    """Returns the score of every parameter by path; of colours, `.rgb` and `.coverage` apart.

    Coverage counts in every look, all else only where the truth wears the product.
    """
    found = {}
    for each in MEASURED:
        one, two = values(true, each), values(read, each)
        worn = visible(true, each)
        if each.is_color:
            everywhere = np.ones(len(true))
            found[f"{each.path}.coverage"] = score(one[:, 3:], two[:, 3:], everywhere)
            found[f"{each.path}.rgb"] = score(one[:, :3], two[:, :3], worn)
        else:
            found[each.path] = score(one, two, worn)
    return found


def values(looks: Sequence[Look], each: Parameter) -> Doubles:
    return np.array([np.ravel(np.array(each.get(look))) for look in looks], np.float64)


def visible(looks: Sequence[Look], each: Parameter) -> Doubles:
    """Returns 1 for the looks that wear what shows a parameter, else 0."""
    first = next(color.path for color in COLORS if color.group == each.group)
    path = each.path if each.is_color else SHOWN_BY.get(each.path, first)
    return np.array([float(coverage(look, path) > WORN) for look in looks])


def calibration_error(sure: Doubles, right: Doubles, *, bins: int = 10) -> float | None:
    """Returns the expected calibration error: |confidence - share that is right|, mean over bins.

    Args:
        sure: (N,) how sure the reader was, 0..1.
        right: (N,) 1 where it was right, else 0.
        bins: Equal steps of confidence (Guo et al. 2017).
    """
    if not sure.size:
        return None
    place = np.clip((sure * bins).astype(int), 0, bins - 1)
    gaps = [
        (place == n).mean() * abs(sure[place == n].mean() - right[place == n].mean())
        for n in np.unique(place)
    ]
    return float(np.sum(gaps))
