"""Writes every generated file of the project from its one source.

`prink-export gen --check` compares.
"""

from prink_export.codegen.outputs import outputs, stale, write

__all__ = ["outputs", "stale", "write"]
