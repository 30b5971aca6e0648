"""A true GLES 3 context under moderngl: EGL by ctypes, no window, no X server."""

import ctypes
import ctypes.util
from typing import Self

import moderngl

__all__ = ["open_gles"]

SURFACELESS = 0x31DD
OPENGL_ES_API = 0x30A0
CONFIG = (0x3033, 0, 0x3040, 0x40, 0x3038)  # no surface, renderable by GLES 3
VERSION_3 = (0x3098, 3, 0x3038)


class Loader:
    """Looks up GL functions for moderngl and makes the EGL context current."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("EGL")
        if name is None or ctypes.util.find_library("GLESv2") is None:
            raise OSError("libEGL and libGLESv2 are needed: apt-get install libegl1 libgles2")
        self.egl = ctypes.CDLL(name)
        for function in ("eglGetPlatformDisplay", "eglCreateContext", "eglGetProcAddress"):
            getattr(self.egl, function).restype = ctypes.c_void_p
        # Desktop-only functions may be missing; moderngl must not call null.
        self.nothing = ctypes.CFUNCTYPE(None)(lambda: None)
        self.display = ctypes.c_void_p(self.egl.eglGetPlatformDisplay(SURFACELESS, None, None))
        if not self.egl.eglInitialize(self.display, None, None):
            raise OSError("the EGL driver has no surfaceless platform")
        self.context = ctypes.c_void_p(self._create())

    def _create(self) -> int:
        config, count = ctypes.c_void_p(), ctypes.c_int()
        self.egl.eglBindAPI(OPENGL_ES_API)
        wanted = (ctypes.c_int * len(CONFIG))(*CONFIG)
        self.egl.eglChooseConfig(self.display, wanted, ctypes.byref(config), 1, ctypes.byref(count))
        version = (ctypes.c_int * len(VERSION_3))(*VERSION_3)
        context: int | None = self.egl.eglCreateContext(self.display, config, None, version)
        if not count.value or not context:
            raise OSError("the EGL driver makes no GLES 3 context")
        return context

    def make_current(self, context: ctypes.c_void_p | None) -> None:
        self.egl.eglMakeCurrent(self.display, None, None, context)

    def load_opengl_function(self, name: str) -> int:
        address: int | None = self.egl.eglGetProcAddress(name.encode())
        return address or ctypes.cast(self.nothing, ctypes.c_void_p).value or 0

    load = load_opengl_function

    def __enter__(self) -> Self:
        self.make_current(self.context)
        return self

    def __exit__(self, *_: object) -> None:
        self.make_current(None)

    def release(self) -> None:
        self.make_current(None)
        self.egl.eglDestroyContext(self.display, self.context)


def open_gles() -> moderngl.Context:
    """Returns a current GLES 3 context; raises OSError where the driver offers none."""
    loader = Loader()
    loader.make_current(loader.context)
    return moderngl.create_context(context=loader, require=300)
