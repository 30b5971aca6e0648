"""Draws a head off screen: the picture, blended alike the masks of hair and person, classes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import moderngl
import numpy as np

from prink.arrays import Bytes, Floats
from prink.parse.classes import CLASSES
from prink.people.camera import View
from prink.people.light import Light
from prink.people.regions import REGIONS
from prink.render.context import open_context

__all__ = ["HAIR", "PLAIN", "SKIN", "UNLABELLED", "Dye", "Part", "Picture", "Scene", "label_of"]


PLAIN, SKIN, HAIR = 0, 1, 2
SUPERSAMPLING: Final = 2
SHADOW_SIDE: Final = 512  # px
SHADOW_REACH: Final = 3.0  # decimetres around the head
SOLID: Final = 0.5  # alpha from which strands hide what is behind them
FAINT: Final = 0.02  # alpha below which nothing is drawn
UNLABELLED: Final = -1  # lashes: the class is that of what they are before
ALL, NONE = (True,) * 4, (False,) * 4
# Of colours, masks and classes; moderngl's types know of one attachment only.
EVERYTHING: Any = (ALL, ALL, ALL)
NO_CLASSES: Any = (ALL, ALL, NONE)


def label_of(name: str) -> int:
    """Returns the number of a class.

    Raises:
        ValueError: There is no such class.
    """
    return CLASSES.index(name)


@dataclass(frozen=True)
class Dye:
    """Hair colours, linear 0..1, and the heights (decimetres over the crown) they meet between."""

    roots: tuple[float, float, float]
    ends: tuple[float, float, float]
    tips: tuple[float, float] = (-9.0, -8.0)
    contrast: float = 0.35


@dataclass(frozen=True, eq=False)
class Part:
    """Triangles (N, 8) float32 of place, normal and uv in the camera's space, and their surface.

    `label` is their class, `UNLABELLED` if they leave that of what is behind them. From an alpha
    of `solid` on they hide that and have their own class.
    """

    corners: Floats
    texture: str
    kind: int = PLAIN
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gloss: float = 0.3
    roughness: float = 0.5
    label: int = UNLABELLED
    solid: float = SOLID


@dataclass(frozen=True, eq=False)
class Picture:
    """`rgb` (S, S, 3) over black, and the masks of hair and person (S, S), all float32 0..1.

    `classes` (S, S) uint8 are numbers in `prink.parse.classes.CLASSES`.
    """

    rgb: Floats
    hair: Floats
    person: Floats
    classes: Bytes


@dataclass(eq=False)
class Scene:
    """Owns an OpenGL context; `load` returns the (H, W, 4) texture of a name, asked once."""

    size: int
    load: Callable[[str], Bytes]
    textures: dict[str, moderngl.Texture] = field(default_factory=dict)
    opaque: set[str] = field(default_factory=set)  # names of textures without holes

    def __post_init__(self) -> None:
        self.context = open_context()
        side = self.size * SUPERSAMPLING
        self.target = self.context.framebuffer(
            [self.context.texture((side, side), 4) for _ in range(3)],
            self.context.depth_renderbuffer((side, side)),
        )
        self.shadow = self.context.depth_texture((SHADOW_SIDE, SHADOW_SIDE))
        self.shadow.compare_func = "<="
        self.shadow.repeat_x = self.shadow.repeat_y = False
        self.shadow_target = self.context.framebuffer(depth_attachment=self.shadow)
        vertex = source("head.vert")
        surface = source("head_inputs.glsl", "head_shine.glsl", "head.frag")
        self.surface = self.context.program(vertex, surface)
        self.depth = self.context.program(vertex, source("shadow.frag"))

    def draw(
        self,
        parts: Sequence[Part],
        view: View,
        light: Light,
        dye: Dye,
        stubble: float,
        turned: Floats,
        crown: Floats,
        *,
        mouth_light: float = 1.0,
    ) -> Picture:
        """Returns the picture of the parts, drawn in their order.

        `turned` (3, 3) is the head's rotation and `crown` (3,) a place in the camera's space;
        `stubble` 0..1 covers the scalp with hair, `mouth_light` is how light the open mouth is.
        """
        buffers = [self.context.buffer(part.corners.tobytes()) for part in parts]
        self.context.enable(moderngl.DEPTH_TEST)
        to_light = light_space(light.ways[0], crown)
        self.draw_shadow(parts, buffers, to_light)
        settings = {**light.settings(), "stubble": stubble, "hair_colour": dye.roots}
        settings |= {"tip_colour": dye.ends, "tips": dye.tips, "contrast": dye.contrast}
        settings["mouth_light"] = mouth_light
        settings |= {"up": tuple(turned[:, 1].tolist()), "crown": tuple(crown.tolist())}
        for name, value in settings.items():
            self.surface[name] = value
        write(self.surface, "projection", view.projection)
        write(self.surface, "to_light", in_texture(to_light))
        self.target.use()
        self.target.color_mask = EVERYTHING
        self.target.clear(0, 0, 0, 0)
        self.shadow.use(1)
        self.surface["shadow"] = 1
        self.texture(REGIONS).use(2)
        self.surface["regions"] = 2
        for part, buffer in zip(parts, buffers, strict=True):
            self.draw_part(part, buffer)
        for buffer in buffers:
            buffer.release()
        rgb, masks = (self.read(number) for number in range(2))
        return Picture(rgb, masks[..., 0], masks[..., 1], self.read_classes())

    def draw_shadow(
        self, parts: Sequence[Part], buffers: Sequence[moderngl.Buffer], to_light: Floats
    ) -> None:
        """Fills the shadow map of the first light."""
        self.shadow_target.use()
        self.shadow_target.clear(depth=1.0)
        write(self.depth, "projection", to_light)
        for part, buffer in zip(parts, buffers, strict=True):
            self.texture(part.texture).use(0)
            self.depth["kind"] = part.kind
            array = self.context.vertex_array(self.depth, [(buffer, "3f 12x 2f", "place", "uv")])
            array.render()
            array.release()

    def draw_part(self, part: Part, buffer: moderngl.Buffer) -> None:
        """Draws what is solid of a part, then blends what is not."""
        self.texture(part.texture).use(0)
        for name in ("kind", "tint", "gloss", "roughness", "label"):
            self.surface[name] = getattr(part, name)
        array = self.context.vertex_array(
            self.surface, [(buffer, "3f 3f 2f", "place", "normal", "uv")]
        )
        self.surface["least_alpha"], self.surface["most_alpha"] = part.solid, 2.0
        self.target.color_mask = NO_CLASSES if part.label == UNLABELLED else EVERYTHING
        array.render()
        if part.kind != SKIN and part.texture not in self.opaque:
            self.surface["least_alpha"], self.surface["most_alpha"] = FAINT, part.solid
            self.target.color_mask = NO_CLASSES  # they cannot be blended
            self.context.enable(moderngl.BLEND)
            self.context.blend_func = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA
            self.target.depth_mask = False
            array.render()
            self.target.depth_mask = True
            self.context.disable(moderngl.BLEND)
        array.release()

    def texture(self, name: str) -> moderngl.Texture:
        """Returns a texture, loaded when it is first asked for."""
        if name not in self.textures:
            pixels = np.ascontiguousarray(self.load(name)[::-1])
            tall, wide = pixels.shape[:2]
            made = self.context.texture((wide, tall), 4, pixels.tobytes())
            made.build_mipmaps()
            made.filter = moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR
            made.anisotropy = 2.0
            self.textures[name] = made
            if pixels[..., 3].min() == 255:
                self.opaque.add(name)
        return self.textures[name]

    def read_classes(self) -> Bytes:
        """Returns the class that most samples of each pixel have, (S, S) uint8."""
        samples = self.samples(2)[..., 0]
        four = np.sort([samples[y::2, x::2] for y in range(2) for x in range(2)], axis=0)
        # Of four in order, two in the middle that are alike are most of them, or half.
        pairs = np.where(four[0] == four[1], four[0], four[3])
        return np.asarray(np.where(four[1] == four[2], four[1], pairs), np.uint8)

    def read(self, attachment: int) -> Floats:
        """Returns an attachment at the final size, (S, S, 3) float32 0..1, the top row first."""
        import cv2

        whole = self.samples(attachment).astype(np.float32) / 255
        return np.asarray(cv2.resize(whole, (self.size, self.size), interpolation=cv2.INTER_AREA))

    def samples(self, attachment: int) -> Bytes:
        """Returns what was drawn last, (2 S, 2 S, 3) uint8: the top row first."""
        data = self.target.read(components=3, attachment=attachment)
        side = self.size * SUPERSAMPLING
        return np.frombuffer(data, np.uint8).reshape(side, side, 3)[::-1]


def source(*names: str) -> str:
    """Returns the text of a shader that lies in these files, one after another."""
    folder = Path(__file__).parent
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def write(program: moderngl.Program, name: str, matrix: Floats) -> None:
    if name in program:
        program[name].write(np.ascontiguousarray(matrix.T, np.float32).tobytes())  # type: ignore[union-attr]


def light_space(way: Floats, middle: Floats) -> Floats:
    """Returns the matrix (4, 4) from the camera's space to the clip space of a far light."""
    side = np.cross([0.0, 1.0, 0.01], way)
    side /= np.linalg.norm(side)
    axes = np.stack([side, np.cross(way, side), -way]) / SHADOW_REACH
    axes[2] /= 2
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3] = axes
    matrix[:3, 3] = -axes @ middle
    return matrix


def in_texture(clip: Floats) -> Floats:
    """Returns a matrix to clip space turned into one to 0..1."""
    half = np.diag(np.array([0.5, 0.5, 0.5, 1], np.float32))
    half[:3, 3] = 0.5
    return np.asarray(half @ clip)
