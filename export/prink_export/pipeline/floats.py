"""Modules of a network that compute in float in an int8 file; their weights still take 8 bits."""

from fnmatch import fnmatchcase

from torch import nn

from prink_export.network import ExportError, Network

__all__ = ["float_modules", "is_float"]


def float_modules(network: Network, module: nn.Module) -> dict[str, nn.Module]:
    """Returns the modules by path that `Network.floats` names.

    Raises:
        ExportError: if one of its patterns names none.
    """
    known = dict(module.named_modules())
    for pattern in network.floats:
        if not any(fnmatchcase(path, pattern) for path in known):
            raise ExportError(
                f"{network.name}: floats names {pattern!r}, which is no module of it; write a path"
                " of named_modules(), such as head or body.*"
            )
    return {path: each for path, each in known.items() if is_float(network, path)}


def is_float(network: Network, path: str) -> bool:
    """Returns whether a module of this path computes in float in an int8 file."""
    return any(fnmatchcase(path, pattern) for pattern in network.floats)
