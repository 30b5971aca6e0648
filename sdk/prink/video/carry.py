"""What was drawn on the SDR rendition of an HDR frame, carried into the frame's own code values.

A pixel that drawing left alone keeps its values bit for bit. Elsewhere the drawn colour goes back
through the rendition and the *difference* is added, so that what 8 bits had rounded away, and what
lies outside SDR's range, is still there.
"""

from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Flags
from prink.video.color_tags import FULL
from prink.video.rendition import Rendition

__all__ = ["Codes", "HdrFrame", "carried", "frame_of", "planes_of"]

Codes = NDArray[np.uint16]
"""Samples of 10 or 16 bits."""

# Luma weights of red and blue by matrix, as swscale numbers it.
WEIGHTS = {1: (0.2126, 0.0722), 4: (0.3, 0.11), 5: (0.299, 0.114), 9: (0.2627, 0.0593)}
WEIGHTS[7] = (0.212, 0.087)


@dataclass(frozen=True, eq=False)
class HdrFrame:
    """A frame as it was decoded, and its R'G'B' signal (H, W, 3), which is turned upright."""

    frame: av.VideoFrame
    signal: Codes
    turns: int


def planes_of(frame: av.VideoFrame, *, turns: int = 0) -> list[Codes]:
    """Returns writable copies of a frame's Y, Cb and Cr of 16-bit words, turned upright.

    Each is (h, w), those of chroma smaller where the format subsamples it.
    Chroma samples turn with the picture, so their place in the raster is half a pixel off.
    """
    planes = []
    for plane in frame.planes:
        words = np.frombuffer(plane, np.uint16).reshape(plane.height, -1)[:, : plane.width]
        planes.append(np.rot90(words, turns).copy())
    return planes


def frame_of(planes: list[Codes], *, format: str, width: int, height: int) -> av.VideoFrame:
    """Returns a frame of 16-bit words: Y, Cb and Cr, each (h, w), as `planes_of` gives them.

    Planes smaller than the frame's own repeat their last samples.
    """
    frame = av.VideoFrame(width, height, format)
    for plane, words in zip(frame.planes, planes, strict=True):
        more = ((0, plane.height - words.shape[0]), (0, plane.width - words.shape[1]))
        target = np.frombuffer(plane, np.uint16).reshape(plane.height, -1)
        target[:, : plane.width] = np.pad(words, more, mode="edge")
    return frame


def carried(
    planes: list[Codes],
    signal: Codes,
    before: Bytes,
    after: Bytes,
    *,
    rendition: Rendition,
    matrix: int,
    range: int,
) -> None:
    """Adds to 10-bit Y, Cb and Cr what drawing changed.

    Args:
        planes: Changed in place; chroma may be subsampled.
        signal: The same frame as R'G'B', (H, W, 3), 0..65535.
        before: Its SDR rendition, sRGB (H, W, 3).
        after: The rendition as drawn on, (H, W, 3).
        rendition: Between signal and sRGB.
        matrix: Of the planes, as swscale numbers it.
        range: Of the planes, `LIMITED` or `FULL`.
    """
    touched = (before != after).any(axis=-1)
    if not touched.any():
        return
    rows, columns = (around(touched.any(axis=axis)) for axis in (1, 0))
    touched = touched[rows, columns]
    exact = rendition.to_srgb(signal[rows, columns][touched] / 65535.0)
    step = (after[rows, columns][touched].astype(float) - before[rows, columns][touched]) / 255.0
    change = np.zeros((*touched.shape, 3))
    change[touched] = rendition.to_signal(exact + step) - rendition.to_signal(exact)
    for plane, codes in zip(planes, to_codes(change, matrix, range), strict=True):
        across, down = (
            round(signal.shape[1] / plane.shape[1]),
            round(signal.shape[0] / plane.shape[0]),
        )
        less = shared(codes, across, down)
        y, x = rows.start // down, columns.start // across
        part = plane[y : y + less.shape[0], x : x + less.shape[1]]
        part[:] = np.clip(np.rint(part + less), 0, 1023).astype(np.uint16)


def around(touched: Flags) -> slice:
    """Returns the touched stretch, whole pairs of pixels, with a pair more on both sides."""
    places = np.flatnonzero(touched)
    return slice(max(0, places[0] // 2 * 2 - 2), min(len(touched), places[-1] // 2 * 2 + 4))


def to_codes(change: Doubles, matrix: int, range: int) -> list[Doubles]:
    """Returns steps of 10-bit Y, Cb and Cr of a step in R'G'B' (ITU-R BT.2100, tables 6 and 9)."""
    red, blue = WEIGHTS[matrix]
    luma = change @ np.array([red, 1.0 - red - blue, blue])
    y, c = (1023.0, 1023.0) if range == FULL else (876.0, 896.0)
    return [
        y * luma,
        c * (change[..., 2] - luma) / (2.0 - 2.0 * blue),
        c * (change[..., 0] - luma) / (2.0 - 2.0 * red),
    ]


def shared(codes: Doubles, across: int, down: int) -> Doubles:
    """Returns one value for so many columns and rows: chroma is sited at left, halfway down."""
    if across == 2:
        near = np.pad(codes, ((0, 0), (1, 1 + codes.shape[1] % 2)), mode="edge")
        codes = 0.25 * near[:, :-2:2] + 0.5 * near[:, 1:-1:2] + 0.25 * near[:, 2::2]
    if down == 2:
        even = np.pad(codes, ((0, codes.shape[0] % 2), (0, 0)), mode="edge")
        codes = 0.5 * (even[::2] + even[1::2])
    return codes
