"""The sources of hair masks at hand: prink's own network and MediaPipe's, opened by name."""

from typing import Final

from prink.hair.mediapipe import FILE, MediaPipeHair
from prink.hair.own import OwnHair
from prink.hair.source import HairError, HairSource
from prink.weights import find_model

__all__ = ["SOURCES", "open_source"]

SOURCES: Final = ("own", "mediapipe")


def open_source(name: str) -> HairSource:
    """Returns a source that is ready to run.

    Raises:
        HairError: The name is unknown, or the model of the source is not at hand.
        ModelError: The model file is not the expected one.
    """
    if name not in SOURCES:
        raise HairError(f"source is {name!r}, expected one of {', '.join(SOURCES)}")
    if name == "own":
        return OwnHair()
    model = find_model(FILE)
    if model is None:
        raise HairError(
            f"source 'mediapipe' needs {FILE}: put it into the folder named by PRINK_ASSETS"
        )
    return MediaPipeHair(model)
