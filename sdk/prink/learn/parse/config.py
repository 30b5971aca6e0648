"""Settings of the parsing network's training."""

from dataclasses import dataclass

from prink.learn.training import Settings

__all__ = ["Config"]


@dataclass(frozen=True, kw_only=True)
class Config(Settings):
    """Settings of the parsing network's training.

    Attributes:
        synthetic: Share of the heads that are drawn, not photographed.
        begin: Whether the encoder begins with the weights of an older hair network.
    """

    steps: int = 7700
    batch: int = 8
    peak_rate: float = 2e-3
    warm_up: int = 150
    decay: float = 1e-4
    average: float = 0.998
    clip: float = 2.0
    synthetic: float = 0.35
    begin: bool = False
