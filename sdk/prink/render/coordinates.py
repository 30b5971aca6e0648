"""Writes out what each pass's fragment shader is given: varyings, reads and the probe, as numbers.

The pass's own shaders do the work, with their `main` wrapped, so a changed shader changes this too.
"""

import re
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import moderngl
import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.params import from_vector, to_vector
from prink.params.schema import Look
from prink.render.assets import read_mesh
from prink.render.context import RenderError, language, source
from prink.render.face_row import DrawnFace, drawable
from prink.render.plan import Pass, read_plan
from prink.render.renderer import Renderer
from prink.render.shader_reads import noting, ran_once

__all__ = ["Coordinates", "PatchCoordinates", "rasterise_coordinates"]

MAX_TARGETS = 8  # colour attachments that every GL 3.3 has
VARYING = re.compile(r"^in (?:highp |mediump )?(float|vec[234]) (\w+);", re.MULTILINE)
MAIN = "void main() {"


@dataclass(frozen=True)
class PatchCoordinates:
    """What one pass is given on the pixels that it is the last to draw.

    Attributes:
        pixels: `(N,)`, counted row by row.
        varyings: the interpolated inputs such as `v_face`, `(N, k)` each; flat ones are left out,
            as they come from probe, look and face row alone.
        reads: what it reads from pictures, such as `highlight.glitter`, `(N, k)` each; named as
            `prink.render.shader_reads` says.
        side: the vertex attribute `region.w`, `(N,)`: below zero on the person's right eye.
    """

    pixels: NDArray[np.int64]
    varyings: dict[str, Floats]
    reads: dict[str, Floats]
    side: Floats


@dataclass(frozen=True)
class Coordinates:
    """A face in a frame as the shaders see it.

    Its row of the points texture `(512, 4)`, its row of the probe `(regions, 4)` and the patches by
    the name of their pass, in drawing order.
    """

    row: Floats
    probe: Floats
    patches: dict[str, PatchCoordinates]


@dataclass(frozen=True)
class Wrapped:
    """Vertex shader, fragment shader without its `main`, and sizes of the varyings and reads."""

    vertex: str
    fragment: str
    varyings: dict[str, int]
    reads: dict[str, int]


def wrap(step: Pass, *, language: str) -> Wrapped:
    vertex = source(f"{step.vertex}.vert", phone_precision=False, language=language)
    vertex = vertex.replace(MAIN, f"flat out highp vec4 d_region;\n{MAIN}\n    d_region = region;")
    fragment = source(f"{step.fragment}.frag", phone_precision=False, language=language)
    found = VARYING.findall(fragment)
    varyings = {name: int(kind[-1]) if "vec" in kind else 1 for kind, name in found}
    fragment, reads = noting(fragment)
    fragment = fragment.replace(MAIN, "flat in highp vec4 d_region;\nvoid draw() {")
    return Wrapped(vertex, fragment, varyings, reads)


def with_main(fragment: str, wanted: list[str]) -> str:
    """Returns the wrapped fragment shader with a `main` that writes the wanted vectors."""
    outs = "".join(f"layout(location = {i}) out highp vec4 o_{i};\n" for i in range(len(wanted)))
    body = "".join(f"    o_{i} = {value};\n" for i, value in enumerate(wanted))
    return f"{fragment}\n{outs}void main() {{\n    clear_notes();\n    draw();\n{body}}}\n"


def wanted_of(shaders: Wrapped) -> list[str]:
    """Returns the vectors to write: the side, varyings, reads, and how often each read ran."""
    wanted = ["vec4(1.0, d_region.w, 0.0, 0.0)"]
    wanted += [f"vec4({name}{', 0.0' * (4 - size)})" for name, size in shaders.varyings.items()]
    wanted += [f"n_values[{i}]" for i in range(len(shaders.reads))]
    times = [f"float(n_times[{i}])" for i in range(len(shaders.reads))] + ["0.0"] * 3
    return wanted + [f"vec4({', '.join(times[i : i + 4])})" for i in range(0, len(times) - 3, 4)]


class WrappedPass:
    """One pass with programs that write what its fragment shader is given, eight targets each."""

    def __init__(self, step: Pass, renderer: Renderer, mesh: list[moderngl.Buffer]) -> None:
        self.step = step
        self.shaders = wrap(step, language=language(renderer.context))
        wanted = wanted_of(self.shaders)
        self.groups: list[tuple[moderngl.Program, moderngl.VertexArray, int]] = []
        for first in range(0, len(wanted), MAX_TARGETS):
            group = wanted[first : first + MAX_TARGETS]
            stages: dict[str, Any] = {
                "vertex_shader": self.shaders.vertex,
                "fragment_shader": with_main(self.shaders.fragment, group),
            }
            try:
                program = renderer.context.program(**stages)
            except moderngl.Error as error:
                raise RenderError(
                    f"the GL driver refuses wrapped pass {step.name}: {error}"
                ) from None
            used = [(mesh[0], *read_mesh().attributes(program))]
            array = renderer.context.vertex_array(
                program, used, index_buffer=mesh[1], index_element_size=2
            )
            self.groups.append((program, array, len(group)))

    def draw(self, renderer: Renderer, drawn: DrawnFace, size: tuple[int, int]) -> Floats:
        """Returns all targets inside the face's box, `(targets, rows, columns, 4)`."""
        x0, y0, x1, y1 = drawn.box
        context, read = renderer.context, []
        first, count = read_mesh().patches[self.step.patch]
        for program, array, targets in self.groups:
            textures = [context.texture(size, 4, dtype="f4") for _ in range(targets)]
            buffer = context.framebuffer(textures)
            buffer.use()
            buffer.clear()
            self._bind(program, renderer, slot=renderer._slots[drawn.id], size=size)
            context.enable_only(moderngl.CULL_FACE if self.step.cull else moderngl.NOTHING)
            context.front_face = "cw"
            array.render(moderngl.TRIANGLES, vertices=count, first=first)
            for place in range(targets):
                pixels = np.empty((y1 - y0, x1 - x0, 4), np.float32)
                box = (x0, y0, x1 - x0, y1 - y0)
                buffer.read_into(pixels, box, components=4, attachment=place, dtype="f4")
                read.append(pixels)
            buffer.release()
            for texture in textures:
                texture.release()
        return np.stack(read)

    def _bind(
        self, program: moderngl.Program, renderer: Renderer, *, slot: int, size: tuple[int, int]
    ) -> None:
        for unit, (uniform, name) in enumerate(self.step.textures.items()):
            renderer._texture(name, last=True).use(unit)
            renderer._set(program, uniform, unit)
        renderer._points.use(len(self.step.textures))
        renderer._set(program, "u_points", len(self.step.textures))
        renderer._set(program, "u_face", slot)
        renderer._set(program, "u_size", size)

    def unpack(self, values: Floats, pixels: NDArray[np.int64]) -> PatchCoordinates:
        """Returns the patch from its targets' values on its pixels, `(targets, N, 4)`."""
        varyings, reads = self.shaders.varyings, self.shaders.reads
        sizes = [*varyings.items(), *reads.items()]
        given = [(name, values[i, :, :size]) for i, (name, size) in enumerate(sizes, 1)]
        times = np.concatenate([np.empty((len(pixels), 0)), *values[1 + len(sizes) :]], 1)
        ran = ran_once(times[:, : len(reads)], tuple(reads), step=self.step.name)
        return PatchCoordinates(
            pixels=pixels,
            varyings=dict(given[: len(varyings)]),
            reads={name: read for name, read in given[len(varyings) :] if name in ran},
            side=values[0, :, 1],
        )


# A renderer's wrapped passes are freed with its context.
compiled: WeakKeyDictionary[Renderer, list[WrappedPass]] = WeakKeyDictionary()


def wrapped_passes(renderer: Renderer) -> list[WrappedPass]:
    if renderer not in compiled:
        mesh = read_mesh()
        data = (mesh.vertices.tobytes(), mesh.triangles.tobytes())
        buffers = [renderer.context.buffer(bytes_) for bytes_ in data]
        steps = [step for step in read_plan(1).passes if step.patch]
        compiled[renderer] = [WrappedPass(step, renderer, buffers) for step in steps]
    return compiled[renderer]


def rasterise_coordinates(renderer: Renderer, rgb: Bytes, face: Face) -> Coordinates:
    """Returns what the passes are given for a face in a photo `(H, W, 3)`.

    Raises:
        RenderError: if the face lies outside the frame or its landmarks are wild.
    """
    height, width = rgb.shape[:2]
    drawn = drawable(face, mesh=read_mesh(), width=width, height=height)
    if drawn is None:
        raise RenderError(f"face {face.id} has no drawable mesh in a {width} x {height} frame")
    # Any look measures the face; this one leaves no pass out.
    renderer.draw_to_texture(rgb, [face], from_vector(np.ones_like(to_vector(Look()))))
    passes = wrapped_passes(renderer)
    targets = [wrapped.draw(renderer, drawn, (width, height)) for wrapped in passes]
    x0, y0, x1, y1 = drawn.box
    owner = np.zeros((height, width), np.int64)
    for number, values in enumerate(targets, 1):
        owner[y0:y1, x0:x1][values[0, ..., 0] > 0] = number
    patches = {}
    for number, (wrapped, values) in enumerate(zip(passes, targets, strict=True), 1):
        own = values[:, owner[y0:y1, x0:x1] == number]
        patches[wrapped.step.name] = wrapped.unpack(own, np.flatnonzero(owner == number))
    texture = renderer._texture("probe", last=True)
    probe = np.frombuffer(texture.read(), texture.dtype).reshape(texture.height, texture.width, 4)
    slot = renderer._slots[face.id]
    return Coordinates(drawn.row, probe[slot].astype(np.float32), patches)
