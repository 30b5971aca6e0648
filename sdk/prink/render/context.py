"""Opens a headless GL context and compiles the flat shaders."""

import ctypes.util
import re
from typing import Any

import moderngl

from prink.render.assets import asset

__all__ = ["INSTALL_GL", "RenderError", "compile_program", "open_context"]

INSTALL_GL = "apt-get install libegl1 libgl1 libgl1-mesa-dri"
PRECISION = "precision mediump float;\nprecision highp int;\nprecision mediump sampler2D;\n"


class RenderError(RuntimeError):
    """Drawing is impossible; the message says what to do."""


def open_context() -> moderngl.Context:
    """Returns a new headless context; software GL is enough.

    Raises:
        RenderError: with the install command, if no GL driver is found.
    """
    wanted: dict[str, Any] = {"standalone": True, "backend": "egl", "require": 330}
    try:
        return moderngl.create_context(**wanted)
    except Exception as error:  # glcontext raises plain Exception
        found = [name for name in ("EGL", "GL") if ctypes.util.find_library(name)]
        have = f"found {' and '.join(found)} but {error}" if found else "no GL library found"
        raise RenderError(
            f"cannot open OpenGL ({have}); on Debian or Ubuntu: {INSTALL_GL}"
        ) from None


def source(name: str, *, phone_precision: bool) -> str:
    """Returns a flat shader with what a host adds: version and precision."""
    text = "#version 300 es\n" + PRECISION + asset(f"generated/{name}").read_text()
    # Software drivers compute mediump in half floats, which is slower there than single ones.
    return text if phone_precision else re.sub(r"\bmediump\b", "highp", text)


def compile_program(
    context: moderngl.Context, vertex: str, fragment: str, *, phone_precision: bool = False
) -> moderngl.Program:
    """Returns the program of two flat shaders by name, such as `lips` and `lips`.

    Raises:
        RenderError: with the driver's message.
    """
    stages: dict[str, Any] = {
        "vertex_shader": source(f"{vertex}.vert", phone_precision=phone_precision),
        "fragment_shader": source(f"{fragment}.frag", phone_precision=phone_precision),
    }
    try:
        return context.program(**stages)
    except moderngl.Error as error:
        raise RenderError(
            f"the GL driver refuses shader {vertex}.vert + {fragment}.frag: {error}"
        ) from None
