"""ONNX with a batch that varies from 1 to 64: for servers; phones want the fixed one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink_export.network import Network, Runner
from prink_export.onnx.format import PRECISIONS, census, runner, write

__all__ = ["PRECISIONS", "census", "convert", "runners"]

PLACE: Final = 1  # of the judged input in a batch of three


def convert(network: Network, *, precision: str, out: Path) -> Path:
    """Writes `out/<name>.<precision>.batch.onnx` and returns its path.

    Raises:
        ExportError: if the network cannot be carried over, or mixes the members of a batch.
    """
    target = out / f"{network.name}.{precision}.batch.onnx"
    return write(network, precision=precision, target=target, batch=True)


def runners(path: Path, network: Network) -> dict[str, Runner]:
    """Returns two ways to run it: alone, and as the middle of a batch of three different ones."""
    one = runner(path, [port.name for port in network.inputs])

    def amid(inputs: Sequence[Floats]) -> list[Floats]:
        batch = [np.concatenate([np.zeros_like(each), each, 1 - each]) for each in inputs]
        return [each[PLACE : PLACE + 1] for each in one(batch)]

    return {"ONNX Runtime": one, "ONNX Runtime, batch of 3": amid}
