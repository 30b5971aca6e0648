"""Random people with all that a head may show: open mouths, closed eyes, beards, things worn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.people.assets import Assets
from prink.people.dye import random_dye
from prink.people.heads import (
    BALD,
    NO_CORNERS,
    Head,
    Layer,
    base_layers,
    hair_layers,
    name_of,
    random_stubble,
    shape_weights,
    worn,
)
from prink.people.scene import Part, label_of
from prink.people.worn.beard import random_beard
from prink.people.worn.capsule import Coat, capsule_of
from prink.people.worn.draped import Headwear, pressed
from prink.people.worn.glasses import random_glasses
from prink.people.worn.hats import below_hat
from prink.people.worn.headwear import KINDS, random_headwear
from prink.people.worn.held import random_held
from prink.people.worn.patterns import random_pattern
from prink.people.worn.shapes import stuff

__all__ = ["Wardrobe", "random_person"]

Rng = np.random.Generator
TEETH: Final = "base/teeth/materials/teeth.png"


@dataclass(frozen=True)
class Wardrobe:
    """How likely, 0..1, a person has each kind of thing."""

    headwear: float = 0.26
    glasses: float = 0.24
    dark: float = 0.45  # of the glasses
    held: float = 0.26
    beard: float = 0.22
    open_mouth: float = 0.36


def random_person(
    assets: Assets, rng: Rng, styles: Sequence[str], wardrobe: Wardrobe | None = None
) -> Head:
    """Returns a person with one of these hair styles who wears, holds and shows things."""
    likely = wardrobe or Wardrobe()
    skin = assets.skins[rng.integers(len(assets.skins))]
    weights = shape_weights(assets, rng, skin)
    opened = rng.random() < likely.open_mouth
    weights |= expression(weights, rng, opened=opened)
    points = assets.body.shaped(weights)
    style = str(styles[rng.integers(len(styles))])
    dye = random_dye(rng, dark="dark" in skin.name)
    layers = base_layers(assets, points, skin, dye, rng)
    layers += mouth_layers(assets, points, rng)
    eyes = points[assets.eye_points].mean(axis=0)
    if rng.random() < likely.beard:
        layers += random_beard(layers[0], assets.jaw, rng)
    if style != BALD:
        layers += hair_layers(assets, points, style, rng)
    before: list[Layer] = []  # drawn first, so that what it hides is not drawn
    if rng.random() < likely.headwear:
        headwear = headwear_for(assets, layers, points, eyes, rng)
        layers, before = pressed(layers, headwear), list(headwear.layers)
    face = points[assets.face_points]
    if rng.random() < likely.held:
        before = [*random_held(assets, face, eyes, name_of(skin, assets), rng), *before]
    if rng.random() < likely.glasses:
        dark = rng.random() < likely.dark
        body = layers[0].points[np.unique(assets.body.mesh.triangles[assets.shown])]
        layers += random_glasses(eyes, body, rng, dark=dark).layers
    light = float(rng.uniform(0.25, 0.9))
    return Head(
        (*before, *layers),
        eyes,
        face,
        dye,
        random_stubble(style, dye, rng),
        style,
        mouth_light=light,
    )


def expression(weights: dict[str, float], rng: Rng, *, opened: bool) -> dict[str, float]:
    """Returns target weights of a mouth, open or smiling, and of eyes that may be closed."""
    races = [name.split("/")[2] for name in weights if name.startswith("expression/units/")]
    folder = f"expression/units/{races[0] if races else 'caucasian'}/"
    units: dict[str, float] = {}
    if opened:
        kind = rng.random()
        if kind < 0.75:
            units["mouth-open"] = rng.uniform(0.08, 1.0) ** 1.3
        if kind > 0.45:
            units["mouth-parling"] = rng.uniform(0.2, 1.0)
        if rng.random() < 0.3:
            units["mouth-part-later"] = rng.uniform(0.3, 1.0)
    if rng.random() < (0.5 if opened else 0.25):
        units["mouth-corner-puller"] = rng.uniform(0.3, 1.0)
        units["mouth-retraction"] = rng.uniform(0.0, 0.5)
    if rng.random() < 0.08:
        units["mouth-pursing"] = rng.uniform(0.3, 0.9)
    kind = rng.random()
    closed = 1.0 if kind < 0.1 else float(rng.uniform(0.25, 0.85)) if kind < 0.28 else 0.0
    if closed:
        sides = ("left", "right") if rng.random() < 0.85 else (str(rng.choice(["left", "right"])),)
        for side in ("left", "right"):
            units[f"eye-{side}-opened-up"] = 0.0
            units[f"eye-{side}-slit"] = 0.0
        for side in sides:
            units[f"eye-{side}-closure"] = closed
    return {folder + name: weight for name, weight in units.items()}


def mouth_layers(assets: Assets, points: Floats, rng: Rng) -> list[Layer]:
    """Returns teeth and tongue."""
    white = rng.uniform(0.75, 1.25) * np.array([1, rng.uniform(0.9, 1), rng.uniform(0.75, 1)])
    red, green, blue = white.tolist()
    gloss = float(rng.uniform(0.2, 1))
    teeth = Part(NO_CORNERS, TEETH, tint=(red, green, blue), gloss=gloss, roughness=0.25)
    chosen = assets.teeth[rng.integers(len(assets.teeth))]
    tongue = Part(NO_CORNERS, name_of(assets.tongue.texture, assets), gloss=0.6, roughness=0.3)
    return [
        worn(chosen, points, replace(teeth, label=label_of("teeth"))),
        worn(assets.tongue, points, replace(tongue, label=label_of("mouth"))),
    ]


def headwear_for(
    assets: Assets, layers: list[Layer], points: Floats, eyes: Floats, rng: Rng
) -> Headwear:
    """Returns headwear over the body and clothes of these layers."""
    kind = str(rng.choice([*KINDS, "hat"], p=[0.17, 0.19, 0.1, 0.15, 0.14, 0.18, 0.07]))
    coat = coat_of(assets, layers, eyes)
    if kind == "hat":
        surface = stuff(random_pattern(rng), label_of("headwear"), gloss=0.03)
        return below_hat(replace(worn(assets.hat, points, surface), stiff=True), coat)
    return random_headwear(kind, coat, rng)


def coat_of(assets: Assets, layers: list[Layer], eyes: Floats) -> Coat:
    """Returns how far out skin and clothes are."""
    skin = layers[0]
    covered = [skin.points[np.unique(skin.mesh.triangles[assets.shown])]]
    covered += [each.points for each in layers if each.surface.label == label_of("clothes")]
    return capsule_of(eyes, np.concatenate(covered))
