"""Caps, beanies, bands, wraps and hats: what leaves face and neck free."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from prink.arrays import Doubles, Flags
from prink.people.body import Mesh
from prink.people.heads import Layer
from prink.people.scene import label_of
from prink.people.worn.capsule import Coat
from prink.people.worn.draped import Headwear, edge_of, lumps, over_of
from prink.people.worn.patterns import random_pattern
from prink.people.worn.shapes import grid, layer_of, stuff

__all__ = ["band", "beanie", "below_hat", "cap", "wrap"]

Rng = np.random.Generator
TURNS: Final = np.linspace(-np.pi, np.pi, 97)


def crown_grid(
    cloth: Coat, edge: Callable[[Doubles], Doubles], offset: Callable[[Doubles, Doubles], Doubles]
) -> Doubles:
    """Returns the places of a shell from the crown to an edge; offsets by share down and turn."""
    share, turn = np.meshgrid(np.linspace(0, 1, 28), TURNS, indexing="ij")
    down = share * edge(turn)
    return cloth.capsule.placed(down, turn, cloth.at(down, turn) + offset(share, turn))


def beanie(body: Coat, rng: Rng) -> Headwear:
    """Returns a beanie, its cuff folded or not."""
    cloth = body.looser(smooth=2.5)
    edge = edge_of(rng.uniform(1.05, 1.42), rng.uniform(1.45, 2.0), rng.uniform(1.7, 2.2))
    thick, tip = rng.uniform(0.05, 0.13), rng.choice([0.0, 0.25, 0.6]) * rng.random()
    relief = lumps(rng, 6, 10, (28, 97)) * 0.03
    cuff = rng.uniform(0.2, 0.4) if rng.random() < 0.6 else 0.0

    def offset(share: Doubles, turn: Doubles) -> Doubles:
        folded = 0.05 * np.clip((share - 1 + cuff) * 20, 0, 1) if cuff else 0.0
        return np.asarray(thick + tip * (1 - share) ** 2 + relief + folded)

    mesh = grid(crown_grid(cloth, edge, offset), repeat=(1.5, 3))
    shell = layer_of(mesh, stuff(random_pattern(rng), label_of("headwear"), gloss=0.03))
    return Headwear("beanie", (shell,), over_of(cloth, thick), below(edge), hides=False)


def below(edge: Callable[[Doubles], Doubles]) -> Callable[[Doubles, Doubles], Flags]:
    """Returns whether a place lies above an edge, and thus is covered."""
    return lambda down, turn: np.asarray(down < edge(turn) + 0.05)


def cap(body: Coat, rng: Rng) -> Headwear:
    """Returns a cap with a visor, a few of them back to front."""
    cloth = body.looser(smooth=3)
    front = rng.uniform(1.05, 1.35)
    edge = edge_of(front, rng.uniform(1.35, 1.5), rng.uniform(1.5, 1.75))
    thick = rng.uniform(0.05, 0.1)
    high = rng.uniform(0, 0.2)

    def offset(share: Doubles, turn: Doubles) -> Doubles:
        return np.asarray(thick + high * np.clip(np.cos(turn), 0, 1) * np.sin(np.pi * share))

    surface = stuff(random_pattern(rng), label_of("headwear"), gloss=rng.uniform(0.02, 0.3))
    shell = layer_of(grid(crown_grid(cloth, edge, offset), repeat=(2, 3)), surface)
    back = np.pi if rng.random() < 0.15 else 0.0
    texture = surface.texture if rng.random() < 0.6 else random_pattern(rng)
    visor = layer_of(visor_of(cloth, edge, thick, rng, back), replace(surface, texture=texture))
    return Headwear("cap", (shell, visor), over_of(cloth, thick), below(edge), hides=False)


def visor_of(
    cloth: Coat, edge: Callable[[Doubles], Doubles], thick: float, rng: Rng, back: float
) -> Mesh:
    """Returns the mesh of a visor at the front of an edge, or at its back."""
    wide, long_, drop = rng.uniform(0.75, 1.0), rng.uniform(0.5, 0.8), rng.uniform(0.02, 0.35)
    share, turn = np.meshgrid(np.linspace(0, 1, 10), np.linspace(-wide, wide, 33), indexing="ij")
    turn = turn + back
    down = edge(turn)
    root = cloth.capsule.placed(down, turn, cloth.at(down, turn) + thick - 0.01)
    bow = np.sqrt(np.clip(1 - ((turn - back) / wide) ** 2, 0, 1))
    reach = share * long_ * bow ** rng.uniform(0.5, 1)
    out = np.stack([0.35 * np.sin(turn), -drop * (0.4 + share) - 0.1 * (1 - bow), np.cos(turn)], -1)
    return grid(root + out * reach[..., None])


def band(body: Coat, rng: Rng) -> Headwear:
    """Returns a band around the forehead or over the head."""
    cloth = body.looser(smooth=2)
    high, thick = rng.uniform(0.2, 0.75), rng.uniform(0.03, 0.08)
    edge = edge_of(rng.uniform(0.95, 1.45), rng.uniform(1.3, 1.7), rng.uniform(1.5, 2.1))
    if rng.random() < 0.4:  # over the head as an alice band is
        edge = edge_of(rng.uniform(0.6, 0.9), rng.uniform(1.6, 1.9), rng.uniform(2.1, 2.5))
    share, turn = np.meshgrid(np.linspace(-1, 1, 12), TURNS, indexing="ij")
    down = edge(turn) + share * high / 2
    bulge = thick * (0.4 + 0.6 * np.sqrt(np.clip(1.02 - share**2, 0, 1)))
    wrinkled = bulge + 0.02 * lumps(rng, 5, 14, share.shape)
    mesh = grid(cloth.capsule.placed(down, turn, cloth.at(down, turn) + wrinkled), repeat=(0.5, 4))
    shell = layer_of(mesh, stuff(random_pattern(rng), label_of("headwear")))

    def covers(down: Doubles, turn: Doubles) -> Flags:
        return np.asarray(np.abs(down - edge(turn)) < high / 2 + 0.04)

    return Headwear("band", (shell,), over_of(cloth, 0.4 * thick), covers, hides=False)


def wrap(body: Coat, rng: Rng) -> Headwear:
    """Returns a wound cloth, perhaps with a knot."""
    cloth = body.looser(smooth=3)
    edge = edge_of(rng.uniform(0.95, 1.4), rng.uniform(1.4, 2.0), rng.uniform(1.8, 2.3))
    thick, full = rng.uniform(0.08, 0.2), rng.uniform(0.05, 0.6)
    turns, slant = rng.uniform(3, 8), rng.uniform(-1, 1)
    relief = lumps(rng, 8, 8, (28, 97)) * rng.uniform(0.03, 0.1)
    tuck = rng.uniform(0.02, 0.08)

    def offset(share: Doubles, turn: Doubles) -> Doubles:
        folds = tuck * np.abs(np.sin(turns * share + slant * np.abs(turn)))
        return np.asarray(thick + full * np.sin(np.pi * share**0.8) + folds + relief)

    mesh = grid(crown_grid(cloth, edge, offset), repeat=(2, 3))
    surface = stuff(random_pattern(rng), label_of("headwear"), gloss=rng.uniform(0, 0.2))
    layers = [layer_of(mesh, surface)]
    if rng.random() < 0.4:
        layers.append(layer_of(knot(cloth, rng, full + thick), surface))
    return Headwear("wrap", tuple(layers), over_of(cloth, thick), below(edge), hides=False)


def knot(cloth: Coat, rng: Rng, out: float) -> Mesh:
    """Returns the mesh of a knot above the forehead or at a side."""
    polar, turn = np.meshgrid(
        np.linspace(0, np.pi, 12), np.linspace(0, 2 * np.pi, 19), indexing="ij"
    )
    ball = np.stack([np.sin(polar) * np.cos(turn), np.cos(polar), np.sin(polar) * np.sin(turn)], -1)
    where, down = np.array([rng.normal(0, 0.5)]), np.array([rng.uniform(0.7, 1.1)])
    middle = cloth.capsule.placed(down, where, cloth.at(down, where) + out)[0]
    relief = 1 + 0.25 * lumps(rng, 5, 5, polar.shape)[..., None]
    return grid(middle + ball * relief * rng.uniform(0.18, 0.35, 3))


def below_hat(hat: Layer, body: Coat) -> Headwear:
    """Returns a hat with a brim as headwear: the hair above its lower edge lies on the head."""
    cloth = body.looser(smooth=2)
    down = cloth.capsule.seen(hat.points)[0]
    edge = float(np.quantile(down, 0.6))
    return Headwear(
        "hat",
        (hat,),
        over_of(body, 0.0),  # crowns sit close: what is below them lies on the skin
        lambda down, turn: np.asarray(down < edge),
        hides=False,
    )
