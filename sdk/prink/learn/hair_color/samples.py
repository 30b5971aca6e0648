"""Training samples of hair colour: heads recoloured by the renderer, photographed, made tiles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Floats
from prink.color import srgb_to_linear
from prink.face.landmark import iod
from prink.learn.data.photo_loss import move_points, worn_down
from prink.learn.hair_color.heads import HairedHead
from prink.learn.hair_color.looks import hair_numbers, look_with_hair, sample_hair
from prink.learn.hair_color.loss import DYED, NATURAL, NONE
from prink.learn.hair_color.net import features
from prink.params import Look
from prink.parse import Parsing, Square
from prink.reading.estimate import assemble
from prink.reading.grid import open_picture
from prink.reading.hair import HairSeen, read_hair
from prink.reading.hair_patch import hair_patch, solid_hair
from prink.reading.light import measure_scene
from prink.render import Renderer

__all__ = ["VIEWS", "Samples", "bare_tiles", "make_samples", "measured_numbers", "photographed"]

VIEWS: Final = 2  # photos of each rendering
NATURALLY: Final = 0.12  # share of heads that are left as they are
UNSEEN: Final = 0.02  # share of heads whose hair is not seen

Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Samples:
    """Rows of tiles (N, F, 64, 1) float16, `prink.learn.hair_color.net.features`, with their truth.

    `heads` (N,) says whose hair it is, `numbers` (N, 13) is the colour, `kind` (N,) whether hair is
    dyed, natural (`numbers` is then a colour that looks like it) or not there.
    """

    rows: NDArray[np.float16]
    heads: NDArray[np.int64]
    numbers: Floats
    kind: NDArray[np.int64]


def bare_tiles(heads: Sequence[HairedHead]) -> Bytes:
    """Returns the tiles (N, 64, 128, 4) of undyed heads."""
    return np.stack([hair_patch(head.rgb, head.face, head.hair) for head in heads])


def measured_numbers(head: HairedHead) -> Doubles:
    """Returns the numbers (13,), 0..1, that the measured estimator reads off a head as it is.

    They are the truth of natural hair: a colour, opaque and bleached, that looks like it anywhere.
    """
    scene = measure_scene(open_picture(head.rgb, head.face.points), head.face)
    colors, along = solid_hair(head.rgb, head.hair)
    seen = HairSeen(srgb_to_linear(colors / 255.0), along)
    return hair_numbers(assemble(read_hair(seen, scene)))


def make_samples(
    heads: Sequence[HairedHead], natural: Doubles, renderer: Renderer, rng: Rng, *, count: int
) -> Samples:
    """Returns samples of `count` renderings; `natural` (N, 13) are the heads' measured numbers."""
    tiles, numbers, owners, kinds = [], [], [], []
    for number in rng.integers(len(heads), size=count).tolist():
        head, chance = heads[number], rng.random()
        kind, truth, rgb = DYED, sample_hair(rng), head.rgb
        if chance < NATURALLY:
            kind, truth = NATURAL, natural[number]
        elif chance > 1 - UNSEEN:
            kind, truth = NONE, hair_numbers(Look())
        else:
            rgb = renderer.draw(
                rgb, [head.face], look_with_hair(truth), parsing=[Parsing(None, head.hair)]
            )
        for _ in range(VIEWS):
            shown, seen = photographed(replace(head, rgb=rgb), rng)
            tiles.append(hair_patch(shown.rgb, shown.face, seen if kind != NONE else None))
        numbers += [truth] * VIEWS
        owners += [number] * VIEWS
        kinds += [kind] * VIEWS
    rows = features(torch.from_numpy(np.stack(tiles)).permute(0, 3, 1, 2).float() / 255)
    return Samples(
        rows.half().numpy(), np.array(owners), np.array(numbers, np.float32), np.array(kinds)
    )


def photographed(head: HairedHead, rng: Rng) -> tuple[HairedHead, Square]:
    """Returns a head in another light, through a poorer camera, its mask and points less sure."""
    rgb = worn_down(lit(head.rgb, rng), rng)
    points = move_points(head.face.points, rng, iod=iod(head.face.points))
    face = replace(head.face, points=points)
    return replace(head, rgb=rgb, face=face), unsure(head.hair, rng)


def lit(rgb: Bytes, rng: Rng) -> Bytes:
    """Returns a picture under another exposure, colour and direction of light."""
    gain = np.exp(rng.normal(0, 0.10) + rng.normal(0, 0.03, 3))  # of sRGB: twice that in light
    if rng.random() < 0.25:
        ramp = np.linspace(-1, 1, rgb.shape[1])[None, :, None] * rng.uniform(-0.2, 0.2)
        gain = gain * np.exp(ramp if rng.random() < 0.6 else ramp.transpose(1, 0, 2))
    return np.asarray(np.clip(rgb * gain, 0, 255), np.uint8)


def unsure(hair: Square, rng: Rng) -> Square:
    """Returns a mask as another frame might have it: shifted, softer, more or less of it."""
    import cv2

    shift = np.column_stack([np.eye(2), rng.normal(0, 1.0, 2)])
    alpha = cv2.warpAffine(hair.pixels, shift, hair.pixels.shape[::-1])
    if rng.random() < 0.5:
        alpha = cv2.GaussianBlur(alpha, (0, 0), float(rng.uniform(0.5, 2.0)))
    alpha = np.clip(alpha.astype(np.float32) * rng.uniform(0.93, 1.1), 0, 255).astype(np.uint8)
    return replace(hair, pixels=alpha)
