"""Models of bare lips, lids and skin, fitted by expectation maximisation.

A region's logs are sums of functions of the place. Every person has coefficients of their own; what
is wanted is their mean, their spread, and how the level follows the tone of the skin.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.people import Person
from prink.arrays import Doubles
from prink.reading.bare import EYES, LIPS, SKIN, Bare
from prink.reading.eyes_seen import EyesSeen, measure_eyes
from prink.reading.grid import open_picture
from prink.reading.light import measure_scene
from prink.reading.lips import LipSeen, measure_lips
from prink.reading.skin import SkinSeen, measure_skin

__all__ = ["REGIONS", "Model", "fit_bare"]

BOTH: Final = (1.0, 1.0)  # how well the right and the left side are seen
ROUNDS: Final = 30
TAIL: Final = 3.0  # residuals beyond this many standard deviations count as that
REGIONS: Final = {"LIPS": LIPS, "EYES": EYES, "SKIN": SKIN}  # for their shapes only


@dataclass(frozen=True, eq=False)
class Seen:
    """One person's region: P places, C channels, Q functions, R statistics of the whole.

    `logs` (P, C), finite rows only, `basis` (P, Q), `rest` (R,), `tone` (3,).
    """

    logs: Doubles
    basis: Doubles
    rest: Doubles
    tone: Doubles


@dataclass(frozen=True)
class Model:
    """The fitted models by name, as in `prink.reading.bare`, and what they were fitted on."""

    regions: dict[str, Bare]
    tone_mean: Doubles
    people: int


def fit_bare(people: list[Person], glasses: frozenset[str], *, tick: Callable[[], None]) -> Model:
    """Returns the models; lids behind glasses are left out."""
    found: dict[str, list[Seen]] = {name: [] for name in REGIONS}
    for person in people:
        for name, seen in measured(person).items():
            if name != "EYES" or person.name not in glasses:
                found[name].append(seen)
        tick()
    mean = np.mean([seen.tone for seen in found["SKIN"]], axis=0)
    regions = {name: maximise(found[name], like, mean) for name, like in REGIONS.items()}
    return Model(regions, mean, len(people))


def measured(person: Person) -> dict[str, Seen]:
    """Returns the statistics of a person's regions."""
    picture = open_picture(person.rgb, person.face.points)
    scene = measure_scene(picture, person.face)
    seen: dict[str, LipSeen | EyesSeen | SkinSeen] = {
        "LIPS": measure_lips(picture, scene),
        "EYES": measure_eyes(picture, scene, BOTH),
        "SKIN": measure_skin(picture, scene, BOTH),
    }
    return {name: split(each, REGIONS[name], scene.tone) for name, each in seen.items()}


def split(seen: LipSeen | EyesSeen | SkinSeen, like: Bare, tone: Doubles) -> Seen:
    logs = seen.values[: -len(like.rest)].reshape(-1, len(like.noise))
    known = np.isfinite(logs[:, 0])
    return Seen(logs[known], seen.basis[known], seen.values[-len(like.rest) :], tone)


def maximise(people: list[Seen], like: Bare, tone_mean: Doubles) -> Bare:
    """Returns the model of a region after some rounds of expectation maximisation.

    Few people have many coefficients: only the diagonal of their covariance is kept.
    """
    levels = list(like.levels)
    off = np.array([seen.tone for seen in people]) - tone_mean
    mean, tone = np.zeros_like(like.mean), np.zeros_like(like.tone)
    spread, noise = np.full(like.mean.size, 0.1), np.full(len(like.noise), 0.02)
    for _ in range(ROUNDS):
        found, unsure, left, places = [], np.zeros_like(spread), np.zeros_like(noise), 0
        for seen, tint in zip(people, off, strict=True):
            expected = mean.copy()
            expected[levels] += tint @ tone
            own, spread_own, residual = person_posterior(seen, expected, spread, noise)
            found.append(own)
            unsure += spread_own
            left += residual
            places += len(seen.logs)
        own_all = np.array(found)
        mean = own_all.mean(axis=0)
        level = (own_all[:, levels] - mean[levels]).mean(axis=1)
        tone = np.linalg.solve(off.T @ off + np.eye(3), off.T @ level)
        apart = own_all - mean
        apart[:, levels] -= (off @ tone)[:, None]
        spread = (apart**2).mean(axis=0).ravel() + unsure / len(people)
        noise = left / places
    rest = np.array([seen.rest for seen in people])
    return Bare(
        mean=mean,
        sd=np.sqrt(spread).reshape(mean.shape),
        tone=tone,
        levels=like.levels,
        noise=np.sqrt(noise),
        rest=np.nanmean(rest, axis=0),
        rest_sd=np.nanstd(rest, axis=0),
    )


def person_posterior(
    seen: Seen, expected: Doubles, spread: Doubles, noise: Doubles
) -> tuple[Doubles, Doubles, Doubles]:
    """Returns one person's coefficients (Q, C), their variances (Q * C,), squared residuals (C,).

    `spread` (Q * C,) and `noise` (C,) are variances.
    """
    basis, channels = seen.basis, len(noise)
    inner = np.kron(basis.T @ basis, np.diag(1.0 / noise)) + np.diag(1.0 / spread)
    covariance = np.linalg.inv(inner)
    pull = (basis.T @ (seen.logs / noise)).ravel() + expected.ravel() / spread
    own = (covariance @ pull).reshape(expected.shape)
    limit = TAIL * np.sqrt(noise)
    residual = (np.clip(seen.logs - basis @ own, -limit, limit) ** 2).sum(axis=0)
    parts = [covariance[c::channels, c::channels] for c in range(channels)]
    residual += np.array([np.trace(basis @ part @ basis.T) for part in parts])
    return own, np.diag(covariance).copy(), residual
