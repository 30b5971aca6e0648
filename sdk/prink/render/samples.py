"""Where the probe pass measures a face: pairs of landmarks whose midpoints it samples."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from prink.render.assets import asset

__all__ = ["Samples", "read_samples"]

NAMED = re.compile(r"#define (\w+) (\d+)")
LISTED = re.compile(r"const int (\w+)\[\d+\] = int\[\d+\]\(([\d, ]+)\)")


@dataclass(frozen=True, eq=False)
class Samples:
    """Regions by name, landmark pairs `(S, 2)` and the region of each `(S,)`."""

    regions: dict[str, int]
    pairs: NDArray[np.int64]
    region: NDArray[np.int64]

    def of(self, name: str) -> NDArray[np.int64]:
        """Returns the pairs `(n, 2)` of one region, such as `LEFT_BROW`."""
        return np.asarray(self.pairs[self.region == self.regions[name]])


@cache
def read_samples() -> Samples:
    """Returns the samples of `shaders/generated/samples.glsl`."""
    text = asset("generated/samples.glsl").read_text()
    lists = {
        name: np.array([int(i) for i in body.split(",")]) for name, body in LISTED.findall(text)
    }
    counts = np.diff(lists["REGION_FIRST"])
    return Samples(
        regions={name: int(number) for name, number in NAMED.findall(text) if name != "REGIONS"},
        pairs=np.stack([lists["SAMPLE_FIRST"], lists["SAMPLE_SECOND"]], -1),
        region=np.repeat(np.arange(len(counts)), counts),
    )
