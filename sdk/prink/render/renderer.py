"""Draws a look on faces by interpreting the draw plan."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Self, TypeVar

import moderngl
from PIL import Image

from prink.arrays import Bytes, Floats
from prink.face import Face
from prink.frame import FORMATS, Frame
from prink.params import Look, pack
from prink.parse import Parsing
from prink.render.assets import asset, read_mesh
from prink.render.box import Box
from prink.render.canvas import Canvas, frame_size
from prink.render.context import RenderError, compile_program, open_context
from prink.render.face_row import DrawnFace, check_faces, drawable, drawn_before, with_layer
from prink.render.layer import LayerPicture, check_layers
from prink.render.parsed import check_parsing, parsed_layers
from prink.render.plan import Lookup, Pass, Target, read_plan
from prink.render.row import ROW, named

__all__ = ["Renderer"]

MAX_FACES = 4
TEXTURE = {"rgba8": (4, "f1"), "rgba16f": (4, "f2"), "rgba32f": (4, "f4")}
Heads = Sequence[Parsing | None]
Layers = Sequence[Mapping[str, LayerPicture]]
Kind = TypeVar("Kind", Bytes, Floats)  # of frame, which goes in and comes out


class Renderer:
    """Draws looks on frames; owns its GL objects, and its context unless one is given.

    Use it as a context manager, on the thread that made it. Frames may change size between calls.
    A context of its own is made current by every call and stays so; one that is given must be
    current already.
    """

    def __init__(
        self, *, context: moderngl.Context | None = None, phone_precision: bool = False
    ) -> None:
        """Compiles the shaders and uploads mesh and lookup pictures.

        Args:
            context: an existing GL 3.3 or GLES 3 context; None opens a headless one.
            phone_precision: keep mediump, which software drivers compute in half floats; slower.

        Raises:
            RenderError: if no GL driver is found or a shader is refused.
        """
        self._own = context is None
        self._thread = threading.get_ident()
        self.context = context or open_context()
        self._plan = read_plan(MAX_FACES)
        self._mesh = read_mesh()
        self._objects: list[Any] = []
        self._canvas = Canvas(self.context)
        self._slots: dict[int, int] = {}
        self._time: float | None = None
        self._measured: dict[str, set[int]] = {}  # faces by target, in the last frame
        try:
            self._build(phone_precision)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def draw(
        self,
        frame: Kind,
        faces: Sequence[Face],
        look: Look,
        *,
        parsing: Heads = (),
        layers: Layers = (),
        format: str = "rgb",
        time: float | None = None,
        watch: Callable[[str], None] | None = None,
    ) -> Kind:
        """Returns a copy of the frame with the look drawn on the faces, in the same format.

        Args:
            frame: an array of its format's dtype and shape, such as `(H, W, 3)`, of any stride.
            faces: at most four are drawn.
            look: a bare look returns the frame unchanged.
            parsing: what `Parser.find` returns: what each head's pixels are, or None. Without
                it nothing that covers a face is seen, and no hair is coloured.
            layers: for each of the faces, pictures for the plan's further layers by name.
            format: a name in `prink.FORMATS`, which says dtype and shape of each.
            time: seconds, for frames of a stream: what is measured on the face is then steadied.
                None for photos.
            watch: called with the name of each finished stage, after the GPU is done with it.

        Raises:
            RenderError: if the frame or a layer does not fit its format, or on another thread.
            LookError: if a field of the look is no number of its range.
        """
        size, packed = frame_size(frame, format), pack(look)
        drawn = self._drawable(faces, look, size, parsing, layers)
        out = frame.copy()
        if not drawn:
            return out
        needed = [face.reads for face in drawn]
        self._draw(
            frame,
            drawn,
            look,
            packed,
            format=format,
            size=size,
            time=time,
            watch=watch,
            needed=needed,
        )
        for face in drawn:
            FORMATS[format].merge(out, frame, self._canvas.read(face.box), face.box)
        if watch:
            watch("read-back")
        return out

    def draw_to_texture(
        self,
        frame: Frame,
        faces: Sequence[Face],
        look: Look,
        *,
        parsing: Heads = (),
        layers: Layers = (),
        format: str = "rgb",
        time: float | None = None,
    ) -> moderngl.Texture:
        """Returns the drawn frame as an RGBA texture, top row first, without reading it back.

        The frame is as `draw` takes it, such as `(H, W, 3)`. The texture has its size and 8 bits a
        channel, belongs to the renderer and is overwritten by the next call.
        """
        size, packed = frame_size(frame, format), pack(look)
        drawn = self._drawable(faces, look, size, parsing, layers)
        self._draw(frame, drawn, look, packed, format=format, size=size, time=time)
        return self._canvas.picture

    def draw_to_window(
        self,
        frame: Frame,
        faces: Sequence[Face],
        look: Look,
        *,
        window: moderngl.Framebuffer,
        parsing: Heads = (),
        layers: Layers = (),
        format: str = "rgb",
        time: float | None = None,
    ) -> None:
        """Draws the frame into a window's framebuffer, filling its viewport; no read-back.

        The frame is as `draw` takes it, such as `(H, W, 3)`.
        """
        picture = self.draw_to_texture(
            frame, faces, look, parsing=parsing, layers=layers, format=format, time=time
        )
        window.use()
        self.context.enable_only(moderngl.NOTHING)
        picture.use(0)
        self._present["u_picture"] = 0
        self._quads["present"].render(moderngl.TRIANGLES, vertices=3)

    def close(self) -> None:
        """Frees every GL object, and its own context; calling it twice is fine."""
        self._wake()
        if not self._own and self._objects:  # the host's GL must not stay in a framebuffer of ours
            (self.context.screen or self.context.detect_framebuffer(0)).use()
        self._canvas.release()
        for thing in self._objects:
            thing.release()
        self._objects = []
        if self._own:
            self.context.release()
        self._own = False

    def _wake(self) -> None:
        """Makes an own context current: GL would silently draw with another renderer's objects."""
        if self._own:
            if threading.get_ident() != self._thread:
                raise RenderError(
                    "a renderer belongs to the thread that made it: make one on each thread, "
                    "or call prink.try_on, which any thread may"
                )
            current: Any = self.context
            current.__enter__()

    def _drawable(
        self,
        faces: Sequence[Face],
        look: Look,
        size: tuple[int, int],
        parsing: Heads,
        layers: Layers,
    ) -> list[DrawnFace]:
        if not self._objects:
            raise RenderError("this renderer is closed; make a new one")
        check_faces(faces)
        check_parsing(parsing, len(faces))
        width, height = size
        check_layers(layers, faces=len(faces), width=width, height=height, plan=self._plan)
        self._wake()
        ready = []
        for face, head, others in zip_longest(faces, parsing, layers):
            drawn = drawable(face, mesh=self._mesh, width=width, height=height)
            own = parsed_layers(head, width=width, height=height) if head else {}
            for name, picture in {**(others or {}), **own}.items():
                drawn = drawn and with_layer(drawn, name, picture)
            if drawn is not None and self._plan.draws(look, layers=drawn.layers):
                ready.append(drawn)
        return ready[:MAX_FACES]

    def _build(self, phone_precision: bool) -> None:
        context, keep = self.context, self._objects.append
        vertices = context.buffer(self._mesh.vertices.tobytes())
        triangles = context.buffer(self._mesh.triangles.tobytes())
        keep(vertices), keep(triangles)
        self._programs: dict[str, moderngl.Program] = {}
        self._arrays: dict[str, moderngl.VertexArray] = {}
        self._quads: dict[str, moderngl.VertexArray] = {}
        for step in self._plan.passes:
            program = compile_program(
                context, step.vertex, step.fragment, phone_precision=phone_precision
            )
            keep(program)
            self._programs[step.name] = program
            if step.patch:
                used = [(vertices, *self._mesh.attributes(program))]
                array = context.vertex_array(
                    program, used, index_buffer=triangles, index_element_size=2
                )
                self._arrays[step.name] = array
            else:
                array = context.vertex_array(program, [])
                self._quads[step.name] = array
            keep(array)
        self._present = compile_program(context, "quad", "present", phone_precision=phone_precision)
        self._quads["present"] = context.vertex_array(self._present, [])
        keep(self._present), keep(self._quads["present"])
        self._points = context.texture((ROW, MAX_FACES), 4, dtype="f4")
        self._points.filter = (moderngl.NEAREST, moderngl.NEAREST)
        keep(self._points)
        self._pictures: dict[str, moderngl.Texture] = {}
        for name, lookup in self._plan.textures.items():
            self._pictures[name] = self._lookup(lookup)
        self._frames: dict[str, list[moderngl.Framebuffer]] = {}
        for name, target in self._plan.targets.items():
            self._frames[name] = [
                self._off_screen(target) for _ in range(2 if target.steady_s else 1)
            ]

    def _lookup(self, lookup: Lookup) -> moderngl.Texture:
        with Image.open(asset(lookup.file)) as picture:
            texture = self.context.texture(picture.size, 4, picture.convert("RGBA").tobytes())
        if lookup.tile:
            texture.build_mipmaps()
            texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
        else:
            texture.repeat_x = texture.repeat_y = False
        self._objects.append(texture)
        return texture

    def _off_screen(self, target: Target) -> moderngl.Framebuffer:
        components, dtype = TEXTURE[target.format]
        texture = self.context.texture((target.width, target.height), components, dtype=dtype)
        texture.repeat_x = texture.repeat_y = False
        buffer = self.context.framebuffer([texture])
        buffer.clear()
        self._objects += [buffer, texture]
        return buffer

    def _keep(self, time: float | None, steady_s: float) -> float:
        """Returns the share of the last measurement that stays: an exponential filter by time."""
        if time is None or self._time is None or not time >= self._time:  # a stream starts over
            return 0.0
        return math.exp((self._time - time) / steady_s)

    def _draw(
        self,
        frame: Frame,
        drawn: Sequence[DrawnFace],
        look: Look,
        packed: Floats,
        *,
        format: str,
        size: tuple[int, int],
        time: float | None,
        watch: Callable[[str], None] | None = None,
        needed: Sequence[Box] | None = None,
    ) -> None:
        finished = self._finisher(watch)
        self._canvas.resize(size)
        self._canvas.upload(frame, format, needed)
        finished("upload")
        self._canvas.begin()
        finished("copy")
        numbers = packed.tobytes()
        self._assign_slots(drawn)
        measured: dict[str, set[int]] = {}
        for face, kept in zip(drawn, drawn_before(drawn), strict=True):
            slot = self._slots[face.id]
            face.row[named("drawn_box")] = kept or (0, 0, 0, 0)
            self._points.write(face.row.tobytes(), viewport=(0, slot, ROW, 1))
            for name, layer in face.layers.items():
                self._canvas.take(name, layer.pixels)
            for step in self._plan.draws(look, layers=face.layers):
                if "drawn" in step.textures.values() and kept:
                    self._canvas.keep(kept)
                known = face.id in self._measured.get(step.target, ())
                self._run(step, slot=slot, packed=numbers, time=time if known else None)
                measured.setdefault(step.target, set()).add(face.id)
                finished(step.name)
        self._time, self._measured = time, measured
        for buffers in self._frames.values():
            buffers.reverse()

    def _finisher(self, watch: Callable[[str], None] | None) -> Callable[[str], None]:
        if watch is None:
            return lambda _: None

        def finished(stage: str) -> None:
            self.context.finish()
            watch(stage)

        return finished

    def _assign_slots(self, drawn: Sequence[DrawnFace]) -> None:
        ids = {face.id for face in drawn}
        self._slots = {id_: slot for id_, slot in self._slots.items() if id_ in ids}
        free = [slot for slot in range(MAX_FACES) if slot not in self._slots.values()]
        for face in drawn:
            if face.id not in self._slots:
                self._slots[face.id] = free.pop(0)

    def _run(self, step: Pass, *, slot: int, packed: bytes, time: float | None) -> None:
        program = self._programs[step.name]
        if step.target == "output":
            self._canvas.output.use()
        else:
            buffer = self._frames[step.target][0]
            buffer.use()
            if self._plan.targets[step.target].height == MAX_FACES:
                buffer.viewport = (0, slot, buffer.width, 1)
        for unit, (uniform, name) in enumerate(step.textures.items()):
            self._texture(name, last=name == step.target).use(unit)
            self._set(program, uniform, unit)
        self._points.use(len(step.textures))
        self._set(program, "u_points", len(step.textures))
        self._set(program, "u_face", slot)
        self._set(program, "u_size", self._canvas.size)
        for uniform, value in step.uniforms.items():
            self._set(program, uniform, value if len(value) > 1 else value[0])
        if "u_keep" in program:
            program["u_keep"] = self._keep(time, self._plan.targets[step.target].steady_s)
        if "u_look" in program:
            uniform_array: Any = program["u_look"]
            uniform_array.write(packed[: uniform_array.array_length * 16])
        # Beyond the rim of a turned head the mesh folds back: far must not cover near.
        self.context.enable_only(moderngl.CULL_FACE if step.cull else moderngl.NOTHING)
        self.context.front_face = "cw"  # seen with the frame's first row on top
        if step.patch:
            first, count = self._mesh.patches[step.patch]
            self._arrays[step.name].render(moderngl.TRIANGLES, vertices=count, first=first)
        else:
            self._quads[step.name].render(moderngl.TRIANGLES, vertices=step.vertices)

    def _texture(self, name: str, *, last: bool) -> moderngl.Texture:
        if (found := self._canvas.texture(name)) is not None:
            return found
        if name in self._pictures:
            return self._pictures[name]
        texture = self._frames[name][-1 if last else 0].color_attachments[0]
        assert isinstance(texture, moderngl.Texture)
        return texture

    @staticmethod
    def _set(program: moderngl.Program, name: str, value: Any) -> None:  # noqa: ANN401
        if name in program:
            program[name] = value
