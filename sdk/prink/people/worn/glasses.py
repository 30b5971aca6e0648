"""Glasses: a frame of tubes around the eyes, temples to the ears, clear or dark lenses."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from prink.arrays import Doubles, Floats
from prink.people.body import Mesh
from prink.people.heads import Layer
from prink.people.scene import Part, label_of
from prink.people.worn.patterns import FAINT_GLASS, PLAIN_STUFF, random_pattern
from prink.people.worn.shapes import grid, joined, layer_of, stuff, tube

__all__ = ["Glasses", "random_glasses"]

Rng = np.random.Generator
AROUND: Final = 48
HINGE: Final = 0.1  # decimetres above the eyes


@dataclass(frozen=True, eq=False)
class Glasses:
    """Layers of a pair; `middles` (2, 3) of the lenses at rest; whether they hide the eyes."""

    layers: tuple[Layer, ...]
    middles: Doubles
    dark: bool


def random_glasses(eyes: Floats, body: Floats, rng: Rng, *, dark: bool) -> Glasses:
    """Returns glasses that sit before the middle of both eyes (3,) on a body (V, 3)."""
    wide, tall = rng.uniform(0.24, 0.34), rng.uniform(0.15, 0.28)
    if dark:
        wide, tall = wide * 1.1, tall * 1.15
    apart = 0.315 + rng.uniform(-0.01, 0.03)
    wide = min(wide, apart - 0.05)
    power, droop = rng.uniform(0.45, 1.1), rng.uniform(-0.25, 0.3)
    around = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    flat = np.stack([np.cos(around), np.sin(around)], axis=1)
    flat = np.sign(flat) * np.abs(flat) ** power * [wide, tall]
    flat[:, 0] += droop * flat[:, 1] * (1 if rng.random() < 0.5 else 0.3)
    low = rng.uniform(-0.08, 0.03)
    front = front_of(eyes, body) + rng.uniform(0.03, 0.12)
    rims, middles = [], []
    for side in (1, -1):
        rim = np.column_stack([(apart + flat[:, 0]) * side, low + flat[:, 1]])
        rims.append(bowed(rim, eyes, front))
        middles.append(bowed(np.array([[apart * side, low]]), eyes, front)[0])
    thick = float(np.exp(rng.uniform(np.log(0.012), np.log(0.045))))
    frame = frame_mesh(rims, eyes, body, thick, full=rng.random() < 0.85)
    layers = [layer_of(frame, frame_surface(rng))]
    layers += lens_layers(rims, middles, rng, dark=dark)
    return Glasses(tuple(layers), np.stack(middles), dark)


def front_of(eyes: Floats, body: Floats) -> float:
    """Returns how far before the eyes the brows and the root of the nose are."""
    near = np.abs(body - eyes) < [0.6, 0.22, 0.8]
    return float(body[near.all(axis=1), 2].max() - eyes[2] - 0.1)


def bowed(flat: Doubles, eyes: Floats, front: float) -> Doubles:
    """Returns places (N, 3) of places (N, 2) in the plane of the glasses, bent around the face."""
    back = 0.22 * np.abs(flat[:, 0]) ** 2 + 0.12 * np.clip(-flat[:, 1], -0.2, 1)
    return np.asarray(np.column_stack([flat, front - back]) + eyes)


def frame_mesh(
    rims: list[Doubles], eyes: Floats, body: Floats, thick: float, *, full: bool
) -> Mesh:
    """Returns rims, bridge and temples as one mesh; without `full` only upper halves of rims."""
    meshes = []
    for side, rim in zip((1, -1), rims, strict=True):
        upper = rim[: AROUND // 2 + 1]
        meshes.append(tube(rim if full else upper, thick, closed=full, flat=0.8))
        outer = rim[(rim[:, 0] * side).argmax()]
        hinge = np.array([outer[0], max(outer[1], eyes[1] + 0.05), outer[2] - 0.01])
        ear = np.array([side * (width_at(eyes, body) + 0.02), eyes[1] + HINGE, eyes[2] - 0.95])
        wide = max(abs(outer[0]) + 0.03, abs(ear[0]) * 0.88)
        corner = np.array([side * wide, hinge[1] + 0.01, hinge[2] - 0.12])
        temple = np.stack(
            [outer, hinge, corner, (corner + ear) / 2, ear, ear + np.array([0, -0.25, -0.25])]
        )
        meshes.append(tube(temple, thick * 0.8, closed=False, flat=1.6))
    inner = [rim[(rim[:, 0] * side).argmin()] for side, rim in zip((1, -1), rims, strict=True)]
    arch = (inner[0] + inner[1]) / 2 + [0, 0.04, 0.06]
    meshes.append(tube(np.stack([inner[0], arch, inner[1]]), thick * 0.9, closed=False))
    return joined(meshes)


def width_at(eyes: Floats, body: Floats) -> float:
    """Returns half the head's width at the temples."""
    near = np.abs(body[:, 1:] - eyes[1:] - [HINGE, -0.5]) < [0.12, 0.25]
    inside = near.all(axis=1) & (np.abs(body[:, 0]) < 1.2)
    return float(np.abs(body[inside, 0]).max()) if inside.any() else 0.75


def frame_surface(rng: Rng) -> Part:
    """Returns dark, metal or coloured stuff."""
    label, kind = label_of("glasses"), rng.random()
    surface = stuff(PLAIN_STUFF, label, gloss=rng.uniform(0.3, 2), roughness=0.2)
    if kind < 0.55:
        tint = rng.uniform(0.005, 0.06) * np.exp(rng.normal(0, 0.1, 3))
    elif kind < 0.8:  # metal
        tint = rng.uniform(0.2, 0.7) * np.exp(rng.normal(0, [0.2, 0.05, 0.25]))
    else:
        return replace(surface, texture=random_pattern(rng))
    red, green, blue = tint.tolist()
    return replace(surface, tint=(red, green, blue))


def lens_layers(
    rims: list[Doubles], middles: list[Doubles], rng: Rng, *, dark: bool
) -> list[Layer]:
    """Returns both lenses; clear ones are nothing but a faint glint and have no class."""
    grey = rng.uniform(0.0, 0.04) * np.exp(rng.normal(0, 0.4, 3))
    if rng.random() < 0.2:  # mirrors
        grey = rng.uniform(0.05, 0.6) * np.exp(rng.normal(0, 0.5, 3))
    red, green, blue = np.clip(grey, 0, 1).tolist()
    hiding = stuff(PLAIN_STUFF, label_of("lens"), gloss=rng.uniform(0.5, 4), roughness=0.15)
    hiding = replace(hiding, tint=(red, green, blue))
    clear = stuff(FAINT_GLASS, -1, gloss=rng.uniform(0, 6), roughness=rng.uniform(0.1, 0.5))
    meshes = []
    for rim, middle in zip(rims, middles, strict=True):
        ring = np.vstack([rim, rim[:1]])
        bulge = np.array([0, 0, 0.05])
        rings = [
            ring + (middle + bulge * (1 - s * s) - ring) * (1 - s) for s in (0.0, 0.4, 0.75, 1.0)
        ]
        meshes.append(grid(np.stack(rings)))
    return [layer_of(joined(meshes), hiding if dark else clear)]
