"""Packages of small networks, made once a run."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import torch
from tests.export.foreign import FOREIGN
from tests.export.stored import stored

from prink_export.coreml import format as coreml
from prink_export.network import Network

__all__ = ["copy_of", "error", "package"]


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="prink-core-ml-"))


@cache
def package(name: str, precision: str, *, images: bool = False) -> tuple[Network, Path]:
    """A network of FOREIGN and its package; not to be changed."""
    network = FOREIGN[name]()
    if images:  # another door, which the pipeline does not ask for
        return network, coreml.convert(network, precision=precision, out=folder(), images=True)
    return network, stored(network, "coreml", precision, out=folder()).path


def copy_of(path: Path, to: Path) -> Path:
    """A copy of a package that a test may break."""
    return Path(shutil.copytree(path, to / path.name))


def error(network: Network, path: Path) -> float:
    """The largest absolute error of a package against torch over the network's samples."""
    run, module = coreml.runners(path, network)[coreml.INTERPRETER], network.build()
    worst = 0.0
    for sample in network.samples():
        # Pictures of whole 1/255, so that an 8-bit door loses nothing.
        given = [
            np.rint(x * 255).astype(np.float32) / np.float32(255) if port.image else x
            for port, x in zip(network.inputs, sample, strict=True)
        ]
        with torch.no_grad():
            wanted = module(*(torch.from_numpy(x) for x in given))
        wanted = (wanted,) if isinstance(wanted, torch.Tensor) else wanted
        for want, got in zip(wanted, run(given), strict=True):
            assert np.isfinite(got).all()
            worst = max(worst, float(np.abs(want.numpy() - got).max()))
    return worst
