"""The window: draws the newest tracked frame, reads keys, shows the overlay."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from time import monotonic, perf_counter
from types import ModuleType

import moderngl
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from prink.arrays import Bytes
from prink.hair import colors_hair
from prink.live.feed import Feed, LiveError, Source, Tracked
from prink.live.stage import Stage
from prink.params import Look
from prink.parse import wears_makeup
from prink.photo import PhotoError, save_photo
from prink.render import Renderer

__all__ = ["Window", "show"]

# A quad whose texture runs from the picture's top row down; `flip` mirrors it like a looking glass.
VERTEX = """#version 330
uniform bool flip;
out vec2 uv;
void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    uv = vec2(flip ? 1.0 - corner.x : corner.x, 1.0 - corner.y);
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
"""
FRAGMENT = """#version 330
uniform sampler2D picture;
in vec2 uv;
out vec4 color;
void main() { color = texture(picture, uv); }
"""
OVERLAY_SECONDS = 0.25  # numbers that change faster cannot be read
KEYS = ("LEFT", "RIGHT", "UP", "DOWN", "SPACE", "ESCAPE", "C", "H", "S", "Q")


class Window:
    """A window on a source; call `run`, or `step` until it returns False, then `close`.

    Args:
        source: A camera or video.
        looks: The looks that the arrow keys go through, by name.
        start: Name of the first one.
        hair: Name of a hair colour on top of it; "" leaves the look's own.

    Raises:
        LiveError: if there is no window library, display or OpenGL 3.3.
    """

    def __init__(
        self, source: Source, looks: Mapping[str, Look], *, start: str, hair: str = ""
    ) -> None:
        self.stage = Stage(looks, start=start, hair=hair)
        self.mirror = source.mirror
        self.glfw = load_glfw()
        self.handle = open_window(self.glfw)
        try:
            self.context = moderngl.create_context()
            self.renderer = Renderer(context=self.context)
        except Exception:
            self.glfw.terminate()
            raise
        self.blit = self.context.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
        self.quad = self.context.vertex_array(self.blit, [])
        names = {getattr(self.glfw, f"KEY_{key}"): key.lower() for key in KEYS}
        self.glfw.set_key_callback(
            self.handle,
            lambda _, key, code, action, mods: (
                self.press(names[key]) if action != self.glfw.RELEASE and key in names else None
            ),
        )
        self.glfw.set_window_refresh_callback(self.handle, lambda _: self.redraw())
        self.label: moderngl.Texture | None = None
        self.label_lines: tuple[str, ...] = ()
        self.label_at = 0.0
        self.current: Tracked | None = None
        self.feed = Feed(
            source,
            on_new=self.glfw.post_empty_event,
            wants=lambda: wanted(self.stage.chosen),
        )

    def run(self) -> None:
        """Shows frames until the window is closed."""
        while self.step():
            pass

    def step(self) -> bool:
        """Waits for a key or a frame and shows it; returns False once the user is done."""
        self.glfw.wait_events_timeout(0.1)
        if self.stage.done or self.glfw.window_should_close(self.handle):
            return False
        tracked = self.feed.take()
        if tracked is not None:
            if self.current is None:
                self.fit(tracked)
            self.current = tracked
            self.redraw(track_ms=tracked.track_ms)
        if self.stage.save_wanted:
            self.save()
        return True

    def press(self, key: str) -> None:
        """Does what a key stands for and shows the change at once."""
        self.stage.press(key)
        self.label_at = 0.0
        self.redraw()

    def fit(self, tracked: Tracked) -> None:
        """Gives the window the shape of the picture, at most 1280 x 800."""
        height, width = tracked.rgb.shape[:2]
        scale = min(1280 / width, 800 / height)
        self.glfw.set_window_size(self.handle, round(width * scale), round(height * scale))

    def redraw(self, *, track_ms: float = 0.0) -> None:
        """Draws the current frame with its own landmarks into the window."""
        if self.current is None:
            return
        start = perf_counter()
        texture = self.renderer.draw_to_texture(
            self.current.rgb,
            self.current.faces,
            self.stage.look,
            parsing=self.current.parsing,
            time=self.current.time,
        )
        size = self.glfw.get_framebuffer_size(self.handle)
        screen = self.context.screen
        screen.use()
        screen.clear(viewport=(0, 0, *size))
        self.put(texture, letterbox(texture.size, size), mirror=self.mirror)
        self.put_label(size)
        self.context.finish()  # or the time below would be that of filling a queue
        self.stage.shown(track_ms=track_ms, draw_ms=1e3 * (perf_counter() - start))
        self.glfw.swap_buffers(self.handle)

    def put(
        self, texture: moderngl.Texture, box: tuple[int, int, int, int], *, mirror: bool = False
    ) -> None:
        """Draws a texture into a box of the screen: left, bottom, width, height."""
        self.context.viewport = box
        texture.use(0)
        self.blit["picture"], self.blit["flip"] = 0, mirror
        self.quad.render(moderngl.TRIANGLE_STRIP, vertices=4)

    def put_label(self, size: tuple[int, int]) -> None:
        """Draws the overlay into the upper left corner."""
        if monotonic() - self.label_at > OVERLAY_SECONDS:
            lines, self.label_at = self.stage.lines(), monotonic()
            if lines != self.label_lines:
                self.label_lines = lines
                if self.label is not None:
                    self.label.release()
                self.label = self.texture(label_picture(lines)) if lines else None
        if self.label is not None:
            width, height = self.label.size
            self.context.enable_only(moderngl.BLEND)
            self.context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
            self.put(self.label, (12, size[1] - height - 12, width, height))
            self.context.enable_only(moderngl.NOTHING)

    def texture(self, rgba: Bytes) -> moderngl.Texture:
        """Returns a texture of a picture (H, W, 4)."""
        return self.context.texture((rgba.shape[1], rgba.shape[0]), 4, rgba.tobytes())

    def save(self) -> None:
        """Writes the made-up frame into the current folder under a free name."""
        self.stage.save_wanted = False
        if self.current is None:
            return
        made = self.renderer.draw(
            self.current.rgb, self.current.faces, self.stage.look, parsing=self.current.parsing
        )
        name = "before" if self.stage.bare else self.stage.name
        number = 1
        while (path := Path(f"prink_{Path(name).stem}_{number}.png")).exists():
            number += 1
        try:
            save_photo(made, path)
            self.stage.say(f"saved {path}")
        except PhotoError as error:
            self.stage.say(str(error))
        self.label_at = 0.0

    def close(self) -> None:
        """Stops the threads and closes the window."""
        self.feed.close()
        self.renderer.close()
        self.glfw.terminate()


def wanted(look: Look) -> list[str]:
    """Returns the squares of heads that drawing a look needs."""
    wants = {"face": wears_makeup(look), "hair": colors_hair(look)}
    return [kind for kind, wanted in wants.items() if wanted]


def letterbox(picture: tuple[int, int], window: tuple[int, int]) -> tuple[int, int, int, int]:
    """Returns the largest box of the picture's shape in the window: left, bottom, width, height."""
    scale = min(window[0] / picture[0], window[1] / picture[1])
    width, height = max(1, round(picture[0] * scale)), max(1, round(picture[1] * scale))
    return (window[0] - width) // 2, (window[1] - height) // 2, width, height


def label_picture(lines: tuple[str, ...]) -> Bytes:
    """Returns the lines as white text on a dark, see-through ground, (H, W, 4)."""
    font = ImageFont.load_default(size=18)
    width = max(round(font.getlength(line)) for line in lines) + 20
    image = Image.new("RGBA", (width, 24 * len(lines) + 12), (0, 0, 0, 150))
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((10, 6 + 24 * row), line, fill=(255, 255, 255, 255), font=font)
    return np.asarray(image)


def load_glfw() -> ModuleType:
    try:
        glfw = import_module("glfw")
    except ImportError:
        raise LiveError(
            "the live window needs glfw; in the checkout of prink: "
            "pip install -c constraints.txt '.[live]'"
        ) from None
    glfw.set_error_callback(lambda code, text: None)  # failures get a sentence here
    return glfw


def open_window(glfw: ModuleType) -> object:
    """Returns a window with a current OpenGL 3.3 context."""
    if not glfw.init():
        raise LiveError(
            "no display to open a window on; on a machine without one, "
            "`prink try VIDEO` writes a file instead"
        )
    glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 3)
    glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
    glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
    glfw.window_hint(glfw.OPENGL_FORWARD_COMPAT, True)
    handle = glfw.create_window(960, 720, "prink", None, None)
    if not handle:
        glfw.terminate()
        fix = ": sudo apt-get install libgl1 libgl1-mesa-dri" if sys.platform == "linux" else ""
        raise LiveError(f"the display has no OpenGL 3.3; a graphics driver is missing{fix}")
    glfw.make_context_current(handle)
    glfw.swap_interval(1)
    return handle


def show(source: Source, looks: Mapping[str, Look], *, start: str, hair: str = "") -> None:
    """Opens a window on a camera or video and returns when the user closes it.

    Raises:
        LiveError: if there is no camera, display or window library.
        VideoError: if the video cannot be read.
    """
    window = Window(source, looks, start=start, hair=hair)
    try:
        window.run()
    finally:
        window.close()
