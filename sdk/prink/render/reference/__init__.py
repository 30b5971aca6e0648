"""The face formulas in torch: twins of `shaders/`, file by file, differentiable in look and frame.

Pixels are lists, colours `(N, 3)` and numbers `(N, 1)`, so formulas read as they do in GLSL.
"""

from prink.render.glsl.look_numbers import packed_from_vector
from prink.render.reference.draw import draw_reference
from prink.render.reference.scene import Scene, capture_scene, with_frame

__all__ = ["Scene", "capture_scene", "draw_reference", "packed_from_vector", "with_frame"]
