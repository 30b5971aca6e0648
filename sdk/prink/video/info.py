"""What a video is."""

from dataclasses import dataclass, field
from fractions import Fraction

from prink.errors import PrinkError
from prink.video.color_tags import HDR, decoding_matrix
from prink.video.mastering import Mastering

__all__ = ["VideoError", "VideoInfo"]


class VideoError(PrinkError, ValueError):
    """A video that cannot be read or written; the message says why and names the file."""


@dataclass(frozen=True)
class VideoInfo:
    """What a video is, after turning it upright.

    `frames` and `duration` (seconds) are what the file claims, None where it does not say.
    `time_base` is the unit of time stamps in seconds; `matrix`, `primaries`, `transfer` and
    `range` are FFmpeg's colour numbers as the file has them, unknown where it has none. `chroma`
    is how many columns and rows share a chroma sample, `depth` the bits of a channel; `dropped`
    names what the file has beside pixels and prink does not keep.
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
    range: int = 0
    chroma: tuple[int, int] = (2, 2)
    depth: int = 8
    mastering: Mastering = field(default_factory=Mastering)
    dropped: tuple[str, ...] = ()

    @property
    def hdr(self) -> bool:
        """Whether the transfer is one of HDR's, PQ or HLG."""
        return self.transfer in HDR

    @property
    def decoding_matrix(self) -> int:
        """The matrix that turns YCbCr to RGB, as swscale numbers it; see `color_tags`."""
        return decoding_matrix(
            self.matrix, transfer=self.transfer, lines=min(self.width, self.height)
        )
