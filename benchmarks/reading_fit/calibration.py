"""From fits of rendered looks, how far to believe a fit: the numbers of `prink.reading.trust`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from benchmarks.reading_fit.renders import Sample, value
from prink.arrays import Doubles, Flags
from prink.params import Look, Rgba, parameters

__all__ = ["Trust", "calibrate"]

DETAILS: Final = ("brows.color", "eyes.iris")  # measured, not fitted
COVERAGE_ONLY: Final = ("lashes.color", "foundation.color")  # their colour is not read
# Regression to the mean would make every strong lipstick paler; its coverage is fitted well enough.
AS_FITTED: Final = ("lips.color",)
# Which colour's presence makes a plain parameter visible, where it is not `color` of its group.
SHOWN_BY: Final = {"lips.inner_ratio": "lips.inner", "eyeshadow": "eyeshadow.lid"}
BELIEVED: Final = 0.4  # chance from which a picture counts in the regressions
FEWEST: Final = 30  # pictures; with fewer, all that wear the product count
STEEPEST: Final = 1.2  # slope


@dataclass(frozen=True)
class Trust:
    """The tables of `prink.reading.trust`, and from how many pictures they come."""

    gates: dict[str, tuple[float, ...]]
    values: dict[str, tuple[float, ...]]
    reliability: dict[str, float]
    pictures: int


def calibrate(samples: Sequence[Sample]) -> Trust:
    """Returns how far to believe fits, from pictures whose looks are known."""
    gates, values, reliable, used = {}, {}, dict[str, float](), {}
    for path in (p.path for p in parameters() if p.is_color and p.group != "hair"):
        worn = coverage(samples, path) > 0
        shown = evidence(samples, path)
        weights = logistic(shown, worn)
        chance = 1.0 / (1.0 + np.exp(-weights[0] - shown @ weights[1:]))
        group = path.split(".")[0]
        reliable[group] = max(reliable.get(group, 0.0), 2.0 * area(chance, worn) - 1.0)
        gates[path] = tuple(weights.tolist())
        used[path] = believed(worn, chance)
        values[path] = colour_line(samples, path, used[path])
    for path in (p.path for p in parameters() if not p.is_color and p.path in samples[0].fitted):
        kept = used[shown_by(path)]
        true = np.array([value(sample.look, path) for sample in samples])
        fitted = np.array([sample.fitted[path][0] for sample in samples])
        values[path] = line(fitted[kept], true[kept])
    order = [field.name for field in fields(Look) if field.name != "hair"]
    reliability = {group: max(reliable.get(group, 0.0), 0.0) for group in order}
    return Trust(gates, values, reliability, len(samples))


def shown_by(path: str) -> str:
    group = path.split(".")[0]
    return SHOWN_BY.get(path) or SHOWN_BY.get(group) or f"{group}.color"


def believed(worn: Flags, chance: Doubles) -> Flags:
    kept = worn & (chance > BELIEVED)
    return kept if kept.sum() >= FEWEST else worn


def colour(sample: Sample, path: str) -> Rgba:
    found = value(sample.look, path)
    assert isinstance(found, Rgba)
    return found


def coverage(samples: Sequence[Sample], path: str) -> Doubles:
    return np.array([colour(sample, path).a for sample in samples])


def evidence(samples: Sequence[Sample], path: str) -> Doubles:
    """Returns what the chance of a product is worked out from, (N, E)."""
    if path in DETAILS:
        return np.array([sample.fitted[path] for sample in samples])
    group = path.split(".")[0]
    return np.array([[s.gains[group] ** 0.5, *s.fitted[f"{path}.a"]] for s in samples])


def colour_line(samples: Sequence[Sample], path: str, kept: Flags) -> tuple[float, ...]:
    """Returns slope and constant of the coverage, then slope and constants of the colour."""
    here = [sample for sample, is_kept in zip(samples, kept, strict=True) if is_kept]
    cover = coverage(here, path)
    if path in DETAILS:
        amount = 0.0, float(cover.mean())
    else:
        amount = line(np.array([sample.fitted[f"{path}.a"][0] for sample in here]), cover)
    if path in COVERAGE_ONLY:
        return amount
    fitted = np.array([sample.fitted[path] for sample in here])
    true = np.array([colour(sample, path)[:3] for sample in here])
    if path in AS_FITTED:
        amount = (1.0, 0.0)
    weight = (np.ones_like(cover) if path in DETAILS else cover)[:, None]
    middle, aim = ((c * weight).sum(axis=0) / weight.sum() for c in (fitted[:, :3], true))
    off = fitted[:, :3] - middle
    slope = (off * (true - aim) * weight).sum() / max((off**2 * weight).sum(), 1e-9)
    slope = float(np.clip(slope, 0.0, STEEPEST))
    return (*amount, slope, *(aim - slope * middle).tolist())


def line(fitted: Doubles, true: Doubles) -> tuple[float, float]:
    """Returns slope and constant of the regression of the truth on what was fitted."""
    off = fitted - fitted.mean()
    slope = float(np.clip(off @ (true - true.mean()) / max(off @ off, 1e-9), 0.0, STEEPEST))
    return slope, float(true.mean() - slope * fitted.mean())


def logistic(shown: Doubles, worn: Flags, *, rounds: int = 60, ridge: float = 1.0) -> Doubles:
    """Returns constant and weights of a logistic regression, by Newton's method."""
    mean, scale = shown.mean(axis=0), shown.std(axis=0) + 1e-9
    x = np.concatenate([np.ones((len(shown), 1)), (shown - mean) / scale], axis=1)
    w = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        curve = (x * (p * (1.0 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w = w - np.linalg.solve(curve, x.T @ (p - worn) + ridge * w)
    weights = w[1:] / scale
    return np.concatenate([[w[0] - weights @ mean], weights])


def area(score: Doubles, worn: Flags) -> float:
    """Returns the area under the ROC curve: how often the worn one of a pair scores higher."""
    rank = np.empty(len(score))
    rank[np.argsort(score)] = np.arange(len(score))
    return float((rank[worn].mean() - (worn.sum() - 1) / 2.0) / max((~worn).sum(), 1))
