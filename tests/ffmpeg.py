"""Pictures in every frame format, as FFmpeg's scaler converts them."""

import av
import numpy as np
from av.video.reformatter import Interpolation

from prink.arrays import Bytes
from prink.frame import FORMATS, Frame

__all__ = ["as_format", "as_rgb", "shares_color"]

# Each pixel has the colour of its block, in whole levels; by default FFmpeg rounds down, for speed.
EXACT = Interpolation.POINT | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT


def shares_color(format: str) -> bool:
    """Returns whether pixels have their colour in twos by twos, so that sizes are even."""
    return FORMATS[format].size((3, 2)) == (2, 2)


def as_format(rgb: Bytes, format: str) -> Frame:
    """Returns an RGB picture in another format; alpha, where there is one, counts the pixels."""
    if format == "yv12":
        return swapped(as_format(rgb, "i420"))
    if format == "rgb_float":
        return rgb / np.float32(255)
    picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), "rgb24")
    planes = planes_of(picture.reformat(format=FORMATS[format].ffmpeg))
    if len(planes) == 1:
        frame = planes[0].squeeze(-1) if planes[0].shape[2] == 1 else planes[0]
    else:
        frame = np.concatenate([plane.ravel() for plane in planes]).reshape(-1, rgb.shape[1])
    if format.endswith("a"):
        frame[..., 3] = np.arange(frame[..., 3].size).reshape(frame.shape[:2])
    return frame


def as_rgb(frame: Frame, format: str) -> Bytes:
    """Returns a frame as RGB by FFmpeg's conversion."""
    if format == "yv12":
        return as_rgb(swapped(frame), "i420")
    if format == "rgb_float":
        return np.rint(frame * 255).astype(np.uint8)
    size = FORMATS[format].size(frame.shape)
    picture = av.VideoFrame(*size, FORMATS[format].ffmpeg)
    left = np.ascontiguousarray(frame).ravel()
    for plane, rows in zip(picture.planes, planes_of(picture), strict=True):
        padded = np.zeros((plane.height, plane.line_size), np.uint8)
        padded[:, : rows[0].size] = left[: rows.size].reshape(plane.height, -1)
        plane.update(padded)
        left = left[rows.size :]
    return picture.reformat(format="rgb24", interpolation=EXACT).to_ndarray()


def planes_of(picture: av.VideoFrame) -> list[Bytes]:
    """Returns each plane, `(h, w, channels)`, without what pads its rows."""
    found = []
    for number, plane in enumerate(picture.planes):
        channels = sum(each.plane == number for each in picture.format.components)
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
        wide = rows[:, : plane.width * channels]
        found.append(wide.reshape(plane.height, plane.width, channels).copy())
    return found


def swapped(frame: Bytes) -> Bytes:
    """Returns a planar frame with its two colours in the other order."""
    tall = frame.shape[0] * 2 // 3
    colors = frame[tall:].reshape(2, -1)[::-1]
    return np.concatenate([frame[:tall], colors.reshape(-1, frame.shape[1])])
