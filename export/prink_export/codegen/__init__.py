"""Writes every generated file of the project from its one source; `python -m prink_export.codegen --check` compares."""

from prink_export.codegen.outputs import outputs, stale, write

__all__ = ["outputs", "stale", "write"]
