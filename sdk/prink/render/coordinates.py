"""Writes out what each pass's fragment shader is given: varyings and texels of the lookup pictures, pixel by pixel.

The pass's own shaders do the work, with their `main` wrapped, so a changed shader changes this too.
"""

import re
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import moderngl
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prink.face import Face
from prink.render.assets import asset, read_mesh
from prink.render.context import RenderError, source
from prink.render.face_row import ROW, DrawnFace, drawable
from prink.render.plan import Pass, read_plan
from prink.render.renderer import Renderer

__all__ = ["Coordinates", "PatchCoordinates", "rasterise_coordinates"]

Floats = NDArray[np.float32]
MAX_TARGETS = 8  # colour attachments that every GL 3.3 has
MAX_READS = 4  # of lookup pictures by one fragment
VARYING = re.compile(r"^in (?:highp |mediump )?(float|vec[234]) (\w+);", re.MULTILINE)
LOOKUP = re.compile(r"\btexture\((u_mask|u_grain), (\w+)\)")
MAIN = "void main() {"
NOTEBOOK = f"""
flat in highp vec4 d_region;
highp vec4 t_texels[{MAX_READS}];
int t_count = 0;
vec4 noted(vec4 texel) {{
    if (t_count < {MAX_READS}) t_texels[t_count] = texel;
    t_count++;
    return texel;
}}
"""


@dataclass(frozen=True)
class PatchCoordinates:
    """What one pass is given on the pixels that it is the last to draw.

    Attributes:
        pixels: `(N,)`, counted row by row.
        varyings: the interpolated inputs such as `v_face`, `(N, k)` each; flat ones are left out, as they come from
            probe, look and face row alone.
        texels: each read of a lookup picture in the order of the shader's calls, `(reads, N, 4)`.
        side: the vertex attribute `region.w`, `(N,)`: in the eyes, below zero on the person's right.
    """

    pixels: NDArray[np.int64]
    varyings: dict[str, Floats]
    texels: Floats
    side: Floats


def wrap(step: Pass) -> tuple[str, str, dict[str, int]]:
    """Returns a pass's vertex shader, its fragment shader up to a new `main`, and its varyings' sizes."""
    vertex = source(f"{step.vertex}.vert", phone_precision=False)
    vertex = vertex.replace(MAIN, f"flat out highp vec4 d_region;\n{MAIN}\n    d_region = region;")
    fragment = source(f"{step.fragment}.frag", phone_precision=False)
    varyings = {
        name: int(kind[-1]) if "vec" in kind else 1 for kind, name in VARYING.findall(fragment)
    }
    fragment = LOOKUP.sub(r"noted(texture(\1, \2))", fragment)
    fragment = fragment.replace("out vec4 o_color;", f"vec4 o_color;\n{NOTEBOOK}")
    return vertex, fragment.replace(MAIN, "void draw() {"), varyings


def with_main(fragment: str, wanted: list[str]) -> str:
    """Returns the wrapped fragment shader with a `main` that writes the wanted vectors."""
    outs = "".join(f"layout(location = {i}) out highp vec4 o_{i};\n" for i in range(len(wanted)))
    zero = "".join(f"    t_texels[{i}] = vec4(0.0);\n" for i in range(MAX_READS))
    body = "".join(f"    o_{i} = {value};\n" for i, value in enumerate(wanted))
    return f"{fragment}\n{outs}void main() {{\n{zero}    draw();\n{body}}}\n"


class WrappedPass:
    """One pass with programs that write what its fragment shader is given, eight targets each."""

    def __init__(self, step: Pass, context: moderngl.Context, mesh: list[moderngl.Buffer]) -> None:
        self.step = step
        vertex, fragment, self.varyings = wrap(step)
        wanted = ["vec4(float(1 + t_count), d_region.w, 0.0, 0.0)"]
        wanted += [f"vec4({name}{', 0.0' * (4 - size)})" for name, size in self.varyings.items()]
        wanted += [f"t_texels[{i}]" for i in range(MAX_READS)]
        self.groups: list[tuple[moderngl.Program, moderngl.VertexArray, int]] = []
        for first in range(0, len(wanted), MAX_TARGETS):
            group = wanted[first : first + MAX_TARGETS]
            try:
                program = context.program(
                    vertex_shader=vertex, fragment_shader=with_main(fragment, group)
                )
            except moderngl.Error as error:
                raise RenderError(
                    f"the GL driver refuses the wrapped pass {step.name}: {error}"
                ) from None
            array = context.vertex_array(
                program,
                [(mesh[0], *attributes(program))],
                index_buffer=mesh[1],
                index_element_size=2,
            )
            self.groups.append((program, array, len(group)))

    def unpack(self, values: Floats, pixels: NDArray[np.int64]) -> PatchCoordinates:
        """Returns the patch from its targets' values on its pixels, `(targets, N, 4)`."""
        reads = np.unique(values[0, :, 0]).astype(int) - 1
        if len(reads) > 1 or reads.max(initial=0) > MAX_READS:
            raise RenderError(
                f"pass {self.step.name} reads {reads} texels, expected one number up to {MAX_READS}"
            )
        after = 1 + len(self.varyings)
        varyings = {
            name: values[1 + i, :, :size] for i, (name, size) in enumerate(self.varyings.items())
        }
        texels = values[after : after + reads.max(initial=0)]
        return PatchCoordinates(pixels, varyings, texels, values[0, :, 1])


def attributes(program: moderngl.Program) -> tuple[str, ...]:
    """Returns layout and names of the mesh attributes that a program reads; the others become padding."""
    mesh = read_mesh()
    parts, names = [], []
    for kind, name in zip(mesh.layout.split(), mesh.names, strict=True):
        if name in program:
            names.append(name)
        parts.append(kind if name in program else f"{int(kind[0]) * int(kind[-1])}x")
    return " ".join(parts), *names


class Coordinates:
    """The wrapped passes, compiled in a GL context and freed with it."""

    def __init__(self, context: moderngl.Context) -> None:
        """Compiles the wrapped passes.

        Raises:
            RenderError: if a shader is refused.
        """
        self.context = context
        mesh, plan = read_mesh(), read_plan(1)
        buffers = [
            context.buffer(mesh.vertices.tobytes()),
            context.buffer(mesh.triangles.tobytes()),
        ]
        self.steps = [WrappedPass(step, context, buffers) for step in plan.passes if step.patch]
        self.points = context.texture((ROW, 1), 4, dtype="f4")
        self.points.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self.pictures: dict[str, moderngl.Texture] = {}
        for name, lookup in plan.textures.items():
            with Image.open(asset(lookup.file)) as picture:
                texture = context.texture(picture.size, 4, picture.convert("RGBA").tobytes())
            if lookup.tile:
                texture.build_mipmaps()
                texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
            else:
                texture.repeat_x = texture.repeat_y = False
            self.pictures[name] = texture

    def rasterise(self, face: Face, *, width: int, height: int) -> dict[str, PatchCoordinates]:
        """Returns the patches of a face in a frame of this size by pass name, in drawing order.

        Raises:
            RenderError: if the face lies outside the frame or its landmarks are wild.
        """
        drawn = drawable(face, mesh=read_mesh(), width=width, height=height)
        if drawn is None:
            raise RenderError(f"face {face.id} has no drawable mesh in a {width} x {height} frame")
        self.points.write(drawn.row.tobytes())
        targets = [self._draw(step, drawn, (width, height)) for step in self.steps]
        owner = np.zeros((height, width), np.int64)
        x0, y0, x1, y1 = drawn.box
        for number, values in enumerate(targets, 1):
            part = owner[y0:y1, x0:x1]
            part[values[0, ..., 0] > 0] = number
        found = {}
        for number, (step, values) in enumerate(zip(self.steps, targets, strict=True), 1):
            mine = values[:, owner[y0:y1, x0:x1] == number]
            found[step.step.name] = step.unpack(mine, np.flatnonzero(owner == number))
        return found

    def _draw(self, wrapped: WrappedPass, drawn: DrawnFace, size: tuple[int, int]) -> Floats:
        """Returns all targets of a pass inside the face's box, `(targets, rows, columns, 4)`."""
        x0, y0, x1, y1 = drawn.box
        step, read = wrapped.step, []
        first, count = read_mesh().patches[step.patch]
        for program, array, targets in wrapped.groups:
            textures = [self.context.texture(size, 4, dtype="f4") for _ in range(targets)]
            buffer = self.context.framebuffer(textures)
            buffer.use()
            buffer.clear()
            self._bind(program, step, size)
            self.context.enable_only(moderngl.CULL_FACE if step.cull else moderngl.NOTHING)
            self.context.front_face = "cw"
            array.render(moderngl.TRIANGLES, vertices=count, first=first)
            for place in range(targets):
                data = buffer.read(
                    (x0, y0, x1 - x0, y1 - y0), components=4, attachment=place, dtype="f4"
                )
                read.append(np.frombuffer(data, np.float32).reshape(y1 - y0, x1 - x0, 4))
            for thing in (buffer, *textures):
                thing.release()
        return np.stack(read)

    def _bind(self, program: moderngl.Program, step: Pass, size: tuple[int, int]) -> None:
        pictures = {"u_points": self.points}
        pictures |= {
            uniform: self.pictures[name]
            for uniform, name in step.textures.items()
            if name in self.pictures
        }
        values: dict[str, Any] = {"u_face": 0, "u_size": size}
        for unit, (uniform, texture) in enumerate(pictures.items()):
            texture.use(unit)
            values[uniform] = unit
        for uniform, value in values.items():
            if uniform in program:
                program[uniform] = value


compiled: WeakKeyDictionary[Renderer, Coordinates] = WeakKeyDictionary()


def rasterise_coordinates(
    renderer: Renderer, face: Face, *, width: int, height: int
) -> dict[str, PatchCoordinates]:
    """Returns what each pass is given on the pixels it draws last, by pass name; compiles once for each renderer.

    Raises:
        RenderError: if the face lies outside the frame or its landmarks are wild, or a shader is refused.
    """
    if renderer not in compiled:
        compiled[renderer] = Coordinates(renderer.context)
    return compiled[renderer].rasterise(face, width=width, height=height)
