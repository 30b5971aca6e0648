"""Clips encoded on the spot, and what a decoder finds in a file."""

from fractions import Fraction

import av
import numpy as np

from prink.video import VideoReader, VideoWriter

RATE = 25
LIMITED, FULL = 1, 2
BT2020, PQ, HLG = 9, 16, 18
# Close to lossless, so that what the tests see is ours and not the codec's.
FINE = {
    "libx264": {"crf": "4", "preset": "ultrafast"},
    "libx265": {"crf": "4", "preset": "ultrafast", "x265-params": "log-level=error"},
}


def write_clip(
    path,
    pictures,
    *,
    codec="libx264",
    pix_fmt="yuv420p",
    matrix=2,
    primaries=2,
    transfer=2,
    range=0,
    swscale=None,
    options=None,
    turn=0,
):
    """Encodes R'G'B' pictures, uint8 or uint16 (H, W, 3), with these tags and no others."""
    swscale = swscale or {2: 5, 6: 5}.get(matrix, matrix)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=RATE, options=FINE.get(codec, {}) | (options or {}))
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pix_fmt
        if turn:
            stream.set_display_rotation(turn)
        context = stream.codec_context
        context.colorspace, context.color_range = matrix, range
        context.color_primaries, context.color_trc = primaries, transfer
        for number, picture in enumerate(pictures):
            deep = picture.dtype == np.uint16
            frame = av.VideoFrame.from_ndarray(picture, format="rgb48le" if deep else "rgb24")
            frame = frame.reformat(
                format=pix_fmt,
                src_colorspace=swscale,
                dst_colorspace=swscale,
                src_color_range=2,
                dst_color_range=range or LIMITED,
            )
            frame.colorspace, frame.color_range = matrix, range
            frame.color_primaries, frame.color_trc = primaries, transfer
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def decoded(path):
    """Returns the frames as FFmpeg decodes them."""
    with av.open(str(path)) as file:
        return list(file.decode(video=0))


def codes(frame):
    """Returns the planes' code values as integers."""
    bits = frame.format.components[0].bits
    kind = np.uint16 if bits > 8 else np.uint8
    return [
        np.frombuffer(plane, kind).reshape(plane.height, -1)[:, : plane.width].astype(int)
        for plane in frame.planes
    ]


def tags(frame):
    """Returns matrix, primaries, transfer and range."""
    numbers = (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range)
    return tuple(int(number) for number in numbers)


def copied(source, target):
    """Reads and writes a clip with nothing drawn; returns the warnings of both."""
    with VideoReader(source) as reader, VideoWriter(target, reader.info) as writer:
        for frame in reader:
            writer.write(frame.rgb, pts=frame.pts, over=frame)
    return [*reader.warnings, *writer.warnings]


def colourful(*, width=96, height=80):
    """Returns soft colours, a bright corner and a dark one, uint8 (H, W, 3)."""
    y, x = np.mgrid[:height, :width] / np.array([height, width])[:, None, None]
    rgb = np.stack([0.25 + 0.6 * x, 0.2 + 0.5 * y, 0.7 - 0.5 * x * y], axis=-1)
    rgb[: height // 4, : width // 4] = 0.95
    rgb[-height // 4 :, -width // 4 :] = 0.05
    return np.rint(255 * rgb).astype(np.uint8)
