"""How far an artifact may be from torch, in one table.

A network brings limits of its own (`Network.limits`) in its units; for one that brings none these
hold, as shares of what each output spans over the real samples.
"""

from collections.abc import Mapping
from typing import Final

__all__ = ["GATED", "SHARES", "SLACK"]

SHARES: Final[Mapping[str, Mapping[str, float]]] = {
    "fp32": {"max": 1e-4, "p99": 1e-5},
    "fp16": {"max": 2e-2, "p99": 5e-3},
    "int8": {"max": 1e-1, "p99": 5e-2},
    "int8c": {"max": 1e-1, "p99": 5e-2},
    "int8w": {"max": 5e-2, "p99": 2e-2},
    "pal6": {"max": 2e-1, "p99": 1e-1},
}
"""For each precision the largest and the 99th percentile error, over what the output spans."""

SLACK: Final[Mapping[str, float]] = {"real": 1.0, "edge": 4.0, "noise": 4.0}
"""Times the limit that each kind of input is allowed: activations that are larger than any real
input makes are rounded in larger steps."""

GATED: Final[Mapping[str, tuple[str, ...]]] = {
    "fp32": ("real", "edge", "noise"),
    "fp16": ("real", "edge", "noise"),
}
"""The kinds of input whose errors count; only real ones for the precisions that are not named:
noise and edges lie outside of the range that int8 was calibrated for, and are reported. A NaN, a
missing output, a wrong shape or type fails on every kind in every precision."""
