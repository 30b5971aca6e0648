"""The reader's formulas are those that are drawn: both answer alike to every parameter.

The reader predicts statistics of places, the shaders draw pixels: edges, hairs and what is hidden
make a change on the picture smaller than predicted, by a share that stays as long as neither
formula changes. The torch twin draws here; tests/render holds it to the shaders.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import torch
from tests.tolerances import DRAWN_SHARE

from prink.arrays import Bytes, Doubles, Flags
from prink.face import Face, Tracker
from prink.params import LOOKS, Look, edit, from_vector, pack, parameter_at, to_vector
from prink.reading.bare import EYES, LIPS, SKIN, Bare
from prink.reading.eyes import predict_eyes
from prink.reading.eyes_seen import measure_eyes
from prink.reading.grid import Picture, open_picture
from prink.reading.light import Scene as Light
from prink.reading.light import measure_scene
from prink.reading.lips import measure_lips, predict_lips
from prink.reading.priors import EYE_PRIORS, LIP_PRIORS, SKIN_PRIORS, Priors
from prink.reading.skin import measure_skin, predict_skin
from prink.render import Renderer
from prink.render.reference import capture_scene, draw_reference

BOTH = (1.0, 1.0)  # how well the right and the left side are seen
LIPSTICK = "lips.color=#a01028cc lips.gloss=0.4"
GLOSSY = f"{LIPSTICK} lips.gloss=1"
TWO_TONE = f"{LIPSTICK} lips.inner=#f0a0a0e0"
LINED = f"{LIPSTICK} lip_liner.color=#401010cc"
SHADOW = "eyeshadow.lid=#7f4f5fcc eyeshadow.crease=#5a3a3099 eyeshadow.outer=#30201a99"
LINER = f"{SHADOW} eyeliner.color=#0d0c0dd0"
WINGED = f"{LINER} eyeliner.wing=0.6"
LASHES = "lashes.color.a=0.8"
SKINCARE = (
    "blush.color=#c84070b0 contour.color=#8c6854b0 highlight.color.a=0.6 "
    "foundation.color.a=0.5 foundation.match=1"
)
# What is worn, a parameter, from where to where, and how much of the predicted change is drawn.
STEPS: tuple[tuple[str, str, object, object, float], ...] = (
    (LIPSTICK, "lips.color.a", 0, 0.5, 0.785),
    (LIPSTICK, "lips.color.a", 0.5, 1, 0.691),
    (LIPSTICK, "lips.color", "#a01028cc", "#c06070cc", 0.779),
    (TWO_TONE, "lips.inner.a", 0, 0.5, 0.782),
    (TWO_TONE, "lips.inner.a", 0.5, 1, 0.896),
    (TWO_TONE, "lips.inner", "#f0a0a0e0", "#802080e0", 0.818),
    (TWO_TONE, "lips.inner_ratio", 0.2, 0.5, 0.703),
    (TWO_TONE, "lips.inner_ratio", 0.5, 0.8, 0.694),
    (LIPSTICK, "lips.gloss", 0, 0.3, 0.423),
    (LIPSTICK, "lips.gloss", 0.3, 0.65, 0.593),
    (LIPSTICK, "lips.gloss", 0.65, 1, 0.606),
    (GLOSSY, "lips.gloss_sharpness", 0, 0.5, 0.507),
    (GLOSSY, "lips.gloss_sharpness", 0.5, 1, 0.559),
    (LIPSTICK, "lips.shimmer", 0, 0.5, 0.914),
    (LIPSTICK, "lips.shimmer", 0.5, 1, 0.821),
    (LIPSTICK, "lips.metallic", 0, 0.5, 0.753),
    (LIPSTICK, "lips.metallic", 0.5, 1, 0.726),
    (LIPSTICK, "lips.softness", 0, 0.5, 0.475),
    (LIPSTICK, "lips.softness", 0.5, 1, 0.339),
    (LINED, "lip_liner.color.a", 0, 0.5, 0.604),
    (LINED, "lip_liner.color.a", 0.5, 1, 0.428),
    (LINED, "lip_liner.color", "#401010cc", "#a05040cc", 0.482),
    (LINED, "lip_liner.width", 0, 0.5, 0.521),
    (LINED, "lip_liner.width", 0.5, 1, 0.641),
    (SHADOW, "eyeshadow.lid.a", 0, 0.5, 0.834),
    (SHADOW, "eyeshadow.lid.a", 0.5, 1, 0.859),
    (SHADOW, "eyeshadow.crease.a", 0, 0.5, 0.881),
    (SHADOW, "eyeshadow.crease.a", 0.5, 1, 0.768),
    (SHADOW, "eyeshadow.outer.a", 0, 0.5, 0.860),
    (SHADOW, "eyeshadow.outer.a", 0.5, 1, 0.709),
    (SHADOW, "eyeshadow.lid", "#7f4f5fcc", "#2f7f5fcc", 0.781),
    (SHADOW, "eyeshadow.crease", "#5a3a3099", "#305a6099", 0.729),
    (SHADOW, "eyeshadow.outer", "#30201a99", "#70206099", 0.714),
    (SHADOW, "eyeshadow.shimmer", 0, 0.5, 0.634),
    (SHADOW, "eyeshadow.shimmer", 0.5, 1, 0.647),
    (SHADOW, "eyeshadow.height", 0, 0.5, 0.890),
    (SHADOW, "eyeshadow.height", 0.5, 1, 0.988),
    (SHADOW, "eyeshadow.blend", 0, 0.5, 0.359),
    (SHADOW, "eyeshadow.blend", 0.5, 1, 0.686),
    (LINER, "eyeliner.color.a", 0, 0.5, 0.655),
    (LINER, "eyeliner.color.a", 0.5, 1, 0.453),
    (LINER, "eyeliner.color", "#0d0c0dd0", "#3060a0d0", 0.733),
    (LINER, "eyeliner.thickness", 0, 0.5, 0.647),
    (LINER, "eyeliner.thickness", 0.5, 1, 0.782),
    (LINER, "eyeliner.wing", 0, 0.5, 0.501),
    (LINER, "eyeliner.wing", 0.5, 1, 0.714),
    (LINER, "eyeliner.smudge", 0, 0.5, 0.334),
    (LINER, "eyeliner.smudge", 0.5, 1, 0.605),
    (LINER, "eyeliner.lower", 0, 0.5, 0.665),
    (LINER, "eyeliner.lower", 0.5, 1, 0.543),
    (LASHES, "lashes.color.a", 0, 0.5, 0.999),
    (LASHES, "lashes.color.a", 0.5, 1, 0.929),
    (LASHES, "lashes.length", 0, 0.5, 0.466),
    (LASHES, "lashes.length", 0.5, 1, 0.486),
    (LASHES, "lashes.density", 0.5, 1, 0.399),
    (LASHES, "lashes.density", 0.3, 1, 0.265),
    (SKINCARE, "blush.color.a", 0, 0.5, 0.917),
    (SKINCARE, "blush.color.a", 0.5, 1, 0.878),
    (SKINCARE, "blush.color", "#c84070b0", "#d0905ab0", 0.911),
    (SKINCARE, "blush.placement", 0, 0.5, 0.785),
    (SKINCARE, "blush.placement", 0.5, 1, 0.917),
    (SKINCARE, "blush.size", 0, 0.5, 0.890),
    (SKINCARE, "blush.size", 0.5, 1, 0.858),
    (SKINCARE, "contour.color.a", 0, 0.5, 0.732),
    (SKINCARE, "contour.color.a", 0.5, 1, 0.672),
    (SKINCARE, "contour.nose", 0, 0.5, 0.766),
    (SKINCARE, "contour.nose", 0.5, 1, 0.719),
    (SKINCARE, "contour.color", "#8c6854b0", "#5a4a44b0", 0.685),
    (SKINCARE, "highlight.color.a", 0, 0.5, 1.421),
    (SKINCARE, "highlight.color.a", 0.5, 1, 1.486),
    (SKINCARE, "highlight.color", "#fae6ce99", "#f0b0a099", 1.015),
    (SKINCARE, "foundation.color.a", 0, 0.5, 0.734),
    (SKINCARE, "foundation.color.a", 0.5, 1, 0.721),
    (SKINCARE, "foundation.smoothing", 0, 0.5, 0.684),
    (SKINCARE, "foundation.smoothing", 0, 1, 0.642),
)
# The same of a few observations that many others hide: lower lids, statistics of the whole region.
PARTS: tuple[tuple[str, str, str, object, object, float], ...] = (
    ("below", LASHES, "lashes.color.a", 0.3, 1, 1.197),
    ("below", LASHES, "lashes.length", 0.3, 1, 0.806),
    ("below", LASHES, "lashes.density", 0.3, 1, 1.538),
    ("below", LINER, "eyeliner.lower", 0, 1, 0.591),
    ("below", SHADOW, "eyeshadow.outer.a", 0, 1, 0.753),
    ("whole", WINGED, "eyeliner.color.a", 0, 1, 0.771),
    ("whole", LINER, "eyeliner.wing", 0, 1, 0.705),
    ("whole", SKINCARE, "foundation.color.a", 0, 1, 0.748),
)
# How much of what is predicted of all the looks together is drawn on a region.
LOOKS_DRAWN = {"lips": 0.794, "eyes": 0.882, "skin": 0.846}
TOGETHER = (
    "the formulas in shaders/lib, sdk/prink/render/formulas and sdk/prink/reading are changed "
    "together; then this share is measured anew"
)


@dataclass(frozen=True)
class Region:
    """How the reader measures and predicts a region."""

    measure: Callable[[Picture, Light], Any]
    predict: Callable[[Doubles, Any, Light], Doubles]
    priors: Priors
    bare: Bare


REGIONS = {
    "lips": Region(measure_lips, predict_lips, LIP_PRIORS, LIPS),
    "eyes": Region(lambda *seen: measure_eyes(*seen, BOTH), predict_eyes, EYE_PRIORS, EYES),
    "skin": Region(lambda *seen: measure_skin(*seen, BOTH), predict_skin, SKIN_PRIORS, SKIN),
}
REGION_OF = {path.split(".")[0]: name for name, r in REGIONS.items() for path in r.priors.table}


class Sitter:
    """A real face: what a look changes on it, as predicted and as drawn, in standard deviations."""

    def __init__(self, renderer: Renderer, rgb: Bytes, face: Face) -> None:
        self.face, self.scene = face, capture_scene(renderer, rgb, face)
        picture = open_picture(rgb, face.points)
        self.light = measure_scene(picture, face)
        self.seen = {name: r.measure(picture, self.light) for name, r in REGIONS.items()}
        self.known: dict[tuple[str, Look], Doubles] = {}

    def drawn(self, name: str, look: Look) -> Doubles:
        """Returns the observations (M,) of a drawn look."""
        if (name, look) not in self.known:
            self.known[name, look] = self.draw(name, look)
        return self.known[name, look]

    def draw(self, name: str, look: Look) -> Doubles:
        with torch.no_grad():
            made = draw_reference(torch.from_numpy(pack(look)), self.scene).numpy()
        # Not rounded to bytes, in which the smaller changes would drown.
        found = REGIONS[name].measure(open_picture(made * 255.0, self.face.points), self.light)
        return np.asarray(found.values)

    def predicted(self, name: str, look: Look) -> Doubles:
        """Returns the observations (M,) that the reader expects on this very bare face."""
        region, seen = REGIONS[name], self.seen[name]
        # Every place is a function of its own: the bare field is what was measured without makeup.
        field = np.nan_to_num(seen.values[: -len(region.bare.rest)])
        places = np.eye(self.places(name))
        made = np.concatenate([vector(look, region.priors), field])
        return region.predict(made[None], replace(seen, basis=places), self.light)[0]

    def change(self, name: str, part: str, one: Look, two: Look) -> tuple[Doubles, Doubles]:
        """Returns how the observations of a part that should change do, predicted and drawn."""
        noise = REGIONS[name].bare.deviations(self.places(name))
        predicted = (self.predicted(name, two) - self.predicted(name, one)) / noise
        drawn = (self.drawn(name, two) - self.drawn(name, one)) / noise
        kept = np.isfinite(drawn) & (np.abs(predicted) > 1e-9) & self.inside(name, part)
        return predicted[kept], drawn[kept]

    def places(self, name: str) -> int:
        return len(self.seen[name].basis)

    def inside(self, name: str, part: str) -> Flags:
        """Returns which observations (M,) belong to a part: all, below (lower lids), or whole."""
        bare = REGIONS[name].bare
        rows = np.ones(self.places(name), bool)
        if part != "all":
            rows = self.seen[name].upper <= 0 if part == "below" else ~rows
        whole = np.full(len(bare.rest), part != "below")
        return np.concatenate([np.repeat(rows, len(bare.noise)), whole])


def vector(look: Look, priors: Priors) -> Doubles:
    """Returns the numbers of a look in the order of a fit's makeup."""
    found: list[float] = []
    for path in priors.table:
        value = parameter_at(path.removesuffix(".a")).get(look)
        numbers = value if isinstance(value, tuple) else (value,)
        found += numbers[-1:] if path.endswith(".a") else numbers
    return np.array(found)


def worn(text: str) -> Look:
    return edit(Look(), *text.split())


def share(
    sitters: list[Sitter], name: str, pairs: list[tuple[Look, Look]], *, part: str = "all"
) -> float:
    """Returns how much of the predicted changes is drawn: a least-squares slope."""
    changes = [sitter.change(name, part, one, two) for sitter in sitters for one, two in pairs]
    predicted, drawn = (np.concatenate(each) for each in zip(*changes, strict=True))
    return float(predicted @ drawn / (predicted @ predicted))


@pytest.fixture(scope="module")
def sitters(astronaut: Bytes, hopper: Bytes) -> Iterator[list[Sitter]]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # the tensors are small: waiting for other threads costs more
    with Tracker(max_faces=1) as tracker, Renderer() as renderer:
        yield [Sitter(renderer, rgb, tracker.track(rgb)[0]) for rgb in (astronaut, hopper)]
    torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("base", "path", "low", "high", "expected"), STEPS, ids=[f"{s[1]}={s[3]}" for s in STEPS]
)
def test_a_parameter_is_read_as_it_is_drawn(
    sitters: list[Sitter], base: str, path: str, low: object, high: object, expected: float
) -> None:
    group = path.split(".")[0]
    pair = worn(f"{base} {path}={low}"), worn(f"{base} {path}={high}")
    found = share(sitters, REGION_OF[group], [pair])
    within = DRAWN_SHARE[group] * expected
    assert found == pytest.approx(expected, abs=within), f"{path} {low} to {high}: {TOGETHER}"


@pytest.mark.parametrize(
    ("part", "base", "path", "low", "high", "expected"),
    PARTS,
    ids=[f"{p[0]} {p[2]}" for p in PARTS],
)
def test_what_few_observations_tell_is_read_as_it_is_drawn(
    sitters: list[Sitter],
    part: str,
    base: str,
    path: str,
    low: object,
    high: object,
    expected: float,
) -> None:
    group = path.split(".")[0]
    pair = worn(f"{base} {path}={low}"), worn(f"{base} {path}={high}")
    found = share(sitters, REGION_OF[group], [pair], part=part)
    assert found == pytest.approx(expected, rel=DRAWN_SHARE[group]), TOGETHER


@pytest.mark.parametrize("name", LOOKS_DRAWN)
def test_whole_looks_are_read_as_they_are_drawn(sitters: list[Sitter], name: str) -> None:
    found = share(sitters, name, [(Look(), as_far_as_read(look)) for look in LOOKS.values()])
    assert found == pytest.approx(LOOKS_DRAWN[name], rel=DRAWN_SHARE["looks"]), TOGETHER


def as_far_as_read(look: Look) -> Look:
    """Returns a look with nothing but what the reader fits: no dew, no match, no new products."""
    numbers = to_vector(Look())
    for path in fitted():
        place = parameter_at(path).numbers
        numbers[place] = to_vector(look)[place]
    return from_vector(numbers)


def fitted() -> set[str]:
    return {path.removesuffix(".a") for r in REGIONS.values() for path in r.priors.table}


def test_every_parameter_that_is_fitted_is_held_to_the_shaders() -> None:
    tried = {path.removesuffix(".a") for _, path, *_ in STEPS}
    assert fitted() == tried
