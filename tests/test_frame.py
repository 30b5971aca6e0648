"""The table of frame formats: conversions against FFmpeg, and arrays that fit no format."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ffmpeg import as_format, as_rgb
from tests.tolerances import FFMPEG_LEVELS

import prink
from prink.arrays import Bytes
from prink.frame import FORMATS, Frame, check_frame, to_rgb


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_becomes_the_rgb_of_ffmpeg(astronaut: Bytes, format: str) -> None:
    frame = as_format(astronaut[:510, :506], format)  # planes that end within a row
    assert check_frame(frame, format, error=ValueError) == (506, 510)
    apart = np.abs(to_rgb(frame, format).astype(int) - as_rgb(frame, format))
    assert apart.max() <= FFMPEG_LEVELS


@given(
    format=st.sampled_from(list(FORMATS)),
    corners=st.tuples(*[st.integers(0, 15)] * 2, *[st.integers(16, 20)] * 2),
    step=st.sampled_from([(1, 1), (2, 3), (-1, -2)]),
)
def test_a_box_is_converted_as_in_the_whole(
    astronaut: Bytes, format: str, corners: tuple[int, int, int, int], step: tuple[int, int]
) -> None:
    frame = as_format(astronaut[160:200, 220:260], format)
    backing = np.zeros((frame.shape[0] * 2, frame.shape[1] * 3, *frame.shape[2:]), frame.dtype)
    strided = backing[:: step[0], :: step[1]][: frame.shape[0], : frame.shape[1]]
    strided[:] = frame
    box = x0, y0, x1, y1 = tuple(2 * corner for corner in corners)
    room = np.full((y1 - y0, x1 - x0, 4), 255, np.uint8)
    part = FORMATS[format].rgba(strided, box, room)
    assert np.array_equal(part[..., :3], to_rgb(frame, format)[y0:y1, x0:x1])
    assert np.array_equal(to_rgb(strided, format), to_rgb(frame, format))


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_merged_reads_back_and_other_bytes_stay(astronaut: Bytes, format: str) -> None:
    frame = as_format(astronaut, format)
    before = to_rgb(frame, format)
    drawn = np.dstack([before, before[..., :1]])[100:140, 200:260]
    drawn[10:20, 20:40, :3] = 90 if format == "grey" else (180, 90, 110)
    out = frame.copy()
    FORMATS[format].merge(out, frame, drawn, (200, 100, 260, 140))
    back = to_rgb(out, format)
    apart = back[110:120, 220:240].astype(int) - drawn[10:20, 20:40, :3]
    assert np.abs(apart).max() <= FFMPEG_LEVELS
    back[110:120, 220:240] = before[110:120, 220:240]
    assert np.array_equal(back, before)
    assert (out != frame).sum() <= 200 * frame.size // before[..., 0].size


def test_the_table_is_public_and_says_what_each_format_is() -> None:
    assert prink.FORMATS is FORMATS
    assert str(prink.FORMATS["i420"]) == "uint8 (H * 3 / 2, W), both even"
    assert all(row.name == name for name, row in FORMATS.items())


BYTES, ONES = np.zeros((6, 4, 3), np.uint8), np.ones((6, 4, 3), np.float32)


@pytest.mark.parametrize(
    ("frame", "format", "said"),
    [
        (BYTES, "yuv420p", r"^frame format is 'yuv420p'; known: rgb, .* did you mean 'i420'\?$"),
        (BYTES, "NV12", r"did you mean 'nv12'\?$"),
        (BYTES, "gray", r"did you mean 'grey'\?$"),
        (BYTES, "jpg", r"^frame format is 'jpg'; known: rgb, bgr, [a-z0-9_, ]*$"),
        (BYTES, "", r"^frame format is ''; known: rgb, bgr, [a-z0-9_, ]*$"),
        (BYTES, None, r"^frame format is None; known: rgb"),
        (BYTES, ["rgb"], r"^frame format is \['rgb'\]; known: rgb"),
        (BYTES, "p010", r"^frame format is 'p010'; 10 bits, mostly HDR, are not taken: .* nv12"),
        (BYTES, "yuv420p10le", r"10 bits, mostly HDR, are not taken"),
        (BYTES, "rgba", r"a rgba frame is uint8 \(H, W, 4\), got uint8 \(6, 4, 3\), which fits "
                        r"format='rgb' or 'bgr'$"),
        (BYTES[..., 0], "rgb", r"got uint8 \(6, 4\), which fits format='grey' or 'nv12' or 'nv21'"),
        (BYTES[..., :1], "grey", r"got uint8 \(6, 4, 1\); frame\[\.\.\., 0\] has no channels$"),
        (BYTES[:4, :, 0], "i420", r"a i420 frame is uint8 \(H \* 3 / 2, W\), both even, got uint8 "
                                  r"\(4, 4\), which fits format='grey'$"),
        (BYTES[:, :3, 0], "yv12", r"both even, got uint8 \(6, 3\), which fits format='grey'$"),
        (ONES, "rgb", r"got float32 \(6, 4, 3\), which fits format='rgb_float'$"),
        (BYTES, "rgb_float", r"a rgb_float frame is float32 \(H, W, 3\) from 0 to 1, got uint8 "
                             r"\(6, 4, 3\), which fits format='rgb' or 'bgr'$"),
        (ONES.transpose(2, 0, 1), "rgb_float", r"channels come last: frame.transpose\(1, 2, 0\)$"),
        (ONES.astype(float), "rgb_float", r"no format is float64: convert it to uint8 or float32$"),
        (BYTES[..., 0].astype(np.uint16), "nv12", r"got uint16 \(6, 4\); no format is uint16"),
        (ONES * 255, "rgb_float", r"a rgb_float frame is from 0 to 1, got 255.0 to 255.0$"),
        (ONES - 1.5, "rgb_float", r"from 0 to 1, got -0.5 to -0.5$"),
        (np.nextafter(ONES, 2), "rgb_float", r"from 0 to 1, got 1.0000001 to 1.0000001$"),
        (ONES * np.nan, "rgb_float", r"from 0 to 1, got nan to nan$"),
        (BYTES[:0], "rgb", r"a rgb frame is uint8 \(H, W, 3\), got uint8 \(0, 4, 3\)$"),
        (BYTES[None], "rgb", r"got uint8 \(1, 6, 4, 3\)$"),
        ([[0]], "i420", r"^the frame is a list; expected a numpy array of pixels"),
    ],
)  # fmt: skip
def test_a_frame_that_does_not_fit_is_named_with_what_it_fits(
    frame: Frame, format: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        check_frame(frame, format, error=ValueError)
