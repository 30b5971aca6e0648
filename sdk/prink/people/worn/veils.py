"""Hoods and hijabs: cloth with an opening for the face."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from prink.arrays import Doubles, Flags
from prink.people.scene import label_of
from prink.people.worn.capsule import EQUATOR, Coat
from prink.people.worn.draped import Headwear, edge_of, lumps, over_of
from prink.people.worn.patterns import random_pattern
from prink.people.worn.shapes import grid, layer_of, stuff

__all__ = ["hijab", "hood"]

Rng = np.random.Generator
SHOULDERS: Final = 1.3  # decimetres: hijabs lie on them, no further out


@dataclass(frozen=True)
class Opening:
    """The oval that a face looks out of: middle and half axes, down and turn."""

    down: float
    tall: float
    wide: float

    def covers(self, down: Doubles, turn: Doubles) -> Flags:
        """Returns whether places are outside the oval."""
        away = ((down - self.down) / self.tall) ** 2 + (turn / self.wide) ** 2
        return np.asarray(away > 1)

    def grid(self, end: Callable[[Doubles], Doubles]) -> tuple[Doubles, Doubles]:
        """Returns down and turn (R, C) of rings from the oval's rim to the whole capsule."""
        share, angle = np.meshgrid(
            np.linspace(0, 1, 34) ** 1.6, np.linspace(0, 2 * np.pi, 121), indexing="ij"
        )
        turn = np.clip(np.sin(angle) * (self.wide + share * 5.5), -np.pi, np.pi)
        down = self.down - np.cos(angle) * (self.tall + share * 5.5)
        return np.clip(down, 0, end(turn)), turn


def hood(body: Coat, rng: Rng) -> Headwear:
    """Returns a loose hood; hair may show at its opening."""
    cloth = body.looser(smooth=4, slope=0.5)
    opening = Opening(rng.uniform(1.85, 2.0), rng.uniform(0.95, 1.25), rng.uniform(0.85, 1.25))
    loose = rng.uniform(0.12, 0.4)
    end = edge_of(rng.uniform(3.1, 3.4), 3.3, 3.3)
    down, turn = opening.grid(end)
    relief = lumps(rng, 8, 9, down.shape) * rng.uniform(0.02, 0.08)
    peak = loose * (0.5 + 0.5 * np.clip(1.6 - down, 0, 1)) + relief
    mesh = grid(cloth.capsule.placed(down, turn, cloth.at(down, turn) + peak), repeat=(3, 4))
    shell = layer_of(
        mesh, stuff(random_pattern(rng), label_of("headwear"), gloss=0.03), stiff=False
    )
    return Headwear("hood", (shell,), over_of(cloth, loose * 0.5), opening.covers, hides=False)


def hijab(body: Coat, rng: Rng) -> Headwear:
    """Returns a cloth around face and neck that lies on the shoulders."""
    cloth = body.looser(smooth=2.5, slope=rng.uniform(0.5, 1.2))
    top = rng.uniform(1.0, 1.3)  # down, of the rim on the forehead
    chin = rng.uniform(2.62, 2.85)
    opening = Opening((top + chin) / 2, (chin - top) / 2, rng.uniform(0.85, 1.08))
    end = edge_of(rng.uniform(3.2, 3.9), rng.uniform(3.1, 3.4), rng.uniform(3.2, 3.6))
    down, turn = opening.grid(end)
    folds = np.sin(rng.uniform(5, 12) * down + rng.uniform(-3, 3) * turn + rng.uniform(0, 6))
    low = np.clip(down - EQUATOR - 0.6, 0, 1)
    relief = folds * (0.01 + 0.05 * low) + lumps(rng, 9, 9, down.shape) * 0.03 * (0.3 + low)
    thick = rng.uniform(0.05, 0.14)
    distance = np.minimum(cloth.at(down, turn), SHOULDERS) + thick + relief
    mesh = grid(cloth.capsule.placed(down, turn, distance), repeat=(3, 4))
    surface = stuff(random_pattern(rng), label_of("headwear"), gloss=rng.uniform(0, 0.2))
    layers = [layer_of(mesh, surface, stiff=False)]
    if rng.random() < 0.35:  # the band that is worn below
        inner = replace(opening, tall=opening.tall - 0.1, wide=opening.wide - 0.05)
        down, turn = inner.grid(edge_of(2.9, 2.9, 2.9))
        under = cloth.capsule.placed(down, turn, cloth.at(down, turn) + 0.4 * thick)
        below_ = stuff(random_pattern(rng), label_of("headwear"), gloss=0.02)
        layers.insert(0, layer_of(grid(under, repeat=(2, 4)), below_, stiff=False))
    return Headwear("hijab", tuple(layers), over_of(cloth, thick), opening.covers, hides=True)
