"""Beards: shells of skin, each a little further out, with ever fewer strands."""

from dataclasses import replace

import numpy as np

from prink.arrays import Flags
from prink.people.body import smooth_normals
from prink.people.heads import Layer
from prink.people.scene import HAIR, label_of
from prink.people.worn.beard_texture import BEARD_KINDS, beard_name
from prink.people.worn.shapes import stuff

__all__ = ["random_beard"]

Rng = np.random.Generator
CHANCES = (0.5, 0.2, 0.2, 0.1)


def random_beard(skin: Layer, jaw: Flags, rng: Rng) -> list[Layer]:
    """Returns the shells of a beard on a skin whose triangles `jaw` (T,) are where it may grow."""
    kind = str(rng.choice(BEARD_KINDS, p=CHANCES))
    variant = int(rng.integers(4))
    out = smooth_normals(skin.points, skin.mesh.triangles)
    long_ = float(np.exp(rng.uniform(np.log(0.03), np.log(0.22))))
    tone = rng.uniform(0.5, 1.4) * np.exp(rng.normal(0, 0.08, 3))
    red, green, blue = tone.astype(np.float32).tolist()
    surface = stuff("", label_of("beard"), gloss=rng.uniform(0, 0.3), roughness=0.3)
    surface = replace(surface, kind=HAIR, tint=(red, green, blue))
    shells = []
    steps = [0.006, *np.linspace(0.3, 1, int(rng.integers(2, 5))) * long_]
    droop = np.array([0, -rng.uniform(0, 0.45), 0.15])
    for number, far in enumerate(steps):
        name = beard_name(kind, variant + (number + 1) // 2, strands=number > 0)
        away = skin.points + (out + droop * (number > 0)) * np.float32(far)
        kept = skin.kept & jaw
        tinted = replace(surface, texture=name)
        shells.append(Layer(np.asarray(away, np.float32), skin.mesh, kept, tinted))
    return shells
