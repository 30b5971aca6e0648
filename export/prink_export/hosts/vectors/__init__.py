"""Vectors that every host's tests read: inputs, and what prink makes of them."""

from prink_export.hosts.vectors.files import VECTORS, vector_files
from prink_export.hosts.vectors.vector import Vector, near

__all__ = ["VECTORS", "Vector", "near", "vector_files"]
