"""What an artifact depends on, as one hash, and a folder of artifacts by that hash."""

import hashlib
import inspect
import json
import shutil
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
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
TOLD: Final = "told.json"  # what a store says of an artifact, beside it


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
    """Artifacts that were made before, by content hash; a spoiled one is as good as none.

    Several processes may use one folder: what one fetches is whole, whatever others do.
    """

    def __init__(self, folder: Path | None) -> None:
        """Keeps nothing if `folder` is None."""
        self.folder = folder

    def fetch(self, key: str, out: Path) -> Path | None:
        """Returns the artifact's path after putting it into `out`, or None if it is not known."""
        if self.folder is None:
            return None
        try:
            told = json.loads((self.folder / key / TOLD).read_text())
            out.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=out, prefix=".", suffix=".part") as part:
                copied = put(self.folder / key / told["name"], Path(part))
                if tree_hash(copied) != told["sha256"]:
                    return None
                return moved(copied, out / told["name"])
        except (OSError, ValueError, KeyError):
            return None

    def keep(self, key: str, path: Path) -> None:
        """Keeps a copy of an artifact (not if the disk is full); the oldest beyond 256 go."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=self.folder, prefix=".", suffix=".part") as part:
                made = Path(part) / key
                made.mkdir()
                told = {"name": path.name, "sha256": tree_hash(put(path, made))}
                (made / TOLD).write_text(json.dumps(told))
                if not self.holds(key, told):  # or another process was faster
                    moved(made, self.folder / key)
            for old in sorted(self.folder.iterdir(), key=lambda each: each.stat().st_mtime)[:-KEPT]:
                shutil.rmtree(old, ignore_errors=True)
        except OSError:  # the artifact itself is written; only the next run is slower
            return

    def holds(self, key: str, told: Mapping[str, str]) -> bool:
        """Returns whether the folder has a whole artifact of this name and sum."""
        place = (self.folder or Path()) / key
        try:
            known = json.loads((place / TOLD).read_text())
            return bool(known == told and tree_hash(place / told["name"]) == told["sha256"])
        except (OSError, ValueError):
            return False


def put(source: Path, folder: Path) -> Path:
    """Returns the copy of a file or folder that it puts into a folder."""
    target = folder / source.name
    return Path((shutil.copytree if source.is_dir() else shutil.copyfile)(source, target))


def moved(source: Path, target: Path) -> Path:
    """Returns `target` after a file or folder took its place in one step."""
    if source.is_dir():
        shutil.rmtree(target, ignore_errors=True)
    return source.replace(target)
