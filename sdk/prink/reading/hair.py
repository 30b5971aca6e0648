"""Reads hair colour: the mean of what the mask covers, in two tones if roots and ends differ."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles
from prink.color import linear_to_lab, linear_to_srgb, srgb_to_linear
from prink.hair import hair_share
from prink.params import Rgba
from prink.parse import Square
from prink.parse.head import crop_head
from prink.reading.light import LUMA, Scene

__all__ = ["HairSeen", "read_hair", "see_hair"]

SIZE: Final = 96  # px a side at which the head is looked at
SOLID: Final = 0.9  # mask from which a pixel is nothing but hair
LEAST: Final = 60  # pixels of it; a shaved head shows fewer
COVERAGE: Final = 0.95
LIT: Final = (50, 90)  # percentiles of luminance: neither gaps between strands nor glints
LINES: Final = (0.35, 0.45, 0.55, 0.65, 0.75)  # where the tip colour may begin
APART: Final = 15.0  # distance in L*a*b* from which roots and ends are two colours
SHADE: Final = np.array([0.4, 1.0, 1.0])  # ends often lie in the shade of the head


@dataclass(frozen=True)
class HairSeen:
    """The pixels that are surely hair: linear colours (N, 3) and how far along they lie (N,)."""

    colors: Doubles
    along: Doubles


def see_hair(rgb: Bytes, hair: Square | None) -> HairSeen:
    """Returns the hair of a head in a photo (H, W, 3), as `Parser.find` found it."""
    if hair is None:
        return HairSeen(np.zeros((0, 3)), np.zeros(0))
    mask = hair.pixels
    to_frame = hair.to_frame.copy()
    to_frame[:, :2] *= len(mask) / SIZE
    crop = crop_head(rgb, to_frame, SIZE)
    at = (np.stack(np.meshgrid(np.arange(SIZE), np.arange(SIZE)), axis=-1) + 0.5) / SIZE
    near = np.minimum((at * len(mask)).astype(int), len(mask) - 1)
    solid = mask[near[..., 1], near[..., 0]] > 255 * SOLID
    along = hair_share(at[solid], reach=hair.reach)
    return HairSeen(srgb_to_linear(crop[solid] / 255.0), along)


def read_hair(seen: HairSeen, scene: Scene) -> dict[str, float | Rgba]:
    """Returns parameters of the hair by path; none if there is next to no hair."""
    if len(seen.along) < LEAST:
        return {}
    values: dict[str, float | Rgba] = {"hair.lightening": 1.0}
    line = two_tones(seen)
    if line is None:
        return values | {"hair.root": swatch(seen.colors, scene)}
    tip = seen.along > line
    values |= {"hair.root": swatch(seen.colors[~tip], scene)}
    return values | {"hair.tip": swatch(seen.colors[tip], scene), "hair.line": line}


def swatch(colors: Doubles, scene: Scene) -> Rgba:
    """Returns the mean colour as it would look under white light."""
    red, green, blue = linear_to_srgb(np.clip(well_lit(colors) / scene.light, 0.0, 1.0)).tolist()
    return Rgba(red, green, blue, COVERAGE)


def well_lit(colors: Doubles) -> Doubles:
    """Returns the mean (3,) of the colours that are neither in gaps nor glints."""
    y = colors @ LUMA
    low, high = np.percentile(y, LIT)
    return np.asarray(colors[(y >= low) & (y <= high)].mean(axis=0))


def two_tones(seen: HairSeen) -> float | None:
    """Returns where the hair's second colour begins, 0..1, or None if it is of one colour."""
    best, where = APART, None
    for line in LINES:
        tip = seen.along > line
        if min(tip.sum(), (~tip).sum()) < max(LEAST // 2, 0.12 * len(tip)):
            continue
        one, two = (linear_to_lab(well_lit(seen.colors[part])) for part in (~tip, tip))
        apart = float(np.linalg.norm((one - two) * SHADE))
        if apart > best:
            best, where = apart, line
    return where
