"""Half precision inside, float32 at the door, also where forward says `.float()` on its way."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torch.utils._pytree import tree_map

__all__ = ["HalfInside"]


class HalfInside(nn.Module):
    """A network that computes in half precision and takes and gives float32."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = copy.deepcopy(module).half()

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Returns the module's outputs as float32; both ends have the same shapes as its own."""
        halves = [each.half() for each in inputs]
        with StaysHalf():
            raw = self.module(*halves)
        return tuple(each.float() for each in (raw if isinstance(raw, tuple | list) else (raw,)))


class StaysHalf(TorchFunctionMode):
    """Keeps constants made in forward, and casts written for training, in half precision too.

    Otherwise one `.float()` gives a graph of mixed types that no runtime takes.
    """

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:  # noqa: ANN401 (whatever torch's function returns)
        """Runs a function of torch with halves for what is float32."""
        if func is Tensor.float:
            func = Tensor.half
        return tree_map(
            halved, func(*tree_map(halved, args), **tree_map(halved, dict(kwargs or {})))
        )


def halved(value: Any) -> Any:  # noqa: ANN401 (an argument or result of any kind)
    """Returns a float32 tensor or type as half, anything else as it is."""
    if value is torch.float32:
        return torch.float16
    if isinstance(value, Tensor) and value.dtype == torch.float32:
        with torch._C.DisableTorchFunction():
            return value.to(torch.float16)
    return value
