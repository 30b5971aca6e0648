"""Draws looks with OpenGL."""

from prink.render.context import INSTALL_GL, RenderError, open_context
from prink.render.renderer import Renderer

__all__ = ["INSTALL_GL", "RenderError", "Renderer", "open_context"]
