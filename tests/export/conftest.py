"""Artifacts of the foreign networks: converted once, kept by content hash between test runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("onnxscript", reason="needs the converters: pip install '.[export]'")

from tests.export.foreign import FOREIGN

from prink_export.network import Artifact, Floats, Network
from prink_export.parity import Reference, reference
from prink_export.pipeline import Job, Loaded, Settings, made
from prink_export.preflight import built

Made = Callable[..., tuple[Network, Artifact, Reference]]


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> Path:
    return request.config.cache.mkdir("prink_export")


@pytest.fixture(scope="session")
def exported(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A maker: `exported("unet", "onnx", "int8")` gives the network, its artifact and reference."""
    settings = Settings(tmp_path_factory.mktemp("artifacts"), store=store)
    ready: dict[str, Loaded] = {}
    done: dict[tuple[str, str, str], Artifact] = {}

    def make(name: str, format: str, precision: str) -> tuple[Network, Artifact, Reference]:
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
        from prink_export.registry import networks

        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("PRINK_SHARED", raising=False)
            return [planes for (planes,) in networks(cache=cache)[name].samples()]

    return make
