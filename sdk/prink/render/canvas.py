"""The pictures of one frame on the GPU: what the camera sent, what is drawn, a face's layers."""

from collections.abc import Sequence
from typing import Any

import moderngl
import numpy as np

from prink.arrays import Bytes
from prink.frame import FORMATS, Frame, check_frame
from prink.render.box import Box
from prink.render.context import RenderError

__all__ = ["LIMIT", "Canvas", "frame_size"]

LIMIT = 16384  # largest texture of every desktop driver; phones have 4096 to 16384


def frame_size(frame: Frame, format: str) -> tuple[int, int]:
    """Returns width and height of a frame, such as `(H, W, 3)`: its format says.

    Raises:
        RenderError: if the array does not fit the format or is larger than textures can be.
    """
    width, height = check_frame(frame, format, error=RenderError)
    if max(width, height) > LIMIT:
        raise RenderError(f"the frame is {width} x {height} pixels; the limit is {LIMIT} a side")
    return width, height


class Canvas:
    """Owns the textures and framebuffers that are as large as the frame, and the layers'."""

    def __init__(self, context: moderngl.Context) -> None:
        self.context = context
        self.size = (0, 0)
        self._sized: list[Any] = []
        self._layers: dict[str, moderngl.Texture] = {}

    def resize(self, size: tuple[int, int]) -> None:
        """Makes room for frames of another width and height."""
        if size == self.size:
            return
        old = self._sized
        self._camera, self.picture, self._so_far = (self._blank(size, 4) for _ in range(3))
        textures = (self._camera, self.picture, self._so_far)
        buffers = [self.context.framebuffer([texture]) for texture in textures]
        self._input, self.output, self._copy = buffers
        self._sized = [*buffers, *textures]
        self.output.use()  # GL must not be left in a framebuffer that is gone
        for thing in old:
            thing.release()
        self._staging = np.full((size[1], size[0], 4), 255, np.uint8)
        self.size = size

    def upload(self, frame: Frame, format: str, needed: Sequence[Box] | None) -> None:
        """Sends a frame, such as `(H, W, 3)`, to the GPU, or only the boxes that are needed.

        Their bounds are even.
        """
        for box in needed or [(0, 0, *self.size)]:
            x0, y0, x1, y1 = box
            wide, tall = x1 - x0, y1 - y0
            room = self._staging.reshape(-1)[: wide * tall * 4].reshape(tall, wide, 4)
            part = np.ascontiguousarray(FORMATS[format].rgba(frame, box, room))
            self._camera.write(part, viewport=(x0, y0, wide, tall), alignment=1)

    def begin(self) -> None:
        """Copies the camera's picture to where it is drawn on."""
        self.output.use()  # or a scissor of the host would clip the copy
        self.context.copy_framebuffer(self.output, self._input)

    def keep(self, box: Box) -> None:
        """Copies what is drawn so far in a box, for a pass that draws over it."""
        x0, y0, x1, y1 = box
        self._copy.scissor = (x0, y0, x1 - x0, y1 - y0)
        self._copy.use()
        self.context.copy_framebuffer(self._copy, self.output)

    def read(self, box: Box) -> Bytes:
        """Returns the drawn pixels (H, W, 4) of a box."""
        x0, y0, x1, y1 = box
        pixels = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
        region = (x0, y0, x1 - x0, y1 - y0)
        self.output.read_into(pixels, region, components=4, alignment=1)
        return pixels

    def take(self, name: str, pixels: Bytes) -> None:
        """Sends a layer's picture `(H, W)` or `(H, W, 4)` to the GPU, in place of the last one."""
        tall, wide = pixels.shape[:2]
        components = pixels.shape[2] if pixels.ndim == 3 else 1
        kept = self._layers.get(name)
        if kept is None or (kept.size, kept.components) != ((wide, tall), components):
            if kept is not None:
                kept.release()
            kept = self._layers[name] = self._blank((wide, tall), components)
        kept.write(np.ascontiguousarray(pixels), alignment=1)

    def texture(self, name: str) -> moderngl.Texture | None:
        """Returns `frame`, `drawn` or a layer by its name; None for other names."""
        return {"frame": self._camera, "drawn": self._so_far, **self._layers}.get(name)

    def release(self) -> None:
        """Frees everything; the canvas can be used again."""
        for thing in (*self._sized, *self._layers.values()):
            thing.release()
        self._sized, self._layers, self.size = [], {}, (0, 0)

    def _blank(self, size: tuple[int, int], components: int) -> moderngl.Texture:
        texture = self.context.texture(size, components)
        texture.repeat_x = texture.repeat_y = False
        return texture
