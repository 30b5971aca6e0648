"""Twin of `shaders/lib/skin_flat.glsl`, `pass/eyes.vert`, `pass/lips.vert`: what is flat."""

from dataclasses import dataclass

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, root, smoothstep, vec, w
from prink.render.glsl.chroma import chroma
from prink.render.glsl.color import luma
from prink.render.glsl.look_numbers import LookNumbers
from prink.render.glsl.probe import face_light, neck_by_face
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["EyesFlat", "LipsFlat", "SkinFlat", "eyes_flat", "lips_flat", "skin_flat"]


@dataclass(frozen=True)
class SkinFlat:
    """What `skin_flat.glsl` hands on.

    Light `(3,)`, mean skin and its luminance `(4,)`, skin at luminance one and one over its
    luminance `(4,)`, the neck's colour by that of the face `(3,)`, what contour lets through
    `(3,)`, centre and inverse radius of the blush `(4,)`, its slant.
    """

    f_light: Tensor
    f_skin: Tensor
    f_tone: Tensor
    f_neck: Tensor
    f_contour: Tensor
    f_blush: Tensor
    f_lean: Tensor


@dataclass(frozen=True)
class EyesFlat:
    """What `eyes.vert` hands on, for each pixel that of its own side.

    Means of lid, iris and brow `(N, 4)`, light in the socket `(N, 1)`, visibility of eye and cheek
    `(N, 2)`, one pixel in inter-ocular distances.
    """

    f_lid: Tensor
    f_iris: Tensor
    f_brow: Tensor
    f_dim: Tensor
    f_seen: Tensor
    f_pixel: Tensor


@dataclass(frozen=True)
class LipsFlat:
    """What `lips.vert` hands on.

    Mean of the lips `(4,)`, their red over green, direction from skin to lips in chroma with its
    offset and how far to trust it `(4,)`, visibility of lips and face `(2,)`, closed mouth.
    """

    f_lips: Tensor
    f_redness: Tensor
    f_hue: Tensor
    f_seen: Tensor
    f_sealed: Tensor


def region(probe: Tensor, name: str) -> Tensor:
    return probe[read_samples().regions[name]]


def skin_flat(look: LookNumbers, probe: Tensor) -> SkinFlat:
    """Returns what `setSkin()` sets: contour and blush follow the look, the rest the frame.

    Args:
        look: What is worn.
        probe: what the probe pass measured, `(regions, 4)`.
    """
    shade = rgb(look.contour_color)
    hue = shade / shade.max().clamp(min=0.02)
    depth = mix(0.40, 0.95, root(luma(shade)))
    place, size = look.blush_placement, look.blush_size
    radius = mix(0.5, 1.15, size) * mix(vec(shade, 0.105, 0.100), vec(shade, 0.165, 0.085), place)
    centre = mix(vec(shade, 0.225, 0.625), vec(shade, 0.325, 0.560), place)
    skin = region(probe, "SKIN").clamp(min=0.002)
    return SkinFlat(
        f_light=face_light(probe),
        f_skin=skin,
        f_tone=torch.cat([rgb(skin), torch.ones_like(w(skin))]) / w(skin),
        f_neck=neck_by_face(probe, rgb(skin) / w(skin)),
        f_contour=depth * mix(1.0, hue, vec(shade, 0.4)),
        f_blush=torch.cat([centre, 1.0 / radius]),
        f_lean=mix(0.25, 0.75, place),
    )


def lips_flat(probe: Tensor, row: Tensor, skin: SkinFlat) -> LipsFlat:
    """Returns the flat part of `lips.vert` for a probe `(regions, 4)` and a row `(512, 4)`."""
    lips = region(probe, "LIPS").clamp(min=0.002)
    bare = chroma(rgb(skin.f_skin))
    apart = chroma(rgb(lips)) - bare
    apart2 = (apart * apart).sum(-1, keepdim=True).clamp(min=0.01)
    toward = torch.cat([apart, (bare * apart).sum(-1, keepdim=True)]) / apart2
    presence = row[named("presence")]
    gap = (row[13, :2] - row[14, :2]).norm() / (row[61, :2] - row[291, :2]).norm().clamp(min=1.0)
    return LipsFlat(
        f_lips=lips,
        f_redness=lips[0] / lips[1],
        f_hue=torch.cat([toward, smoothstep(1.8, 3.6, apart2.sqrt())]),
        f_seen=torch.stack([presence * row[named("lips_seen")], presence]),
        f_sealed=1.0 - smoothstep(0.03, 0.06, gap),
    )


def eyes_flat(probe: Tensor, row: Tensor, skin: SkinFlat, right: Tensor) -> EyesFlat:
    """Returns the flat part of `eyes.vert` for pixels on the person's `right` or left, `(N, 1)`."""

    def own(name: str) -> Tensor:
        return torch.where(right, region(probe, f"RIGHT_{name}"), region(probe, f"LEFT_{name}"))

    lid, brow = own("LID").clamp(min=0.002), own("BROW").clamp(min=0.002)
    y, scale = w(skin.f_skin), row[named("scale")]
    side = root(w(own("CHEEK")) / y).clamp(0.6, 1.35)
    level = (row[263, :2] - row[33, :2]) / (row[263, :2] - row[33, :2]).norm()
    sides = []
    for name, (begin, end) in {"right": (33, 133), "left": (362, 263)}.items():
        turned = smoothstep(0.15, 0.25, ((row[end, :2] - row[begin, :2]) * level).sum() / scale)
        seen = row[named(f"{name}_eye_seen")] * turned
        sides.append(torch.stack([seen, row[named(f"{name}_cheek_seen")]]))
    return EyesFlat(
        f_lid=torch.cat([rgb(lid), torch.maximum(w(lid), 0.35 * y) / side], -1),
        f_iris=own("IRIS").clamp(min=0.002),
        f_brow=torch.cat([rgb(brow), torch.maximum(w(brow), 0.08 * y)], -1),
        f_dim=smoothstep(0.02, 0.35, w(lid) / y),
        f_seen=row[named("presence")] * torch.where(right, sides[0], sides[1]),
        f_pixel=1.0 / scale,
    )
