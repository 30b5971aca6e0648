"""Frames into a video file, whole or not at all."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from prink.arrays import Bytes
from prink.video.carry import Codes, carried, frame_of, planes_of
from prink.video.chroma import SMOOTH_CHROMA
from prink.video.color_tags import LIMITED
from prink.video.encoding import SDR_ENCODERS, encoding
from prink.video.info import VideoError, VideoInfo
from prink.video.reader import VideoFrame
from prink.video.rendition import Rendition
from prink.video.sound import Sound
from prink.whole_file import check_output, check_suffix, whole_file

__all__ = ["VIDEO_SUFFIXES", "VideoWriter", "check_video_output"]

VIDEO_SUFFIXES = SDR_ENCODERS


def check_video_output(path: str | Path) -> str:
    """Returns the encoder that SDR takes for the suffix, once it is sure that the file can be made.

    Raises:
        VideoError: if the suffix is unknown, the folder is missing or the place not writable.
    """
    suffix = check_suffix(path, VIDEO_SUFFIXES, what="a video", error=VideoError)
    check_output(path, error=VideoError)
    return VIDEO_SUFFIXES[suffix]


class VideoWriter:
    """Writes frames like those of `info`; use it as a context manager: the file appears at its end.

    Range, chroma and colour tags stay those of `info`; HDR is stored with 10 bits, as HEVC, or AV1
    in WebM. H.264 and HEVC take whole pairs of pixels where these share chroma, so a frame of odd
    width or height gets its last column or row once more; WebM keeps odd sizes. Sound of
    `audio_from` is copied along, or re-encoded where the container does not take it. A block that
    ends with an error leaves no file; after one that ends well, `warnings` says in sentences what
    was lost.

    Raises:
        VideoError: if the suffix is unknown or the file cannot be written.
    """

    def __init__(
        self, path: str | Path, info: VideoInfo, *, audio_from: str | Path | None = None
    ) -> None:
        self.path, self.info = Path(path), info
        check_video_output(path)
        self.encoding = encoding(info, self.path.suffix.lower())
        self.matrix = self.encoding.swscale_matrix
        self.rendition = Rendition(info.transfer, info.primaries)
        self.audio_from = Path(audio_from) if audio_from is not None and info.audio else None
        self.sound: Sound | None = None
        self.warnings: list[str] = []
        self.last: int | None = None
        self.count = 0

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(self.path, error=VideoError))
            stack.enter_context(told(self.path))
            # What FFmpeg writes as .m4v by itself takes no HEVC; the two are one format.
            form = "mp4" if self.path.suffix.lower() == ".m4v" and self.encoding.hdr else None
            self.container = av.open(str(part), "w", format=form, options=self._muxer_options())
            stack.callback(self.container.close)
            self.stream = self._video_stream()
            if self.audio_from is not None:
                self.sound = Sound(self.audio_from, self.container)
                stack.callback(self.sound.close)
            self.stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.stack.__exit__(kind, error, trace)
            return
        with self.stack:
            self._finish()

    def _muxer_options(self) -> dict[str, str]:
        index_first = self.path.suffix.lower() in (".mp4", ".m4v", ".mov")
        return {"movflags": "+faststart"} if index_first else {}

    def _video_stream(self) -> av.VideoStream:
        info, wanted = self.info, self.encoding
        stream = self.container.add_stream(wanted.codec, rate=info.rate, options=wanted.options)
        stream.width, stream.height = wanted.width, wanted.height
        stream.pix_fmt = wanted.pix_fmt
        stream.time_base = stream.codec_context.time_base = info.time_base
        context = stream.codec_context
        context.sample_aspect_ratio = info.aspect
        context.colorspace, context.color_range = wanted.matrix, wanted.range
        context.color_primaries, context.color_trc = wanted.primaries, wanted.transfer
        context.thread_type = "AUTO"
        if wanted.codec == "libx265" and self.path.suffix.lower() != ".mkv":
            context.codec_tag = "hvc1"  # the form of HEVC that Apple's players take
        return stream

    def write(self, rgb: Bytes, *, pts: int, over: VideoFrame | None = None) -> None:
        """Adds an sRGB frame (H, W, 3) at time stamp `pts`, larger than the one before.

        Args:
            rgb: The frame.
            pts: In units of the time base.
            over: The frame that was drawn on. An HDR video takes from it, bit for bit before
                encoding, the pixels where `rgb` is the same; without it all are made from `rgb`.

        Raises:
            VideoError: if the frame has another size, time runs backwards or writing fails.
        """
        if rgb.shape != (self.info.height, self.info.width, 3) or rgb.dtype != np.uint8:
            expected = f"uint8 ({self.info.height}, {self.info.width}, 3)"
            raise VideoError(f"a frame is {expected}, got {rgb.dtype} {rgb.shape} ({self.path})")
        if over is not None and over.rgb.shape != rgb.shape:
            raise VideoError(
                f"a frame is {rgb.shape}, but the one drawn on is {over.rgb.shape} ({self.path})"
            )
        if self.last is not None and pts <= self.last:
            raise VideoError(f"time stamp {pts} follows {self.last}; it must grow ({self.path})")
        self.last, self.count = pts, self.count + 1
        frame = self._hdr(rgb, over) if self.encoding.hdr else self._from(rgb, "rgb24")
        wanted = self.encoding
        frame.colorspace, frame.color_range = wanted.matrix, wanted.range
        frame.color_primaries, frame.color_trc = wanted.primaries, wanted.transfer
        frame.pts, frame.time_base = pts, self.info.time_base
        with told(self.path):
            self.container.mux(self.stream.encode(frame))
            self._mux_sound(float(pts * self.info.time_base))

    def _from(self, rgb: Bytes | Codes, format: str) -> av.VideoFrame:
        wanted = self.encoding
        more = ((0, wanted.height - rgb.shape[0]), (0, wanted.width - rgb.shape[1]), (0, 0))
        whole = np.pad(rgb, more, mode="edge") if np.any(more) else np.ascontiguousarray(rgb)
        frame = av.VideoFrame.from_ndarray(whole, format=format)
        return frame.reformat(
            format=wanted.pix_fmt,
            src_colorspace=self.matrix,
            dst_colorspace=self.matrix,
            src_color_range=2,
            dst_color_range=wanted.range or LIMITED,
            interpolation=SMOOTH_CHROMA,
        )

    def _hdr(self, rgb: Bytes, over: VideoFrame | None) -> av.VideoFrame:
        wanted = self.encoding
        if over is None or over.hdr is None:
            signal = np.rint(65535.0 * self.rendition.to_signal(rgb / 255.0)).astype(np.uint16)
            return self._from(signal, "rgb48le")
        source = over.hdr
        height, width = source.signal.shape[:2]
        if source.turns % 2:
            width, height = height, width
        own = source.frame.reformat(
            width,
            height,
            wanted.pix_fmt,
            src_colorspace=self.matrix,
            dst_colorspace=self.matrix,
            dst_color_range=wanted.range or LIMITED,
            interpolation=SMOOTH_CHROMA,
        )
        planes = planes_of(own, turns=source.turns)
        carried(
            planes,
            source.signal,
            over.rgb,
            rgb,
            rendition=self.rendition,
            matrix=self.matrix,
            range=wanted.range,
        )
        return frame_of(planes, format=wanted.pix_fmt, width=wanted.width, height=wanted.height)

    def _mux_sound(self, time: float | None) -> None:
        if self.sound is not None:
            for packet in self.sound.until(time):
                self.container.mux(packet)

    def _finish(self) -> None:
        if self.last is None:
            raise VideoError(f"no frame was written ({self.path})")
        for packet in self.stream.encode(None):
            if self.count < 3 and self.encoding.codec == "libx265":
                packet.dts = packet.pts  # x265 leaves it unset in a clip as short as that
            self.container.mux(packet)
        self._mux_sound(None)
        if self.sound is not None and self.sound.broken:
            self.warnings.append(f"damaged sound was skipped ({self.audio_from})")
        self.warnings += [f"{lost} ({self.path})" for lost in self.encoding.lost]


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns FFmpeg's errors into a `VideoError` that names the file."""
    try:
        yield
    except av.error.FFmpegError as cause:
        raise VideoError(f"cannot write the video: {cause.strerror} ({path})") from cause
