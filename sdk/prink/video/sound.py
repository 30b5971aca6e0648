"""Sound of one file carried over into another."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av

from prink.video.reader import open_video

__all__ = ["Sound"]

STEP = Fraction(1, 1000)  # seconds, which is a tick or more in every container


class Sound:
    """The audio streams of a file, added to an output.

    They are copied where the output's container takes them, else re-encoded.
    """

    def __init__(self, path: Path, output: av.container.OutputContainer) -> None:
        self.container = open_video(path)
        self.broken = False
        self.last: dict[int, Fraction] = {}  # seconds, by the output's stream
        self.copies: dict[int, av.AudioStream] = {}
        self.encoded: dict[int, tuple[av.AudioStream, av.AudioResampler]] = {}
        for stream in self.container.streams.audio:
            if stream.codec_context is None:
                continue
            if stream.codec_context.name in output.supported_codecs:
                self.copies[stream.index] = output.add_stream_from_template(stream)
            else:
                self.encoded[stream.index] = encoder(output, stream)
        streams = [s for s in self.container.streams.audio if self._takes(s.index)]
        self.packets = iter(self.container.demux(streams)) if streams else iter(())
        self.pending: av.Packet | None = None

    def _takes(self, index: int) -> bool:
        return index in self.copies or index in self.encoded

    def until(self, time: float | None) -> Iterator[av.Packet]:
        """Yields packets ready to be muxed, up to `time` in seconds; all that are left for None."""
        for packet in self._until(time):
            yield self._later(packet)

    def _later(self, packet: av.Packet) -> av.Packet:
        """Returns the packet, after the one before: where recordings meet, time may step back."""
        if packet.dts is None:
            return packet
        now, last = packet.dts * packet.time_base, self.last.get(packet.stream.index)
        if last is not None and now <= last:
            packet.dts = packet.pts = math.ceil((last + STEP) / packet.time_base)
            now = packet.dts * packet.time_base
        self.last[packet.stream.index] = now
        return packet

    def _until(self, time: float | None) -> Iterator[av.Packet]:
        while (packet := self._next_packet()) is not None:
            stamp = packet.dts if packet.pts is None else packet.pts
            if time is not None and stamp is not None and stamp * packet.time_base > time:
                self.pending = packet
                return
            yield from self._converted(packet)
        if time is None:
            for output, resampler in self.encoded.values():
                for frame in resampler.resample(None):
                    yield from output.encode(frame)
                yield from output.encode(None)
            self.encoded.clear()

    def _next_packet(self) -> av.Packet | None:
        if self.pending is not None:
            packet, self.pending = self.pending, None
            return packet
        try:
            return next(self.packets, None)
        except av.error.FFmpegError:
            self.broken = True
            return None

    def _converted(self, packet: av.Packet) -> Iterator[av.Packet]:
        index = packet.stream.index
        if index in self.copies:
            if packet.dts is not None:  # an empty packet only marks the end
                packet.stream = self.copies[index]
                yield packet
            return
        output, resampler = self.encoded[index]
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            self.broken = True
            return
        for frame in frames:
            for piece in resampler.resample(frame):
                yield from output.encode(piece)

    def close(self) -> None:
        """Closes the source file."""
        self.container.close()


def encoder(
    output: av.container.OutputContainer, stream: av.AudioStream
) -> tuple[av.AudioStream, av.AudioResampler]:
    """Returns a new audio stream in the container's usual codec and the resampler that feeds it."""
    webm = "webm" in output.format.name
    name = "libopus" if webm else "aac"
    rate = 48000 if webm else stream.codec_context.sample_rate
    layout = "mono" if stream.codec_context.channels == 1 else "stereo"
    track = output.add_stream(name, rate=rate, layout=layout)
    track.codec_context.open()
    resampler = av.AudioResampler(
        format=track.codec_context.format,
        layout=layout,
        rate=rate,
        frame_size=track.codec_context.frame_size or None,
    )
    return track, resampler
