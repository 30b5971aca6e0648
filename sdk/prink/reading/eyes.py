"""Eyeshadow, eyeliner and lashes: the shaders' masks and formulas fitted to both lids.

Both eyes are averaged, so light from one side cancels. Wings are seen as a dark line against the
skin on both sides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles
from prink.color import linear_to_srgb, srgb_to_linear
from prink.reading.bare import EYES
from prink.reading.descent import Fit, Unknowns, best_of, descend, unknowns_of, variants, without
from prink.reading.grid import EYE_ROWS, Grid, Picture, eye_grid
from prink.reading.light import LUMA, Scene, smoothstep

__all__ = ["read_eyes"]

COLUMNS = 6
WING_STEPS = np.array([0.05, 0.11, 0.18, 0.26, 0.34])  # eye widths from the outer corner
Q = 12


@dataclass(frozen=True)
class EyesSeen:
    """Statistics of P places, both eyes averaged.

    Attributes:
        values: Observations: (P, 3) logs, five wing contrasts, the brightest glints.
        along, upper, ring, off: (P,) region coordinates; off in inter-ocular distances.
        basis: (P, Q) functions of the place of which bare lids are sums.
        crisp: Half the width, in inter-ocular distances, over which the sharpest edge is seen.
    """

    values: Doubles
    along: Doubles
    upper: Doubles
    ring: Doubles
    off: Doubles
    basis: Doubles
    crisp: float


def measure_eyes(picture: Picture, scene: Scene, weights: tuple[float, float]) -> EyesSeen:
    """Returns the statistics of the lids; `weights` say how well right and left are seen."""
    grid = eye_grid()
    logs = scene.logs(picture.sample(grid.at(picture.points)))
    off = grid.off(picture.points, "near") / picture.iod
    number = place_numbers(grid)
    left = grid.region[:, 3] > 0
    weight = np.where(left, weights[1], weights[0])
    count = number.max() + 1
    total = np.maximum(np.bincount(number[number >= 0], weight[number >= 0], count), 1e-9)
    kept = total > 1e-6

    def mean(value: Doubles) -> Doubles:
        inside = number >= 0
        sums = np.bincount(number[inside], (value * weight)[inside], count)
        return np.asarray((sums / total)[kept])

    values = np.stack([mean(logs[:, channel]) for channel in range(3)], axis=1)
    along, ring, upper = (
        mean(grid.region[:, 0]),
        mean(grid.region[:, 2]),
        np.sign(mean(grid.region[:, 1])),
    )
    smooth = np.zeros(count)
    smooth[kept] = values[:, 0]
    core = (
        (number >= 0)
        & (grid.region[:, 1] > 0)
        & (grid.region[:, 2] > 0.3)
        & (grid.region[:, 2] < 1.4)
        & (weight > 0)
    )
    glint = np.quantile((logs[:, 0] - smooth[number])[core], 0.985)
    wing = sum(
        w * wing_contrast(picture, scene, side) for w, side in zip(weights, (0, 1), strict=True)
    ) / max(sum(weights), 1e-9)
    where = mean(off)
    return EyesSeen(
        np.concatenate([values.ravel(), wing, [glint]]),
        along,
        upper,
        ring,
        where,
        eye_basis(along, upper, ring, where),
        max(0.005, 0.7 / picture.iod) + 0.004,
    )


def place_numbers(grid: Grid) -> NDArray[np.int64]:
    """Returns the number of the place (N,) that each sample belongs to, -1 for none."""
    along, upper, ring = grid.region[:, 0], grid.region[:, 1], grid.region[:, 2]
    row = np.abs(ring[:, None] - np.array(EYE_ROWS)).argmin(axis=1)
    column = np.clip((along - 0.06) / 0.91 * COLUMNS, 0, COLUMNS - 1).astype(np.int64)
    number = (upper <= 0) * COLUMNS * len(EYE_ROWS) + row * COLUMNS + column
    used = (along > 0.06) & (along < 0.97) & ((upper > 0) | (ring < 1.2)) & (np.abs(upper) > 0.5)
    return np.where(used, number, -1)


def eye_basis(along: Doubles, upper: Doubles, ring: Doubles, off: Doubles) -> Doubles:
    """Returns (P, 12) functions of the place: eight on the upper lid, four on the lower."""
    a, above = along - 0.5, (upper > 0).astype(float)
    lash = np.exp(-off / 0.012)
    parts = [
        above * f
        for f in (
            np.ones_like(a),
            ring - 1,
            (ring - 1) ** 2,
            a,
            a**2 - 0.07,
            (ring - 1) * a,
            lash,
            smoothstep(2.2, 2.75, ring),
        )
    ]
    parts += [(1 - above) * f for f in (np.ones_like(a), ring - 0.5, a, lash)]
    return np.stack(parts, axis=1)


def wing_contrast(picture: Picture, scene: Scene, side: int) -> Doubles:
    """Returns log luminance on the line of a wing less that on both sides of it, at five steps."""
    inner, outer = picture.points[[(133, 33), (362, 263)][side], :]
    x = outer - inner
    wide = max(float(np.linalg.norm(x)), 0.36 * picture.iod)
    y = np.array([-x[1], x[0]]) * (1.0 if side == 0 else -1.0) / np.linalg.norm(x) * wide
    # Along the line, and at right angles to it.
    s, t = WING_STEPS[:, None], np.array([0.0, 0.03, 0.06, 0.15, -0.09])
    place = (0.985 + 0.87 * s - 0.5 * t)[..., None] * x + (0.5 * s + 0.87 * t)[..., None] * y
    logs = scene.logs(picture.sample(inner + place))[..., 0]
    return np.asarray(logs[:, :3].min(axis=1) - logs[:, 3:].mean(axis=1))


# lid, crease, outer rgba; shimmer, height, blend; liner rgba; thickness, wing, smudge, lower;
# lashes a, length, density
MADE_MEAN = np.array(
    [
        0.62,
        0.46,
        0.40,
        0.4,
        0.42,
        0.28,
        0.24,
        0.3,
        0.25,
        0.18,
        0.16,
        0.3,
        0.15,
        0.55,
        0.6,
        0.06,
        0.05,
        0.06,
        0.5,
        0.4,
        0.15,
        0.35,
        0.2,
        0.4,
        0.5,
        0.5,
    ]
)
MADE_SD = np.array(
    [
        0.22,
        0.17,
        0.17,
        0.3,
        0.15,
        0.13,
        0.13,
        0.3,
        0.13,
        0.12,
        0.12,
        0.3,
        0.25,
        0.25,
        0.25,
        0.08,
        0.06,
        0.08,
        0.4,
        0.25,
        0.25,
        0.25,
        0.3,
        0.4,
        0.2,
        0.25,
    ]
)
N = len(MADE_MEAN)


def predict_eyes(many: Doubles, seen: EyesSeen, scene: Scene) -> Doubles:
    """Returns the observations (K, M) that K parameter vectors would give."""
    made, field = many[:, :N], many[:, N:].reshape(len(many), Q, 3)
    under = np.maximum(scene.colors(seen.basis @ field), 1e-4)
    y = under @ LUMA
    lid_places = (seen.upper > 0) & (seen.ring < 1.7)
    mean = np.maximum(y[:, lid_places].mean(axis=1), 0.35 * scene.y)
    shade = np.clip(y / mean[:, None], 0.0, 2.5)
    c = shadow(under, made, seen, scene, shade)
    c = line(c, made, seen, scene, np.minimum(shade, 1.5))
    c = hairs(c, made, seen, scene)
    t = [column[:, None] for column in made.T]
    dark = srgb_to_linear(made[:, 15:18]) @ LUMA * float(scene.light @ LUMA) / scene.y
    wing = EYES.rest[:5] + np.log1p(
        -np.clip(t[18] * wing_mask(t[19], t[20], t[21]) * (1.0 - dark[:, None]), 0.0, 0.97)
    )
    bright = (c[:, lid_places] @ LUMA).mean(axis=1)
    sparkle = (
        made[:, 12]
        * made[:, 3]
        * 0.03
        * (srgb_to_linear(made[:, :3]) @ LUMA + 0.08)
        * float(scene.light @ LUMA)
    )
    glint = EYES.rest[5] + np.log1p(sparkle / bright)
    return np.concatenate([scene.logs(c).reshape(len(many), -1), wing, glint[:, None]], axis=1)


def shadow(c: Doubles, made: Doubles, seen: EyesSeen, scene: Scene, shade: Doubles) -> Doubles:
    """Returns colours (K, P, 3) with eyeshadow."""
    t = [column[:, None] for column in made.T]
    shimmer, height, blend = t[12:15]
    along, ring = seen.along, seen.ring
    top, haze = 1.1 + 1.6 * height, 0.10 + 0.85 * blend
    above = (seen.upper > 0).astype(float)
    fade = 1.0 - smoothstep(top - haze, top + 0.25 * haze, ring)
    lid = (
        above
        * smoothstep(0.0, 0.22, along)
        * (1.0 - smoothstep(1.0 - 0.6 * haze, 1.0 + 0.7 * haze, ring))
        * fade
    )
    fold = above * smoothstep(0.02, 0.35, along) * smoothstep(0.35, 1.05, ring) * fade
    corner = smoothstep(0.72 - 0.30 * haze, 0.98, along)
    under = 1.0 - smoothstep(0.25, 0.9 + 0.5 * haze, ring)
    outer = corner * (under + above * (1.0 - smoothstep(0.55 * top, 0.9 * top, ring) - under))
    light = scene.light * shade[..., None]
    for first, mask in (
        (0, lid * (1.0 - 0.15 * np.minimum(ring, 1.0))),
        (4, fold * 0.85),
        (8, outer * 0.9),
    ):
        c = paint(c, made[:, first : first + 4], light, mask)
    sheen = lid * (1.0 - smoothstep(0.1, 0.45, np.abs(along - 0.5))) * smoothstep(0.5, 1.3, shade)
    glow = shimmer * t[3] * (0.45 * sheen + 0.8 * 0.023 * np.maximum(lid, 0.5 * fold))
    return np.asarray(
        c + glow[..., None] * (srgb_to_linear(made[:, None, :3]) + 0.08) * scene.light
    )


def paint(c: Doubles, rgba: Doubles, light: Doubles, mask: Doubles) -> Doubles:
    """Returns colours (K, P, 3) under opaque pigment: `paint` of the shaders."""
    cover = (rgba[:, 3:4] * mask)[..., None]
    return np.asarray(c + cover * (srgb_to_linear(rgba[:, None, :3]) * light - c))


def line(c: Doubles, made: Doubles, seen: EyesSeen, scene: Scene, shade: Doubles) -> Doubles:
    """Returns colours (K, P, 3) with eyeliner."""
    thickness, _, smudge, lower = (column[:, None] for column in made.T[19:23])
    soft = seen.crisp + 0.045 * smudge
    thick = (0.006 + 0.044 * thickness) * (0.30 + 0.70 * smoothstep(0.05, 0.75, seen.along))
    above = (seen.upper > 0).astype(float)
    top = above * (1.0 - smoothstep(thick - soft, thick + soft, seen.off))
    below = (
        lower
        * (1.0 - above)
        * smoothstep(0.15, 0.55, seen.along)
        * (1.0 - smoothstep(0.6 * thick - soft, 0.6 * thick + soft, seen.off))
    )
    return paint(
        c, made[:, 15:19], scene.light * (0.3 + 0.7 * shade)[..., None], np.maximum(top, below)
    )


def wing_mask(thickness: Doubles, wing: Doubles, smudge: Doubles) -> Doubles:
    """Returns how dark (K, 5) the line of a wing is at the measured steps."""
    reach = 0.05 + 0.39 * wing
    half = 1.05 * (0.006 + 0.044 * thickness) * np.clip(1.0 - WING_STEPS / reach, 0.0, 1.0) + 0.004
    body = half / (half + 0.014 + 0.03 * smudge)  # a line thinner than the samples is seen paler
    ends = 1.0 - smoothstep(reach - 0.05, reach, WING_STEPS)
    return np.asarray(body * ends * smoothstep(0.0, 0.3, wing))


def hairs(c: Doubles, made: Doubles, seen: EyesSeen, scene: Scene) -> Doubles:
    """Returns colours (K, P, 3) under the mean cover of lashes, which are finer than the places."""
    a, length, density = (column[:, None] for column in made.T[23:26])
    along, off = seen.along, seen.off
    profile = smoothstep(0.02, 0.25, along) * (0.6 + 0.4 * smoothstep(0.2, 0.85, along))
    reach = (0.030 + 0.125 * length) * profile + 1e-3
    above = (seen.upper > 0).astype(float)
    second = lash_row(off, reach * np.where(above > 0, 0.8, 0.33), density)
    both = 1.0 - (1.0 - second) * (1.0 - lash_row(off, reach, density))
    low = 0.55 * smoothstep(0.25, 0.6, along) * second
    cover = np.where(above > 0, both, low)
    root = 0.8 * above * (1.0 - smoothstep(0.004, 0.016, off)) * profile
    black = np.tile([0.04, 0.03, 0.03], (len(made), 1))
    # A place at the root is seen together with the eye below it.
    cover = np.maximum(cover, root) * (0.35 + 0.65 * smoothstep(0.0, 0.016, off))
    return paint(c, np.concatenate([black, a], axis=1), scene.light, cover)


def lash_row(off: Doubles, reach: Doubles, density: Doubles) -> Doubles:
    """Returns the mean cover (K, P) of a row of lashes over hairs of every length."""
    own = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    up = np.clip((off / reach)[..., None] / (0.4 + 0.6 * own), 0.0, 1.0)
    grown = smoothstep(0.45, 0.85, 1.25 * density + own)
    wide = 2.0 * (0.20 + 0.05 * density) * grown
    hair = wide[:, None] * (1.0 - 0.85 * up) * (1.0 - smoothstep(0.8, 1.0, up))
    return np.asarray(hair.mean(axis=-1))


def read_eyes(
    picture: Picture, scene: Scene, weights: tuple[float, float]
) -> tuple[Fit, dict[str, float]]:
    """Returns the best parameters and the cost that leaving out each product would add."""
    seen = measure_eyes(picture, scene, weights)
    noise = EYES.deviations(len(seen.along))
    unknowns = unknowns_of(MADE_MEAN, MADE_SD, EYES.expect(scene.tone), EYES.sd)

    def run(start: Doubles, limits: Unknowns, steps: int) -> Fit:
        return descend(
            lambda many: predict_eyes(many, seen, scene),
            seen.values,
            noise,
            limits,
            start,
            steps=steps,
        )

    start = unknowns.mean.copy()
    logs = seen.values[: 3 * len(seen.along)].reshape(-1, 3)
    for first, kept in (
        (
            0,
            (seen.ring < 0.9)
            & (seen.ring > 0.2)
            & (seen.upper > 0)
            & (abs(seen.along - 0.5) < 0.3),
        ),
        (4, (abs(seen.ring - 1.2) < 0.2) & (seen.upper > 0) & (abs(seen.along - 0.5) < 0.3)),
        (8, (seen.ring < 0.9) & (seen.along > 0.85)),
    ):
        start[first : first + 3] = np.clip(
            linear_to_srgb(scene.colors(np.median(logs[kept], axis=0)) / scene.light), 0.02, 0.98
        )

    def predict(many: Doubles) -> Doubles:
        return predict_eyes(many, seen, scene)

    shares = (0.15, 0.4, 0.65, 0.9)
    for choices in (
        ((13, shares), (14, shares)),
        ((19, shares), (20, (0.0, 0.15, 0.3, 0.45, 0.6, 0.8)), (21, (0.0, 0.3))),
    ):
        best = run(start, unknowns, 6)
        start = best_of(predict, seen.values, noise, unknowns, variants(best.best, *choices))
    best = run(start, unknowns, 8)
    gains = {}
    for name, places in (("eyeshadow", (3, 7, 11)), ("eyeliner", (18,)), ("lashes", (23,))):
        gains[name] = run(best.best, without(unknowns, places), 8).cost - best.cost
    return best, gains
