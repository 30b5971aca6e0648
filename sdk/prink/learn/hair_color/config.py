"""Settings of the training that reads hair colour."""

from dataclasses import dataclass

from prink.learn.training import Settings

__all__ = ["Config"]


@dataclass(frozen=True, kw_only=True)
class Config(Settings):
    """Settings of a hair encoder's training.

    Attributes:
        renderings: New ones every ten steps.
        kept: Samples that batches are drawn from, the newest.
    """

    steps: int = 6000
    batch: int = 64
    peak_rate: float = 4e-3
    warm_up: int = 200
    decay: float = 1e-3
    average: float = 0.998
    clip: float = 1.0
    renderings: int = 32
    kept: int = 15000
