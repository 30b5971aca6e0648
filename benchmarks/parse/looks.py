"""The looks that show what is covered: pure colours, so that what is left tells how much."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from prink.arrays import Bytes, Doubles
from prink.color import srgb_to_linear

__all__ = ["LOOKS", "coverage"]

LOOKS: Final[Mapping[str, Sequence[str]]] = {
    "lips": ("lips.color=#ff0000", "lips.color.a=1", "lips.gloss=0.05"),
    "hair": (
        *("hair.root=#0000ff", "hair.root.a=1", "hair.tip=#0000ff", "hair.tip.a=1"),
        *("hair.lightening=1", "hair.shine=0", "hair.grey=1"),
    ),
    "eyes": (
        *("eyeshadow.lid=#ff0000", "eyeshadow.lid.a=1", "eyeshadow.crease=#ff0000"),
        *("eyeshadow.crease.a=1", "eyeliner.color=#ff0000", "eyeliner.color.a=1"),
        *("eyeliner.thickness=0.6", "lashes.color.a=1", "brows.color=#ff0000", "brows.color.a=1"),
    ),
    "face": (
        *("lips.color=#a01030", "lips.color.a=1", "lip_liner.color.a=0.8", "teeth.whitening=0.8"),
        *("eyeshadow.lid=#204080", "eyeshadow.lid.a=0.9", "eyeshadow.crease.a=0.7"),
        *("eyeliner.color.a=1", "eyeliner.wing=0.6", "lashes.color.a=1", "brows.color.a=0.8"),
        *("eyes.iris=#30a0ff", "eyes.iris.a=0.8", "eyes.whitening=0.6"),
        *("blush.color=#e03060", "blush.color.a=0.8", "contour.color.a=0.6"),
        *("highlight.color.a=0.6", "foundation.color.a=0.5", "foundation.smoothing=0.5"),
    ),
}
"""By name, the settings of each look. `lips` and `eyes` send no green and no blue back, `hair` no
red: what a pixel keeps of those was not covered. `face` wears everything but hair colour."""

LEFT_OVER: Final = {"lips": (1, 2), "eyes": (1, 2), "hair": (0,)}
DARK: Final = 0.004  # linear light that is too little to tell


def coverage(name: str, bare: Bytes, drawn: Bytes) -> Doubles:
    """Returns how much of each pixel a pure look covers, (H, W) 0..1.

    Args:
        name: `lips`, `eyes` or `hair`.
        bare: The picture (H, W, 3) without it.
        drawn: The same with it.
    """
    linear = srgb_to_linear(np.arange(256) / 255.0)
    channels = list(LEFT_OVER[name])
    before = linear[bare[..., channels]].sum(axis=-1)
    after = linear[drawn[..., channels]].sum(axis=-1)
    same = (bare == drawn).all(axis=-1)
    share = 1.0 - (after + DARK) / (before + DARK)
    told = before > 2 * DARK
    # On what is nearly black only a change of the other channels tells anything.
    moved = np.abs(drawn.astype(int) - bare).max(axis=-1) / 40.0
    return np.asarray(np.where(same, 0.0, np.clip(np.where(told, share, moved), 0.0, 1.0)))
