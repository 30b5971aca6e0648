"""Artifacts of the tests, kept by content hash, so that no run converts what one before did."""

from functools import cache
from pathlib import Path
from typing import Final

from prink.weights import cache_folder
from prink_export.measure.parity import reference
from prink_export.network import Artifact, Network
from prink_export.pipeline.export import Job, Loaded, Settings, made
from prink_export.pipeline.preflight import built

__all__ = ["STORE", "ready", "stored"]

STORE: Final = cache_folder() / "export-tests"
"""What a test spoils is a copy, and an artifact that was spoiled here is as good as none."""


@cache
def ready(network: Network) -> Loaded:
    """The network's module and torch's outputs."""
    return Loaded(network, built(network), reference(network))


def stored(network: Network, format: str, precision: str, *, out: Path) -> Artifact:
    """An artifact in the folder `out`, converted where no run has done so before.

    The network has to be the same each time it is built.
    """
    job = Job(network.name, lambda: network, format, Settings(out, store=STORE))
    return made(job, ready(network), precision)[0]
