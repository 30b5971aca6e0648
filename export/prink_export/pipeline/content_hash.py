"""What an artifact depends on, as one hash, and a folder of artifacts by that hash."""

import hashlib
import inspect
import json
import os
import shutil
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FunctionType
from typing import Final

import numpy as np
from torch import nn

from prink.arrays import Floats
from prink_export.measure.parity import Reference
from prink_export.network import Network
from prink_export.pipeline.preflight import calibration_inputs
from prink_export.pipeline.tree_hash import tree_hash
from prink_export.pipeline.weights_hash import weights_hash

__all__ = ["Store", "content_hash"]

CONVERTERS: Final = (
    "torch",
    "numpy",
    "onnx",
    "onnxscript",
    "onnxruntime",
    "coremltools",
    "scikit-learn",
    "litert-torch",
    "litert-converter",
    "ai-edge-litert",
    "ai-edge-quantizer",
)
CONVERTING: Final = (".", "pipeline", "onnx", "coreml", "tflite")
CALIBRATED: Final = ("int8", "int8c")
KEPT: Final = 256  # artifacts in a store


def content_hash(
    network: Network, module: nn.Module, against: Reference, *, format: str, precision: str
) -> str:
    """Returns a hash that changes with anything an artifact depends on.

    That is the weights, the source of the module's own classes and of functions it holds, torch's
    outputs on the samples (which catch what the source does not show), ports and metadata, the
    precision, the calibration set of int8 and int8c, the source of what converts (`CONVERTING`) and
    the converters' versions.
    """
    found = hashlib.sha256()
    about = {
        "name": network.name,
        "ports": repr((network.inputs, network.outputs)),
        "told": [network.about, network.licence, sorted(network.metadata.items())],
        "floats": network.floats,
        "format": format,
        "precision": precision,
        "versions": [(each, installed(each)) for each in CONVERTERS],
    }
    found.update(json.dumps(about).encode())
    found.update(weights_hash(module).encode())
    for source in sources(module):
        found.update(source.read_bytes())
    for case in against.cases:
        add(found, case.outputs)
    if precision in CALIBRATED:
        for inputs in calibration_inputs(network):
            add(found, inputs)
    return found.hexdigest()


def add(found: "hashlib._Hash", arrays: Iterable[Floats]) -> None:
    for each in arrays:
        found.update(np.ascontiguousarray(each).tobytes())


def sources(module: nn.Module) -> list[Path]:
    """Returns the files that convert and those of the module's own classes and functions."""
    package = Path(__file__).parents[1]
    files = {file for folder in CONVERTING for file in (package / folder).glob("*.py")}
    for each in module.modules():
        held = (value for value in vars(each).values() if isinstance(value, FunctionType))
        own: list[type | FunctionType] = [type(each), *held]
        for code in own:
            if code.__module__.partition(".")[0] == "torch":  # its version tells it
                continue
            try:
                files.add(Path(inspect.getfile(code)))
            except (TypeError, OSError):  # made on the fly; outputs tell it
                continue
    return sorted(path for path in files if path.is_file())


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


class Store:
    """Artifacts that were made before, by content hash; a spoiled one is as good as none."""

    def __init__(self, folder: Path | None) -> None:
        """Keeps nothing if `folder` is None."""
        self.folder = folder

    def fetch(self, key: str, out: Path) -> Path | None:
        """Returns the artifact's path after putting it into `out`, or None if it is not known."""
        if self.folder is None:
            return None
        try:
            told = json.loads((self.folder / key / "told.json").read_text())
            kept = self.folder / key / told["name"]
            if tree_hash(kept) != told["sha256"]:
                return None
            out.mkdir(parents=True, exist_ok=True)
            put(kept, out / told["name"])
        except (OSError, ValueError, KeyError):
            return None
        return out / str(told["name"])

    def keep(self, key: str, path: Path) -> None:
        """Keeps a copy of an artifact (not if the disk is full); the oldest beyond 256 go."""
        if self.folder is None:
            return
        try:
            place = self.folder / key
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            put(path, place / path.name)
            told = {"name": path.name, "sha256": tree_hash(path)}
            (place / "told.json").write_text(json.dumps(told))
            for old in sorted(self.folder.iterdir(), key=lambda each: each.stat().st_mtime)[:-KEPT]:
                shutil.rmtree(old, ignore_errors=True)
        except OSError:  # the artifact itself is written; only the next run is slower
            shutil.rmtree(self.folder / key, ignore_errors=True)


def put(source: Path, target: Path) -> None:
    """Copies a file or folder to a place, whole or not at all."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if source.is_dir():
            shutil.copytree(source, part)
            shutil.rmtree(target, ignore_errors=True)
        else:
            shutil.copyfile(source, part)
        part.replace(target)
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
