"""Brows and irises: their colour as seen in the face's light.

Natural ones differ more from person to person than products change them, so only clear departures
count as makeup.
"""

import numpy as np

from prink.arrays import Doubles
from prink.color import linear_to_srgb
from prink.reading.grid import Picture
from prink.reading.light import Scene
from prink.render.samples import read_samples

__all__ = ["read_brows", "read_iris"]


def read_brows(picture: Picture, scene: Scene) -> Doubles:
    """Returns (6,) of brow hair: sRGB in white light, log luminance over skin, two spreads."""
    samples = read_samples()
    ends = picture.points[np.concatenate([samples.of("RIGHT_BROW"), samples.of("LEFT_BROW")])]
    share = np.linspace(0.2, 0.8, 5)[:, None, None]
    c = picture.sample(ends[:, 0] + share * (ends[:, 1] - ends[:, 0])).reshape(-1, 3)
    logs = scene.logs(c)
    hair = logs[:, 0] <= np.quantile(logs[:, 0], 0.6)
    mean = np.median(logs[hair], axis=0)
    color = linear_to_srgb(np.clip(scene.colors(mean) / scene.light, 0.0, 1.0))
    spread = np.log(logs[:, 1:][hair].std(axis=0).mean() + 0.01)
    return np.array([*color, mean[0], spread, logs[:, 0].std()])


def read_iris(picture: Picture, scene: Scene) -> Doubles:
    """Returns (5,) of the irises: sRGB in white light, log luminance over skin, log tint spread."""
    angle = np.pi * np.array([0.0, 0.12, 0.88, 1.0, 1.12, 1.25, 1.75, 1.88]) * -1.0
    around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    found = []
    for first in (468, 473):
        center = picture.points[first]
        radius = np.linalg.norm(picture.points[first + 1 : first + 5] - center, axis=1).mean()
        places = np.concatenate([center + reach * radius * around for reach in (0.55, 0.75)])
        found.append(picture.sample(places))
    logs = scene.logs(np.concatenate(found))
    mean = np.median(logs, axis=0)
    color = linear_to_srgb(np.clip(scene.colors(mean) / scene.light, 0.0, 1.0))
    return np.array([*color, mean[0], np.log(logs[:, 1:].std(axis=0).mean() + 0.01)])
