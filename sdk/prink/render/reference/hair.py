"""Twin of `shaders/lib/hair.glsl` and `shaders/pass/hair.frag`: hair colour."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from prink.face import Face
from prink.hair.mask import HairMask
from prink.render.assets import read_mesh
from prink.render.context import RenderError
from prink.render.face_row import drawable, with_hair
from prink.render.reference.color import luma, to_linear, to_srgb
from prink.render.reference.glsl import mix, picture_at, rgb, root, smoothstep, vec, w
from prink.render.reference.hair_square import along_hair, measure_hair
from prink.render.reference.look_numbers import LookNumbers
from prink.render.reference.probe import face_light, measure_probe
from prink.render.samples import read_samples

__all__ = ["HairScene", "capture_hair", "draw_hair_reference"]


@dataclass(frozen=True)
class HairScene:
    """One head's hair as the last pass sees it; N pixels, linear light.

    Attributes:
        pixels: `(N,)` counted row by row, of a frame of `shape` (H, W).
        hair: how much of each is hair, `(N, 1)`.
        strand, around: its own colour and that of the hair around it, `(N, 3)`.
        along: how far from the roots, 1 at the ends, `(N, 1)`.
        light, mean: of the face and of all hair, `(3,)` and `(4,)`.
    """

    pixels: Tensor
    shape: tuple[int, int]
    hair: Tensor
    strand: Tensor
    around: Tensor
    along: Tensor
    light: Tensor
    mean: Tensor


def capture_hair(frame: Tensor, face: Face, mask: HairMask) -> HairScene:
    """Returns the hair of a frame `(H, W, 3)`, sRGB in 0..1.

    Raises:
        RenderError: if face or hair lie outside the frame.
    """
    tall, wide = frame.shape[:2]
    drawn = drawable(face, mesh=read_mesh(), width=wide, height=tall)
    drawn = drawn and with_hair(drawn, mask, width=wide, height=tall)
    if drawn is None or drawn.hair is None:
        raise RenderError(f"no hair to draw in a {wide} x {tall} frame")
    row = torch.from_numpy(drawn.row)
    alpha = torch.from_numpy(np.array(mask.alpha)).to(frame) / 255.0
    square = measure_hair(frame, alpha, row)
    x0, y0, x1, y1 = drawn.hair_box
    y, x = torch.meshgrid(torch.arange(y0, y1), torch.arange(x0, x1), indexing="ij")
    at = torch.stack([x, y], -1).reshape(-1, 2) + 0.5 - row[481:483, 2]
    at = torch.linalg.solve(row[481:483, :2].double(), at.double().T).T.to(frame)
    inside = ((at > row[483, :2]) & (at < row[483, 2:])).all(-1)
    pixels, at = (y * wide + x).reshape(-1)[inside], at[inside]
    raw = frame.reshape(-1, 3)[pixels]
    mean, probe = picture_at(square.mean, at), measure_probe(frame, row)
    around = rgb(mean)
    fit = picture_at(square.fit, at)
    hair = refined(raw, fit, blurred_mask(alpha, at))
    skin = rgb(probe[read_samples().regions["SKIN"]])
    solid = smoothstep(0.9, 1.0, blurred_mask(alpha, at))
    hair = hair * face.presence * mix(unlike_skin(root(around), raw, root(skin), at), 1.0, solid)
    return HairScene(
        pixels=pixels,
        shape=(tall, wide),
        hair=torch.where(hair < 0.004, 0.0, hair),
        strand=mix(around, to_linear(raw), smoothstep(0.35, 0.95, hair)),
        around=around,
        along=along_hair(at) / square.long.clamp(min=0.3),
        light=face_light(probe, row),
        mean=square.color.clamp(min=0.0005),
    )


def blurred_mask(alpha: Tensor, at: Tensor) -> Tensor:
    r = 1.3 / 128.0
    around = [(r, 0.0), (-r, 0.0), (0.0, r), (0.0, -r)]
    taps = [picture_at(alpha[..., None], at + vec(at, *off)) for off in around]
    return 0.25 * (taps[0] + taps[1] + taps[2] + taps[3])


def refined(raw: Tensor, fit: Tensor, mask: Tensor) -> Tensor:
    """Returns how much of a pixel is hair, by the guided filter within the mask's bounds."""
    hair = ((rgb(fit) * raw).sum(-1, keepdim=True) + w(fit) - 0.08) / 0.84
    low, high = smoothstep(0.75, 1.0, mask), smoothstep(0.0, 0.3, mask)
    return torch.minimum(torch.maximum(hair.clamp(0.0, 1.0), low), high)


def unlike_skin(hair: Tensor, raw: Tensor, skin: Tensor, at: Tensor) -> Tensor:
    """Returns 0 where a pixel near the face has the skin's colour rather than the hair's."""
    way = hair - skin
    apart = (way * way).sum(-1, keepdim=True)
    along = ((raw - skin) * way).sum(-1, keepdim=True) / apart.clamp(min=1e-3)
    far = torch.linalg.vector_norm((at - 0.5) * vec(at, 5.8, 5.0), dim=-1, keepdim=True)
    near = 1.0 - smoothstep(0.95, 1.2, far)
    return mix(1.0, smoothstep(0.05, 0.5, along), smoothstep(0.01, 0.05, apart) * near)


def dyed(strand: Tensor, around: Tensor, swatch: Tensor, look: LookNumbers, f: HairScene) -> Tensor:
    """Returns strands after the dye."""
    target, mean = swatch * f.light, f.mean[3]
    deep = luma(target)
    reach = torch.minimum(deep, 1.35 * mean + 0.008)
    y = mix(reach, deep, look.hair_lightening)
    stops = torch.log2((y + 0.003) / (mean + 0.003)).clamp(min=0.0)
    broad = ((luma(around) + 0.003) / (mean + 0.003)).clamp(0.25, 3.0)
    fine = (luma(strand) + 0.003) / (luma(around) + 0.003)
    lit = broad ** (1.0 / (1.0 + 0.04 * stops)) * fine ** (1.0 / (1.0 + 0.10 * stops))
    over = (lit - 1.0).clamp(min=0.0)
    y = y * (lit.clamp(max=1.0) + over / (1.0 + over * (2.2 * y + 0.1 * stops).clamp(max=1.2)))
    y = y.clamp(max=0.65) + 0.33 * (1.0 - torch.exp2(-4.4 * (y - 0.65).clamp(min=0.0)))
    made = target * (y / deep.clamp(min=1e-4))
    shine = 0.6 * look.hair_shine * smoothstep(1.2, 3.2, broad * fine)
    made = mix(made, f.light * (y / luma(f.light)), shine)
    glint = (luma(strand) - 1.4 * mean).clamp(min=0.0) * (1.0 - y / mean).clamp(0.0, 1.0)
    return made + f.light * (0.8 * look.hair_shine * glint / luma(f.light))


def greyness(strand: Tensor, light: Tensor) -> Tensor:
    """Returns how grey strands are: pale and without hue."""
    top, low = strand.amax(-1, keepdim=True), strand.amin(-1, keepdim=True)
    pale = 1.0 - smoothstep(0.15, 0.45, (top - low) / top.clamp(min=1e-3))
    return pale * smoothstep(0.06, 0.20, luma(strand) / luma(light))


def hair_color(look: LookNumbers, f: HairScene) -> Tensor:
    """Returns strands with root colour, then tip colour beyond the line."""
    soft = mix(0.03, 0.45, look.hair_softness)
    line = mix(-soft, 1.0 + soft, look.hair_line)
    takes = mix(1.0 - greyness(f.strand, f.light), 1.0, look.hair_grey)
    first, tip = look.hair_root, look.hair_tip
    made = mix(f.strand, dyed(f.strand, f.around, rgb(first), look, f), first[3] * takes)
    ends = tip[3] * smoothstep(line - soft, line + soft, f.along)
    return mix(made, dyed(f.strand, f.around, rgb(tip), look, f), ends * takes)


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
    made = c + (hair_color(look, scene) - scene.strand) * scene.hair
    return flat.index_copy(0, scene.pixels, to_srgb(made).clamp(0.0, 1.0)).reshape(picture.shape)
