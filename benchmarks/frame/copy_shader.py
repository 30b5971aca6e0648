"""What prink's draw is measured against in the same run: one copy shader, and makeup by OpenCV."""

from typing import Any

import moderngl

from prink.arrays import Bytes

__all__ = ["CopyShader"]

VERTEX = """#version 330
void main() {
    vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
"""
FRAGMENT = """#version 330
uniform sampler2D u_frame;
uniform vec2 u_size;
out vec4 o_color;
void main() {
    o_color = texture(u_frame, gl_FragCoord.xy / u_size);
}
"""


class CopyShader:
    """A full-screen triangle that samples the frame once into a target of its size."""

    def __init__(self, context: moderngl.Context, width: int, height: int) -> None:
        self.context = context
        self.texture = context.texture((width, height), 4)
        self.picture = context.texture((width, height), 4)
        self.target = context.framebuffer([self.picture])
        self.program = context.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
        self.triangle = context.vertex_array(self.program, [])
        self.set("u_frame", 0)
        self.set("u_size", (width, height))

    def set(self, name: str, value: Any) -> None:  # noqa: ANN401 (a uniform of any type)
        """Sets a uniform."""
        self.program[name] = value

    def load(self, rgba: Bytes) -> None:
        """Uploads a frame `(H, W, 4)`; not part of what is timed."""
        self.texture.write(rgba)
        self.context.finish()

    def draw(self) -> None:
        """Copies the frame and waits until it is done."""
        self.target.use()
        self.texture.use(0)
        self.triangle.render(moderngl.TRIANGLES, vertices=3)
        self.context.finish()

    def release(self) -> None:
        """Frees its GL objects."""
        for thing in (self.triangle, self.program, self.target, self.picture, self.texture):
            thing.release()
