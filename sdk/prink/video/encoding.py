"""How a video is stored: encoder, pixel format and colour tags, and what that loses."""

import os
from dataclasses import dataclass, field
from functools import lru_cache

import av

from prink.video.chroma import named, stored
from prink.video.color_tags import BT709, HDR, LIMITED, RGB, decoding_matrix
from prink.video.info import VideoInfo
from prink.video.mastering import Mastering, mastering_options

__all__ = ["SDR_ENCODERS", "Encoding", "encoding"]

SDR_ENCODERS = {
    ".mp4": "libx264",
    ".m4v": "libx264",
    ".mov": "libx264",
    ".mkv": "libx264",
    ".webm": "libvpx-vp9",
}
HDR_ENCODERS = {
    ".mp4": ("libx265", "libsvtav1"),
    ".m4v": ("libx265",),
    ".mov": ("libx265",),
    ".mkv": ("libx265", "libsvtav1"),
    ".webm": ("libsvtav1",),
}
# Quality settings at which a face shows no difference to the source at normal viewing.
OPTIONS = {
    "libx264": {"crf": "18", "preset": "fast"},
    "libx265": {"crf": "17", "preset": "fast", "x265-params": "log-level=error"},
    "libvpx-vp9": {"crf": "24", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"},
    "libsvtav1": {"crf": "20", "preset": "8"},
}
WHOLE_PAIRS = ("libx264", "libx265")  # these take no half chroma sample at the border
ONLY_420 = ("libsvtav1",)


@dataclass(frozen=True)
class Encoding:
    """What to ask of FFmpeg; `lost` says in a few words each what the source has and this not."""

    codec: str
    hdr: bool
    width: int
    height: int
    chroma: tuple[int, int]
    matrix: int
    primaries: int
    transfer: int
    range: int
    lost: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)

    @property
    def pix_fmt(self) -> str:
        """FFmpeg's name of the pixel format: 10 bits for HDR, else 8."""
        return f"yuv{named(self.chroma)}p{'10le' if self.hdr else ''}"

    @property
    def swscale_matrix(self) -> int:
        """The matrix as swscale numbers it."""
        return decoding_matrix(
            self.matrix, transfer=self.transfer, lines=min(self.width, self.height)
        )


def encoding(info: VideoInfo, suffix: str) -> Encoding:
    """Returns how a video is stored in a file of that suffix, one of `SDR_ENCODERS`."""
    usable = [name for name in HDR_ENCODERS[suffix] if available(name)] if info.hdr else []
    codec = usable[0] if usable else SDR_ENCODERS[suffix]
    # It would print its settings, and an error each time that a clip is given up; FFmpeg says more.
    os.environ.setdefault("SVT_LOG", "0")
    chroma = (2, 2) if codec in ONLY_420 or info.matrix == RGB else stored(info.chroma)
    across, down = chroma if codec in WHOLE_PAIRS else (1, 1)
    width, height = info.width + info.width % across, info.height + info.height % down
    if info.hdr and not usable:
        matrix, primaries, transfer, range = BT709, BT709, BT709, LIMITED
    else:
        matrix, primaries, transfer = info.matrix, info.primaries, info.transfer
        range = info.range
    if info.matrix == RGB:
        matrix, range = info.decoding_matrix, LIMITED
    return Encoding(
        codec=codec,
        hdr=bool(usable),
        width=width,
        height=height,
        chroma=chroma,
        matrix=matrix,
        primaries=primaries,
        transfer=transfer,
        range=range,
        lost=tuple(losses(info, suffix, chroma, (width, height), 10 if usable else 8)),
        options=options(codec, info.mastering),
    )


def losses(
    info: VideoInfo, suffix: str, chroma: tuple[int, int], size: tuple[int, int], depth: int
) -> list[str]:
    lost = list(info.dropped)
    if info.hdr and depth == 8:
        lost.append(
            f"HDR ({HDR[info.transfer]}) is written as SDR (BT.709, 8 bits), "
            f"for this FFmpeg has no 10-bit encoder for {suffix}"
        )
    elif info.depth > depth:
        lost.append(f"{info.depth} bits a channel become {depth}")
    if info.matrix == RGB:
        lost.append("RGB becomes YCbCr with 4:2:0 chroma")
    elif stored(info.chroma) != chroma:
        was, now = (":".join(named(stored(c))) for c in (info.chroma, chroma))
        lost.append(f"{was} chroma becomes {now}")
    if size != (info.width, info.height):
        lost.append(
            f"{info.width} x {info.height} pixels become {size[0]} x {size[1]}, "
            "the last column or row twice, for the encoder takes whole pairs"
        )
    return lost


def options(codec: str, mastering: Mastering) -> dict[str, str]:
    chosen = dict(OPTIONS[codec])
    if own := mastering_options(mastering, codec):
        name = "x265-params" if codec == "libx265" else "svtav1-params"
        pairs = [f"{key}={value}" for key, value in own.items()]
        chosen[name] = ":".join([chosen[name], *pairs] if name in chosen else pairs)
    return chosen


@lru_cache
def available(encoder: str) -> bool:
    """Tells whether this FFmpeg has the encoder."""
    try:
        av.codec.Codec(encoder, "w")
    except av.codec.codec.UnknownCodecError:
        return False
    return True
