"""prink reads a look off one photo and draws it on a live face.

The names below are loaded when they are first used, so `import prink` is quick and opens no OpenGL.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prink.face import Tracker
    from prink.params import Look, Rgba, edit, load_look, save_look
    from prink.params.looks import LOOKS, look
    from prink.photo import Photo, load_photo, save_photo
    from prink.reading import read_look
    from prink.render import Renderer
    from prink.tryon import try_on

__version__ = "0.1.0"

__all__ = [
    "LOOKS",
    "Look",
    "Photo",
    "Renderer",
    "Rgba",
    "Tracker",
    "__version__",
    "edit",
    "load_look",
    "load_photo",
    "look",
    "read_look",
    "save_look",
    "save_photo",
    "try_on",
]

HOMES = {
    "LOOKS": "prink.params.looks",
    "Look": "prink.params",
    "Photo": "prink.photo",
    "Renderer": "prink.render",
    "Rgba": "prink.params",
    "Tracker": "prink.face",
    "edit": "prink.params",
    "load_look": "prink.params",
    "load_photo": "prink.photo",
    "look": "prink.params.looks",
    "read_look": "prink.reading",
    "save_look": "prink.params",
    "save_photo": "prink.photo",
    "try_on": "prink.tryon",
}


def __getattr__(name: str) -> object:
    if name not in HOMES:
        raise AttributeError(f"module 'prink' has no attribute {name!r}")
    value: object = getattr(import_module(HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
