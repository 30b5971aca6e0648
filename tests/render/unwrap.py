"""Draws the face atlas on the GPU with the region mesh: place and coordinate swapped.

This is how the phone hosts unwrap, with the same shader. Python reads by `prink.render.atlas`,
which needs no GPU; the atlas that is drawn here is the check of that path.
"""

from collections.abc import Sequence
from typing import Any, Self

import moderngl
import numpy as np

from prink.arrays import Bytes
from prink.face import Face
from prink.render.assets import read_mesh
from prink.render.atlas import SIZE, TILES, Tile
from prink.render.context import RenderError, compile_program, open_context
from prink.render.face_row import drawable
from prink.render.row import ROW

__all__ = ["Unwrapper"]

PARTS = (("skin", 0), ("eyes", 1), ("brows", 1), ("lips", 2))


class Unwrapper:
    """Unwraps faces of frames into atlases; owns its GL objects, and its context unless given one.

    Use it as a context manager, on the thread that made it; a given context must be current.
    """

    def __init__(self, *, context: moderngl.Context | None = None) -> None:
        """Compiles the shader.

        Raises:
            RenderError: if no GL driver is found or the shader is refused.
        """
        self._own = context is None
        self.context = context or open_context()
        self._program = compile_program(self.context, "unwrap", "unwrap")
        self._mesh = read_mesh()
        vertices = self.context.buffer(self._mesh.vertices.tobytes())
        triangles = self.context.buffer(self._mesh.triangles.tobytes())
        self._array = self.context.vertex_array(
            self._program,
            [(vertices, *self._mesh.attributes(self._program))],
            index_buffer=triangles,
            index_element_size=2,
        )
        self._points = self.context.texture((ROW, 1), 4, dtype="f4")
        self._points.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._atlas = self.context.texture((SIZE, SIZE), 4)
        self._buffer = self.context.framebuffer([self._atlas])
        self._frame: moderngl.Texture | None = None
        self._objects: list[Any] = [
            *(self._program, vertices, triangles, self._array),
            *(self._points, self._buffer, self._atlas),
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def unwrap(self, rgb: Bytes, faces: Sequence[Face]) -> list[Bytes]:
        """Returns the atlas (256, 256, 4) uint8 of each face in a frame (H, W, 3).

        Raises:
            RenderError: if a face lies outside the frame or its landmarks are wild.
        """
        size = rgb.shape[1], rgb.shape[0]
        if self._frame is None or self._frame.size != size:
            if self._frame is not None:
                self._frame.release()
            self._frame = self.context.texture(size, 3, alignment=1)
            self._frame.repeat_x = self._frame.repeat_y = False
        self._frame.write(np.ascontiguousarray(rgb), alignment=1)
        return [self.unwrap_texture(self._frame, face) for face in faces]

    def unwrap_texture(self, frame: moderngl.Texture, face: Face) -> Bytes:
        """Returns the atlas (256, 256, 4) uint8 of a face in a texture, top row first."""
        width, height = frame.size
        drawn = drawable(face, mesh=self._mesh, width=width, height=height)
        if drawn is None:
            raise RenderError(f"face {face.id} has no mesh inside a {width} x {height} frame")
        self._points.write(drawn.row.tobytes())
        self._buffer.use()
        self._buffer.clear()
        self.context.enable_only(moderngl.NOTHING)
        frame.use(0)
        self._points.use(1)
        for name, value in {
            **{"u_frame": 0, "u_points": 1, "u_face": 0},
            "u_size": (float(width), float(height)),
        }.items():
            self._program[name] = value
        for tile in TILES.values():
            self._draw(tile)
        self._buffer.scissor = (0, 0, SIZE, SIZE)
        out = np.empty((SIZE, SIZE, 4), np.uint8)
        self._buffer.read_into(out, components=4, alignment=1)
        return out

    def _draw(self, tile: Tile) -> None:
        scale, offset = tile.to_pixels()
        to_clip = 2.0 / SIZE
        self._program["u_tile"] = (*(scale * to_clip), *(offset * to_clip - 1.0))
        self._buffer.scissor = tile.at
        for patch, number in PARTS:
            self._program["u_part"] = number
            first, count = self._mesh.patches[patch]
            self._array.render(moderngl.TRIANGLES, vertices=count, first=first)

    def close(self) -> None:
        """Frees the GL objects, and its own context."""
        for thing in (*self._objects, *([self._frame] if self._frame else [])):
            thing.release()
        self._objects, self._frame = [], None
        if self._own:
            self.context.release()
        self._own = False
