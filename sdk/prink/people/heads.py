"""Random people: a shape, a skin, hair or none, clothes or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Flags, Floats
from prink.people.assets import LOOSE, Assets, described
from prink.people.body import Mesh, smooth_normals
from prink.people.camera import Pose, posed
from prink.people.dye import random_dye
from prink.people.fitted import Fitted
from prink.people.scene import HAIR, SKIN, UNLABELLED, Dye, Part, label_of

__all__ = [
    "BALD",
    "NO_CORNERS",
    "Head",
    "Layer",
    "base_layers",
    "hair_layers",
    "name_of",
    "pose_parts",
    "random_head",
    "random_stubble",
    "shape_weights",
    "worn",
]

Rng = np.random.Generator

BALD: Final = "bald"
RACES: Final = ("caucasian", "asian", "african")
FEATURES: Final = ("head", "nose", "mouth", "cheek", "chin", "eyes", "forehead", "ears", "neck")
AGES: Final = {"young": 0.0, "middleage": 0.45, "old": 0.95}
FAIR: Final = 0.15
LOOSE_LAYERS: Final = 3
BROW_SOLID: Final = 0.35  # alpha: brows are thin
CROWN: Final = (0.9, -0.9)  # decimetres above and before the eyes


@dataclass(frozen=True, eq=False)
class Layer:
    """A mesh on a head at rest: its points (V, 3), its triangles and the surface they have."""

    points: Floats
    mesh: Mesh
    kept: Flags
    surface: Part
    stiff: bool = False  # moves with the head as a whole, though it is below it


@dataclass(frozen=True, eq=False)
class Head:
    """A person at rest: layers in the order of drawing, the eyes' middle, the face's points."""

    layers: tuple[Layer, ...]
    eyes: Floats
    face: Floats
    dye: Dye
    stubble: float
    style: str
    mouth_light: float = 1.0

    @property
    def bare(self) -> bool:
        """Whether there are no clothes."""
        return not any("clothes" in layer.surface.texture for layer in self.layers)


def random_head(assets: Assets, rng: Rng, styles: Sequence[str]) -> Head:
    """Returns a person with one of these hair styles, `BALD` among them."""
    skin = assets.skins[rng.integers(len(assets.skins))]
    points = assets.body.shaped(shape_weights(assets, rng, skin))
    style = str(styles[rng.integers(len(styles))])
    dye = random_dye(rng, dark="dark" in skin.name)
    layers = base_layers(assets, points, skin, dye, rng)
    if style != BALD:
        layers += hair_layers(assets, points, style, rng)
    return Head(
        tuple(layers),
        points[assets.eye_points].mean(axis=0),
        points[assets.face_points],
        dye,
        random_stubble(style, dye, rng),
        style,
    )


def base_layers(assets: Assets, points: Floats, skin: Path, dye: Dye, rng: Rng) -> list[Layer]:
    """Returns skin, eyes, brows, lashes and mostly clothes of a body's points (V, 3)."""
    clothes = assets.clothes[rng.integers(len(assets.clothes))] if rng.random() < 0.85 else None
    bare = SKIN_ONLY if clothes is None else clothes.hidden
    layers = [skin_layer(assets, points, skin, bare, rng)]
    iris = assets.irises[rng.integers(len(assets.irises))]
    wet = Part(NO_CORNERS, name_of(iris, assets), tint=(0.75, 0.75, 0.75), gloss=1.5)
    wet = replace(wet, roughness=0.12, label=label_of("eye"))
    layers.append(worn(assets.eyes, points, wet))
    if clothes is not None:
        dyed = np.clip(rng.uniform(0.1, 1.4) * rng.uniform(0.6, 1.2, 3), 0, 2)
        cloth = Part(NO_CORNERS, name_of(clothes.texture, assets), gloss=0.05, tint=triple(dyed))
        cloth = replace(cloth, label=label_of("clothes"))
        layers.append(worn(clothes, points, cloth))
    brow = triple(np.sqrt(dye.roots) * rng.uniform(0.4, 1.3))
    for fitted, tint, label in (
        (pick(assets.brows, rng), brow, label_of("brow")),
        (pick(assets.lashes, rng), (1.0, 1.0, 1.0), UNLABELLED),
    ):
        matt = Part(NO_CORNERS, name_of(fitted.texture, assets), gloss=0.0, tint=tint)
        matt = replace(matt, label=label, solid=0.5 if label == UNLABELLED else BROW_SOLID)
        layers.append(worn(fitted, points, matt))
    return layers


NO_CORNERS: Final = np.zeros((0, 8), np.float32)
SKIN_ONLY: Final = np.zeros(0, np.int64)


def random_stubble(style: str, dye: Dye, rng: Rng) -> float:
    """Returns the cover of the scalp: full under hair; on the bald none or cropped hair."""
    if style != BALD:
        return float(rng.uniform(0.85, 1))
    fair = max(dye.roots) > FAIR  # too like skin to be told from it when it is cropped
    return 0.0 if fair or rng.random() < 0.5 else float(rng.uniform(0.75, 1))


def shape_weights(assets: Assets, rng: Rng, skin: Path) -> dict[str, float]:
    """Returns random target weights for a person with a skin."""
    race = [0.1, 0.1, 0.8] if "dark" in skin.name else rng.dirichlet([1, 0.8, 0.1]).tolist()
    races = dict(zip(RACES, race, strict=True))
    female = float(np.clip(("female" in skin.name) + rng.normal() * 0.2, 0, 1))
    if "dark" in skin.name and rng.random() < 0.5:
        female = 1 - female  # there are no dark female skins
    old = float(np.clip(AGES[skin.name.split("_")[0]] + rng.normal() * 0.1, 0, 1))
    sexes = {"female": female, "male": 1 - female}
    ages = {"young": 1 - old, "old": old}
    muscles, fats = (
        thirds(float(np.clip(rng.normal(0, 0.35), -1, 1)), word) for word in ("muscle", "weight")
    )
    weights: dict[str, float] = {}
    for (sex, much), (age, many) in product(sexes.items(), ages.items()):
        for name, share in races.items():
            weights[f"macrodetails/{name}-{sex}-{age}"] = much * many * share
        for (muscle, m), (fat, f) in product(muscles.items(), fats.items()):
            weights[f"macrodetails/universal-{sex}-{age}-{muscle}-{fat}"] = much * many * m * f
    for name in (name for folder in FEATURES for name in assets.body.names(folder)):
        if "age" not in name and rng.random() < 0.2:
            weights[name] = abs(rng.normal()) * 0.25
    for name in assets.body.names(f"expression/units/{max(races, key=lambda r: races[r])}"):
        if not any(word in name for word in ("open", "part", "neck")) and rng.random() < 0.12:
            weights[name] = abs(rng.normal()) * 0.4
    return weights


def thirds(value: float, word: str) -> dict[str, float]:
    """Returns the weights of least, average and most of something at a value in -1..1."""
    shares = {"average": 1 - abs(value), "max": max(value, 0), "min": max(-value, 0)}
    return {name + word: share for name, share in shares.items()}


def skin_layer(
    assets: Assets, points: Floats, skin: Path, hidden: NDArray[np.int64], rng: Rng
) -> Layer:
    """Returns the body's skin without what clothes hide."""
    covered = np.zeros(len(points), bool)
    covered[hidden] = True
    kept = assets.shown & ~covered[assets.body.mesh.triangles].all(axis=1)
    tone = rng.uniform(0.7, 1.25) * np.exp(rng.normal(0, [0.03, 0.05, 0.08]))
    gloss, roughness = float(rng.uniform(0.3, 1.2)), float(rng.uniform(0.3, 0.55))
    surface = Part(NO_CORNERS, name_of(skin, assets), SKIN, triple(tone), gloss, roughness)
    surface = replace(surface, label=label_of("skin"))
    return Layer(points, assets.body.mesh, kept, surface)


def hair_layers(assets: Assets, points: Floats, style: str, rng: Rng) -> Iterator[Layer]:
    """Yields a hair style, a little fuller than it was made, and the strands that stand off.

    `points` (V, 3) are those of the body.
    """
    fitted = assets.hair[style]
    name = name_of(fitted.texture, assets) or described(style)
    gloss, roughness = float(rng.uniform(0.05, 1.0)), float(rng.uniform(0.1, 0.3))
    surface = Part(NO_CORNERS, name, HAIR, gloss=gloss, roughness=roughness, label=label_of("hair"))
    layer = worn(fitted, points, surface)
    out = smooth_normals(layer.points, layer.mesh.triangles)
    fuller, step = rng.uniform(0, 0.06), rng.uniform(0.01, 0.05)
    yield replace(layer, points=layer.points + out * np.float32(fuller))
    for number in range(1, 1 + int(rng.integers(0, LOOSE_LAYERS + 1))):
        away = layer.points + out * np.float32(fuller + number * step)
        yield replace(layer, points=away, surface=replace(surface, texture=name + LOOSE))


def worn(fitted: Fitted, body: Floats, surface: Part) -> Layer:
    """Returns a fitted mesh on a body's points (V, 3)."""
    kept = np.ones(len(fitted.mesh.triangles), bool)
    return Layer(fitted.points(body), fitted.mesh, kept, surface)


def pose_parts(head: Head, pose: Pose) -> list[Part]:
    """Returns the head's parts in the camera's space."""
    parts = []
    for layer in head.layers:
        points = posed(layer.points, head.eyes, pose, stiff=layer.stiff)
        normals = smooth_normals(points, layer.mesh.triangles[layer.kept])
        triangles = layer.mesh.triangles[layer.kept].ravel()
        uv = layer.mesh.uv[layer.mesh.uv_triangles[layer.kept].ravel()]
        corners = np.hstack([points[triangles], normals[triangles], uv])
        parts.append(replace(layer.surface, corners=np.asarray(corners, np.float32)))
    return parts


def pick(these: Sequence[Fitted], rng: Rng) -> Fitted:
    return these[rng.integers(len(these))]


def name_of(path: Path | None, assets: Assets) -> str:
    """Returns the name of a texture among the assets; none where there is no path."""
    return path.relative_to(assets.folder).as_posix() if path else ""


def triple(values: Doubles) -> tuple[float, float, float]:
    red, green, blue = values.tolist()
    return red, green, blue
