"""Opens a headless GL context and compiles the flat shaders."""

import ctypes.util
import re
import sys
from typing import Any

import moderngl

from prink.errors import PrinkError
from prink.render.assets import asset

__all__ = ["INSTALL_GL", "RenderError", "compile_program", "open_context"]

INSTALL_GL = "apt-get install libegl1 libgl1 libgl1-mesa-dri"
PRECISION = "precision mediump float;\nprecision highp int;\nprecision mediump sampler2D;\n"
HEAD = {"300 es": f"#version 300 es\n{PRECISION}", "330": "#version 330\n"}


class RenderError(PrinkError, RuntimeError):
    """Drawing is impossible; the message says what to do."""


def open_context() -> moderngl.Context:
    """Returns a new headless context; software GL is enough.

    Raises:
        RenderError: with the install command, if no GL driver is found.
    """
    wanted: dict[str, Any] = {"standalone": True, "require": 330}
    if sys.platform.startswith("linux"):
        wanted["backend"] = "egl"  # needs no display
    try:
        return moderngl.create_context(**wanted)
    except Exception as error:  # glcontext raises plain Exception
        found = [name for name in ("EGL", "GL") if ctypes.util.find_library(name)]
        have = f"found {' and '.join(found)} but {error}" if found else "no GL library found"
        raise RenderError(
            f"cannot open OpenGL ({have}); on Debian or Ubuntu: {INSTALL_GL}"
        ) from None


def language(context: moderngl.Context) -> str:
    """Returns the GLSL version to compile as: desktop GL before 4.3, as on Macs, may lack ES."""
    es = context.info["GL_VERSION"].startswith("OpenGL ES") or context.version_code >= 430
    return "300 es" if es or "GL_ARB_ES3_compatibility" in context.extensions else "330"


def source(name: str, *, phone_precision: bool, language: str = "300 es") -> str:
    """Returns a flat shader with what a host adds: version and precision."""
    text = HEAD[language] + asset(f"generated/{name}").read_text()
    # Software drivers compute mediump in half floats, which is slower there than single ones.
    return text if phone_precision else re.sub(r"\bmediump\b", "highp", text)


def compile_program(
    context: moderngl.Context, vertex: str, fragment: str, *, phone_precision: bool = False
) -> moderngl.Program:
    """Returns the program of two flat shaders by name, such as `lips` and `lips`.

    Raises:
        RenderError: with the driver's message.
    """
    host: dict[str, Any] = {"phone_precision": phone_precision, "language": language(context)}
    stages: dict[str, Any] = {
        "vertex_shader": source(f"{vertex}.vert", **host),
        "fragment_shader": source(f"{fragment}.frag", **host),
    }
    try:
        return context.program(**stages)
    except moderngl.Error as error:
        raise RenderError(
            f"the GL driver refuses shader {vertex}.vert + {fragment}.frag: {error}"
        ) from None
