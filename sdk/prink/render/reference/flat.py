"""What formulas need once per face or eye: twin of `shaders/lib/skin_flat.glsl`, `pass/eyes.vert`, `pass/lips.vert`."""

from dataclasses import dataclass

import torch
from torch import Tensor

from prink.render.reference.color import luma
from prink.render.reference.glsl import mix, rgb, root, smoothstep, vec, w
from prink.render.reference.look_numbers import LookNumbers
from prink.render.reference.probe import face_light, samples

__all__ = ["EyesFlat", "LipsFlat", "SkinFlat", "eyes_flat", "lips_flat", "skin_flat"]


@dataclass(frozen=True)
class SkinFlat:
    """Light `(3,)`, mean skin and its luminance `(4,)`, what contour lets through `(3,)`, shape of the blush."""

    f_light: Tensor
    f_skin: Tensor
    f_contour: Tensor
    f_blush: Tensor
    f_lean: Tensor


@dataclass(frozen=True)
class EyesFlat:
    """Means of lid, iris and brow `(N, 4)` of each pixel's own side, how lit and how visible that side is."""

    f_lid: Tensor
    f_iris: Tensor
    f_brow: Tensor
    f_dim: Tensor
    f_seen: Tensor
    f_pixel: Tensor


@dataclass(frozen=True)
class LipsFlat:
    """Mean of the lips `(4,)`, red over green of skin and lips and trust in it `(3,)`, visibility, closed mouth."""

    f_lips: Tensor
    f_redness: Tensor
    f_seen: Tensor
    f_sealed: Tensor


def region(probe: Tensor, name: str) -> Tensor:
    return probe[samples().regions[name]]


def skin_flat(look: LookNumbers, probe: Tensor, row: Tensor) -> SkinFlat:
    """Returns what `setSkin()` sets: contour and blush follow the look, the rest the frame."""
    shade = rgb(look.contour_color)
    hue = shade / shade.max().clamp(min=0.02)
    depth = mix(0.40, 0.95, root(luma(shade)))
    place, size = look.blush_placement, look.blush_size
    radius = mix(0.5, 1.15, size) * mix(vec(shade, 0.105, 0.100), vec(shade, 0.165, 0.085), place)
    centre = mix(vec(shade, 0.225, 0.625), vec(shade, 0.325, 0.560), place)
    return SkinFlat(
        f_light=face_light(probe, row),
        f_skin=region(probe, "SKIN").clamp(min=0.002),
        f_contour=depth * mix(1.0, hue, vec(shade, 0.4)),
        f_blush=torch.cat([centre, 1.0 / radius]),
        f_lean=mix(0.25, 0.75, place),
    )


def lips_flat(probe: Tensor, row: Tensor, skin: SkinFlat) -> LipsFlat:
    """Returns the flat part of `lips.vert`."""
    lips = region(probe, "LIPS").clamp(min=0.002)
    skin_red = skin.f_skin[0] / skin.f_skin[1]
    lips_red = lips[0] / lips[1]
    trust = smoothstep(0.10, 0.30, (lips_red - skin_red) / skin_red)
    seen = row[478]
    gap = (row[13, :2] - row[14, :2]).norm() / (row[61, :2] - row[291, :2]).norm().clamp(min=1.0)
    return LipsFlat(
        f_lips=lips,
        f_redness=torch.stack([skin_red, lips_red, trust]),
        f_seen=torch.stack([seen[0] * seen[1], seen[0]]),
        f_sealed=1.0 - smoothstep(0.03, 0.06, gap),
    )


def eyes_flat(probe: Tensor, row: Tensor, skin: SkinFlat, right: Tensor) -> EyesFlat:
    """Returns the flat part of `eyes.vert` for pixels of which `right` `(N, 1)` lie on the person's right side."""

    def own(name: str) -> Tensor:
        return torch.where(right, region(probe, f"RIGHT_{name}"), region(probe, f"LEFT_{name}"))

    lid, brow = own("LID").clamp(min=0.002), own("BROW").clamp(min=0.002)
    y = w(skin.f_skin)
    side = root(w(own("CHEEK")) / y).clamp(0.6, 1.35)
    seen, more = row[478], row[479]
    sides = [torch.stack([seen[2], more[0]]), torch.stack([seen[3], more[1]])]
    return EyesFlat(
        f_lid=torch.cat([rgb(lid), torch.maximum(w(lid), 0.35 * y) / side], -1),
        f_iris=own("IRIS").clamp(min=0.002),
        f_brow=torch.cat([rgb(brow), torch.maximum(w(brow), 0.08 * y)], -1),
        f_dim=smoothstep(0.02, 0.35, w(lid) / y),
        f_seen=seen[0] * torch.where(right, sides[0], sides[1]),
        f_pixel=1.0 / row[480, 3],
    )
