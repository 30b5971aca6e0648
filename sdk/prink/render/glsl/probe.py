"""Twin of `shaders/pass/probe.frag` and `shaders/lib/probe.glsl`: colours of regions, and light."""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma
from prink.render.glsl.log_chroma import OF_ROOM, OF_SKIN, OF_TEETH, OF_WHITES, log_chroma
from prink.render.glsl.witness import eye_whites, neck_shown, room_shown, tapped, teeth_shown
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["face_light", "measure_probe", "neck_by_face"]


def measure_probe(frame: Tensor, row: Tensor) -> Tensor:
    """Returns what the probe pass measures, `(regions, 4)`.

    That is mean linear colour and luminance of each region, then the neck and what else tells the
    light, times its trust, see `prink.render.glsl.witness`.

    Args:
        frame: sRGB in 0..1, `(H, W, 3)`.
        row: the face's row of the points texture, `(512, 4)`.
    """
    table = read_samples()
    first, second = torch.from_numpy(table.pairs.T)
    at = 0.5 * (row[first, :2] + row[second, :2])
    colors = tapped(frame, at, 0.008 * row[named("scale")])
    plain = table.region < table.regions["NECK"]
    found = means(colors[plain], torch.from_numpy(table.region[plain]).to(frame.device))
    skin = found[table.regions["SKIN"]].clamp(min=0.0005)
    right, left = (found[table.regions[f"{side}_SCLERA"]] for side in ("RIGHT", "LEFT"))
    eyes = eye_whites(right, left, row)
    told = {
        "NECK": neck_shown(frame, row, skin),
        "WHITES": eyes,
        "TEETH": teeth_shown(colors[table.region == table.regions["TEETH"]], skin),
        "ROOM": room_shown(frame, row, skin, eyes),
    }
    return torch.cat([found, torch.stack([told[name] for name in list(table.regions)[-4:]])])


def means(colors: Tensor, region: Tensor) -> Tensor:
    """Returns mean colour and luminance of each region, `(R, 4)`, of samples and their regions."""
    table = read_samples()
    count = table.regions["NECK"]

    def total(values: Tensor) -> Tensor:
        return values.new_zeros(count, values.shape[1]).index_add(0, region, values)

    level = luma(colors)
    mean = total(level) / total(torch.ones_like(level))
    off = (level - mean[region]) / mean[region].clamp(min=0.01)
    weight = 1.0 / (1.0 + torch.where(off < 0.0, 12.0, 1.0) * off * off)
    top = level.new_full((count,), 0.01)
    top = top.scatter_reduce(0, region, level[:, 0], "amax")[region, None]
    scleras = torch.tensor([table.regions[f"{side}_SCLERA"] for side in ("RIGHT", "LEFT")])
    white = torch.isin(region, scleras.to(colors.device))
    brightest = torch.exp2(16.0 * (level / top - 1.0))
    weight = torch.where(white[:, None], brightest, weight)
    now = total(colors * weight) / total(weight)
    return torch.cat([now, luma(now)], -1)


def witnessed(probe: Tensor, name: str) -> Tensor:
    held = probe[read_samples().regions[name]]
    return torch.cat([rgb(held) / w(held).clamp(min=1e-3), (2.0 * w(held)).clamp(max=1.0)])


def neck_by_face(probe: Tensor, face: Tensor) -> Tensor:
    """Returns what turns the face's hue `(3,)` toward the neck's, 1 where none is seen, `(3,)`."""
    neck = witnessed(probe, "NECK")
    ratio = (rgb(neck) / luma(rgb(neck)).clamp(min=1e-3) / face).clamp(0.85, 1.18)
    ratio = mix(torch.ones_like(ratio), ratio, 0.6 * w(neck))
    return ratio / luma(ratio * face)


def light_tint(probe: Tensor, skin: Tensor, whites: Tensor, seen: Tensor) -> Tensor:
    """Returns the hue of the light at luminance one, `(3,)`."""
    teeth, room = witnessed(probe, "TEETH"), witnessed(probe, "ROOM")
    seen_colors = log_chroma(torch.stack([skin, rgb(whites), rgb(teeth)]))
    said = seen_colors - vec(probe, *OF_SKIN, *OF_WHITES, *OF_TEETH).reshape(3, 2)
    said = torch.cat([said, (room[:2] - vec(probe, *OF_ROOM))[None]])
    trust = torch.cat([vec(probe, 0.5), seen, w(teeth), 1.2 * w(room)])[:, None]
    off = said - (said * trust).sum(0) / trust.sum()
    trust = trust / (1.0 + (off * off).sum(-1, keepdim=True) / 0.16)
    hue = (said * trust).sum(0) / trust.sum()
    own = said[0] - hue
    hue = hue * (1.0 - 0.5 / (1.0 + (hue * hue).sum() / 0.16))
    hue = hue + 0.4 * torch.stack([own[0].clamp(min=0.0), own[1].clamp(max=0.0)])
    hue = torch.minimum(torch.maximum(hue, vec(hue, -1.2, -4.0)), vec(hue, 1.8, 1.2))
    tint = torch.stack([hue[0], torch.zeros_like(hue[0]), hue[1]]).exp()
    return tint / luma(tint)


def face_light(probe: Tensor) -> Tensor:
    """Returns the colour of the light `(3,)`: what a white card would look like there."""
    at = read_samples().regions
    skin, whites = rgb(probe[at["SKIN"]]).clamp(min=0.0005), witnessed(probe, "WHITES")
    seen = w(whites) * smoothstep(0.35, 0.7, luma(rgb(whites)) / luma(skin))
    tint = light_tint(probe, skin, whites, seen)
    y, white = luma(skin / tint), luma(rgb(whites) / tint)
    lit = torch.maximum(torch.maximum(probe[at["ROOM"], 2:3], white * w(whites)), y) / 0.45
    lit = lit.clamp(0.02, 1.0)
    by_skin = root(y / 0.40)
    by_white = torch.maximum(white / 0.45, 0.3 * lit).clamp(max=1.2)
    opened = w(whites) * smoothstep(0.5, 0.9, white / y)
    exposure = mix(by_skin, root(by_skin * by_white), opened) * lit ** (0.6 - 0.3 * opened)
    exposure = exposure * mix(1.0, (white / y).clamp(1.0, 1.6) ** 0.2, opened)
    return tint * torch.maximum(exposure, 0.25 * lit).clamp(max=1.05)
