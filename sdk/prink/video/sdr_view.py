"""HDR frames seen as SDR: what tracking and drawing work on."""

from functools import lru_cache

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from prink.arrays import Bytes
from prink.video.chroma import SMOOTH_CHROMA
from prink.video.rendition import Rendition

__all__ = ["SdrView"]

# The table has EDGE ** 2 steps a channel: skin is off by 0.04 of an 8-bit step at most, deep
# colours at the border of the gamut by a few.
EDGE = 9


class SdrView:
    """Renders HDR frames of one size through a table of the rendition, by FFmpeg's haldclut."""

    def __init__(self, rendition: Rendition, *, matrix: int, width: int, height: int) -> None:
        self.matrix, self.size = matrix, (width, height)
        self.count = 0
        self.graph = Graph()
        table = av.VideoFrame.from_ndarray(table_of(rendition), format="rgb48le")
        self.source = self._input(width, height)
        lookup = self._input(table.width, table.height)
        clut = self.graph.add("haldclut", clut="first")
        sink = self.graph.add("buffersink")
        self.source.link_to(clut, 0, 0)
        lookup.link_to(clut, 0, 1)
        clut.link_to(sink)
        self.graph.configure()
        table.pts = 0
        lookup.push(table)
        lookup.push(None)

    def _input(self, width: int, height: int) -> av.filter.context.FilterContext:
        size = f"{width}x{height}"
        return self.graph.add("buffer", video_size=size, pix_fmt="rgb48le", time_base="1/1000")

    def signal(self, frame: av.VideoFrame) -> av.VideoFrame:
        """Returns the frame as R'G'B' in its own transfer, 16 bits a channel, full range."""
        planar = frame.reformat(
            *self.size,
            "gbrp16le",
            src_colorspace=self.matrix,
            dst_colorspace=self.matrix,
            interpolation=SMOOTH_CHROMA,
            dst_color_range=2,
        )
        # Not in one step: swscale spoils all rows but the first of rgb48 in this quality.
        signal = planar.reformat(format="rgb48le")
        signal.colorspace, signal.color_range = 2, 0  # unknown, as the filter was told
        return signal

    def render(self, signal: av.VideoFrame) -> Bytes:
        """Returns sRGB (H, W, 3) of a frame that `signal` gave."""
        signal.pts = self.count
        self.count += 1
        self.source.push(signal)
        deep = np.asarray(self.graph.vpull().to_ndarray(), np.uint16)
        return np.asarray((deep - (deep >> 8) + 128) >> 8, np.uint8)  # deep / 257, rounded


@lru_cache(maxsize=2)
def table_of(rendition: Rendition) -> NDArray[np.uint16]:
    """Returns a Hald picture (EDGE ** 3, EDGE ** 3, 3): the colours of a cube, red the fastest."""
    step = np.linspace(0.0, 1.0, EDGE**2)
    axes = (step[None, None, :], step[None, :, None], step[:, None, None])
    cube = np.stack(np.broadcast_arrays(*axes), axis=-1).reshape(EDGE**3, EDGE**3, 3)
    return np.asarray(np.rint(65535.0 * rendition.to_srgb(cube)), np.uint16)
