"""Twin of `shaders/lib/log_chroma.glsl`: colour without brightness, to which light adds."""

from typing import Final

from torch import Tensor

__all__ = ["OF_ROOM", "OF_SKIN", "OF_TEETH", "OF_WHITES", "alike", "log_chroma"]

OF_SKIN: Final = (0.4974, -0.3102)
OF_WHITES: Final = (0.32, -0.14)
OF_TEETH: Final = (0.16, -0.15)
OF_ROOM: Final = (0.07, -0.03)
RED_BLUE = [0, 2]


def log_chroma(c: Tensor) -> Tensor:
    """Returns the logs of red and blue over green of linear colours `(..., 3)`, `(..., 2)`."""
    lit = c.clamp(min=0.0005)
    return (lit[..., RED_BLUE] / lit[..., 1:2]).log()


def alike(a: Tensor, b: Tensor, reach: float) -> Tensor:
    """Returns 1 where two such colours are one, less the farther they are apart, `(..., 1)`."""
    off = (a - b) / reach
    return (-(off * off).sum(-1, keepdim=True)).exp()
