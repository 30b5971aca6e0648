"""The networks that prink ships: every module of this package that has a `NETWORK`.

To add one, add its file; `prink-export gen` then tells the hosts its names. Files without a
`NETWORK` are what several of them share.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from prink.errors import PrinkError
from prink_export import networks as package
from prink_export.network import ExportError, Network
from prink_export.networks.entry import Entry

if TYPE_CHECKING:  # a bundle is made and checked without torch
    from torch import nn

__all__ = ["entries", "features_by_network", "networks"]

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def entries() -> tuple[Entry, ...]:
    """Returns what the files of the networks declare, in the order of their names.

    Raises:
        ExportError: A file declares what is no entry or has no name for hosts, or two declare one
            name.
    """
    found: dict[str, tuple[str, Entry]] = {}
    for each in iter_modules(package.__path__):
        declared = getattr(import_module(f"{package.__name__}.{each.name}"), "NETWORK", None)
        if declared is None:
            continue
        file = f"{each.name}.py"
        entry = checked(declared, file)
        if entry.name in found:
            files = f"{found[entry.name][0]} and {file}"
            raise ExportError(f"two files declare a network called {entry.name!r}: {files}")
        found[entry.name] = file, entry
    return tuple(found[name][1] for name in sorted(found))


def checked(declared: object, file: str) -> Entry:
    """Returns what a file declares, if it is an entry whose name every host language takes."""
    if not isinstance(declared, Entry):
        kind = type(declared).__name__
        raise ExportError(f"NETWORK of {file} is of type {kind}; declare an Entry")
    if not NAME.fullmatch(declared.name):
        raise ExportError(
            f"{file} calls its network {declared.name!r}, of which hosts can make no name; write"
            " lower-case letters, digits and _"
        )
    return declared


def features_by_network() -> dict[str, tuple[str, ...]]:
    """Returns for each network the features of a bundle that need it."""
    return {each.name: each.features for each in entries()}


def networks(
    weights: Mapping[str, Path] | None = None, *, cache: Path | None = None
) -> dict[str, Network]:
    """Returns the networks that can be exported, by name.

    Args:
        weights: A file for some of them instead of the shipped one: an .onnx as prink's training
            writes it, or its checkpoint.pt.
        cache: Folder for the inputs, which take a while to make; by default the user's cache.

    Raises:
        ExportError: Weights are given for a network that is not known, or a file is none of its
            network.
    """
    known = {each.name: each for each in entries()}
    for name in weights or {}:
        if name not in known:
            raise ExportError(f"no network is called {name!r}; known are {', '.join(known)}")
    given = {name: each.weights for name, each in known.items()} | dict(weights or {})
    return {name: network_of(each, given[name], cache) for name, each in known.items()}


def network_of(entry: Entry, weights: Path, cache: Path | None) -> Network:
    with plainly():
        network = entry.network(weights, cache=cache)
    if network.name != entry.name:
        raise ExportError(
            f"the network that is declared as {entry.name!r} makes one called {network.name!r},"
            " whose files would lie in the other's place; give both one name"
        )
    return replace(network, build=partial(built, network.build))


def built(build: "Callable[[], nn.Module]") -> "nn.Module":
    """Returns the module; raises ExportError where the file is none of its network."""
    with plainly():
        return build()


@contextmanager
def plainly() -> Iterator[None]:
    """Makes an ExportError of what other parts of prink refuse."""
    try:
        yield
    except PrinkError as cause:
        raise ExportError(str(cause)) from None
