"""Frames as cameras deliver them: the formats that tracking and drawing take, of any stride."""

import numpy as np

from prink.arrays import Bytes

__all__ = ["FORMATS", "check_frame", "to_rgb"]

FORMATS = ("rgb", "bgr", "rgba", "bgra", "grey", "nv12")

# Format to channels, shape in words and the name of OpenCV's conversion to RGB.
CHANNELS = {"rgb": 3, "bgr": 3, "rgba": 4, "bgra": 4}
SHAPES = {"grey": "(H, W)", "nv12": "(H * 3 / 2, W), both even"}
CONVERSIONS = {
    "bgr": "COLOR_BGR2RGB",
    "rgba": "COLOR_RGBA2RGB",
    "bgra": "COLOR_BGRA2RGB",
    "grey": "COLOR_GRAY2RGB",
    "nv12": "COLOR_YUV2RGB_NV12",
}


def check_frame(frame: Bytes, format: str, *, error: type[Exception]) -> tuple[int, int]:
    """Returns width and height of a frame.

    Raises:
        Exception: of type `error`, if it is no array or does not fit the format.
    """
    if format not in FORMATS:
        raise error(f"frame format is {format!r}; known: {', '.join(FORMATS)}")
    if not isinstance(frame, np.ndarray):
        raise error(
            f"the frame is a {type(frame).__name__}; expected a numpy array of pixels, such as "
            "prink.load_photo('me.jpg').rgb"
        )
    channels = CHANNELS.get(format)
    fits = frame.ndim == 3 and frame.shape[2] == channels if channels else frame.ndim == 2
    if format == "nv12":
        fits = fits and frame.shape[0] % 3 == 0 and frame.shape[1] % 2 == 0
    if not fits or frame.dtype != np.uint8 or 0 in frame.shape:
        shape = SHAPES.get(format, f"(H, W, {channels})")
        raise error(f"a {format} frame is uint8 {shape}, got {frame.dtype} {frame.shape}")
    height = frame.shape[0] * 2 // 3 if format == "nv12" else frame.shape[0]
    return frame.shape[1], height


def to_rgb(frame: Bytes, format: str) -> Bytes:
    """Returns a frame that fits its format as RGB (H, W, 3); one in RGB as it is."""
    if format == "rgb":
        return frame
    import cv2

    rgb: Bytes = cv2.cvtColor(np.ascontiguousarray(frame), getattr(cv2, CONVERSIONS[format]))
    return rgb
