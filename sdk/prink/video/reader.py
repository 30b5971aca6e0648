"""Frames out of a video file, upright, with their time stamps."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import Interpolation

from prink.arrays import Bytes
from prink.errors import PrinkError

__all__ = ["VideoError", "VideoFrame", "VideoInfo", "VideoReader", "read_video"]

# The default of swscale repeats chroma samples, which shows as blocks along the edge of lips.
SMOOTH_CHROMA = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
# AVColorSpace of a frame to the matrix names of swscale.
MATRIX = {1: 1, 4: 4, 5: 5, 6: 5, 7: 7, 9: 9, 10: 9}
BT709, BT601 = 1, 5
MAX_SIDE = 16384


class VideoError(PrinkError, ValueError):
    """A video that cannot be read or written; the message says why and names the file."""


@dataclass(frozen=True)
class VideoInfo:
    """What a video is, after turning it upright.

    `frames` and `duration` (seconds) are what the file claims, None where it does not say.
    `time_base` is the unit of time stamps in seconds; `matrix`, `primaries` and `transfer` are
    FFmpeg's colour numbers.
    """

    width: int
    height: int
    rate: Fraction
    time_base: Fraction
    frames: int | None
    duration: float | None
    audio: bool
    aspect: Fraction
    matrix: int
    primaries: int
    transfer: int


@dataclass(frozen=True, eq=False)
class VideoFrame:
    """One upright frame: `rgb` (H, W, 3), `pts` in units of the time base, `time` in seconds."""

    rgb: Bytes
    pts: int
    time: float


class VideoReader:
    """Reads the first video stream of a file; iterate it once for the frames.

    Damaged places are skipped; after the loop, `warnings` says in sentences what was lost.

    Raises:
        VideoError: if the file is missing, empty, damaged beyond use or has no video in it.
    """

    info: VideoInfo

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.warnings: list[str] = []
        self.container = open_video(self.path)
        try:
            streams = [s for s in self.container.streams.video if not s.disposition & 0x400]
            if not streams:  # 0x400 is attached_pic, the cover of a song
                raise VideoError(f"no video stream in the file ({path})")
            self.stream = streams[0]
            self.stream.thread_type = "AUTO"
            self.bad_packets = 0
            self.decoded = self._decode()
            self.first = next(self.decoded, None)
            if self.first is None:
                raise VideoError(f"the video holds no frame that can be decoded ({path})")
            self.info = self._describe(self.first)
        except BaseException:
            self.container.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self.container.close()

    def _decode(self) -> Iterator[av.VideoFrame]:
        packets = self.container.demux(self.stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except av.error.FFmpegError:
                self.bad_packets += 1  # the file breaks off; what was decoded so far is good
                return
            try:
                yield from packet.decode()
            except av.error.EOFError:
                return
            except av.error.FFmpegError:
                self.bad_packets += 1

    def _describe(self, first: av.VideoFrame) -> VideoInfo:
        stream = self.stream
        width, height = first.width, first.height
        if max(width, height) > MAX_SIDE:
            raise VideoError(
                f"the video is {width} x {height} pixels; "
                f"the limit is {MAX_SIDE} a side ({self.path})"
            )
        base = stream.time_base or Fraction(1, 1000)
        duration = float(stream.duration * base) if stream.duration else None
        if duration is None and self.container.duration:
            duration = self.container.duration / av.time_base
        rate = stream.average_rate or stream.guessed_rate or Fraction(25)
        frames = stream.frames or (round(duration * rate) if duration else None)
        aspect = stream.sample_aspect_ratio or Fraction(1)
        if first.rotation % 180:
            width, height, aspect = height, width, 1 / aspect
        return VideoInfo(
            width=width,
            height=height,
            rate=Fraction(rate),
            time_base=Fraction(base),
            frames=frames,
            duration=duration,
            audio=bool(self.container.streams.audio),
            aspect=Fraction(aspect),
            # Untagged video: players take BT.709 from 720 lines on and BT.601 below, and so do we.
            matrix=MATRIX.get(int(first.colorspace), BT709 if min(width, height) >= 720 else BT601),
            primaries=int(first.color_primaries),
            transfer=int(first.color_trc),
        )

    def __iter__(self) -> Iterator[VideoFrame]:
        base, step = self.info.time_base, 1 / (self.info.rate * self.info.time_base)
        last: int | None = None
        count = 0
        frame, self.first = self.first, None
        while frame is not None:
            pts = frame.pts
            if pts is None:  # raw streams carry no time stamps
                pts = 0 if last is None else last + max(1, round(step))
            if last is not None and pts <= last:
                pts = last + 1
            last, count = pts, count + 1
            yield VideoFrame(self._upright(frame), pts, float(pts * base))
            frame = next(self.decoded, None)
        if last is not None:
            self._note_losses(count, float(last * base))

    def _upright(self, frame: av.VideoFrame) -> Bytes:
        turns = round(frame.rotation / 90) % 4
        width, height = self.info.width, self.info.height
        if turns % 2:
            width, height = height, width
        rgb = frame.reformat(
            width,
            height,
            "rgb24",
            src_colorspace=self.info.matrix,
            dst_colorspace=self.info.matrix,
            interpolation=SMOOTH_CHROMA,
            dst_color_range=2,
        ).to_ndarray()
        return np.ascontiguousarray(np.rot90(rgb, turns))

    def _note_losses(self, count: int, end: float) -> None:
        info = self.info
        start = float((self.stream.start_time or 0) * info.time_base)
        short = info.duration is not None and end - start + 3 / info.rate + 0.2 < info.duration
        if short and info.duration is not None:
            self.warnings.append(
                f"the video breaks off after {end - start:.1f} of {info.duration:.1f} s; "
                f"{count} frames were read ({self.path})"
            )
        elif self.bad_packets:
            self.warnings.append(
                f"{self.bad_packets} damaged places were skipped; "
                f"{count} frames were read ({self.path})"
            )


def open_video(path: Path) -> av.container.InputContainer:
    try:
        if path.stat().st_size == 0:
            raise VideoError(f"the video is empty, 0 bytes ({path})")
        with path.open("rb"):
            pass
        return av.open(str(path), metadata_errors="replace")
    except av.error.FFmpegError:
        raise VideoError(
            f"not a video that prink reads, or its index is cut off ({path})"
        ) from None
    except OSError as cause:
        raise VideoError(f"cannot read the video: {cause.strerror} ({path})") from None


def read_video(path: str | Path) -> Iterator[VideoFrame]:
    """Yields the frames of a video file, upright RGB with time stamps.

    Raises:
        VideoError: if the file is missing, empty, damaged beyond use or has no video in it.
    """
    with VideoReader(path) as reader:
        yield from reader
