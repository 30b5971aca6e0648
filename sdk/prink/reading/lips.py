"""Lipstick and liner: lib/lipstick.glsl and lib/lip_liner.glsl fitted to statistics of the lips.

The lips are cut into places: upper and lower, five along, five across. Of each the 10, 50 and 90 %
quantile of luminance and the mean chroma count. The film is monotonic in the light on it, so it
moves quantiles to quantiles. Opaque paint has one chroma whatever is below: the spread of chroma
tells coverage from pigment. The formulas are simpler than the shaders';
tests/reading/test_formulas.py holds them together.
"""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Doubles
from prink.color import linear_to_srgb, srgb_to_linear
from prink.reading.bare import LIPS
from prink.reading.descent import Fit, Observed, descend, unknowns_of, without
from prink.reading.grid import Picture, lip_grid
from prink.reading.light import LUMA, Scene, smoothstep
from prink.reading.priors import LIP_PRIORS, Made

__all__ = ["LipSeen", "lip_basis", "measure_lips", "predict_lips", "read_lips"]

ALONG, ACROSS = 5, 5
QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class LipSeen:
    """Statistics of P places.

    Attributes:
        values: Observations: (P, 5) of median log luminance, spread below, spread above and two
            chromas, then three of the whole: spread of the chromas, and how far sparkles stand out.
        inside, opening: (P,) distances to the outer contour and to the mouth's opening, in
            inter-ocular distances.
        across: (P,) 0 at the outer, 1 at the inner contour.
        basis: (P, 7) functions of the place of which bare lips are sums.
        sealed: 1 for a closed mouth, 0 for an open one.
    """

    values: Doubles
    inside: Doubles
    opening: Doubles
    across: Doubles
    basis: Doubles
    sealed: float


def measure_lips(picture: Picture, scene: Scene) -> LipSeen:
    """Returns the statistics of the lips of one face."""
    grid = lip_grid()
    at = grid.at(picture.points)
    logs = scene.logs(picture.sample(at))
    along, upper, across = grid.region[:, 0], np.sign(grid.region[:, 1]), grid.region[:, 2]
    inside = grid.off(picture.points, "near") / picture.iod
    opening = grid.off(picture.points, "far") / picture.iod
    place = (
        (upper > 0) * ALONG * ACROSS
        + np.clip((along - 0.12) / 0.76 * ALONG, 0, ALONG - 1).astype(int) * ACROSS
        + np.clip(across * ACROSS, 0, ACROSS - 1).astype(int)
    )
    rows, where, rest = [], [], []
    for number in range(2 * ALONG * ACROSS):
        here = place == number
        low, middle, high = np.quantile(logs[here, 0], QUANTILES)
        chroma = np.median(logs[here, 1:], axis=0)
        rows.append([middle, middle - low, high - middle, *chroma])
        where.append([arr[here].mean() for arr in (inside, opening, across, along, upper)])
        core = here & (across > 0.15) & (across < 0.85)
        rest.append(logs[core] - [middle, *chroma])
    leftover = np.concatenate(rest)
    core = (across > 0.15) & (across < 0.85)
    sharp = scene.logs(picture.sample(at[core], reach=0.0))[:, 0] - logs[core, 0]
    glint = np.quantile(sharp, 0.95)
    spread = np.log(np.quantile(np.abs(leftover[:, 1:]), 0.7, axis=0) + 0.01)
    place_mean = np.array(where)
    values = np.concatenate([np.array(rows).ravel(), spread, [glint]])
    gap = float(np.linalg.norm(picture.points[13] - picture.points[14]))
    wide = max(float(np.linalg.norm(picture.points[61] - picture.points[291])), 1.0)
    return LipSeen(
        values,
        place_mean[:, 0],
        place_mean[:, 1],
        place_mean[:, 2],
        lip_basis(place_mean),
        1.0 - float(smoothstep(0.03, 0.06, gap / wide)),
    )


def lip_basis(where: Doubles) -> Doubles:
    """Returns (P, 7) functions of the place."""
    across, along, upper = where[:, 2] - 0.5, where[:, 3] - 0.5, where[:, 4]
    one = np.ones_like(across)
    return np.stack(
        [one, upper, across, upper * across, along, along**2 - 0.045, across**2 - 0.08], axis=1
    )


GLINT = 0.009  # how far the larger sparkles stand out, as they are resolved in a photo
GLITTER = 0.022  # and their mean


def predict_lips(many: Doubles, seen: LipSeen, scene: Scene) -> Doubles:
    """Returns the observations (K, M) that K parameter vectors would give."""
    made = LIP_PRIORS.made(many)
    bare = seen.basis @ LIP_PRIORS.field(many, 5)  # (K, P, 5)
    lo = bare[..., 0] - np.maximum(bare[..., 1], 0.0)
    hi = bare[..., 0] + np.maximum(bare[..., 2], 0.0)
    logs = np.stack([lo, bare[..., 0], hi], axis=2)
    chroma = np.broadcast_to(bare[:, :, None, 3:], (*logs.shape, 2))
    under = np.maximum(scene.colors(np.concatenate([logs[..., None], chroma], axis=-1)), 1e-4)
    y = under @ LUMA
    core = (seen.across > 0.15) & (seen.across < 0.85)
    shade = np.minimum(y / y[:, core, 1].mean(axis=1)[:, None, None], 3.0)
    seen_through, over = cover(made, seen, scene, shade, under)
    result = scene.logs(seen_through)
    out = np.stack(
        [
            result[:, :, 1, 0],
            result[:, :, 1, 0] - result[:, :, 0, 0],
            result[:, :, 2, 0] - result[:, :, 1, 0],
            result[:, :, 1, 1],
            result[:, :, 1, 2],
        ],
        axis=-1,
    )
    kept = ((1.0 - over) * y[..., 1] / np.maximum(seen_through[:, :, 1] @ LUMA, 1e-4))[
        :, core
    ].mean(axis=1)
    spread = np.log(np.exp(LIPS.rest[:2]) * np.minimum(kept, 1.5)[:, None] + 0.008)
    shimmer = (made["lips.shimmer"] * made["lips.color.a"])[:, 0]
    bright = (seen_through[:, core, 1] @ LUMA).mean(axis=1)
    sparkle = (2.0 * srgb_to_linear(made["lips.color.rgb"]) @ LUMA + 0.3) * (scene.light @ LUMA)
    glint = LIPS.rest[2] + GLINT * shimmer * sparkle / bright
    return np.concatenate([out.reshape(len(many), -1), spread, glint[:, None]], axis=1)


def cover(
    made: Made, seen: LipSeen, scene: Scene, shade: Doubles, under: Doubles
) -> tuple[Doubles, Doubles]:
    """Returns the made-up colours (K, P, 3 quantiles, 3) and the lipstick's cover (K, P)."""
    first, second = linear(made, "lips.color"), linear(made, "lips.inner")
    v, ratio = seen.across, made["lips.inner_ratio"]
    inner = made["lips.inner.a"] * smoothstep(1.0 - ratio - 0.35, 1.0 - ratio + 0.35, v)
    pigment = (first + inner[..., None] * (second - first))[:, :, None]
    feather = 0.015 + 0.06 * made["lips.softness"]
    edge = smoothstep(-0.5 * feather, 0.5 * feather, seen.inside + 0.008)
    opened = np.maximum(smoothstep(0.0, 0.020, seen.opening), seen.sealed)
    mask = edge * opened
    film_a = np.maximum(made["lips.color.a"], inner) * mask
    film = finish(pigment * scene.light, scene, shade, v, made)
    sparkles = (made["lips.shimmer"] * GLITTER)[..., None, None]
    film = film + sparkles * (2.0 * pigment + 0.3) * scene.light
    c = under + film_a[..., None, None] * (film - under)
    width = 0.012 + 0.053 * made["lip_liner.width"]
    line = made["lip_liner.color.a"] * (1.0 - smoothstep(0.45 * width, width, seen.inside)) * opened
    pencil = (
        linear(made, "lip_liner.color")[:, None] * scene.light * np.minimum(shade, 1.25)[..., None]
    )
    return c + line[..., None, None] * (pencil - c), film_a


def linear(made: Made, path: str) -> Doubles:
    """Returns a pigment (K, 1, 3) in linear light."""
    return srgb_to_linear(made[f"{path}.rgb"][:, None])


def finish(lit: Doubles, scene: Scene, shade: Doubles, across: Doubles, made: Made) -> Doubles:
    """Returns the film (K, P, 3, 3) of a pigment in its light: `lipShading` of the shaders.

    Gloss and foil are weaker than there: a place is the median of many pixels, few of which shine.
    """
    gloss, sharp = made["lips.gloss"], made["lips.gloss_sharpness"]
    shade = 1.0 + 0.85 * (shade - 1.0)
    over = np.maximum(shade - 1.0, 0.0)
    matte = smoothstep(0.0, 0.3, gloss)[..., None]
    body = np.minimum(shade, 1.0) + over * (0.25 + 0.75 * matte)
    wet = smoothstep(0.3, 1.0, gloss)[..., None]
    band = np.exp2(-2.0 * ((across - 0.46) / (0.34 - 0.19 * sharp)) ** 2)[..., None]
    low, high = 0.75 + 0.2 * sharp, 1.55 - 0.2 * sharp
    broken = smoothstep(low[..., None], high[..., None], shade)
    glint = band * broken + 0.6 * np.minimum(over, 1.5)
    # 0.25 of the skin's luminance stands for 0.10 + 0.22 of the lips', weakened as said above.
    film = lit * body[..., None] + (wet * 0.25 * glint)[..., None] * scene.light * scene.y
    foil = lit * (0.35 * shade + 1.15 * band * smoothstep(0.5, 1.4, shade))[..., None]
    return np.asarray(film + made["lips.metallic"][..., None, None] * (foil - film))


def read_lips(picture: Picture, scene: Scene) -> tuple[Made, float]:
    """Returns the best parameters by path, and how much more bare lips would cost."""
    seen = measure_lips(picture, scene)
    noise = LIPS.deviations(len(seen.across))
    observed = Observed(seen.values, noise, lambda many: predict_lips(many, seen, scene))
    unknowns = unknowns_of(LIP_PRIORS, LIPS.expect(scene.tone), LIPS.sd)
    fits = list[Fit]()
    core = (seen.across > 0.15) & (seen.across < 0.85)
    rows = seen.values[:-3].reshape(-1, 5)[core]
    flat = np.median(rows[:, [0, 3, 4]], axis=0)
    colour = np.clip(linear_to_srgb(scene.colors(flat) / scene.light), 0.02, 0.98)
    covers = ("lips.color.a", "lips.inner.a", "lip_liner.color.a")
    for a in (0.0, 0.4, 0.9):
        start = unknowns.mean.copy()
        start[unknowns.at["lips.color.rgb"]] = colour
        for path, share in zip(covers, (a, 0.02, 0.02), strict=True):
            start[unknowns.at[path]] = share
        limits = unknowns if a else without(unknowns, *covers)
        fits.append(descend(observed, limits, start))
    bare, best = fits[0], min(fits[1:], key=lambda fit: fit.cost)
    return LIP_PRIORS.made(best.best), bare.cost - best.cost
