"""Twin of `pass/hair.vert`, `pass/hair.frag`, `lib/dye.glsl` and `lib/hair.glsl`: hair colour."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from prink.face import Face
from prink.hair.mask import HairMask
from prink.render.assets import read_mesh
from prink.render.box import Box
from prink.render.context import RenderError
from prink.render.face_row import drawable, with_layer
from prink.render.glsl.built_in import mix, picture_at, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma, to_linear, to_srgb
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.glsl.probe import face_light, measure_probe
from prink.render.hair_layer import HAIR, hair_layer
from prink.render.reference.hair_square import HairSquare, along_hair, measure_hair
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["HairScene", "capture_hair", "draw_hair_reference"]


TILES = 16  # a side of the part with hair
DARK = 0.003  # luminance that sensors cannot tell from black


@dataclass(frozen=True)
class HairScene:
    """One head's hair as the last pass sees it; N pixels, linear light.

    Attributes:
        pixels: `(N,)` counted row by row, of a frame of `shape` (H, W).
        hair: how much of each is hair, `(N, 1)`.
        around: the hair's colour around each and its luminance, `(N, 4)`.
        along: how far from the roots, 1 at the ends, `(N, 1)`.
        broad: log2 of the light on the hair around, 0 where it is that of all hair, `(N, 1)`.
        light: of the face, `(3,)`.
        mean: luminance of all hair.
    """

    pixels: Tensor
    shape: tuple[int, int]
    hair: Tensor
    around: Tensor
    along: Tensor
    broad: Tensor
    light: Tensor
    mean: Tensor


def capture_hair(frame: Tensor, face: Face, mask: HairMask) -> HairScene:
    """Returns the hair of a frame `(H, W, 3)`, sRGB in 0..1.

    Raises:
        RenderError: if face or hair lie outside the frame.
    """
    tall, wide = frame.shape[:2]
    drawn = drawable(face, mesh=read_mesh(), width=wide, height=tall)
    layer = hair_layer(mask, width=wide, height=tall)
    if drawn is None or layer is None:
        raise RenderError(f"no hair to draw in a {wide} x {tall} frame")
    drawn = with_layer(drawn, HAIR, layer)
    row = torch.from_numpy(drawn.row)
    alpha = torch.from_numpy(np.array(mask.alpha)).to(frame)[..., None] / 255.0
    square = measure_hair(frame, alpha[..., 0], row)
    probe = measure_probe(frame, row)
    pixels, at = places(layer.box, wide, row)
    raw = frame.reshape(-1, 3)[pixels]
    skin = root(rgb(probe[read_samples().regions["SKIN"]]))
    around, along, broad, unlike, near = corners(square, skin, row, at)
    seen = picture_at(alpha, at)
    hair = refined(raw, picture_at(square.fit, at), seen) * face.presence
    skinless = ramp(0.08, 0.45, (rgb(unlike) * raw).sum(-1, keepdim=True) + w(unlike))
    hair = hair * mix(1.0, skinless, near * ramp(1.0, 0.9, seen))
    return HairScene(
        pixels=pixels,
        shape=(tall, wide),
        hair=torch.where(hair < 0.004, 0.0, hair),
        around=around,
        along=along,
        broad=broad,
        light=face_light(probe),
        mean=square.color[3].clamp(min=0.0005),
    )


def places(box: Box, wide: int, row: Tensor) -> tuple[Tensor, Tensor]:
    """Returns the pixels of a box with hair, `(N,)`, and where they lie in the head square."""
    x0, y0, x1, y1 = box
    y, x = torch.meshgrid(torch.arange(y0, y1), torch.arange(x0, x1), indexing="ij")
    to_frame, bounds = row[named("hair_to_frame")], row[named("hair_bounds")]
    at = torch.stack([x, y], -1).reshape(-1, 2) + 0.5 - to_frame[:, 2]
    at = torch.linalg.solve(to_frame[:, :2].double(), at.double().T).T.to(row)
    inside = ((at > bounds[:2]) & (at < bounds[2:])).all(-1)
    return (y * wide + x).reshape(-1)[inside], at[inside]


def corners(square: HairSquare, skin: Tensor, row: Tensor, at: Tensor) -> tuple[Tensor, ...]:
    """Returns what `pass/hair.vert` works out at the corners of tiles, between them."""
    step = torch.arange(TILES + 1.0).to(at) / TILES
    y, x = torch.meshgrid(step, step, indexing="ij")
    bounds = row[named("hair_bounds")]
    low, high = bounds[:2], bounds[2:]
    place = low + (high - low) * torch.stack([x, y], -1).reshape(-1, 2)
    mean = square.color[3].clamp(min=0.0005)
    color = rgb(picture_at(square.mean, place))
    y_around = luma(color) + DARK
    broad = torch.log2((y_around / (mean + DARK)).clamp(0.25, 3.0))
    way = root(color) - skin
    apart = (way * way).sum(-1, keepdim=True)
    way = way / apart.clamp(min=1e-3)
    unlike = torch.cat([way, -(skin * way).sum(-1, keepdim=True)], -1)
    far = torch.linalg.vector_norm((place - 0.5) * vec(place, 5.8, 5.0), dim=-1, keepdim=True)
    near = (1.0 - smoothstep(0.95, 1.2, far)) * smoothstep(0.01, 0.05, apart)
    along = along_hair(place) / square.long.clamp(min=0.3)
    parts = (color, y_around, along, broad, unlike, near)
    found = between(torch.cat(parts, -1), (at - low) / (high - low) * TILES)
    return torch.split(found, [4, 1, 1, 4, 1], -1)


def between(values: Tensor, at: Tensor) -> Tensor:
    """Returns values `(17 * 17, C)` of tile corners at places in tiles, as triangles give them."""
    tile = at.floor().long().clamp(0, TILES - 1)
    fx, fy = torch.split(at - tile, 1, -1)
    first = tile[:, 1] * (TILES + 1) + tile[:, 0]
    v00, v10, v01, v11 = (values[first + off] for off in (0, 1, TILES + 1, TILES + 2))
    upper = v00 + fx * (v10 - v00) + fy * (v01 - v00)
    lower = v11 + (1.0 - fx) * (v01 - v11) + (1.0 - fy) * (v10 - v11)
    return torch.where(fx + fy <= 1.0, upper, lower)


def ramp(low: float, high: float, x: Tensor) -> Tensor:
    """Returns 0 at `low`, 1 at `high`, straight between."""
    return ((x - low) / (high - low)).clamp(0.0, 1.0)


def refined(raw: Tensor, fit: Tensor, mask: Tensor) -> Tensor:
    """Returns how much of a pixel is hair, by the guided filter within the mask's bounds."""
    hair = ((rgb(fit) * raw).sum(-1, keepdim=True) + w(fit) - 0.08) / 0.84
    low, high = ramp(0.8, 0.96, mask), ramp(0.08, 0.32, mask)
    return torch.minimum(torch.maximum(hair.clamp(0.0, 1.0), low), high)


def dye(swatch: Tensor, look: LookNumbers, f: HairScene) -> tuple[Tensor, Tensor]:
    """Returns hue and lightness `(4,)`, and how much contrast is kept `(3,)`: `setDye()`."""
    target = swatch * f.light
    deep = luma(target)
    reach = torch.minimum(deep, 1.35 * f.mean + 0.008)
    y = mix(reach, deep, look.hair_lightening)
    stops = torch.log2((y + DARK) / (f.mean + DARK)).clamp(min=0.0)
    kept = (2.2 * y + 0.1 * stops).clamp(max=1.2)
    ease = torch.cat([1.0 / (1.0 + 0.04 * stops), 1.0 / (1.0 + 0.10 * stops), kept])
    return torch.cat([target / deep.clamp(min=1e-4), y]), ease


def greyness(strand: Tensor, y: Tensor, light: Tensor) -> Tensor:
    """Returns how grey strands are: pale and without hue."""
    top, low = strand.amax(-1, keepdim=True), strand.amin(-1, keepdim=True)
    pale = ramp(0.48, 0.15, (top - low) / top.clamp(min=1e-3))
    return pale * ramp(0.06, 0.20, y / luma(light))


def hair_color(strand: Tensor, look: LookNumbers, f: HairScene) -> Tensor:
    """Returns strands with root colour, beyond the line tip colour."""
    y, soft = luma(strand), mix(0.03, 0.45, look.hair_softness)
    line = mix(-soft, 1.0 + soft, look.hair_line)
    tip = look.hair_tip[3] * smoothstep(line - soft, line + soft, f.along)
    cover = 1.0 - (1.0 - look.hair_root[3]) * (1.0 - tip)
    ends = tip / cover.clamp(min=1e-4)
    (hue, ease), (tip_hue, tip_ease) = (
        dye(rgb(color), look, f) for color in (look.hair_root, look.hair_tip)
    )
    hue, ease = mix(hue, tip_hue, ends), mix(ease, tip_ease, ends)
    fine = torch.log2((y + DARK) / w(f.around))
    lit = torch.exp2(f.broad * ease[:, 0:1] + fine * ease[:, 1:2])
    over = (lit - 1.0).clamp(min=0.0)
    made = w(hue) * (lit.clamp(max=1.0) + over / (1.0 + over * ease[:, 2:3]))
    white = (made - 0.65).clamp(min=0.0)
    made = made.clamp(max=0.65) + white / (1.0 + 2.6 * white)
    shine = 0.6 * look.hair_shine * ramp(1.3, 2.7, lit)
    glint = 0.8 * look.hair_shine * (y - 1.4 * f.mean).clamp(min=0.0)
    glint = glint * (1.0 - w(hue) / f.mean).clamp(0.0, 1.0)
    dyed = rgb(hue) * (made * (1.0 - shine)) + f.light * ((made * shine + glint) / luma(f.light))
    takes = mix(1.0 - greyness(strand, y, f.light), 1.0, look.hair_grey)
    return mix(strand, dyed, cover * takes)


def draw_hair_reference(look_vec4s: Tensor, picture: Tensor, scene: HairScene) -> Tensor:
    """Returns a picture `(H, W, 3)`, sRGB in 0..1, with its hair coloured.

    Gradients flow to the look, to the picture, and to the frame that `capture_hair` saw.

    Args:
        look_vec4s: as for `draw_reference`.
        picture: the frame with the makeup on it.
        scene: what `capture_hair` gave.
    """
    look = LookNumbers(look_vec4s)
    flat = picture.reshape(-1, 3)
    c = to_linear(flat[scene.pixels])
    strand = mix(rgb(scene.around), c, ramp(0.4, 0.9, scene.hair))
    made = c + (hair_color(strand, look, scene) - strand) * scene.hair
    return flat.index_copy(0, scene.pixels, to_srgb(made).clamp(0.0, 1.0)).reshape(picture.shape)
