"""What a vector file is: inputs, what prink makes of them, and words that need no Python."""

import json
import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["PIXELS", "SHARES", "Vector", "near", "rounded"]

PIXELS: Final = 0.01
"""How far a host that computes in single precision may be from an expected place, in pixels."""
SHARES: Final = 1e-3
"""The same for numbers 0 to 1 that come from many pixels or points."""
ROUNDING: Final = 2e-4
"""How far the vectors of two machines may be apart: their last digit."""
NOTE: Final = "prink_export.codegen; do not edit"


@dataclass(frozen=True)
class Vector:
    """One file: `data` beside the words that explain it.

    Attributes:
        subject: One sentence: what a host that reproduces this has got right.
        inputs: What the host is given, by key of the data; units and ranges.
        outputs: What it has to find, by key of the data.
        data: Holds `tolerance` wherever numbers are compared.
    """

    subject: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    data: dict[str, Any]

    def json(self) -> str:
        """Returns the file's text: the words with one line each, then one line for each key."""
        about = {"subject": self.subject, "inputs": self.inputs, "outputs": self.outputs}
        lines = [f'"generated_by": {json.dumps(NOTE)}', f'"about": {json.dumps(about, indent=2)}']
        lines += [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in self.data.items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"


def rounded(values: NDArray[Any], digits: int) -> list[Any]:
    """Returns numbers of any shape with few decimals, so that each host reads the same ones."""
    found: list[Any] = (np.round(values.astype(np.float64), digits) + 0.0).tolist()
    return found


def near(given: object, fresh: object, *, within: float = ROUNDING) -> bool:
    """Tells whether two parsed vectors are the same but for the last digit of numbers.

    That is half of the tolerance that a file gives to hosts, if that is less than `within`.
    """
    if isinstance(given, dict) and isinstance(fresh, dict):
        told = fresh.get("tolerance")  # a sentence in `about`
        half = min(within, told / 2) if isinstance(told, float | int) else within
        return given.keys() == fresh.keys() and all(
            near(given[k], fresh[k], within=half) for k in fresh
        )
    if isinstance(given, list) and isinstance(fresh, list):
        pairs = zip(given, fresh, strict=False)
        return len(given) == len(fresh) and all(near(a, b, within=within) for a, b in pairs)
    if isinstance(given, float | int) and isinstance(fresh, float | int):
        return math.isclose(given, fresh, rel_tol=0.0, abs_tol=within)
    return given == fresh
