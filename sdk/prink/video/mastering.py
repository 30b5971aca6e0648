"""For which display an HDR video was graded (SMPTE ST 2086, CTA-861.3), carried along."""

import struct
from dataclasses import dataclass

import av

__all__ = ["Mastering", "mastering_of", "mastering_options"]


@dataclass(frozen=True)
class Mastering:
    """What a PQ file may say of its making.

    `display` is x, y of red, green, blue and white, then the least and most light in nits; `light`
    is the most light of a pixel and of a whole frame in nits (MaxCLL, MaxFALL). None where the
    file does not say.
    """

    display: tuple[float, ...] | None = None
    light: tuple[int, int] | None = None


def mastering_of(frame: av.VideoFrame) -> Mastering:
    """Returns what a decoded frame says of its mastering."""
    display: tuple[float, ...] | None = None
    light: tuple[int, int] | None = None
    for part in frame.side_data:
        content = bytes(part)
        if part.type.name == "MASTERING_DISPLAY_METADATA" and len(content) >= 88:
            *pairs, has_primaries, has_light = struct.unpack_from("=22i", content)
            if has_primaries and has_light and all(pairs[1::2]):
                display = tuple(n / d for n, d in zip(pairs[::2], pairs[1::2], strict=True))
        elif part.type.name == "CONTENT_LIGHT_LEVEL" and len(content) >= 8:
            light = struct.unpack_from("=2I", content)
    return Mastering(display, light)


def mastering_options(mastering: Mastering, codec: str) -> dict[str, str]:
    """Returns the encoder's own options that write it down; none for an encoder without any."""
    if codec == "libx265":  # counts in units of 0.00002, and of 0.0001 nits
        keys, chromaticity, nits, form = ("master-display", "max-cll"), 50000, 10000, ".0f"
    elif codec == "libsvtav1":
        keys, chromaticity, nits, form = ("mastering-display", "content-light"), 1, 1, ".5f"
    else:
        return {}
    options = {}
    if mastering.display is not None:
        points = [f"{chromaticity * value:{form}}" for value in mastering.display[:8]]
        least, most = (f"{nits * value:{form}}" for value in mastering.display[8:])
        red, green, blue, white = (
            f"({x},{y})" for x, y in zip(points[::2], points[1::2], strict=True)
        )
        options[keys[0]] = f"G{green}B{blue}R{red}WP{white}L({most},{least})"
    if mastering.light is not None:
        options[keys[1]] = "{},{}".format(*mastering.light)
    return options
