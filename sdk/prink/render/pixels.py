"""Frames of every format and stride on their way to the GPU and back."""

import sys

import numpy as np

from prink.arrays import Bytes
from prink.frame import check_frame
from prink.render.context import RenderError

__all__ = ["LIMIT", "frame_size", "merge", "to_rgba"]

LIMIT = 16384  # largest texture of every desktop driver; phones have 4096 to 16384

Box = tuple[int, int, int, int]  # x0, y0, x1, y1


def frame_size(frame: Bytes, format: str) -> tuple[int, int]:
    """Returns width and height of a frame.

    Raises:
        RenderError: if the array does not fit the format or is larger than textures can be.
    """
    width, height = check_frame(frame, format, error=RenderError)
    if max(width, height) > LIMIT:
        raise RenderError(f"the frame is {width} x {height} pixels; the limit is {LIMIT} a side")
    return width, height


def to_rgba(frame: Bytes, format: str, out: Bytes) -> Bytes:
    """Writes the frame into `out` (H, W, 4) as RGBA and returns it.

    A contiguous RGBA frame is returned as it is.
    """
    if format == "rgba" and frame.flags.c_contiguous:
        return frame
    if format in ("rgb", "rgba", "bgr", "bgra"):
        swizzle(frame, format, out)
    elif format == "grey":
        out[..., :3] = frame[..., None]
    else:
        out[..., :3] = nv12_to_rgb(frame)
    return out


def swizzle(frame: Bytes, format: str, out: Bytes) -> None:
    # Where tracking has loaded OpenCV it is six times faster than numpy; another thread may still
    # be loading it.
    opencv = sys.modules.get("cv2")
    convert = getattr(opencv, "cvtColor", None)
    code = getattr(opencv, f"COLOR_{format.upper()}2RGBA", None)
    if convert is not None and code is not None and rows_of_pixels(frame):
        convert(frame, code, dst=out)
        return
    order = (0, 1, 2) if format.startswith("rgb") else (2, 1, 0)
    for channel in range(3):  # four times faster than pixel by pixel
        out[..., channel] = frame[..., order[channel]]


def rows_of_pixels(frame: Bytes) -> bool:
    """Returns whether OpenCV can read the frame where it is: whole pixels in rows of any stride."""
    _, across, channel = frame.strides
    return channel == 1 and across == frame.shape[2] and frame.strides[0] > 0


def nv12_to_rgb(frame: Bytes) -> Bytes:
    """Returns RGB of a limited-range BT.601 NV12 frame (ITU-R BT.601-7, 2.5.3)."""
    height = frame.shape[0] * 2 // 3
    y = 1.164384 * (frame[:height].astype(np.float32) - 16)
    chroma = (
        frame[height:].reshape(height // 2, -1, 2).repeat(2, 0).repeat(2, 1).astype(np.float32)
        - 128
    )
    u, v = chroma[..., 0], chroma[..., 1]
    rgb = np.stack([y + 1.596027 * v, y - 0.391762 * u - 0.812968 * v, y + 2.017232 * u], -1)
    return np.asarray(np.clip(np.rint(rgb), 0, 255), np.uint8)


def merge(out: Bytes, drawn: Bytes, box: Box, format: str, before: Bytes | None = None) -> None:
    """Writes the drawn RGBA `box` into a copy of the frame; unchanged pixels keep their bytes."""
    x0, y0, x1, y1 = box
    if format in ("rgb", "rgba", "bgr", "bgra"):
        order = (0, 1, 2) if format.startswith("rgb") else (2, 1, 0)
        for channel in range(3):
            out[y0:y1, x0:x1, channel] = drawn[..., order[channel]]
    elif before is None:
        raise RenderError(f"a {format} frame needs the picture before drawing")
    elif format == "grey":
        changed = (drawn[..., :3] != before[..., :3]).any(-1)
        grey = np.rint(drawn[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)).astype(
            np.uint8
        )
        view = out[y0:y1, x0:x1]
        view[changed] = grey[changed]
    else:
        merge_nv12(out, drawn, before, box)


def merge_nv12(out: Bytes, drawn: Bytes, before: Bytes, box: Box) -> None:
    x0, y0, x1, y1 = box
    height = out.shape[0] * 2 // 3
    rgb = drawn[..., :3].astype(np.float32)
    changed = (drawn[..., :3] != before[..., :3]).any(-1)
    y = 16 + rgb @ np.array([0.256788, 0.504129, 0.097906], np.float32)
    luminance = out[y0:y1, x0:x1]
    luminance[changed] = np.clip(np.rint(y), 0, 255).astype(np.uint8)[changed]
    mean = rgb.reshape(rgb.shape[0] // 2, 2, rgb.shape[1] // 2, 2, 3).mean((1, 3))
    weights = np.array(
        [[-0.148223, -0.290993, 0.439216], [0.439216, -0.367788, -0.071427]], np.float32
    )
    chroma = np.clip(np.rint(128 + mean @ weights.T), 0, 255).astype(np.uint8)
    moved = changed.reshape(mean.shape[0], 2, mean.shape[1], 2).any((1, 3))
    plane = out[height:].reshape(height // 2, -1, 2)[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2]
    plane[moved] = chroma[moved]
