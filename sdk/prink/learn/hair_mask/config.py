"""Settings of the hair network's training, and its two cycles."""

from dataclasses import dataclass
from typing import Final

from prink.learn.cycle import Cycle
from prink.learn.training import Settings

__all__ = ["Config"]

BALANCED_RATE: Final = 8e-4


@dataclass(frozen=True, kw_only=True)
class Config(Settings):
    """Settings of the hair network's training.

    A second, lower cycle draws every skin tone and hair colour alike, as the portraits do not.

    Attributes:
        balanced: Steps of the second cycle, after the others.
        synthetic: Share of the heads that are drawn, not photographed.
    """

    steps: int = 10000
    batch: int = 16
    peak_rate: float = 3e-3
    warm_up: int = 300
    decay: float = 1e-4
    average: float = 0.998
    clip: float = 2.0
    balanced: int = 2000
    synthetic: float = 0.0

    @property
    def cycles(self) -> tuple[Cycle, ...]:
        """One cycle, then the falling half of a lower one."""
        return (*super().cycles, Cycle(self.balanced, BALANCED_RATE))
