"""Values held within 0..1 by operations that run on a phone's GPU."""

from torch import Tensor
from torch.nn import functional

__all__ = ["within_unit"]


def within_unit(x: Tensor) -> Tensor:
    """Returns what `clamp(0, 1)` does, in any shape, to the same bits up to 2.

    Beyond it is within x * 1e-7.

    Converters turn a clamp, however it is spelled, into one operation that GPUs do not have.
    """
    return functional.relu(x) - functional.relu(x - 1.0)
