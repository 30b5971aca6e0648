"""A renderer's life: targets, changing sizes, other contexts beside it, its end."""

import ctypes
import ctypes.util
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import moderngl
import numpy as np
import psutil
import pytest
from tests.tolerances import COLLECTED_MB

from prink.arrays import Bytes
from prink.face import Face
from prink.params import LOOKS, Look, LookError
from prink.params.schema import Teeth
from prink.render import Renderer, RenderError, open_context

RED = LOOKS["classic_red"]


@pytest.fixture
def context() -> Iterator[moderngl.Context]:
    """A context of the host that the renderer is lent."""
    context = open_context()
    yield context
    context.release()


@pytest.fixture(scope="module")
def expected(renderer: Renderer, astronaut: Bytes, astronaut_face: Face) -> Bytes:
    return renderer.draw(astronaut, [astronaut_face], RED)


def window_pixels(window: moderngl.Framebuffer) -> Bytes:
    """Returns what a window shows, top row first: its first row is the bottom one."""
    rows = np.frombuffer(window.read(components=3, alignment=1), np.uint8)
    return rows.reshape(window.height, window.width, 3)[::-1]


def test_the_texture_holds_the_bytes_that_draw_returns(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    for faces, wanted in (([astronaut_face], expected), ([], astronaut)):
        texture = renderer.draw_to_texture(astronaut, faces, RED)
        read = np.frombuffer(texture.read(), np.uint8).reshape(512, 512, 4)
        assert np.array_equal(read[..., :3], wanted)
        assert (read[..., 3] == 255).all()


def test_a_window_shows_the_picture_upright_whatever_the_host_left_switched_on(
    context: moderngl.Context, astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    window = context.simple_framebuffer((512, 512), 3)
    window.use()
    window.scissor = (10, 10, 20, 20)
    shown = context.simple_framebuffer((512, 512), 3)
    with Renderer(context=context) as renderer:
        for faces, wanted in (([astronaut_face], expected), ([], astronaut)):
            window.use()
            context.enable_only(moderngl.BLEND | moderngl.CULL_FACE)
            context.blend_func = moderngl.ZERO, moderngl.ONE
            context.front_face = "cw"
            renderer.draw_to_window(astronaut, faces, RED, window=shown)
            assert np.array_equal(window_pixels(shown), wanted)


def test_a_window_of_another_size_is_filled(
    context: moderngl.Context, astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    window = context.simple_framebuffer((256, 256), 3)
    with Renderer(context=context) as renderer:
        renderer.draw_to_window(astronaut, [astronaut_face], RED, window=window)
    half = expected.reshape(256, 2, 256, 2, 3).astype(int).mean((1, 3))
    assert np.abs(window_pixels(window) - half).max() <= 1


def test_sizes_may_change_between_frames(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, moved: Callable[..., Face]
) -> None:
    def drawn(by: Renderer, cut: int) -> Bytes:
        frame = np.ascontiguousarray(astronaut[cut:300, cut : 400 - cut])
        return by.draw(frame, [moved(astronaut_face, x=-cut, y=-cut)], RED)

    with Renderer() as fresh:
        wanted = [drawn(fresh, 7)]
    with Renderer() as fresh:
        wanted.append(drawn(fresh, 30))
    for _ in range(2):
        assert np.array_equal(drawn(renderer, 7), wanted[0])
        assert np.array_equal(drawn(renderer, 30), wanted[1])


def test_renderers_do_not_disturb_each_other(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    with Renderer() as other:
        assert np.array_equal(other.draw(astronaut, [astronaut_face], RED), expected)
        assert np.array_equal(renderer.draw(astronaut, [astronaut_face], RED), expected)
        other.draw(astronaut[:100], [], LOOKS["smoky_eye"])
    assert np.array_equal(renderer.draw(astronaut, [astronaut_face], RED), expected)


def test_a_closed_renderer_says_so(astronaut: Bytes, astronaut_face: Face) -> None:
    renderer = Renderer()
    renderer.close()
    renderer.close()
    for draw in (renderer.draw, renderer.draw_to_texture):
        for look in (RED, Look()):
            with pytest.raises(RenderError, match="is closed; make a new one"):
                draw(astronaut, [astronaut_face], look)


def living(kinds: tuple[str, ...] = ("Texture", "Buffer", "Framebuffer", "VertexArray")) -> int:
    """Returns how many GL objects the current context holds."""
    egl = ctypes.CDLL(ctypes.util.find_library("EGL"))
    egl.eglGetProcAddress.restype = ctypes.c_void_p
    kind = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)
    is_kind = [kind(egl.eglGetProcAddress(f"glIs{name}".encode())) for name in (*kinds, "Program")]
    return sum(ask(number) for ask in is_kind for number in range(1, 2000))


def test_drawing_and_closing_leave_no_gl_object_behind(
    context: moderngl.Context, astronaut: Bytes, astronaut_face: Face
) -> None:
    bare = living()
    for _ in range(3):
        renderer = Renderer(context=context)
        renderer.draw(astronaut, [astronaut_face], RED)
        drawn = living()
        assert drawn > bare + 30
        for height in (300, 512, 301, 512):
            renderer.draw(astronaut[:height], [astronaut_face], LOOKS["smoky_eye"])
        assert living() == drawn
        renderer.close()
        assert living() <= bare + 1  # GL keeps the program in use until the next one comes
        assert context.error == "GL_NO_ERROR"


def test_making_renderers_again_and_again_holds_no_memory(
    astronaut: Bytes, astronaut_face: Face
) -> None:
    process, resident = psutil.Process(), []
    for _ in range(8):
        with Renderer() as renderer:
            renderer.draw(astronaut, [astronaut_face], RED)
        resident.append(process.memory_info().rss / 2**20)
    assert min(resident[5:]) - min(resident[2:5]) < COLLECTED_MB, resident


def test_the_stages_of_a_frame_are_told_in_order(
    renderer: Renderer, astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    stages: list[str] = []
    drawn = renderer.draw(astronaut, [astronaut_face], RED, watch=stages.append)
    assert np.array_equal(drawn, expected)
    assert stages[:2] == ["upload", "copy"]
    assert stages[-1] == "read-back"
    assert {"probe", "lips"} < set(stages)
    stages.clear()
    renderer.draw(astronaut, [astronaut_face], Look(), watch=stages.append)
    assert stages == []


def raised_on_another_thread(call: Callable[[], object]) -> BaseException | None:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).exception()


def test_another_thread_is_told_whose_renderer_it_is(
    astronaut: Bytes, astronaut_face: Face, expected: Bytes
) -> None:
    with Renderer() as renderer:
        for call in (
            lambda: renderer.draw(astronaut, [astronaut_face], RED),
            lambda: renderer.draw_to_texture(astronaut, [], RED),
            renderer.close,
        ):
            error = raised_on_another_thread(call)
            assert isinstance(error, RenderError)
            assert "belongs to the thread that made it" in str(error)
        assert np.array_equal(renderer.draw(astronaut, [astronaut_face], RED), expected)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("me.jpg", [], RED), RenderError, r"frame is a str; .* prink\.load_photo\('me\.jpg'\)"),
        (("face", RED), TypeError, r"faces is a Face; .* or \[face\] for one"),
        ((None, RED), TypeError, r"faces is a NoneType; expected the faces that Tracker\.track"),
        (([None], RED), TypeError, r"faces holds a NoneType; expected the faces"),
        (([], "classic_red"), TypeError, r"the look is 'classic_red'; .* prink\.look\("),
        (([], replace(RED, teeth=Teeth(whitening=3))), LookError, r"teeth\.whitening is 3; its"),
    ],
)
def test_a_wrong_argument_is_named(
    renderer: Renderer,
    astronaut: Bytes,
    astronaut_face: Face,
    arguments: tuple[Any, ...],
    error: type[Exception],
    said: str,
) -> None:
    given = [astronaut_face if argument == "face" else argument for argument in arguments]
    with pytest.raises(error, match=said):
        renderer.draw(*([astronaut, *given] if len(given) == 2 else given))
