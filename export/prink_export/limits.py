"""The largest errors that an artifact may have; one table for all networks and precisions."""

from collections.abc import Mapping
from typing import Final

__all__ = ["LIMITS"]

LIMITS: Final[Mapping[str, Mapping[str, Mapping[str, float]]]] = {
    "encoder": {
        "fp32": {"max": 1e-4, "p99": 2e-5, "colour, 1/255": 0.03, "worn colour, dE2000": 0.02},
        "fp16": {"max": 0.02, "p99": 0.005, "colour, 1/255": 5.0, "worn colour, dE2000": 1.0},
    },
    "hair": {
        "fp32": {"max": 1e-4, "p99": 2e-5, "1 - IoU": 0.001, "mean error": 1e-5},
        "fp16": {"max": 0.05, "p99": 0.01, "1 - IoU": 0.01, "mean error": 0.001},
    },
}
