"""Twin of `pass/hair.vert`, `pass/hair.frag`, `lib/dye.glsl` and `lib/hair.glsl`: hair colour."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from prink.face import Face
from prink.parse import Square
from prink.render.assets import read_mesh
from prink.render.box import Box
from prink.render.context import RenderError
from prink.render.face_row import drawable, with_layer
from prink.render.glsl.built_in import mix, picture_at, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma, to_linear, to_srgb
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.glsl.probe import face_light, measure_probe
from prink.render.hair_layer import HAIR, hair_layer
from prink.render.reference.hair_square import (
    HairSquare,
    from_skull,
    hair_share,
    longest_hair,
    measure_hair,
)
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["HairScene", "Pixels", "capture_hair", "draw_hair_reference"]


TILES = 16  # a side of the part with hair
DARK = 0.003  # luminance that sensors cannot tell from black
LIFTED = (0.55, 1.05, 1.9)  # how what bleach leaves of the pigment absorbs


@dataclass(frozen=True)
class Pixels:
    """What is known of pixels beyond their colour.

    Attributes:
        calm: luminance without the sensor's noise, `(N, 1)`.
        firm: 0 where what is behind the hair shines through, `(N, 1)`.
        tiles: their places in tiles, `(N, 2)`.
        far: of the corners of tiles from the roots, in face sizes, `(289, 1)`.
        long: of the longest hair.
    """

    calm: Tensor
    firm: Tensor
    tiles: Tensor
    far: Tensor
    long: Tensor


@dataclass(frozen=True)
class HairScene:
    """One head's hair as the last pass sees it; N pixels, linear light.

    Attributes:
        pixels: `(N,)` counted row by row, of a frame of `shape` (H, W).
        hair: how much of each is hair, `(N, 1)`.
        around: the hair's colour around each and log2 of its luminance, `(N, 4)`.
        along: how far from the roots, 1 at the ends, `(N, 1)`.
        broad: log2 of the light on the hair around, 0 where it is that of all hair, `(N, 1)`.
        light: of the face, `(3,)`.
        mean: luminance of all hair.
        seen: what only pixels of a frame have; without it nothing shines through and no root stays.
    """

    pixels: Tensor
    shape: tuple[int, int]
    hair: Tensor
    around: Tensor
    along: Tensor
    broad: Tensor
    light: Tensor
    mean: Tensor
    seen: Pixels | None = None


def capture_hair(frame: Tensor, face: Face, hair: Square) -> HairScene:
    """Returns the hair of a frame `(H, W, 3)`, sRGB in 0..1.

    Raises:
        RenderError: if face or hair lie outside the frame.
    """
    tall, wide = frame.shape[:2]
    drawn = drawable(face, mesh=read_mesh(), width=wide, height=tall)
    layer = hair_layer(hair, width=wide, height=tall)
    if drawn is None or layer is None:
        raise RenderError(f"no hair to draw in a {wide} x {tall} frame")
    drawn = with_layer(drawn, HAIR, layer)
    row = torch.from_numpy(drawn.row)
    alpha = torch.from_numpy(np.array(hair.pixels)).to(frame)[..., None] / 255.0
    square = measure_hair(frame, alpha[..., 0], row)
    probe = measure_probe(frame, row)
    pixels, at = places(layer.box, wide, row)
    raw = frame.reshape(-1, 3)[pixels]
    skin = root(rgb(probe[read_samples().regions["SKIN"]]))
    tiles, place = places_in_tiles(row, at)
    around, along, broad, unlike, near = corners(square, skin, row, place, tiles)
    seen = picture_at(alpha, at)
    hair = refined(raw, picture_at(square.fit, at), seen) * face.presence
    skinless = ramp(0.08, 0.45, (rgb(unlike) * raw).sum(-1, keepdim=True) + w(unlike))
    hair = hair * mix(1.0, skinless, near * ramp(1.0, 0.9, seen))
    hair = hair * (14.0 * torch.minimum(at, 1.0 - at).amin(-1, keepdim=True)).clamp(0.0, 1.0)
    return HairScene(
        pixels=pixels,
        shape=(tall, wide),
        hair=torch.where(hair < 0.004, 0.0, hair),
        around=around,
        along=along,
        broad=broad,
        light=face_light(probe, row),
        mean=square.color[3].clamp(min=0.0005),
        seen=Pixels(
            calm=luma(to_linear(calmed(frame, pixels, raw))),
            firm=ramp(0.9, 0.99, seen),
            tiles=tiles,
            far=hair_share(from_skull(place, row), square) * longest_hair(square),
            long=longest_hair(square),
        ),
    )


def calmed(frame: Tensor, pixels: Tensor, raw: Tensor) -> Tensor:
    """Returns the frame around pixels, `(N, 3)`, a knight's move each way."""
    tall, wide = frame.shape[:2]
    x, y = pixels % wide, pixels // wide
    total = raw
    for dx, dy in ((1, 2), (2, -1), (-1, -2), (-2, 1)):
        inside = (x + dx >= 0) & (x + dx < wide) & (y + dy >= 0) & (y + dy < tall)
        near = frame[(y + dy).clamp(0, tall - 1), (x + dx).clamp(0, wide - 1)]
        total = total + torch.where(inside[:, None], near, 0.0)
    return 0.2 * total


def places(box: Box, wide: int, row: Tensor) -> tuple[Tensor, Tensor]:
    """Returns the pixels of a box with hair, `(N,)`, and where they lie in the head square."""
    x0, y0, x1, y1 = box
    y, x = torch.meshgrid(torch.arange(y0, y1), torch.arange(x0, x1), indexing="ij")
    to_frame, bounds = row[named("hair_to_frame")], row[named("hair_bounds")]
    at = torch.stack([x, y], -1).reshape(-1, 2) + 0.5 - to_frame[:, 2]
    at = torch.linalg.solve(to_frame[:, :2].double(), at.double().T).T.to(row)
    inside = ((at > bounds[:2]) & (at < bounds[2:])).all(-1)
    return (y * wide + x).reshape(-1)[inside], at[inside]


def places_in_tiles(row: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
    """Returns places in tiles `(N, 2)`, and where the corners of tiles lie, `(289, 2)`."""
    step = torch.arange(TILES + 1.0).to(at) / TILES
    y, x = torch.meshgrid(step, step, indexing="ij")
    bounds = row[named("hair_bounds")]
    low, high = bounds[:2], bounds[2:]
    place = low + (high - low) * torch.stack([x, y], -1).reshape(-1, 2)
    return (at - low) / (high - low) * TILES, place


def corners(
    square: HairSquare, skin: Tensor, row: Tensor, place: Tensor, tiles: Tensor
) -> tuple[Tensor, ...]:
    """Returns what `pass/hair.vert` works out at the corners of tiles, between them."""
    mean = square.color[3].clamp(min=0.0005)
    color = rgb(picture_at(square.mean, place))
    y_around = torch.log2(luma(color) + DARK)
    broad = (y_around - torch.log2(mean + DARK)).clamp(-2.0, 1.585)
    way = root(color) - skin
    apart = (way * way).sum(-1, keepdim=True)
    way = way / apart.clamp(min=1e-3)
    unlike = torch.cat([way, -(skin * way).sum(-1, keepdim=True)], -1)
    wide = row[named("hair_reach")] / 1.5
    far = (place - 0.5) * vec(place, 5.8, 5.0) * wide
    far = torch.linalg.vector_norm(far, dim=-1, keepdim=True)
    near = (1.0 - smoothstep(0.95, 1.2, far)) * smoothstep(0.01, 0.05, apart)
    along = hair_share(from_skull(place, row), square)
    parts = (color, y_around, along, broad, unlike, near)
    found = between(torch.cat(parts, -1), tiles)
    return torch.split(found, [4, 1, 1, 4, 1], -1)


def between(values: Tensor, at: Tensor) -> Tensor:
    """Returns values `(289, C)` of tile corners at places in tiles, as triangles give them."""
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


def lifted(y: Tensor) -> Tensor:
    """Returns what bleach leaves of the pigment at a luminance, its own at one: `lifted()`."""
    left = y.clamp(0.004, 0.8) ** vec(y, *LIFTED)
    return left / luma(left)


def dye(swatch: Tensor, look: LookNumbers, f: HairScene) -> tuple[Tensor, Tensor, Tensor]:
    """Returns hue and lightness `(4,)`, the hue in the depth `(3,)`, and how much contrast is kept
    `(4,)`: `setDye()`.
    """
    target = swatch * f.light
    deep = luma(target).clamp(min=1e-4)
    reach = torch.minimum(deep, 1.35 * f.mean + 0.008)
    y = mix(reach, deep, look.hair_lightening)
    by = torch.log2(y / reach).clamp(min=0.0)
    untoned = (1.0 - look.hair_lightening) * (0.35 * by).clamp(max=1.0)
    white = luma(f.light)
    pigment = f.light / white * lifted(y / white)
    tone = mix(target / deep, pigment / luma(pigment), untoned)
    shade = shaded(tone, swatch, y / white)
    stops = torch.log2((y + DARK) / (f.mean + DARK)).clamp(min=0.0)
    glow = 0.4 * y * (0.5 * stops).clamp(max=1.0)
    strands = torch.minimum(1.0 / (1.0 + 0.10 * stops + 0.5 * glow), 6.0 * torch.exp2(-0.5 * stops))
    kept = (2.2 * y + 0.2 * stops).clamp(max=1.8)
    fine = torch.minimum(1.2 * torch.exp2(-0.5 * stops), strands)
    ease = torch.cat([1.0 / (1.0 + 0.04 * stops + glow), strands, kept, fine])
    y = y * torch.exp2(0.12 * (stops - 2.0).clamp(min=0.0) * (1.0 - y))
    return torch.cat([tone, y]), shade, ease


def shaded(tone: Tensor, swatch: Tensor, y: Tensor) -> Tensor:
    """Returns the hue `(3,)` in the depth between strands."""
    own = tone.clamp(min=0.02)
    red, green, blue = torch.split(swatch, 1)
    blond = (5.0 * torch.minimum(red - green, green - blue) / green.clamp(min=1e-3)).clamp(0.0, 1.0)
    shade = own * mix(own.sqrt(), (lifted(0.25 * y) / lifted(y)).sqrt(), blond)
    return shade / luma(shade)


def natural_root(look: LookNumbers, far: Tensor, long: Tensor) -> Tensor:
    """Returns how much of its own colour hair keeps at distances from the roots."""
    less = 1.0 - look.hair_root_shadow
    near = (1.5 - 1.5 * far / torch.minimum(1.1 - 0.85 * less, 0.75 * long)).clamp(0.0, 1.0)
    return (1.0 - less**5) * near * near * (3.0 - 2.0 * near)


def greyness(strand: Tensor, y: Tensor, light: Tensor) -> Tensor:
    """Returns how grey strands are: pale and without hue."""
    top, low = strand.amax(-1, keepdim=True), strand.amin(-1, keepdim=True)
    pale = ramp(0.48, 0.15, (top - low) / top.clamp(min=1e-3))
    return pale * ramp(0.06, 0.20, y / luma(light))


def hair_color(strand: Tensor, look: LookNumbers, f: HairScene, calm: Tensor) -> Tensor:
    """Returns strands with root colour, beyond the line tip colour: `hairColor()`.

    Args:
        strand: linear, `(N, 3)`.
        look: what is laid on.
        f: the hair.
        calm: luminance of the strands without the sensor's noise, `(N, 1)`.
    """
    y, soft = luma(strand), mix(0.03, 0.45, look.hair_softness)
    line = mix(-soft, 1.0 + soft, look.hair_line)
    tip = look.hair_tip[3] * smoothstep(line - soft, line + soft, f.along)
    cover = 1.0 - (1.0 - look.hair_root[3]) * (1.0 - tip)
    ends = tip / cover.clamp(min=1e-4)
    root_dye, tip_dye = (dye(rgb(color), look, f) for color in (look.hair_root, look.hair_tip))
    hue, shade, ease = (mix(one, two, ends) for one, two in zip(root_dye, tip_dye, strict=True))
    made, lit = lightness(f, y, calm, hue, ease)
    shine = 0.6 * look.hair_shine * ramp(1.3, 2.7, lit)
    highlight = f.mean * (1.4 + (2.5 * f.mean).clamp(max=0.8))
    glint = 0.8 * look.hair_shine * (y - highlight).clamp(min=0.0)
    glint = glint * (1.0 - w(hue) / f.mean).clamp(0.0, 1.0)
    tone = mix(shade, rgb(hue), lit.clamp(max=1.0))
    dyed = tone * (made * (1.0 - shine)) + f.light * ((made * shine + glint) / luma(f.light))
    cover = cover * mix(1.0 - greyness(strand, y, f.light), 1.0, look.hair_grey)
    if f.seen is not None:
        stays = natural_root(look, f.seen.far, f.seen.long)
        cover = cover * (1.0 - between(stays, f.seen.tiles))
    return mix(strand, dyed, cover)


def lightness(
    f: HairScene, y: Tensor, calm: Tensor, hue: Tensor, ease: Tensor
) -> tuple[Tensor, Tensor]:
    """Returns the luminance of dyed strands, and their light relative to all hair."""
    shape = torch.log2(calm + DARK) - w(f.around)
    lit = torch.exp2(f.broad * ease[:, 0:1] + shape * ease[:, 1:2])
    firm = torch.ones_like(y) if f.seen is None else f.seen.firm
    firm = torch.maximum(firm, 1.0 - 6.0 * (1.0 - ease[:, 1:2]))
    over = (lit - 1.0).clamp(min=0.0) * firm
    made = torch.minimum(lit, 0.85 + 0.15 * firm) + over / (1.0 + over * ease[:, 2:3])
    made = made * w(hue)
    made = made * (1.0 + (((y + DARK) / (calm + DARK) - 1.0) * ease[:, 3:4]).clamp(-0.6, 0.8))
    white = (made - 0.65).clamp(min=0.0)
    return made.clamp(max=0.65) + white / (1.0 + 2.6 * white), lit


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
    own = ramp(0.4, 0.9, scene.hair)
    strand = mix(rgb(scene.around), c, own)
    calm = luma(strand)
    if scene.seen is not None:
        calm = mix(luma(rgb(scene.around)), scene.seen.calm, own)
    dyed = hair_color(strand, look, scene, calm)
    made = c + (dyed - strand) * scene.hair
    made = torch.minimum(made, torch.maximum(c, dyed) + (0.5 - 0.5 * scene.hair) * c)
    return flat.index_copy(0, scene.pixels, to_srgb(made).clamp(0.0, 1.0)).reshape(picture.shape)
