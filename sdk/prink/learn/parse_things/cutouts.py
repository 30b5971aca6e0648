"""Rendered hands, glasses, headwear and things, laid on to a crop where they would be."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Bytes, Doubles, Floats
from prink.face.landmark import LEFT_EYE, RIGHT_EYE
from prink.learn.parse.net import SIZE
from prink.learn.parse.place import FINE, Crop, seen
from prink.learn.parse_things.thing import Thing, towards

__all__ = ["cutout"]

Rng = np.random.Generator
# How often each kind is taken; the rest are kinds of headwear.
OFTEN: Final = {"hand": 0.34, "glasses": 0.14, "sunglasses": 0.12, "headwear": 0.18}
GLASSES: Final = ("glasses", "sunglasses")
HELD: Final = ("hand", "thing", "cup", "phone", "microphone")
CANDIDATES: Final = 6  # of those turned most like the face
FREE: Final = 0.35  # share of the hands that are laid anywhere on the face


def cutout(crop: Crop, library: Mapping[str, NDArray[Any]], rng: Rng) -> Thing:
    """Returns a thing of a library before a crop.

    `library` has stacks of N cut-outs, `rgba` (N, S, S, 4) and others: see
    `prink.people.occluders`.
    """
    number = chosen(crop, library, rng)
    face = library["faces"][number].astype(np.float64)
    kind = str(library["kinds"][number])
    roll, middle, size = upright(crop)
    mirrored = rng.random() < 0.5 and kind not in GLASSES
    angle = np.radians(roll - float(library["angles"][number, 2]) * (-1 if mirrored else 1))
    place, source = middle, face[:2]
    scale = face[2] / size * np.exp(rng.normal(0, 0.06))
    if kind in GLASSES and crop.points is not None:
        place, source, scale, angle = on_eyes(crop, library["points"][number], rng)
    elif kind not in HELD:
        place = middle + rng.normal(0, 0.025, 2) * size
    elif rng.random() < FREE:
        tips = library["points"][number]
        known = ~np.isnan(tips[:, 0])
        source = tips[known][rng.integers(known.sum())] if known.any() else source
        place = towards(crop, rng).astype(np.float64)
        angle += rng.normal(0, 0.5)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) * scale
    if mirrored:
        turn[0] *= -1
    matrix = np.column_stack([turn, source - turn @ place])
    return laid(library["rgba"][number], library["classes"][number], matrix, kind)


def chosen(crop: Crop, library: Mapping[str, NDArray[Any]], rng: Rng) -> int:
    """Returns the number of a cut-out, turned about as the face is."""
    kinds = library["kinds"]
    draw, kind = rng.random(), "thing"
    for name, share in OFTEN.items():
        if draw < share:
            kind = name
            break
        draw -= share
    worn = ~np.isin(kinds, (*GLASSES, *HELD))
    things = np.isin(kinds, HELD) & (kinds != "hand")
    of = worn if kind == "headwear" else things if kind == "thing" else kinds == kind
    numbers = np.flatnonzero(of if of.any() else np.ones(len(kinds), bool))
    if crop.points is None or kind in HELD:
        return int(rng.choice(numbers))
    away = np.abs(library["angles"][numbers, 0] - turned(crop.points))
    near = np.argsort(away + rng.uniform(0, 6, len(away)))[:CANDIDATES]
    return int(numbers[rng.choice(near)])


def turned(points: Floats) -> float:
    """Returns how far a face is turned, in degrees, > 0 where its nose is right of its middle."""
    right, left = points[234], points[454]
    across = left - right
    along = float(np.dot(points[4] - right, across) / max(float(across @ across), 1e-6))
    sign = 1.0 if across[0] > 0 else -1.0
    return float(np.degrees(np.arcsin(np.clip((along - 0.5) * 1.5, -1, 1))) * sign)


def upright(crop: Crop) -> tuple[float, Doubles, float]:
    """Returns roll in degrees, middle (2,) and size of the face in a crop, in pixels."""
    middle = np.full(2, SIZE / 2)
    if crop.points is None:
        return 0.0, middle, crop.face
    up = (crop.points[10] - crop.points[152]).astype(np.float64)
    low, high = crop.points.min(0), crop.points.max(0)
    return float(np.degrees(np.arctan2(up[0], -up[1]))), ((low + high) / 2).astype(float), crop.face


def on_eyes(crop: Crop, lenses: Floats, rng: Rng) -> tuple[Doubles, Doubles, float, float]:
    """Returns where glasses go: a place of the crop, one of the cut-out, scale and angle."""
    points = crop.points if crop.points is not None else np.zeros((478, 2), np.float32)
    eyes = np.stack([points[list(loop)].mean(0) for loop in (RIGHT_EYE, LEFT_EYE)])
    eyes = eyes[np.argsort(eyes[:, 0])].astype(np.float64)
    both = lenses[:2].astype(np.float64)
    both = both[np.argsort(both[:, 0])]
    here, there = eyes[1] - eyes[0], both[1] - both[0]
    scale = np.linalg.norm(there) / max(float(np.linalg.norm(here)), 1.0)
    angle = np.arctan2(here[1], here[0]) - np.arctan2(there[1], there[0])
    down = np.array([-here[1], here[0]]) * rng.uniform(-0.03, 0.08)
    return (
        eyes.mean(0) + down,
        both.mean(0),
        float(scale * np.exp(rng.normal(0, 0.05))),
        float(angle),
    )


def laid(rgba: Bytes, classes: Bytes, matrix: Doubles, kind: str) -> Thing:
    """Returns a cut-out seen through an affine from places of the crop to its own."""
    alpha = rgba[..., 3:].astype(np.float32) / np.float32(255)
    whole = np.dstack([rgba[..., :3] * (alpha / np.float32(255)), alpha])
    small = seen(whole, matrix, SIZE)
    colour = small[..., :3] / np.maximum(small[..., 3:], 1e-3)
    half = matrix.copy()
    half[:, :2] *= SIZE / FINE
    numbers = seen(classes, half, FINE, smooth=False)
    return Thing(
        name=kind,
        colour=np.asarray(np.clip(colour, 0, 1), np.float32),
        share=np.asarray(seen(rgba[..., 3].copy(), half, FINE)),
        shadow=0.15 if kind in GLASSES else 0.35,
        sets=np.left_shift(np.uint16(1), numbers.astype(np.uint16)),
    )
