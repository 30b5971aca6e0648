"""Frames as cameras deliver them: the one table of formats that tracking and drawing take.

A new format is a new row of `FORMATS`, and a new class where no layout here fits it.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, ClassVar, Final

import numpy as np

from prink.arrays import Bytes, Flags, Floats

__all__ = ["FORMATS", "Box", "Frame", "FrameFormat", "check_frame", "to_rgb"]

Frame = Bytes | Floats
Box = tuple[int, int, int, int]  # x0, y0, x1, y1 in pixels

# ITU-R BT.601-7, 2.5.3, of 8 bits in limited range: Y, Cb and Cr of RGB 0..255.
LUMA: Final = np.array([0.256788, 0.504129, 0.097906], np.float32)
CHROMA: Final = np.array(
    [[-0.148223, -0.290993, 0.439216], [0.439216, -0.367788, -0.071427]], np.float32
)
GREY: Final = np.array([0.299, 0.587, 0.114], np.float32)

# Ten bits are HDR as a rule, and no array tells its transfer: taken as sRGB its colours are wrong.
TEN_BITS: Final = ("p010", "p010le", "yuv420p10", "yuv420p10le")


@dataclass(frozen=True, repr=False)
class FrameFormat(ABC):
    """How the pixels of a W x H picture lie in an array.

    Attributes:
        name: What `format=` takes.
        ffmpeg: FFmpeg's name of the same layout; empty where it has none.
        dtype: Of the array: uint8, or float32 for sRGB from 0 to 1.
        shape: Of the array, in words.
    """

    name: str
    ffmpeg: str = ""
    dtype: ClassVar[type[np.generic]] = np.uint8

    def __repr__(self) -> str:
        return f"{np.dtype(self.dtype)} {self.shape}"

    @property
    @abstractmethod
    def shape(self) -> str:
        """Returns the array's shape in words, such as `(H, W, 3)`."""

    @abstractmethod
    def size(self, shape: tuple[int, ...]) -> tuple[int, int] | None:
        """Returns width and height of the picture in an array of this shape, None if none fits."""

    @abstractmethod
    def rgb(self, frame: Any) -> Bytes:  # noqa: ANN401
        """Returns a whole frame as uint8 RGB `(H, W, 3)`; one in RGB as it is."""

    @abstractmethod
    def rgba(self, frame: Any, box: Box, room: Bytes) -> Bytes:  # noqa: ANN401
        """Returns a box of the frame as RGBA, in `room`, `(h, w, 4)`, or where it lies already.

        The box's bounds are even, or the frame's own.
        """

    @abstractmethod
    def merge(self, out: Any, frame: Any, drawn: Bytes, box: Box) -> None:  # noqa: ANN401
        """Writes a box of drawn RGBA `(h, w, 4)` into `out`, a contiguous copy of the frame.

        Pixels that drawing left as they were keep their bytes.
        """

    def changed(self, frame: Frame, drawn: Bytes, box: Box) -> Flags:
        """Returns which pixels `(h, w)` of a box drawing has changed."""
        before = self.rgba(frame, box, np.empty_like(drawn))
        moved: Flags = (drawn[..., :3] != before[..., :3]).any(-1)
        return moved


class Packed(FrameFormat):
    """Interleaved 8-bit channels, named in their order."""

    @property
    def shape(self) -> str:
        return f"(H, W, {len(self.name)})"

    def size(self, shape: tuple[int, ...]) -> tuple[int, int] | None:
        fits = len(shape) == 3 and shape[2] == len(self.name)
        return (shape[1], shape[0]) if fits else None

    def rgb(self, frame: Bytes) -> Bytes:
        if self.name == "rgb":
            return frame
        return self.reordered(frame, np.empty((*frame.shape[:2], 3), np.uint8))

    def rgba(self, frame: Bytes, box: Box, room: Bytes) -> Bytes:
        x0, y0, x1, y1 = box
        part = frame[y0:y1, x0:x1]
        if self.name == "rgba" and part.flags.c_contiguous:
            return part
        return self.reordered(part, room)

    def reordered(self, part: Bytes, room: Bytes) -> Bytes:
        # Where tracking has loaded OpenCV it is six times faster than numpy; another thread may
        # still be loading it.
        opencv = sys.modules.get("cv2")
        convert = getattr(opencv, "cvtColor", None)
        wanted = "RGBA"[: room.shape[2]]
        code = getattr(opencv, f"COLOR_{self.name.upper()}2{wanted}", None)
        if convert is not None and code is not None and rows_of_pixels(part):
            convert(part, code, dst=room)
            return room
        for place, channel in enumerate("rgb"):  # four times faster than pixel by pixel
            room[..., place] = part[..., self.name.index(channel)]
        return room

    def merge(self, out: Bytes, frame: Bytes, drawn: Bytes, box: Box) -> None:
        x0, y0, x1, y1 = box
        for place, channel in enumerate("rgb"):
            out[y0:y1, x0:x1, self.name.index(channel)] = drawn[..., place]


class Grey(FrameFormat):
    """One 8-bit channel of brightness."""

    shape = "(H, W)"

    def size(self, shape: tuple[int, ...]) -> tuple[int, int] | None:
        return (shape[1], shape[0]) if len(shape) == 2 else None

    def rgb(self, frame: Bytes) -> Bytes:
        return converted(frame, "GRAY2RGB")

    def rgba(self, frame: Bytes, box: Box, room: Bytes) -> Bytes:
        x0, y0, x1, y1 = box
        room[..., :3] = frame[y0:y1, x0:x1, None]
        return room

    def merge(self, out: Bytes, frame: Bytes, drawn: Bytes, box: Box) -> None:
        x0, y0, x1, y1 = box
        grey = np.rint(drawn[..., :3] @ GREY).astype(np.uint8)
        np.copyto(out[y0:y1, x0:x1], grey, where=self.changed(frame, drawn, box))


@dataclass(frozen=True, repr=False)
class Yuv420(FrameFormat):
    """Brightness in full, then colour of every 2 x 2 pixels; 8 bits, BT.601 in limited range.

    Attributes:
        planar: Whether the two colours have a plane each, or alternate in one.
        swapped: Whether Cr comes before Cb.
    """

    planar: bool = False
    swapped: bool = False

    shape = "(H * 3 / 2, W), both even"

    def size(self, shape: tuple[int, ...]) -> tuple[int, int] | None:
        fits = len(shape) == 2 and shape[0] % 3 == 0 and shape[1] % 2 == 0
        return (shape[1], shape[0] * 2 // 3) if fits else None

    def chroma(self, frame: Bytes) -> Bytes:
        """Returns Cb and Cr, `(H / 2, W / 2, 2)`: a view, if the frame is contiguous."""
        tall, wide = frame.shape[0] // 3, frame.shape[1] // 2
        tail = frame[2 * tall :]
        if self.planar:
            pair = np.moveaxis(tail.reshape(2, tall, wide), 0, -1)
        else:
            pair = tail.reshape(tall, wide, 2)
        return pair[..., ::-1] if self.swapped else pair

    def rgb(self, frame: Bytes) -> Bytes:
        return converted(frame, f"YUV2RGB_{self.name.upper()}")

    def rgba(self, frame: Bytes, box: Box, room: Bytes) -> Bytes:
        import cv2

        x0, y0, x1, y1 = box
        wide, tall = x1 - x0, y1 - y0
        part = np.empty((tall * 3 // 2, wide), np.uint8)  # of this box alone, as NV12
        part[:tall] = frame[y0:y1, x0:x1]
        colour = self.chroma(frame)[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2]
        part[tall:].reshape(tall // 2, wide // 2, 2)[:] = colour
        cv2.cvtColor(part, cv2.COLOR_YUV2RGBA_NV12, dst=room)
        return room

    def merge(self, out: Bytes, frame: Bytes, drawn: Bytes, box: Box) -> None:
        x0, y0, x1, y1 = box
        changed = self.changed(frame, drawn, box)
        rgb = drawn[..., :3].astype(np.float32)
        np.copyto(out[y0:y1, x0:x1], rounded(16 + rgb @ LUMA), where=changed)
        tall, wide = (y1 - y0) // 2, (x1 - x0) // 2
        mean = rgb.reshape(tall, 2, wide, 2, 3).mean((1, 3))
        moved = changed.reshape(tall, 2, wide, 2).any((1, 3))
        colour = self.chroma(out)[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2]
        np.copyto(colour, rounded(128 + mean @ CHROMA.T), where=moved[..., None])


class FloatRgb(FrameFormat):
    """Red, green and blue as networks take them: float32, sRGB from 0 to 1."""

    dtype = np.float32
    shape = "(H, W, 3) from 0 to 1"

    def size(self, shape: tuple[int, ...]) -> tuple[int, int] | None:
        return (shape[1], shape[0]) if len(shape) == 3 and shape[2] == 3 else None

    def rgb(self, frame: Floats) -> Bytes:
        return rounded(frame * 255)

    def rgba(self, frame: Floats, box: Box, room: Bytes) -> Bytes:
        x0, y0, x1, y1 = box
        room[..., :3] = rounded(frame[y0:y1, x0:x1] * 255)
        return room

    def merge(self, out: Floats, frame: Floats, drawn: Bytes, box: Box) -> None:
        x0, y0, x1, y1 = box
        changed = self.changed(frame, drawn, box)[..., None]
        np.copyto(out[y0:y1, x0:x1], drawn[..., :3] / np.float32(255), where=changed)


ROWS: Final[tuple[FrameFormat, ...]] = (
    Packed("rgb", "rgb24"),
    Packed("bgr", "bgr24"),
    Packed("rgba", "rgba"),
    Packed("bgra", "bgra"),
    Grey("grey", "gray"),
    Yuv420("nv12", "nv12"),
    Yuv420("nv21", "nv21", swapped=True),
    Yuv420("i420", "yuv420p", planar=True),
    Yuv420("yv12", planar=True, swapped=True),
    FloatRgb("rgb_float"),
)
FORMATS: Final[Mapping[str, FrameFormat]] = MappingProxyType({row.name: row for row in ROWS})
"""Every format by the name that `format=` takes."""


def check_frame(frame: Frame, format: str, *, error: type[Exception]) -> tuple[int, int]:
    """Returns width and height of a frame, such as `(H, W, 3)`: its format says.

    Raises:
        Exception: of type `error`, if it is no array, does not fit the format, or is of a format
            that is not in `FORMATS`.
    """
    row = FORMATS.get(format) if isinstance(format, str) else None
    if row is None:
        raise error(f"frame format is {format!r}; {meant(format)}")
    if not isinstance(frame, np.ndarray):
        raise error(
            f"the frame is a {type(frame).__name__}; expected a numpy array of pixels, such as "
            "prink.load_photo('me.jpg').rgb"
        )
    size = row.size(frame.shape) if frame.dtype == row.dtype else None
    if size is None or 0 in size:
        raise error(f"a {row.name} frame is {row}, got {frame.dtype} {frame.shape}{advice(frame)}")
    if frame.dtype.kind == "f":
        low, high = frame.min(), frame.max()
        if not (low >= 0 and high <= 1):  # nan too
            raise error(f"a {row.name} frame is from 0 to 1, got {low!s} to {high!s}")
    return size


def to_rgb(frame: Frame, format: str) -> Bytes:
    """Returns a frame that fits its format as uint8 RGB `(H, W, 3)`; one in RGB as it is."""
    return FORMATS[format].rgb(frame)


def meant(format: object) -> str:
    """Returns what to pass instead of a name that is not in the table."""
    known = f"known: {', '.join(FORMATS)}"
    if not isinstance(format, str):
        return known
    name = format.lower()
    if name in TEN_BITS:
        return f"10 bits, mostly HDR, are not taken: tone-map and convert them to nv12; {known}"
    same = [row.name for row in ROWS if name and row.ffmpeg == name]
    close = same or get_close_matches(name, FORMATS, 1)
    return f"{known}; did you mean {close[0]!r}?" if close else known


def advice(frame: Frame) -> str:
    """Returns the end of a sentence about an array that does not fit: what it does fit."""
    fits = [repr(row.name) for row in ROWS if row.dtype == frame.dtype and row.size(frame.shape)]
    if fits and frame.size:
        return f", which fits format={' or '.join(fits)}"
    kinds = sorted({str(np.dtype(row.dtype)) for row in ROWS}, reverse=True)
    if str(frame.dtype) not in kinds:
        return f"; no format is {frame.dtype}: convert it to {' or '.join(kinds)}"
    if frame.ndim == 3 and frame.shape[2] == 1:
        return "; frame[..., 0] has no channels"
    if frame.ndim == 3 and frame.shape[0] in (3, 4):
        return "; channels come last: frame.transpose(1, 2, 0)"
    return ""


def converted(frame: Bytes, code: str) -> Bytes:
    import cv2

    rgb: Bytes = cv2.cvtColor(np.ascontiguousarray(frame), getattr(cv2, f"COLOR_{code}"))
    return rgb


def rounded(values: Floats) -> Bytes:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def rows_of_pixels(part: Bytes) -> bool:
    """Returns whether OpenCV can read pixels where they are: whole ones in rows of any stride."""
    _, across, channel = part.strides
    return channel == 1 and across == part.shape[2] and part.strides[0] > 0
