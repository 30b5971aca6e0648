"""How many pixels share a chroma sample, and the layouts that encoders take."""

import av
from av.video.reformatter import Interpolation

__all__ = ["SMOOTH_CHROMA", "chroma_of", "named", "stored"]

# The default of swscale repeats chroma samples, which shows as blocks along the edge of lips.
SMOOTH_CHROMA = Interpolation.BILINEAR | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
NAMES = {(1, 1): "444", (2, 1): "422", (2, 2): "420", (1, 2): "440", (4, 1): "411", (4, 4): "410"}
# Encoders take three of them; the others are stored in the next finer one and lose nothing.
STORED = {(1, 2): (1, 1), (4, 1): (2, 1), (4, 4): (2, 2)}


def chroma_of(format: av.VideoFormat) -> tuple[int, int]:
    """Returns how many columns and rows share a chroma sample; (2, 2) where there is no chroma."""
    if len(format.components) < 3:
        return 2, 2
    return 64 // format.chroma_width(64), 64 // format.chroma_height(64)


def stored(chroma: tuple[int, int]) -> tuple[int, int]:
    """Returns the sharing in which an encoder stores it."""
    return STORED.get(chroma, chroma)


def named(chroma: tuple[int, int]) -> str:
    """Returns the usual name of the sharing, such as "420"."""
    return NAMES[chroma]
