"""Artifacts of the foreign networks and a bundle, made once a run."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from prink.arrays import Floats
from prink_export.bundle.make import make_bundle
from prink_export.bundle.shaders import INSTALL, TOOLS
from prink_export.network import Artifact, Network
from prink_export.networks.registry import entries

if TYPE_CHECKING:  # what bundles hold is tested without torch
    from prink_export.measure.parity import Reference

Made = Callable[..., "tuple[Network, Artifact, Reference]"]


@pytest.fixture(scope="session")
def to_onnx() -> None:
    """Skips what converts to ONNX where its converter is missing."""
    pytest.importorskip("onnxscript", reason="needs the converters: pip install '.[export]'")


@pytest.fixture(scope="session")
def to_phones() -> None:
    """Skips what converts to Core ML and TFLite where a converter is missing."""
    for each in ("coremltools", "litert_torch", "ai_edge_quantizer"):
        pytest.importorskip(each, reason="needs the converters: pip install '.[export]'")


@pytest.fixture(scope="session")
def store() -> Path:
    """The folder of artifacts by content hash, of this run and those before."""
    from tests.export.stored import STORE

    return STORE


@pytest.fixture(scope="session")
def exported(to_onnx: None, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A maker: `exported("unet", "onnx", "int8")` gives the network, its artifact and reference."""
    from tests.export.foreign import FOREIGN
    from tests.export.stored import ready, stored

    out = tmp_path_factory.mktemp("artifacts")
    done: dict[tuple[str, str, str], Artifact] = {}

    def make(name: str, format: str, precision: str) -> "tuple[Network, Artifact, Reference]":
        key, network = (name, format, precision), FOREIGN[name]()
        if key not in done:
            done[key] = stored(network, format, precision, out=out)
        return network, done[key], ready(network).against

    return make


@pytest.fixture(scope="session")
def real_inputs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Floats]]:
    """A maker of a shipped network's own samples, of the portraits that wheels hold."""
    cache = tmp_path_factory.mktemp("inputs")

    def make(name: str) -> list[Floats]:
        from prink_export.networks.registry import networks

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PRINK_SHARED", str(cache / "nowhere"))
            return [planes for (planes,) in networks(cache=cache)[name].samples()]

    return make


@pytest.fixture(scope="session")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `prink-export models` leaves it, with the shipped networks as ONNX."""
    folder = tmp_path_factory.mktemp("models")
    for each in entries():
        shutil.copy(each.weights, folder / f"{each.name}.fp32.onnx")
    return folder


@pytest.fixture(scope="session")
def bundle(artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole bundle for the web; its zip lies beside it."""
    if any(shutil.which(tool) is None for tool in TOOLS):
        pytest.skip(f"needs the shader tools: {INSTALL}")
    out = tmp_path_factory.mktemp("bundle") / "prink.bundle"
    make_bundle(out, models=artifacts, precisions={"web": "fp32"}, zipped=True)
    return out
