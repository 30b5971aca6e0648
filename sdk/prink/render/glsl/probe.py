"""Twin of `shaders/pass/probe.frag` and `shaders/lib/probe.glsl`: colours of regions, and light."""

import torch
from torch import Tensor

from prink.render.glsl.built_in import mix, picture_at, rgb, root, smoothstep, vec, w
from prink.render.glsl.color import luma, to_linear
from prink.render.row import named
from prink.render.samples import read_samples

__all__ = ["face_light", "measure_probe"]


def measure_probe(frame: Tensor, row: Tensor) -> Tensor:
    """Returns mean linear colour and luminance of each region, `(regions, 4)`.

    Args:
        frame: sRGB in 0..1, `(H, W, 3)`.
        row: the face's row of the points texture, `(512, 4)`.
    """
    table = read_samples()
    first, second = torch.from_numpy(table.pairs.T)
    region = torch.from_numpy(table.region).to(frame.device)
    size = vec(row, frame.shape[1], frame.shape[0])
    at = 0.5 * (row[first, :2] + row[second, :2]) / size
    r = 0.008 * row[named("scale")] / size
    corners = [
        picture_at(frame, at + r * vec(row, *sign)) for sign in ((1, 1), (-1, -1), (1, -1), (-1, 1))
    ]
    colors = to_linear(0.25 * (corners[0] + corners[1] + corners[2] + corners[3]))

    def total(values: Tensor) -> Tensor:
        return values.new_zeros(len(table.regions), values.shape[1]).index_add(0, region, values)

    level = luma(colors)
    mean = total(level) / total(torch.ones_like(level))
    off = (level - mean[region]) / mean[region].clamp(min=0.01)
    weight = 1.0 / (1.0 + torch.where(off < 0.0, 12.0, 1.0) * off * off)
    top = level.new_full((len(table.regions),), 0.01)
    top = top.scatter_reduce(0, region, level[:, 0], "amax")[region, None]
    scleras = torch.tensor([table.regions[f"{side}_SCLERA"] for side in ("RIGHT", "LEFT")])
    white = torch.isin(region, scleras.to(frame.device))
    brightest = torch.exp2(16.0 * (level / top - 1.0))
    weight = torch.where(white[:, None], brightest, weight)
    now = total(colors * weight) / total(weight)
    return torch.cat([now, luma(now)], -1)


def face_light(probe: Tensor, row: Tensor) -> Tensor:
    """Returns the colour of the light `(3,)`: what a white card would look like there."""
    at = read_samples().regions
    skin = rgb(probe[at["SKIN"]]).clamp(min=0.002)
    white = torch.maximum(w(probe[at["RIGHT_SCLERA"]]), w(probe[at["LEFT_SCLERA"]]))
    by_skin = root(luma(skin) / 0.40)
    by_white = (white / 0.45).clamp(0.3, 1.2)
    eyes = torch.maximum(row[named("right_open")], row[named("left_open")])
    wide_open = (2.0 * eyes).clamp(0.0, 1.0)
    wide_open = wide_open * smoothstep(0.5, 0.9, white / luma(skin))
    exposure = mix(by_skin, root(by_skin * by_white), wide_open)
    tint = root(skin / luma(skin) / vec(skin, 1.48, 0.90, 0.66))
    tint = (tint / luma(tint)).clamp(0.75, 1.35)
    return tint * exposure.clamp(0.25, 1.05)
