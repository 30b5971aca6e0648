"""A few labelled squares to learn from: two round faces, and as many drawn ones."""

import numpy as np

from prink.learn.parse.data import Samples
from prink.learn.parse.sets import any_of
from prink.learn.parse_labels.sources import SIDE

__all__ = ["round_faces"]


def round_faces(count: int = 6) -> Samples:
    """Returns squares with a face of skin below hair; the last is rare, the first is kept."""
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    face, hair = x**2 + y**2 < 0.1**2, x**2 + (y + 0.1) ** 2 < 0.1**2
    sets = np.full((SIDE, SIDE), any_of("background"), np.uint16)
    sets[hair] = any_of("hair")
    sets[face] = any_of("skin")
    rgb = np.where(face[..., None], (200, 150, 130), (60, 90, 120)).astype(np.uint8)
    rgb[hair & ~face] = 30
    mask = np.dstack([255 * (hair & ~face), np.full(face.shape, 255)]).astype(np.uint8)
    rng = np.random.default_rng(1)
    points = (SIDE / 2 + rng.normal(0, 0.03 * SIDE, (478, 2))).astype(np.float32)
    stacks = {"rgb": rgb, "sets": sets, "hair": mask, "points": points}
    drawn = {
        "crops": rgb[152:408, 152:408],
        "classes": np.log2(sets[152:408, 152:408]).astype(np.uint8),
        "hair": mask[152:408, 152:408, 0],
        "faces": np.array([128, 128, 60], np.float32),
    }
    order = np.arange(count)
    return Samples(
        photos={name: np.stack([each] * count) for name, each in stacks.items()},
        drawn={name: np.stack([each] * count) for name, each in drawn.items()},
        things={},
        validation=order < 1,
        rarity=np.where(order == count - 1, 1000.0, 1.0),
    )
