"""What headwear is: layers over a head, and hair that is pressed below them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from prink.arrays import Doubles, Flags, Floats
from prink.people.heads import Layer
from prink.people.scene import HAIR, label_of
from prink.people.worn.capsule import Coat

__all__ = ["Headwear", "edge_of", "lumps", "over_of", "pressed"]

Rng = np.random.Generator
UNDER: Final = 0.07  # decimetres that hair stays below cloth


@dataclass(frozen=True, eq=False)
class Headwear:
    """Layers of headwear; where, (down, turn), hair is pressed below `over`; where it is gone."""

    kind: str
    layers: tuple[Layer, ...]
    over: Coat
    covers: Callable[[Doubles, Doubles], Flags]
    hides: bool  # all hair that is not covered either


def edge_of(front: float, side: float, back: float) -> Callable[[Doubles], Doubles]:
    """Returns how far down an edge is at turns of any shape."""
    mean = (front + back) / 4 + side / 2
    once, twice = (front - back) / 2, (front + back) / 4 - side / 2
    return lambda turn: np.asarray(mean + once * np.cos(turn) + twice * np.cos(2 * turn))


def lumps(rng: Rng, rows: int, columns: int, shape: tuple[int, ...]) -> Doubles:
    """Returns a smooth random relief of a shape (R, C), about -1..1, that closes around."""
    import cv2

    rough = rng.normal(0, 0.6, (rows, columns))
    rough = np.hstack([rough, rough[:, :1]])
    return np.asarray(cv2.resize(rough, shape[::-1], interpolation=cv2.INTER_CUBIC))


def over_of(cloth: Coat, offset: float) -> Coat:
    """Returns how far out hair below a cloth may be."""
    return Coat(cloth.capsule, cloth.distance + np.float32(offset - UNDER))


def pressed(layers: list[Layer], headwear: Headwear) -> list[Layer]:
    """Returns layers of which hair lies below headwear; there is none if that hides all of it."""
    kept = []
    for layer in layers:
        if layer.surface.kind != HAIR or layer.surface.label != label_of("hair"):
            kept.append(layer)
        elif not headwear.hides:
            kept.append(replace(layer, points=below_cloth(layer.points, headwear)))
    return kept


def below_cloth(points: Floats, headwear: Headwear) -> Floats:
    """Returns points (N, 3) moved towards the head where they are covered."""
    capsule = headwear.over.capsule
    down, turn, distance = capsule.seen(points)
    covered = headwear.covers(down, turn)
    nearer = np.minimum(distance, headwear.over.at(down, turn))
    moved = capsule.placed(down, turn, nearer)
    return np.asarray(np.where(covered[:, None], moved, points), np.float32)
