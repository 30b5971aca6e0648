"""Real inputs of the shipped networks, made once of the portraits that wheels hold."""

from collections.abc import Callable
from pathlib import Path

import pytest

from prink_export.network import Floats
from prink_export.registry import networks


@pytest.fixture(scope="session")
def real_inputs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Floats]]:
    """A maker of a few of a network's own samples, without the licensed folder."""
    cache: Path = tmp_path_factory.mktemp("inputs")

    def make(name: str) -> list[Floats]:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("PRINK_SHARED", raising=False)
            return [planes for (planes,) in networks(cache=cache)[name].samples()]

    return make
