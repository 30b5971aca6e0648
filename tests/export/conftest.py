"""Artifacts of the foreign networks, kept by content hash between test runs, and a bundle."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from prink.arrays import Floats
from prink.hair import own
from prink.reading import encoder
from prink_export.bundle.make import make_bundle
from prink_export.bundle.shaders import INSTALL, TOOLS
from prink_export.network import Artifact, Network

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
def store(request: pytest.FixtureRequest) -> Path:
    return request.config.cache.mkdir("prink_export")


@pytest.fixture(scope="session")
def exported(to_onnx: None, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A maker: `exported("unet", "onnx", "int8")` gives the network, its artifact and reference."""
    from tests.export.foreign import FOREIGN

    from prink_export.measure.parity import reference
    from prink_export.pipeline.export import Job, Loaded, Settings, made
    from prink_export.pipeline.preflight import built

    settings = Settings(tmp_path_factory.mktemp("artifacts"), store=store)
    ready: dict[str, Loaded] = {}
    done: dict[tuple[str, str, str], Artifact] = {}

    def make(name: str, format: str, precision: str) -> "tuple[Network, Artifact, Reference]":
        if name not in ready:
            network = FOREIGN[name]()
            ready[name] = Loaded(network, built(network), reference(network))
        key = (name, format, precision)
        if key not in done:
            done[key], _ = made(Job(name, FOREIGN[name], format, settings), ready[name], precision)
        return ready[name].network, done[key], ready[name].against

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
    for file in (encoder.FILE, own.FILE):
        shutil.copy(file, folder / f"{file.stem}.fp32.onnx")
    return folder


@pytest.fixture(scope="session")
def bundle(artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole bundle for the web; its zip lies beside it."""
    if any(shutil.which(tool) is None for tool in TOOLS):
        pytest.skip(f"needs the shader tools: {INSTALL}")
    out = tmp_path_factory.mktemp("bundle") / "prink.bundle"
    make_bundle(out, models=artifacts, precisions={"web": "fp32"}, zipped=True)
    return out
