"""Whether recoloured hair flickers more than the input did: a still face under sensor noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.clip import STILL, Clip
from benchmarks.contract.people import Person
from benchmarks.contract.products import look_of
from benchmarks.hair.motion import NOISE, SHARE, SIZE, WARM_UP
from benchmarks.hair.regions import hair_in_frame
from benchmarks.hair.stream import FPS, Moment, follow
from prink.arrays import Bytes, Doubles, Flags
from prink.color import linear_to_lab, srgb_to_linear
from prink.parse import Parsing, Square
from prink.render import Renderer

__all__ = ["Shimmer", "measure_shimmer"]

COPPER: Final = ("hair.root=#a5482aff", "hair.lightening=1")
WAY: Final = "every third"
SURE: Final = 0.9


@dataclass(frozen=True)
class Shimmer:
    """One portrait: standard deviation of L* over time in its hair, mean over pixels.

    `held` is that of recoloured frames under one and the same mask: what the dye alone does.
    """

    person: str
    input: float
    drawn: float
    held: float


def measure_shimmer(
    people: Sequence[Person], renderer: Renderer, *, frames: int, tick: Callable[[], None]
) -> list[Shimmer]:
    """Returns how copper hair flickers beside the noise that the camera gave it.

    Who shows no hair that the network is sure of is left out.
    """
    found = (shimmer(person, renderer, frames, tick) for person in people)
    return [each for each in found if each]


def shimmer(
    person: Person, renderer: Renderer, frames: int, tick: Callable[[], None]
) -> Shimmer | None:
    clip = Clip(person.rgb, person.face, *SIZE, motion=STILL, noise=NOISE, share=SHARE)
    moments = list(follow((clip.frame(n) for n in range(frames + WARM_UP)), tick=tick))
    masks = [moment.masks[WAY] for moment in moments]
    kept = [n for n, moment in enumerate(moments) if moment.number >= WARM_UP]
    alphas = [hair_in_frame(masks[n], moments[n].frame.shape) for n in kept]
    hair = np.mean(alphas, axis=0) > 255 * SURE
    if not hair.any():
        return None
    drawn = copper(moments, masks, renderer, hair)
    still = copper(moments, [masks[kept[0]]] * len(masks), renderer, hair)
    bare = np.stack([lightness(moment.frame, hair) for moment in moments])
    swing = [float(stack[kept].std(axis=0).mean()) for stack in (bare, drawn, still)]
    return Shimmer(person.name, *swing)


def copper(
    moments: Sequence[Moment],
    masks: Sequence[Square],
    renderer: Renderer,
    hair: Flags,
) -> Doubles:
    """Returns the L* of recoloured hair in every frame of a stream, (N, pixels)."""
    look, rows = look_of(*COPPER), []
    for moment, mask in zip(moments, masks, strict=True):
        seconds = moment.number / FPS
        drawn = renderer.draw(
            moment.frame, [moment.face], look, parsing=[Parsing(None, mask)], time=seconds
        )
        rows.append(lightness(drawn, hair))
    return np.stack(rows)


def lightness(rgb: Bytes, where: Flags) -> Doubles:
    return np.asarray(linear_to_lab(srgb_to_linear(rgb[where] / 255.0))[..., 0])
