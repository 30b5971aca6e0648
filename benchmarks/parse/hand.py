"""A drawn hand to wipe over a face with, on an arm that comes from below."""

from pathlib import Path
from typing import Final

import numpy as np

from prink.arrays import Bytes
from prink.people.occluders import Cutout, drawn_cutouts

__all__ = ["rendered_hand"]

ARM: Final = 256  # rows that are added below the cut-out, as its last row is


def rendered_hand(makehuman: Path) -> Bytes:
    """Returns an upright hand (H, W, 4) with straight alpha, its highest finger in the first row.

    Args:
        makehuman: The folder of assets that it is made of.
    """
    hands = drawn_cutouts(makehuman, workers=0, counts={"hand": 1})
    rgba = max(hands, key=upright).rgba
    rows, columns = (np.flatnonzero(rgba[..., 3].any(axis=axis)) for axis in (1, 0))
    hand = rgba[rows[0] :, columns[0] : columns[-1] + 1]
    return np.concatenate([hand, np.repeat(hand[-1:], ARM, axis=0)])


def upright(cutout: Cutout) -> float:
    """Returns how well a hand reaches up from the lower rim, in pixels; below 0 it does not."""
    alpha = cutout.rgba[..., 3] > 127
    if not alpha[-1].any() or alpha[0].any() or alpha[:, [0, -1]].any():
        return -float(alpha[0].sum())
    return float(np.isfinite(cutout.points).all(axis=1).sum() * 10 + alpha.any(axis=1).sum())
