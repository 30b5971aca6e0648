"""Golden pairs: inputs and what torch gives for them, as JSON beside a package.

A phone or a Mac that has the real Core ML reads the file, predicts, and compares within `limits`.
Numbers are base64 of little-endian bytes: `uint8` stands for 0..1 in steps of 1/255, else
`float32`; shapes are as torch has them, planes first.
"""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from torch import nn

from prink.arrays import Floats
from prink.whole_file import whole_file
from prink_export.network import ExportError, Network, Port
from prink_export.pipeline.preflight import built, eager, sample_inputs

__all__ = ["VERSION", "read_golden", "write_golden"]

VERSION: Final = 1


def write_golden(network: Network, package: Path, *, precision: str, count: int = 1) -> Path:
    """Writes the pairs of the network's first samples beside a package and returns the file.

    Inputs that are pictures are brought to 8 bits before torch sees them, as a camera does.

    Raises:
        ExportError: if the network has no samples or the file cannot be written.
    """
    module = built(network)
    pairs = [pair(network, module, given) for given in sample_inputs(network)[:count]]
    if not pairs:
        raise ExportError(f"{network.name} has no samples; golden pairs need at least one")
    told = {
        "version": VERSION,
        "network": network.name,
        "package": package.name,
        "limits": dict(network.limits.get(precision, {})),
        "pairs": pairs,
    }
    path = package.with_suffix(".golden.json")
    with whole_file(path, error=ExportError) as part:
        part.write_text(json.dumps(told, indent=1) + "\n")
    return path


def pair(network: Network, module: nn.Module, given: Sequence[Floats]) -> dict[str, Any]:
    inputs = [
        written(port, each, picture=port.image)
        for port, each in zip(network.inputs, given, strict=True)
    ]
    found = eager(module, [read(each) for each in inputs], network)
    outputs = [
        written(port, each, picture=False)
        for port, each in zip(network.outputs, found, strict=True)
    ]
    return {"inputs": inputs, "outputs": outputs}


def written(port: Port, array: Floats, *, picture: bool) -> dict[str, Any]:
    kind = "uint8" if picture else "float32"
    if picture:
        held = np.rint(np.clip(array, 0, 1) * 255).astype(np.uint8)
        data = held.tobytes()
    else:
        data = array.astype("<f4").tobytes()
    return {
        "name": port.name,
        "shape": list(port.shape),
        "type": kind,
        "data": base64.b64encode(data).decode(),
    }


def read(entry: dict[str, Any]) -> Floats:
    data = base64.b64decode(entry["data"])
    if entry["type"] == "uint8":
        array = np.frombuffer(data, np.uint8).astype(np.float32) / np.float32(255)
    else:
        array = np.frombuffer(data, "<f4").astype(np.float32)
    return array.reshape(entry["shape"])


def read_golden(path: Path) -> list[tuple[list[Floats], list[Floats]]]:
    """Returns the pairs of a file, inputs and outputs, each array in its port's shape.

    Raises:
        ExportError: if the file is broken or of another version.
    """
    try:
        told = json.loads(path.read_text())
        if told["version"] != VERSION:
            raise ExportError(f"{path} has version {told['version']}, this prink reads {VERSION}")
        return [
            ([read(each) for each in one["inputs"]], [read(each) for each in one["outputs"]])
            for one in told["pairs"]
        ]
    except (OSError, KeyError, TypeError, ValueError) as cause:
        if isinstance(cause, ExportError):
            raise
        raise ExportError(f"no golden pairs: {path} ({cause})") from cause
