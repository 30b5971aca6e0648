"""The sum by which a module's weights are known."""

import hashlib

from torch import nn

__all__ = ["weights_hash"]


def weights_hash(module: nn.Module) -> str:
    """Returns the sha256 of a module's parameters and buffers, of any shape, with their names."""
    found = hashlib.sha256()
    for name, tensor in (*module.named_parameters(), *module.named_buffers()):
        found.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        found.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return found.hexdigest()
