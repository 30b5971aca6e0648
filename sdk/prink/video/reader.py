"""Frames out of a video file, upright, with their time stamps."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np

from prink.arrays import Bytes
from prink.video.carry import HdrFrame
from prink.video.chroma import SMOOTH_CHROMA, chroma_of
from prink.video.color_tags import FULL, RGB, UNKNOWN, UNREAD
from prink.video.deinterlace import Deinterlacer
from prink.video.info import VideoError, VideoInfo
from prink.video.mastering import mastering_of
from prink.video.rendition import Rendition
from prink.video.sdr_view import SdrView

__all__ = ["VideoError", "VideoFrame", "VideoInfo", "VideoReader", "read_video"]

MAX_SIDE = 16384


@dataclass(frozen=True, eq=False)
class VideoFrame:
    """One upright frame: `rgb` (H, W, 3), `pts` in units of the time base, `time` in seconds.

    Of an HDR video, `rgb` is the SDR rendition, and `hdr` what it was made of.
    """

    rgb: Bytes
    pts: int
    time: float
    hdr: HdrFrame | None = None


class VideoReader:
    """Reads the first video stream of a file; iterate it once for the frames.

    Frames come as sRGB: HDR is seen through the rendition of `rendition.py`, interlaced frames are
    made whole. Damaged places are skipped; after the loop, `warnings` says in sentences what was
    lost or changed.

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
            base = self.stream.time_base or Fraction(1, 1000)
            self.deinterlacer = Deinterlacer(base)
            self.decoded = self.deinterlacer.whole(self._decode())
            self.first = next(self.decoded, None)
            if self.first is None:
                raise VideoError(f"the video holds no frame that can be decoded ({path})")
            self.info = self._describe(self.first)
            self.view: SdrView | None = None
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
        if (name := UNREAD.get(int(first.colorspace))) and not first.format.is_rgb:
            raise VideoError(
                f"the video's colours are stored as {name}; prink reads RGB and YCbCr ({self.path})"
            )
        base = stream.time_base or Fraction(1, 1000)
        duration = float(stream.duration * base) if stream.duration else None
        if duration is None and self.container.duration:
            duration = self.container.duration / av.time_base
        rate = stream.average_rate or stream.guessed_rate or Fraction(25)
        frames = stream.frames or (round(duration * rate) if duration else None)
        aspect = stream.sample_aspect_ratio or Fraction(1)
        chroma = chroma_of(first.format)
        if first.rotation % 180:
            width, height, aspect, chroma = height, width, 1 / aspect, chroma[::-1]
        return VideoInfo(
            width=width,
            height=height,
            rate=Fraction(rate),
            time_base=Fraction(base),
            frames=frames,
            duration=duration,
            audio=bool(self.container.streams.audio),
            aspect=Fraction(aspect),
            matrix=matrix_of(first),
            primaries=int(first.color_primaries),
            transfer=int(first.color_trc),
            range=FULL if first.format.name.startswith("yuvj") else int(first.color_range),
            chroma=chroma,
            depth=first.format.components[0].bits,
            mastering=mastering_of(first),
            dropped=tuple(dropped(first)),
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
            yield self._upright(frame, pts)
            frame = next(self.decoded, None)
        if last is not None:
            self._note_losses(count, float(last * base))

    def _upright(self, frame: av.VideoFrame, pts: int) -> VideoFrame:
        turns = round(frame.rotation / 90) % 4
        time = float(pts * self.info.time_base)
        width, height = self.info.width, self.info.height
        if turns % 2:
            width, height = height, width
        if self.info.hdr:
            return self._hdr(frame, pts, turns, (width, height))
        rgb = frame.reformat(
            width,
            height,
            "rgb24",
            src_colorspace=self.info.decoding_matrix,
            dst_colorspace=self.info.decoding_matrix,
            interpolation=SMOOTH_CHROMA,
            dst_color_range=2,
        ).to_ndarray()
        return VideoFrame(np.ascontiguousarray(np.rot90(rgb, turns)), pts, time)

    def _hdr(self, frame: av.VideoFrame, pts: int, turns: int, size: tuple[int, int]) -> VideoFrame:
        info = self.info
        if self.view is None or self.view.size != size:
            rendition = Rendition(info.transfer, info.primaries)
            self.view = SdrView(
                rendition, matrix=info.decoding_matrix, width=size[0], height=size[1]
            )
        signal = self.view.signal(frame)
        rgb = np.ascontiguousarray(np.rot90(self.view.render(signal), turns))
        upright = HdrFrame(frame, np.rot90(signal.to_ndarray(), turns), turns)
        return VideoFrame(rgb, pts, float(pts * info.time_base), upright)

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
        if self.deinterlacer.used:
            self.warnings.append(
                "the video is interlaced; each frame's two fields are made into one whole picture "
                f"by FFmpeg's bwdif ({self.path})"
            )


def matrix_of(frame: av.VideoFrame) -> int:
    """Returns a frame's matrix tag; that of RGB says nothing about YCbCr."""
    if frame.format.is_rgb:
        return RGB
    return UNKNOWN if int(frame.colorspace) == RGB else int(frame.colorspace)


def dropped(frame: av.VideoFrame) -> list[str]:
    """Returns what comes with a frame and is not kept, in a few words each."""
    names = [part.type.name for part in frame.side_data]
    lost = []
    if any(name.startswith("DOVI") for name in names):
        lost.append("Dolby Vision's metadata is dropped, the picture under it kept")
    if any(name.startswith("DYNAMIC_HDR") for name in names):
        lost.append("HDR metadata by scene is dropped")
    if any(part.is_alpha for part in frame.format.components):
        lost.append("transparency is dropped")
    return lost


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
