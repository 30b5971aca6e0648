"""What makeup is expected before its photo is seen: mean and spread of each parameter, by path.

A fit works on one vector a region: these numbers in the order of its table, then the coefficients
of the bare field. Everything else asks for them by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from prink.arrays import Doubles
from prink.params import parameter_at

__all__ = ["EYE_PRIORS", "LIP_PRIORS", "SKIN_PRIORS", "Made", "Prior", "Priors"]


@dataclass(frozen=True)
class Prior:
    """Mean and standard deviation of a parameter's numbers: four of a colour (sRGB), else one."""

    mean: tuple[float, ...]
    sd: tuple[float, ...]


class Made(Mapping[str, Doubles]):
    """The makeup of one or K vectors (..., N): `made["lips.gloss"]` is (..., 1), no copy.

    A colour is (..., 4); its pigment alone is `lips.color.rgb` (..., 3), its coverage
    `lips.color.a` (..., 1).
    """

    def __init__(self, numbers: Doubles, at: Mapping[str, slice]) -> None:
        self.numbers, self.at = numbers, at

    def __getitem__(self, path: str) -> Doubles:
        return self.numbers[..., self.at[path]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.at)

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True)
class Priors:
    """The makeup that the fit of a region asks for, and where it lies in the fit's vector.

    Attributes:
        table: By path of a parameter, or of a colour's coverage (`lashes.color.a`) where the
            pigment is not read.

    Raises:
        ValueError: if a prior has more or fewer numbers than its parameter.
    """

    table: Mapping[str, Prior]

    def __post_init__(self) -> None:
        for path, prior in self.table.items():
            width = width_of(path)
            if not len(prior.mean) == len(prior.sd) == width:
                given = f"{len(prior.mean)} means and {len(prior.sd)} spreads"
                raise ValueError(f"a prior of {path} has {width} numbers, got {given}")

    @cached_property
    def at(self) -> Mapping[str, slice]:
        """Where each name's numbers lie in the vector (N + ...,)."""
        found, place = dict[str, slice](), 0
        for path in self.table:
            width = width_of(path)
            found[path] = slice(place, place + width)
            if width > 1:
                found[f"{path}.rgb"] = slice(place, place + width - 1)
                found[f"{path}.a"] = slice(place + width - 1, place + width)
            place += width
        return found

    @cached_property
    def mean(self) -> Doubles:
        """(N,) means."""
        return np.concatenate([prior.mean for prior in self.table.values()])

    @cached_property
    def sd(self) -> Doubles:
        """(N,) standard deviations."""
        return np.concatenate([prior.sd for prior in self.table.values()])

    def made(self, fitted: Doubles) -> Made:
        """Returns the makeup of vectors (..., N + ...) by name."""
        return Made(fitted, self.at)

    def field(self, fitted: Doubles, channels: int) -> Doubles:
        """Returns the coefficients (K, Q, C) of the bare field of vectors (K, N + Q * C)."""
        return fitted[:, len(self.mean) :].reshape(len(fitted), -1, channels)


def width_of(path: str) -> int:
    return 1 if path.endswith(".a") else parameter_at(path).width


# fmt: off
LIP_PRIORS = Priors({
    "lips.color": Prior((0.62, 0.25, 0.28, 0.6), (0.2, 0.17, 0.17, 0.3)),
    "lips.inner": Prior((0.55, 0.15, 0.2, 0.1), (0.2, 0.15, 0.15, 0.3)),
    "lips.inner_ratio": Prior((0.5,), (0.2,)),
    "lips.gloss": Prior((0.4,), (0.3,)),
    "lips.gloss_sharpness": Prior((0.5,), (0.25,)),
    "lips.shimmer": Prior((0.15,), (0.25,)),
    "lips.metallic": Prior((0.1,), (0.25,)),
    "lips.softness": Prior((0.35,), (0.25,)),
    "lip_liner.color": Prior((0.4, 0.18, 0.2, 0.2), (0.2, 0.15, 0.15, 0.3)),
    "lip_liner.width": Prior((0.4,), (0.25,)),
})
EYE_PRIORS = Priors({
    "eyeshadow.lid": Prior((0.62, 0.46, 0.40, 0.4), (0.22, 0.17, 0.17, 0.3)),
    "eyeshadow.crease": Prior((0.42, 0.28, 0.24, 0.3), (0.15, 0.13, 0.13, 0.3)),
    "eyeshadow.outer": Prior((0.25, 0.18, 0.16, 0.3), (0.13, 0.12, 0.12, 0.3)),
    "eyeshadow.shimmer": Prior((0.15,), (0.25,)),
    "eyeshadow.height": Prior((0.55,), (0.25,)),
    "eyeshadow.blend": Prior((0.6,), (0.25,)),
    "eyeliner.color": Prior((0.06, 0.05, 0.06, 0.5), (0.08, 0.06, 0.08, 0.4)),
    "eyeliner.thickness": Prior((0.4,), (0.25,)),
    "eyeliner.wing": Prior((0.15,), (0.25,)),
    "eyeliner.smudge": Prior((0.35,), (0.25,)),
    "eyeliner.lower": Prior((0.2,), (0.3,)),
    "lashes.color.a": Prior((0.4,), (0.4,)),
    "lashes.length": Prior((0.5,), (0.2,)),
    "lashes.density": Prior((0.5,), (0.25,)),
})
SKIN_PRIORS = Priors({
    "blush.color": Prior((0.84, 0.47, 0.45, 0.4), (0.12, 0.15, 0.12, 0.3)),
    "blush.placement": Prior((0.5,), (0.3,)),
    "blush.size": Prior((0.55,), (0.22,)),
    "contour.color": Prior((0.55, 0.41, 0.33, 0.3), (0.12, 0.1, 0.1, 0.3)),
    "contour.nose": Prior((0.4,), (0.3,)),
    "highlight.color": Prior((0.98, 0.9, 0.81, 0.3), (0.04, 0.05, 0.08, 0.3)),
    "foundation.color.a": Prior((0.3,), (0.3,)),
    "foundation.smoothing": Prior((0.2,), (0.3,)),
})
# fmt: on
