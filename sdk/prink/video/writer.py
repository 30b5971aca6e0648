"""Frames into a video file, whole or not at all."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from prink.arrays import Bytes
from prink.video.reader import SMOOTH_CHROMA, VideoError, VideoInfo
from prink.video.sound import Sound
from prink.whole_file import check_output, check_suffix, whole_file

__all__ = ["VIDEO_SUFFIXES", "VideoWriter", "check_video_output"]

VIDEO_SUFFIXES = {
    ".mp4": "libx264",
    ".m4v": "libx264",
    ".mov": "libx264",
    ".mkv": "libx264",
    ".webm": "libvpx-vp9",
}
# Quality settings at which a face shows no difference to the source at normal viewing.
OPTIONS = {
    "libx264": {"crf": "18", "preset": "fast"},
    "libvpx-vp9": {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"},
}


def check_video_output(path: str | Path) -> str:
    """Returns the encoder for the suffix, once it is sure that the file can be made.

    Raises:
        VideoError: if the suffix is unknown, the folder is missing or the place not writable.
    """
    suffix = check_suffix(path, VIDEO_SUFFIXES, what="a video", error=VideoError)
    check_output(path, error=VideoError)
    return VIDEO_SUFFIXES[suffix]


class VideoWriter:
    """Writes frames like those of `info`; use it as a context manager: the file appears at its end.

    H.264 needs even sides, so a frame of odd width or height gets its last column or row once more;
    WebM keeps odd sizes. Sound of `audio_from` is copied along, or re-encoded where the container
    does not take it. A block that ends with an error leaves no file.

    Raises:
        VideoError: if the suffix is unknown or the file cannot be written.
    """

    def __init__(
        self, path: str | Path, info: VideoInfo, *, audio_from: str | Path | None = None
    ) -> None:
        self.path, self.info = Path(path), info
        self.codec = check_video_output(path)
        self.audio_from = Path(audio_from) if audio_from is not None and info.audio else None
        self.sound: Sound | None = None
        self.warnings: list[str] = []
        self.last: int | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            part = stack.enter_context(whole_file(self.path, error=VideoError))
            stack.enter_context(told(self.path))
            self.container = av.open(str(part), "w", options=self._muxer_options())
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
        info = self.info
        even = 2 if self.codec == "libx264" else 1
        stream = self.container.add_stream(
            self.codec, rate=info.rate, options=dict(OPTIONS[self.codec])
        )
        stream.width, stream.height = (
            info.width + info.width % even,
            info.height + info.height % even,
        )
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = info.time_base
        context = stream.codec_context
        context.sample_aspect_ratio = info.aspect
        context.colorspace = 6 if info.matrix == 5 else info.matrix
        context.color_primaries, context.color_trc = info.primaries, info.transfer
        context.color_range = 1
        context.thread_type = "AUTO"
        return stream

    def write(self, rgb: Bytes, *, pts: int) -> None:
        """Adds a frame (H, W, 3) at time stamp `pts`, which must be larger than the one before.

        Raises:
            VideoError: if the frame has another size, time runs backwards or writing fails.
        """
        if rgb.shape != (self.info.height, self.info.width, 3) or rgb.dtype != np.uint8:
            expected = f"uint8 ({self.info.height}, {self.info.width}, 3)"
            raise VideoError(f"a frame is {expected}, got {rgb.dtype} {rgb.shape} ({self.path})")
        if self.last is not None and pts <= self.last:
            raise VideoError(f"time stamp {pts} follows {self.last}; it must grow ({self.path})")
        self.last = pts
        odd_rows, odd_columns = self.stream.height - rgb.shape[0], self.stream.width - rgb.shape[1]
        if odd_rows or odd_columns:
            rgb = np.pad(rgb, ((0, odd_rows), (0, odd_columns), (0, 0)), mode="edge")
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
        frame = frame.reformat(
            format="yuv420p",
            src_colorspace=self.info.matrix,
            dst_colorspace=self.info.matrix,
            src_color_range=2,
            dst_color_range=1,
            interpolation=SMOOTH_CHROMA,
        )
        frame.color_primaries, frame.color_trc = self.info.primaries, self.info.transfer
        frame.pts, frame.time_base = pts, self.info.time_base
        with told(self.path):
            self.container.mux(self.stream.encode(frame))
            self._mux_sound(float(pts * self.info.time_base))

    def _mux_sound(self, time: float | None) -> None:
        if self.sound is not None:
            for packet in self.sound.until(time):
                self.container.mux(packet)

    def _finish(self) -> None:
        if self.last is None:
            raise VideoError(f"no frame was written ({self.path})")
        self.container.mux(self.stream.encode(None))
        self._mux_sound(None)
        if self.sound is not None and self.sound.broken:
            self.warnings.append(f"damaged sound was skipped ({self.audio_from})")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns FFmpeg's errors into a `VideoError` that names the file."""
    try:
        yield
    except av.error.FFmpegError as cause:
        raise VideoError(f"cannot write the video: {cause.strerror} ({path})") from cause
