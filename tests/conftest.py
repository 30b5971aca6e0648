"""Pictures that every test may use: two wheel portraits, and the licensed folder if at hand."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture(scope="session")
def astronaut() -> NDArray[np.uint8]:
    from skimage.data import astronaut

    return np.ascontiguousarray(astronaut())


@pytest.fixture(scope="session")
def hopper() -> NDArray[np.uint8]:
    from matplotlib.cbook import get_sample_data
    from PIL import Image

    with get_sample_data("grace_hopper.jpg") as file:
        return np.asarray(Image.open(file).convert("RGB"))


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("PRINK_SHARED", Path(__file__).parents[1].parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs the shared pictures and models (set PRINK_SHARED), not at {folder}")
    return folder


@pytest.fixture(scope="session")
def portraits(shared: Path) -> Path:
    return shared / "portraits"
