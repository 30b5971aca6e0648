"""Eyeshadow, eyeliner and lashes: lib/eyeshadow, eyeliner and lashes.glsl fitted to both lids.

The formulas are simpler than the shaders'; tests/reading/test_formulas.py holds them together.
"""

import numpy as np

from prink.arrays import Doubles
from prink.color import linear_to_srgb, srgb_to_linear
from prink.reading.bare import EYES
from prink.reading.descent import (
    Observed,
    Unknowns,
    best_of,
    descend,
    unknowns_of,
    variants,
    without,
)
from prink.reading.eyes_seen import WING_STEPS, EyesSeen, measure_eyes
from prink.reading.grid import Picture
from prink.reading.light import LUMA, Scene, smoothstep
from prink.reading.priors import EYE_PRIORS, Made

__all__ = ["predict_eyes", "read_eyes"]


def predict_eyes(many: Doubles, seen: EyesSeen, scene: Scene) -> Doubles:
    """Returns the observations (K, M) that K parameter vectors would give."""
    made = EYE_PRIORS.made(many)
    under = np.maximum(scene.colors(seen.basis @ EYE_PRIORS.field(many, 3)), 1e-4)
    y = under @ LUMA
    lid_places = (seen.upper > 0) & (seen.ring < 1.7)
    mean = np.maximum(y[:, lid_places].mean(axis=1), 0.35 * scene.y)
    shade = np.clip(y / mean[:, None], 0.0, 2.5)
    c = shadow(under, made, seen, scene, shade)
    c = line(c, made, seen, scene, np.minimum(shade, 1.5))
    c = hairs(c, made, seen, scene)
    dark = srgb_to_linear(made["eyeliner.color.rgb"]) @ LUMA * float(scene.light @ LUMA) / scene.y
    flick = made["eyeliner.color.a"] * wing_mask(made)
    wing = EYES.rest[:5] + np.log1p(-np.clip(flick * (1.0 - dark[:, None]), 0.0, 0.97))
    bright = (c[:, lid_places] @ LUMA).mean(axis=1)
    sparkle = (
        (made["eyeshadow.shimmer"] * made["eyeshadow.lid.a"])[:, 0]
        * 0.03
        * (srgb_to_linear(made["eyeshadow.lid.rgb"]) @ LUMA + 0.08)
        * float(scene.light @ LUMA)
    )
    glint = EYES.rest[5] + np.log1p(sparkle / bright)
    return np.concatenate([scene.logs(c).reshape(len(many), -1), wing, glint[:, None]], axis=1)


def shadow(c: Doubles, made: Made, seen: EyesSeen, scene: Scene, shade: Doubles) -> Doubles:
    """Returns colours (K, P, 3) with eyeshadow."""
    along, ring = seen.along, seen.ring * (1.0 - seen.hood * (1.0 - seen.ring / 3.0))
    top, haze = 1.1 + 1.6 * made["eyeshadow.height"], 0.10 + 0.85 * made["eyeshadow.blend"]
    above = (seen.upper > 0).astype(float)
    soft = 0.02 + 0.16 * haze
    height = (seen.eye - (0.985, 0.0)) @ (-0.53, 0.85) + 0.10 * (1.0 - above) + 0.4 * soft
    near = smoothstep(0.84, 1.0, seen.eye[:, 0])
    lift = 1.0 + near * (smoothstep(-soft, soft, height) - 1.0)
    fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring)
    lid = (
        above
        * smoothstep(0.0, 0.22, along)
        * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring))
        * fade
        * lift
    )
    fold = (
        above
        * smoothstep(0.02, 0.35, along)
        * smoothstep(1.0 - 0.68 * haze, 1.05, ring)
        * fade
        * lift
    )
    corner = smoothstep(0.72 - 0.30 * haze, 0.98, along) * lift
    under = 1.0 - smoothstep(0.3 * haze, 0.35 + 1.1 * haze, ring)
    outer = corner * (under + above * (1.0 - smoothstep(0.55 * top, 0.9 * top, ring) - under))
    shine = made["eyeshadow.shimmer"]
    lit = 0.1 + 0.9 * np.minimum(shade, 1.0) + (0.45 + 0.4 * shine) * np.maximum(shade - 1.0, 0.0)
    light = scene.light * lit[..., None]
    on_lid = light * (1.0 - 0.15 * shine)[..., None]
    c = powder(c, made["eyeshadow.lid"], on_lid, lid * (1.0 - 0.05 * np.minimum(ring, 1.0)), scene)
    c = powder(c, made["eyeshadow.crease"], light, fold * 0.96, scene)
    c = powder(c, made["eyeshadow.outer"], light, outer * 0.97, scene)
    bulge = 1.0 - smoothstep(0.1, 0.45, np.abs(along - 0.5))
    bulge = bulge * (1.0 - smoothstep(0.0, 0.75, np.abs(ring - 0.55)))
    sheen = lid * bulge * smoothstep(0.5, 1.3, shade)
    glitter = 0.023 * lid * (1.0 - smoothstep(1.0, 1.3, ring))
    glow = shine * made["eyeshadow.lid.a"] * (0.75 * sheen + 0.8 * glitter)
    metal = srgb_to_linear(made["eyeshadow.lid.rgb"][:, None]) + 0.08
    return np.asarray(c + glow[..., None] * metal * scene.light)


def powder(c: Doubles, rgba: Doubles, light: Doubles, mask: Doubles, scene: Scene) -> Doubles:
    """Returns colours (K, P, 3) under eyeshadow: `powder` of the shaders."""
    pigment = srgb_to_linear(rgba[:, None, :3])
    depth = pigment @ LUMA
    dark = (1.0 - smoothstep(0.06, 0.24, depth))[..., None]
    cover = (rgba[:, 3:4] * mask)[..., None]
    target = pigment * light
    deepest = (c @ LUMA) * np.sqrt(4.5 * depth) / np.maximum(target @ LUMA, 1e-4)
    target = target * (1.0 + dark * (np.minimum(deepest, 1.0)[..., None] - 1.0))
    grey = pigment.min(axis=-1) / np.maximum(pigment.max(axis=-1), 0.002)
    own = (target @ LUMA)[..., None] * (scene.skin / scene.y)
    target = target + dark * grey[..., None] * (1.0 - cover**2) * (own - target)
    return np.asarray(c + cover * (target - c))


def paint(c: Doubles, rgba: Doubles, light: Doubles, mask: Doubles) -> Doubles:
    """Returns colours (K, P, 3) under opaque pigment: `paint` of the shaders."""
    cover = (rgba[:, 3:4] * mask)[..., None]
    return np.asarray(c + cover * (srgb_to_linear(rgba[:, None, :3]) * light - c))


def line(c: Doubles, made: Made, seen: EyesSeen, scene: Scene, shade: Doubles) -> Doubles:
    """Returns colours (K, P, 3) with eyeliner."""
    soft = seen.crisp + 0.045 * made["eyeliner.smudge"]
    thick = (0.006 + 0.044 * made["eyeliner.thickness"]) * (
        0.30 + 0.70 * smoothstep(0.05, 0.75, seen.along)
    )
    above = (seen.upper > 0).astype(float)
    top = above * (1.0 - smoothstep(thick - soft, thick + soft, seen.off))
    below = (
        made["eyeliner.lower"]
        * (1.0 - above)
        * smoothstep(0.15, 0.55, seen.along)
        * (1.0 - smoothstep(0.6 * thick - soft, 0.6 * thick + soft, seen.off))
    )
    return paint(
        c,
        made["eyeliner.color"],
        scene.light * (0.3 + 0.7 * shade)[..., None],
        np.maximum(top, below),
    )


def wing_mask(made: Made) -> Doubles:
    """Returns how dark (K, 5) the line of a wing is at the measured steps."""
    thickness, wing = made["eyeliner.thickness"], made["eyeliner.wing"]
    reach = 0.05 + 0.39 * wing
    left = np.clip(1.0 - WING_STEPS / reach, 0.0, 1.0)
    half = 1.5 * (0.006 + 0.044 * thickness) * left * (0.3 * left + 0.7)
    body = half / (
        half + 0.018 + 0.03 * made["eyeliner.smudge"]
    )  # a line thinner than the samples is seen paler
    ends = smoothstep(0.0, 0.12, left)
    return np.asarray(body * ends * smoothstep(0.0, 0.3, wing))


def hairs(c: Doubles, made: Made, seen: EyesSeen, scene: Scene) -> Doubles:
    """Returns colours (K, P, 3) under the mean cover of lashes, which are finer than the places."""
    a, length, density = (made[f"lashes.{name}"] for name in ("color.a", "length", "density"))
    along, off = seen.along, seen.off
    profile = smoothstep(0.02, 0.25, along) * (0.6 + 0.4 * smoothstep(0.2, 0.85, along))
    reach = (0.030 + 0.125 * length) * profile + 1e-3
    above = (seen.upper > 0).astype(float)
    second = lash_row(off, reach * np.where(above > 0, 0.8, 0.33), density)
    both = 1.0 - (1.0 - second) * (1.0 - lash_row(off, reach, density))
    low = 0.5 * smoothstep(0.25, 0.6, along) * second
    cover = np.where(above > 0, both, low)
    root = 0.8 * above * (1.0 - smoothstep(0.004, 0.016, off)) * profile
    black = np.tile([0.04, 0.03, 0.03], (len(a), 1))
    # A place at the root is seen together with the eye below it.
    cover = np.maximum(cover, root) * (0.35 + 0.65 * smoothstep(0.0, 0.016, off))
    return paint(c, np.concatenate([black, a], axis=1), scene.light, cover)


def lash_row(off: Doubles, reach: Doubles, density: Doubles) -> Doubles:
    """Returns the mean cover (K, P) of a row of lashes over hairs of every length."""
    own = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    up = np.clip((off / reach)[..., None] / (0.4 + 0.6 * own), 0.0, 1.0)
    grown = smoothstep(0.45, 0.85, 1.25 * density + own)
    wide = 2.0 * (0.24 + 0.06 * density) * grown
    hair = wide[:, None] * (1.0 - up) * (1.0 - 0.35 * up)
    return np.asarray(hair.mean(axis=-1))


# What is left out to see how much a product explains.
PRODUCTS = {
    "eyeshadow": ("eyeshadow.lid.a", "eyeshadow.crease.a", "eyeshadow.outer.a"),
    "eyeliner": ("eyeliner.color.a",),
    "lashes": ("lashes.color.a",),
}


def read_eyes(
    picture: Picture, scene: Scene, weights: tuple[float, float]
) -> tuple[Made, dict[str, float]]:
    """Returns the best parameters by path, and the cost that leaving out each product would add."""
    seen = measure_eyes(picture, scene, weights)
    noise = EYES.deviations(len(seen.along))
    observed = Observed(seen.values, noise, lambda many: predict_eyes(many, seen, scene))
    unknowns = unknowns_of(EYE_PRIORS, EYES.expect(scene.tone), EYES.sd)
    start = first_guess(unknowns, seen, scene)
    shares = (0.15, 0.4, 0.65, 0.9)
    wings = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8)
    for choices in (
        {"eyeshadow.height": shares, "eyeshadow.blend": shares},
        {"eyeliner.thickness": shares, "eyeliner.wing": wings, "eyeliner.smudge": (0.0, 0.3)},
    ):
        best = descend(observed, unknowns, start, steps=6)
        start = best_of(observed, unknowns, variants(unknowns, best.best, choices))
    best = descend(observed, unknowns, start, steps=8)
    gains = {}
    for name, covers in PRODUCTS.items():
        left = descend(observed, without(unknowns, *covers), best.best, steps=8)
        gains[name] = left.cost - best.cost
    return EYE_PRIORS.made(best.best), gains


def first_guess(unknowns: Unknowns, seen: EyesSeen, scene: Scene) -> Doubles:
    """Returns the prior means (P,) with the pigments that an opaque shadow would have."""
    start = unknowns.mean.copy()
    logs = seen.values[: 3 * len(seen.along)].reshape(-1, 3)
    upper, middle = seen.upper > 0, abs(seen.along - 0.5) < 0.3
    for path, kept in (
        ("eyeshadow.lid", (seen.ring < 0.9) & (seen.ring > 0.2) & upper & middle),
        ("eyeshadow.crease", (abs(seen.ring - 1.2) < 0.2) & upper & middle),
        ("eyeshadow.outer", (seen.ring < 0.9) & (seen.along > 0.85)),
    ):
        white = scene.colors(np.median(logs[kept], axis=0)) / scene.light
        start[unknowns.at[f"{path}.rgb"]] = np.clip(linear_to_srgb(white), 0.02, 0.98)
    return start
