"""Frames as cameras deliver them, and the way back, in every format and of any stride."""

import sys

import numpy as np
from numpy.typing import NDArray

from prink.render.context import RenderError

__all__ = ["FORMATS", "LIMIT", "frame_size", "merge", "to_rgba"]

FORMATS = ("rgb", "bgr", "rgba", "bgra", "grey", "nv12")
LIMIT = 16384  # largest texture of every desktop driver; phones have 4096 to 16384

Bytes = NDArray[np.uint8]
Box = tuple[int, int, int, int]  # x0, y0, x1, y1


def frame_size(frame: Bytes, format: str) -> tuple[int, int]:
    """Returns width and height of a frame.

    Raises:
        RenderError: if the array does not fit the format.
    """
    if format not in FORMATS:
        raise RenderError(f"frame format is {format!r}; known: {', '.join(FORMATS)}")
    channels = {"rgb": 3, "bgr": 3, "rgba": 4, "bgra": 4}.get(format)
    shape = (
        f"(H, W, {channels})"
        if channels
        else "(H, W)"
        if format == "grey"
        else "(H * 3 / 2, W), both even"
    )
    fits = frame.ndim == 3 and frame.shape[2] == channels if channels else frame.ndim == 2
    if format == "nv12":
        fits = fits and frame.shape[0] % 3 == 0 and frame.shape[1] % 2 == 0
    if not fits or frame.dtype != np.uint8 or 0 in frame.shape:
        raise RenderError(f"a {format} frame is uint8 {shape}, got {frame.dtype} {frame.shape}")
    height = frame.shape[0] * 2 // 3 if format == "nv12" else frame.shape[0]
    if max(height, frame.shape[1]) > LIMIT:
        raise RenderError(
            f"the frame is {frame.shape[1]} x {height} pixels; the limit is {LIMIT} a side"
        )
    return frame.shape[1], height


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
    if convert is not None and code is not None and frame.flags.c_contiguous:
        convert(frame, code, dst=out)
        return
    order = (0, 1, 2) if format.startswith("rgb") else (2, 1, 0)
    for channel in range(3):  # four times faster than pixel by pixel
        out[..., channel] = frame[..., order[channel]]


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
