"""prink reads a look off one photo and draws it on a live face.

The names below are loaded when they are first used, so `import prink` is quick and opens no OpenGL.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prink.errors import PrinkError
    from prink.face import Face, FaceError, Tracker
    from prink.frame import FORMATS
    from prink.live import LiveError
    from prink.params import HAIR, Look, LookError, Rgba, edit, load_look, save_look
    from prink.params.looks import LOOKS, look
    from prink.parse import ParseError, Parser, Parsing, Square
    from prink.photo import Photo, PhotoError, load_photo, save_photo
    from prink.reading import Encoder, Reading, ReadingError, read_look
    from prink.render import Renderer, RenderError
    from prink.tryon import try_on
    from prink.video import VideoError, try_on_video
    from prink.weights import ModelError

__version__ = "0.1.0"

__all__ = [
    "FORMATS",
    "HAIR",
    "LOOKS",
    "Encoder",
    "Face",
    "FaceError",
    "LiveError",
    "Look",
    "LookError",
    "ModelError",
    "ParseError",
    "Parser",
    "Parsing",
    "Photo",
    "PhotoError",
    "PrinkError",
    "Reading",
    "ReadingError",
    "RenderError",
    "Renderer",
    "Rgba",
    "Square",
    "Tracker",
    "VideoError",
    "__version__",
    "edit",
    "load_look",
    "load_photo",
    "look",
    "read_look",
    "save_look",
    "save_photo",
    "try_on",
    "try_on_video",
]

HOMES = {
    "FORMATS": "prink.frame",
    "HAIR": "prink.params",
    "LOOKS": "prink.params.looks",
    "Encoder": "prink.reading",
    "Face": "prink.face",
    "FaceError": "prink.face",
    "LiveError": "prink.live",
    "Look": "prink.params",
    "LookError": "prink.params",
    "ModelError": "prink.weights",
    "ParseError": "prink.parse",
    "Parser": "prink.parse",
    "Parsing": "prink.parse",
    "Photo": "prink.photo",
    "PhotoError": "prink.photo",
    "PrinkError": "prink.errors",
    "Reading": "prink.reading",
    "ReadingError": "prink.reading",
    "RenderError": "prink.render",
    "Renderer": "prink.render",
    "Rgba": "prink.params",
    "Square": "prink.parse",
    "Tracker": "prink.face",
    "VideoError": "prink.video",
    "edit": "prink.params",
    "load_look": "prink.params",
    "load_photo": "prink.photo",
    "look": "prink.params.looks",
    "read_look": "prink.reading",
    "save_look": "prink.params",
    "save_photo": "prink.photo",
    "try_on": "prink.tryon",
    "try_on_video": "prink.video",
}


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module 'prink' has no attribute {name!r}")
    value: object = getattr(import_module(HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
