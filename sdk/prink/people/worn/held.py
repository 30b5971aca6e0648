"""Hands and things before a face: where they are, and which colours they have."""

from dataclasses import replace
from typing import Final

import numpy as np

from prink.arrays import Doubles, Floats
from prink.people.assets import Assets
from prink.people.camera import turn
from prink.people.heads import Layer, name_of
from prink.people.scene import SKIN, label_of
from prink.people.worn.hand import bent
from prink.people.worn.patterns import PLAIN_STUFF, random_pattern
from prink.people.worn.shapes import grid, joined, lathe, layer_of, slab, stuff

__all__ = ["THINGS", "brought", "hand_layer", "random_held", "thing_layers"]

Rng = np.random.Generator
THINGS: Final = ("cup", "phone", "microphone", "ball", "card", "straw")
# Places on a face, decimetres right of and above the eyes.
TARGETS: Final = {
    "mouth": (0.0, -0.63),
    "chin": (0.0, -0.95),
    "nose": (0.0, -0.35),
    "eye": (0.32, 0.0),
    "cheek": (0.5, -0.4),
    "forehead": (0.1, 0.4),
    "side": (0.75, -0.3),
}
CHANCES: Final = (0.3, 0.12, 0.1, 0.2, 0.14, 0.06, 0.08)


def random_held(assets: Assets, face: Floats, eyes: Floats, skin: str, rng: Rng) -> list[Layer]:
    """Returns a hand, a thing or both before the points (N, 3) of a face at rest."""
    kind = rng.random()
    target = str(rng.choice(list(TARGETS), p=CHANCES))
    layers = []
    if kind > 0.7:
        layers += thing_layers(str(rng.choice(THINGS)), rng)
    if kind < 0.75 or kind > 0.9:
        layers.append(hand_layer(assets, skin, rng))
        if rng.random() < 0.2:
            return [
                *brought(layers, face, eyes, target, rng),
                *random_second(assets, face, eyes, skin, rng),
            ]
    return brought(layers, face, eyes, target, rng)


def random_second(assets: Assets, face: Floats, eyes: Floats, skin: str, rng: Rng) -> list[Layer]:
    """Returns another hand somewhere."""
    target = str(rng.choice(list(TARGETS), p=CHANCES))
    return brought([hand_layer(assets, skin, rng)], face, eyes, target, rng)


def hand_layer(assets: Assets, skin: str, rng: Rng) -> Layer:
    """Returns a hand with its fingers bent somehow, its middle at 0 and its palm away from z.

    `skin` is the name of its texture; six hands in ten have another tone than the face.
    """
    points = bent(assets.hand, random_bends(rng), rng.uniform(-3, 9), rng.uniform(-20, 35))
    points = points * np.float32(rng.uniform(0.9, 1.1))
    if rng.random() < 0.5:
        points = points * np.array([-1, 1, 1], np.float32)  # the right hand
    if rng.random() < 0.7:
        points = points * np.array([-1, 1, -1], np.float32)  # its palm to the face
    other = assets.skins[rng.integers(len(assets.skins))]
    texture = name_of(other, assets) if rng.random() < 0.6 else skin
    tone = rng.uniform(0.7, 1.25) * np.exp(rng.normal(0, [0.03, 0.05, 0.08]))
    red, green, blue = tone.tolist()
    surface = stuff(texture, label_of("hand"), gloss=rng.uniform(0.2, 1))
    surface = replace(surface, kind=SKIN, tint=(red, green, blue))
    return replace(layer_of(assets.hand.mesh, surface), points=points)


def random_bends(rng: Rng) -> list[float]:
    """Returns how far each finger is bent, in degrees, from flat hands to fists and pointing."""
    kind = rng.choice(
        ["flat", "relaxed", "fist", "point", "two", "any"], p=[0.25, 0.25, 0.1, 0.15, 0.1, 0.15]
    )
    all_ = {"flat": (-5, 8), "relaxed": (5, 35), "fist": (70, 90), "any": (-5, 90)}
    low, high = all_.get(str(kind), (60, 90))
    bends = rng.uniform(low, high, 5)
    bends[0] = rng.uniform(-5, 40)
    if kind in ("point", "two"):
        bends[1] = rng.uniform(-5, 15)
        bends[2] = rng.uniform(-5, 15) if kind == "two" else bends[2]
    return [float(each) for each in bends]


def brought(layers: list[Layer], face: Floats, eyes: Floats, target: str, rng: Rng) -> list[Layer]:
    """Returns layers around 0, turned at random, brought before a place of a face.

    `face` (N, 3) are points of its surface, `eyes` (3,) the middle of both, `target` is one of
    `TARGETS`.
    """
    if not layers:
        return []
    x, y = np.array(TARGETS[target]) + rng.normal(0, 0.12, 2)
    x = x if rng.random() < 0.5 else -x
    lean = rng.normal(0, 55) if rng.random() < 0.8 else rng.uniform(-180, 180)
    turned = turn(rng.normal(0, 18), rng.normal(-12, 15), float(lean))
    contact = np.array([rng.normal(0, 0.2), rng.uniform(-0.3, 0.85), 0.0])
    places = [
        (layer.points - contact) @ turned.T + [eyes[0] + x, eyes[1] + y, 0] for layer in layers
    ]
    nearest = min(gap(each, face) for each in places)
    away = abs(rng.normal(0, 0.12)) if rng.random() < 0.7 else rng.uniform(0.1, 1.2)
    back = np.array([0, 0, nearest - away])
    return [
        replace(layer, points=np.asarray(each - back, np.float32))
        for layer, each in zip(layers, places, strict=True)
    ]


def gap(points: Doubles, face: Floats) -> float:
    """Returns how far points are before the surface of a face, where they are nearest."""
    import cv2

    side, reach = 32, 1.2
    middle = face[:, :2].mean(axis=0)
    relief = np.full((side, side), -9.0, np.float32)
    cell = ((face[:, :2] - middle) / reach * side / 2 + side / 2).astype(int).clip(0, side - 1)
    np.maximum.at(relief, (cell[:, 1], cell[:, 0]), face[:, 2])
    relief = cv2.dilate(relief, np.ones((3, 3), np.uint8))
    cell = ((points[:, :2] - middle) / reach * side / 2 + side / 2).astype(int)
    inside = ((cell >= 0) & (cell < side)).all(axis=1)
    below = relief[cell[inside, 1], cell[inside, 0]]
    over = points[inside, 2] - below
    over = over[below > -8]
    return float(over.min()) if len(over) else float(points[:, 2].min() - face[:, 2].max())


def thing_layers(kind: str, rng: Rng) -> list[Layer]:
    """Returns a thing of `THINGS`, its middle at 0."""
    hand = label_of("hand")
    matt = stuff(random_pattern(rng), hand, gloss=rng.uniform(0, 1.0), roughness=0.3)
    grey = rng.uniform(0.01, 0.3)
    dark = replace(stuff(PLAIN_STUFF, hand, gloss=1.0, roughness=0.2), tint=(grey, grey, grey))
    if kind == "cup":
        low, high, tall = rng.uniform(0.28, 0.4), rng.uniform(0.35, 0.5), rng.uniform(0.7, 1.3)
        profile = [
            (0, -tall / 2),
            (low, -tall / 2),
            (high, tall / 2),
            (high * 0.93, tall / 2),
            (low * 0.9, 0),
        ]
        return [layer_of(lathe(np.array(profile)), matt)]
    if kind == "phone":
        wide, tall = rng.uniform(0.65, 0.8), rng.uniform(1.35, 1.6)
        lens = slab(0.25, 0.25, 0.1)
        lens = replace(
            lens, points=lens.points + np.array([0.18, tall / 2 - 0.25, 0.05], np.float32)
        )
        body = slab(wide, tall, 0.09)
        return [layer_of(body, dark if rng.random() < 0.6 else matt), layer_of(lens, dark)]
    if kind == "microphone":
        angle = np.linspace(0, np.pi, 12)
        ball = np.column_stack([np.sin(angle), np.cos(angle)]) * rng.uniform(0.25, 0.35)
        stick = np.array([(0.13, -0.2), (0.09, -2.2), (0, -2.2)])
        return [layer_of(lathe(ball), matt), layer_of(lathe(stick), dark)]
    if kind == "card":
        return [layer_of(slab(rng.uniform(0.5, 2), rng.uniform(0.4, 1.4), 0.02, rounded=0.1), matt)]
    if kind == "straw":
        width = rng.uniform(0.03, 0.07)
        return [layer_of(lathe(np.array([(width, 1.0), (width, -1.2)])), matt)]
    polar, around = np.meshgrid(
        np.linspace(0, np.pi, 16), np.linspace(0, 2 * np.pi, 25), indexing="ij"
    )
    ball = np.stack(
        [np.sin(polar) * np.sin(around), np.cos(polar), np.sin(polar) * np.cos(around)], -1
    )
    return [layer_of(joined([grid(ball * rng.uniform(0.15, 0.5, 3))]), matt)]
