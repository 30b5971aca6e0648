"""Numbers kept within 0..1, in operations that every accelerator has."""

from torch import Tensor
from torch.nn import functional

__all__ = ["within_unit"]


def within_unit(x: Tensor) -> Tensor:
    """Returns x within 0..1, as `x.clamp(0, 1)` does, which phone GPUs refuse."""
    return 1.0 - functional.relu(1.0 - functional.relu(x))
