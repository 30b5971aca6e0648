"""Interlaced frames made whole: every second line is put where its moment belongs, by bwdif."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import av
from av.filter import Graph

__all__ = ["Deinterlacer"]


class Deinterlacer:
    """Passes frames on; those marked as interlaced come out progressive, one for one.

    FFmpeg's bwdif keeps the first field of a frame and computes the lines of the second for the
    same moment from both neighbours. Frames not marked stay as they are. `used` tells afterwards
    whether there was one.
    """

    def __init__(self, time_base: Fraction) -> None:
        self.base = time_base
        self.used = False

    def whole(self, frames: Iterable[av.VideoFrame]) -> Iterator[av.VideoFrame]:
        """Yields the frames with their time stamps, in units of the time base."""
        graph: Graph | None = None
        shape = None
        for frame in frames:
            now = (frame.width, frame.height, frame.format.name)
            if graph is not None and now != shape:
                yield from self._finished(graph)
                graph = None
            if graph is None and not frame.interlaced_frame:
                yield frame
                continue
            self.used = True
            graph, shape = graph or self._graph(frame), now
            graph.vpush(frame)
            yield from self._ready(graph)
        if graph is not None:
            yield from self._finished(graph)

    def _graph(self, frame: av.VideoFrame) -> Graph:
        graph = Graph()
        source = graph.add(
            "buffer",
            video_size=f"{frame.width}x{frame.height}",
            pix_fmt=frame.format.name,
            time_base=str(self.base),
            colorspace=str(int(frame.colorspace)),
            range=str(int(frame.color_range)),
        )
        whole = graph.add("bwdif", mode="send_frame", deint="interlaced")
        sink = graph.add("buffersink")
        source.link_to(whole)
        whole.link_to(sink)
        graph.configure()
        return graph

    def _ready(self, graph: Graph) -> Iterator[av.VideoFrame]:
        while True:
            try:
                frame = graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if frame.pts is not None and frame.time_base is not None:  # it counts in half units
                frame.pts = round(frame.pts * frame.time_base / self.base)
            frame.time_base = self.base
            yield frame

    def _finished(self, graph: Graph) -> Iterator[av.VideoFrame]:
        graph.vpush(None)
        yield from self._ready(graph)
