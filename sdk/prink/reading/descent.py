"""Finds the most probable parameters of a small forward model by damped Gauss-Newton steps.

Every unknown has a Gaussian prior, so what a photo does not show stays at its prior mean instead
of running away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from prink.arrays import Doubles
from prink.reading.priors import Priors

__all__ = [
    "Fit",
    "Observed",
    "Unknowns",
    "best_of",
    "descend",
    "unknowns_of",
    "variants",
    "without",
]

Forward = Callable[[Doubles], Doubles]
STEP = 1e-3
TAIL = 3.0  # residuals beyond this many standard deviations count less and less (Cauchy)


@dataclass(frozen=True, eq=False)
class Observed:
    """What was seen, and the model that is to explain it.

    Attributes:
        values: (M,) observations; entries that are not finite are left out.
        noise: (M,) standard deviations.
        forward: Predicts observations (K, M) of K parameter vectors (K, P).
    """

    values: Doubles
    noise: Doubles
    forward: Forward

    def weighed(self) -> tuple[Doubles, Doubles]:
        """Returns the observations and the weight of each (M,), 0 where it is not finite."""
        known = np.isfinite(self.values)
        return np.where(known, self.values, 0.0), np.where(known, 1.0 / self.noise, 0.0)


@dataclass(frozen=True)
class Unknowns:
    """Prior and range of the parameters of a model, arrays of shape (P,), and where each lies."""

    mean: Doubles
    sd: Doubles
    low: Doubles
    high: Doubles
    at: Mapping[str, slice]


@dataclass(frozen=True)
class Fit:
    """The best parameters (P,), and what they cost: -2 times the log posterior."""

    best: Doubles
    cost: float


def descend(observed: Observed, unknowns: Unknowns, start: Doubles, *, steps: int = 12) -> Fit:
    """Returns the parameters near `start` (P,) that explain what was seen, in `steps` at most."""
    target, scale = observed.weighed()
    here = np.clip(start, unknowns.low, unknowns.high)
    damping, best, fit = 0.1, np.inf, here
    curve = np.eye(len(here))
    for _ in range(steps):
        # One-sided differences, taken inward at the upper end of the range.
        sign = np.where(here + STEP > unknowns.high, -STEP, STEP)
        many = observed.forward(np.concatenate([here[None], here + np.diag(sign)]))
        residual = (target - many[0]) * scale
        cost = robust(residual, here, unknowns)
        if cost < best:
            gain = best - cost
            best, fit, damping = cost, here, max(damping * 0.4, 1e-3)
            jacobian = (many[1:] - many[0]) * scale / sign[:, None]
            weight = 1.0 / (1.0 + (residual / TAIL) ** 2)
            curve = (jacobian * weight) @ jacobian.T + np.diag(unknowns.sd**-2.0)
            slope = (jacobian * weight) @ residual - (here - unknowns.mean) / unknowns.sd**2
            if gain < 0.05:
                break
        else:
            damping = min(damping * 5.0, 1e3)
        here = bounded_step(fit, curve, slope, damping, unknowns)
    return Fit(fit, float(best))


def best_of(observed: Observed, unknowns: Unknowns, candidates: Doubles) -> Doubles:
    """Returns the candidate (P,) of several (K, P) that costs least."""
    target, scale = observed.weighed()
    many = np.clip(candidates, unknowns.low, unknowns.high)
    residuals = (target - observed.forward(many)) * scale
    costs = [robust(residual, at, unknowns) for residual, at in zip(residuals, many, strict=True)]
    return np.asarray(many[int(np.argmin(costs))])


def variants(
    unknowns: Unknowns, base: Doubles, choices: Mapping[str, tuple[float, ...]]
) -> Doubles:
    """Returns `base` (P,) and every combination of the values to try of some parameters."""
    found = [base]
    for values in product(*choices.values()):
        other = base.copy()
        for path, value in zip(choices, values, strict=True):
            other[unknowns.at[path]] = value
        found.append(other)
    return np.stack(found)


def bounded_step(
    here: Doubles, curve: Doubles, slope: Doubles, damping: float, unknowns: Unknowns
) -> Doubles:
    """Returns the next parameters; those that push against their range are held."""
    free = ~((here <= unknowns.low) & (slope < 0) | (here >= unknowns.high) & (slope > 0))
    part = curve[np.ix_(free, free)]
    step = np.zeros_like(here)
    step[free] = np.linalg.solve(part + damping * np.diag(np.diag(part)), slope[free])
    return np.asarray(np.clip(here + step, unknowns.low, unknowns.high))


def robust(residual: Doubles, here: Doubles, unknowns: Unknowns) -> float:
    """Returns the cost of residuals (Cauchy's) and of the distance from the prior (Gauss's)."""
    data = TAIL**2 * np.log1p((residual / TAIL) ** 2).sum()
    return float(data + (((here - unknowns.mean) / unknowns.sd) ** 2).sum())


def unknowns_of(makeup: Priors, field_mean: Doubles, field_sd: Doubles) -> Unknowns:
    """Returns unknowns: makeup (shares of 0..1), then the coefficients (Q, C) of a bare field."""
    shares, rest = np.ones(len(makeup.mean)), np.full(field_mean.size, 40.0)
    return Unknowns(
        np.concatenate([makeup.mean, field_mean.ravel()]),
        np.concatenate([makeup.sd, field_sd.ravel()]),
        np.concatenate([0.0 * shares, -rest]),
        np.concatenate([shares, rest]),
        makeup.at,
    )


def without(unknowns: Unknowns, *paths: str) -> Unknowns:
    """Returns the unknowns with some of them held at 0."""
    high = unknowns.high.copy()
    for path in paths:
        high[unknowns.at[path]] = 0.0
    return replace(unknowns, high=high)
