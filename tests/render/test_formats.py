"""Frames in every format, size and stride."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ffmpeg import as_format, as_rgb, shares_color
from tests.tolerances import FORMAT_MEAN

from prink.arrays import Bytes
from prink.face import Face
from prink.frame import FORMATS, to_rgb
from prink.params import LOOKS, Look
from prink.render import Renderer, RenderError

RED = LOOKS["classic_red"]


def shape_of(format: str, width: int, height: int) -> tuple[int, ...]:
    """Returns the array's shape of the smallest picture that is at least so large."""
    if shares_color(format):
        return (3 * height, 2 * width)
    return as_format(np.zeros((height, width, 3), np.uint8), format).shape


@given(
    format=st.sampled_from(list(FORMATS)),
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    step=st.sampled_from([(1, 1), (2, 3), (-1, -2)]),
    seed=st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_a_bare_look_returns_every_frame_bit_for_bit(
    renderer: Renderer,
    astronaut_face: Face,
    format: str,
    width: int,
    height: int,
    step: tuple[int, int],
    seed: int,
) -> None:
    shape = shape_of(format, width, height)
    down, right = (abs(s) for s in step)
    backing = np.random.default_rng(seed).integers(
        0, 256, (shape[0] * down, shape[1] * right, *shape[2:]), np.uint8
    )
    if format == "rgb_float":
        backing = backing / np.float32(255.5)
    frame = backing[:: step[0], :: step[1]]
    assert frame.shape == shape
    before = frame.copy()
    out = renderer.draw(frame, [astronaut_face], Look(), format=format)
    assert np.array_equal(out, before)
    assert np.array_equal(frame, before)
    assert not np.shares_memory(out, frame)
    assert np.array_equal(renderer.draw(frame, [], RED, format=format), before)


@pytest.mark.parametrize("format", FORMATS)
def test_a_face_larger_than_the_frame_does_not_stop_the_smallest_frames(
    renderer: Renderer, astronaut_face: Face, format: str
) -> None:
    for width, height in ((1, 1), (1, 3), (3, 2)):
        frame = np.full(shape_of(format, width, height), 1, FORMATS[format].dtype)
        assert renderer.draw(frame, [astronaut_face], RED, format=format).shape == frame.shape


@pytest.mark.parametrize("format", ["bgr", "rgba", "bgra"])
def test_channel_orders_draw_the_same_and_keep_alpha(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, rich: Look, format: str
) -> None:
    expected = renderer.draw(astronaut, [astronaut_face], rich)
    frame = as_format(astronaut, format)
    drawn = renderer.draw(frame, [astronaut_face], rich, format=format)
    assert np.array_equal(as_rgb(drawn, format), expected)
    assert np.array_equal(drawn[..., 3:], frame[..., 3:])


@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"rgb", "bgr", "rgba", "bgra"}))
def test_reduced_formats_draw_close_to_rgb_and_leave_other_bytes(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, rich: Look, format: str
) -> None:
    frame = as_format(astronaut, format)
    bare = to_rgb(frame, format)
    expected = renderer.draw(bare, [astronaut_face], rich)
    drawn = renderer.draw(frame, [astronaut_face], rich, format=format)
    made_up = (expected != bare).any(-1)
    wanted = as_rgb(as_format(expected, format), format).astype(int)
    assert made_up.sum() > 5000
    assert np.abs(as_rgb(drawn, format) - wanted)[made_up].mean() <= FORMAT_MEAN
    tall = len(made_up)
    assert np.array_equal(drawn[:tall][~made_up], frame[:tall][~made_up])
    if shares_color(format):
        moved = made_up.reshape(tall // 2, 2, -1, 2).any((1, 3))
        colors = [FORMATS[format].chroma(picture) for picture in (drawn, frame)]
        assert np.array_equal(colors[0][~moved], colors[1][~moved])
        assert (colors[0] != colors[1])[moved].any(-1).mean() > 0.5


@pytest.mark.parametrize("format", ["nv21", "i420", "yv12"])
def test_layouts_of_the_same_pixels_draw_the_same(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    moved: Callable[..., Face],
    rich: Look,
    format: str,
) -> None:
    face = moved(astronaut_face, x=-1)
    plain = as_format(astronaut[:510, 2:508], "nv12")  # planes that end within a row
    frame = plain.copy()
    FORMATS[format].chroma(frame)[:] = FORMATS["nv12"].chroma(plain)
    drawn = renderer.draw(frame, [face], rich, format=format)
    other = renderer.draw(plain, [face], rich, format="nv12")
    assert np.array_equal(drawn[:510], other[:510])
    assert np.array_equal(FORMATS[format].chroma(drawn), FORMATS["nv12"].chroma(other))


def test_floats_draw_as_their_bytes_and_keep_what_lies_between(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, rich: Look
) -> None:
    between = np.random.default_rng(0).uniform(-0.4, 0.4, astronaut.shape)
    frame = ((astronaut + between) / 255).clip(0, 1).astype(np.float32)
    drawn = renderer.draw(frame, [astronaut_face], rich, format="rgb_float")
    expected = renderer.draw(astronaut, [astronaut_face], rich)
    made_up = (expected != astronaut).any(-1)
    assert drawn.dtype == np.float32
    assert np.array_equal(drawn[made_up], expected[made_up] / np.float32(255))
    assert np.array_equal(drawn[~made_up], frame[~made_up])


@pytest.mark.parametrize("format", FORMATS)
def test_strides_do_not_matter(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    moved: Callable[..., Face],
    format: str,
) -> None:
    small = np.ascontiguousarray(astronaut[30:230, 130:330])
    face = moved(astronaut_face, x=-130, y=-30)
    frame = as_format(small, format)
    padded = np.zeros((frame.shape[0] + 3, frame.shape[1] + 5, *frame.shape[2:]), frame.dtype)
    padded[2:-1, 1:-4] = frame
    drawn = renderer.draw(padded[2:-1, 1:-4], [face], RED, format=format)
    assert (drawn != frame).any()
    assert np.array_equal(drawn, renderer.draw(frame, [face], RED, format=format))
    assert not padded[:2].any()


def test_odd_sizes_draw_like_even_ones(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> None:
    face = moved(astronaut_face, x=-131, y=-31)
    odd = np.ascontiguousarray(astronaut[31:232, 131:332])
    drawn = renderer.draw(odd, [face], RED)
    even = renderer.draw(astronaut, [astronaut_face], RED)[31:232, 131:332]
    assert (drawn != odd).any(-1).sum() > 2000
    assert np.abs(drawn.astype(int) - even).max() <= 1


@pytest.mark.parametrize(
    ("frame", "format", "said"),
    [
        (np.zeros((4, 4, 3), np.float32), "rgb", r"uint8 \(H, W, 3\), got float32 \(4, 4, 3\)"),
        (np.zeros((4, 4, 4), np.uint8), "rgb", r"a rgb frame is uint8 \(H, W, 3\), got uint8 \(4"),
        (np.zeros((4, 4), np.uint8), "bgr", r"a bgr frame .* got uint8 \(4, 4\)"),
        (np.zeros((4, 4, 3), np.uint8), "rgba", r"\(H, W, 4\), got uint8 \(4, 4, 3\)"),
        (np.zeros((4, 4, 1), np.uint8), "grey", r"\(H, W\), got uint8 \(4, 4, 1\)"),
        (np.zeros((4, 4), np.uint8), "nv12", r"\(H \* 3 / 2, W\), both even, got uint8 \(4, 4\)"),
        (np.zeros((6, 3), np.uint8), "nv12", r"both even, got uint8 \(6, 3\)"),
        (np.zeros((9, 4), np.uint8), "yuv", r"format is 'yuv'; known: rgb, bgr, rgba"),
        (np.zeros((0, 4, 3), np.uint8), "rgb", r"got uint8 \(0, 4, 3\)"),
        (np.zeros((1, 20_000, 3), np.uint8), "rgb", r"is 20000 x 1 pixels; the limit is 16384"),
    ],
)
def test_a_frame_that_does_not_fit_is_named(
    renderer: Renderer, frame: Bytes, format: str, said: str
) -> None:
    for draw in (renderer.draw, renderer.draw_to_texture):
        with pytest.raises(RenderError, match=said):
            draw(frame, [], Look(), format=format)
