"""Blush, contour, highlight, foundation: lib/cheek.glsl and lut/face_masks.png fitted to skin.

Light falls on a face in smooth gradients and skin has its own map of redness; both are sums of
simple functions of the place. What has the shape of a product's mask and is more than those allow
is that product. The formulas are simpler than the shaders'; tests/reading/test_formulas.py holds
them together.
"""

from dataclasses import dataclass

import numpy as np

from prink.arrays import Doubles
from prink.color import srgb_to_linear
from prink.reading.bare import SKIN
from prink.reading.descent import Observed, best_of, descend, unknowns_of, variants, without
from prink.reading.grid import Picture, masks, skin_grid
from prink.reading.light import LUMA, Scene, smoothstep
from prink.reading.priors import SKIN_PRIORS, Made

__all__ = [
    "SkinSeen",
    "blush_mask",
    "measure_skin",
    "predict_skin",
    "read_skin",
    "skin_basis",
]


@dataclass(frozen=True)
class SkinSeen:
    """Statistics of P places.

    Attributes:
        values: Observations: (P, 3) logs, then two roughnesses: of chroma, of luminance.
        face: (P, 2) flat face coordinates.
        mask: (P, 4) the renderer's masks there.
        basis: (P, 14) functions of the place of which bare skin is a sum.
    """

    values: Doubles
    face: Doubles
    mask: Doubles
    basis: Doubles


def measure_skin(picture: Picture, scene: Scene, weights: tuple[float, float]) -> SkinSeen:
    """Returns the statistics of the skin; `weights` say how well right and left are seen."""
    grid = skin_grid()
    angle = np.arange(8) * np.pi / 4
    around = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    at = grid.at(picture.points)
    rings = np.stack([at[:, None] + reach * picture.iod * around for reach in (0.015, 0.04)])
    colors = picture.sample(rings)
    mean = colors.mean(axis=(0, 2))
    logs = scene.logs(mean)
    # Places that are not skin (hair, glasses, a hand's edge) say nothing.
    y = np.maximum(mean @ LUMA, 0.003)
    hue = np.linalg.norm((mean / y[:, None] - scene.skin / scene.y)[:, [0, 2]], axis=1)
    seen = np.where(grid.face[:, 0] < 0.5, weights[0], weights[1]) > 0.3
    bad = (hue > 0.6) | (y < 0.25 * scene.y) | ~seen
    fine = scene.logs(colors[0]).std(axis=1)
    rough = (
        np.log(
            [
                np.median(np.linalg.norm(fine[~bad, 1:], axis=1)) + 0.01,
                np.median(fine[~bad, 0]) + 0.01,
            ]
        )
        if (~bad).sum() > 20
        else np.full(2, np.nan)
    )
    logs[bad] = np.nan
    cell = np.clip((grid.face * 256).astype(int), 0, 255)
    x, v = grid.face[:, 0] - 0.5, grid.face[:, 1]
    return SkinSeen(
        np.concatenate([logs.ravel(), rough]),
        grid.face,
        masks()[cell[:, 1], cell[:, 0]],
        skin_basis(x, v, grid.region[:, :2]),
    )


def skin_basis(x: Doubles, v: Doubles, normal: Doubles) -> Doubles:
    """Returns (P, 14) functions of the place."""

    def spot(px: float, py: float, size: float) -> Doubles:
        return np.asarray(np.exp(-((np.abs(x) - px) ** 2 + (v - py) ** 2) / (2 * size**2)))

    nx, ny = normal[:, 0], normal[:, 1]
    parts = [np.ones_like(x), nx, ny, nx**2 - 0.3, ny**2 - 0.05, 5 * x * (v - 0.6), 2 * (v - 0.6)]
    parts += [
        smoothstep(0.70, 0.82, v),
        spot(0.24, 0.60, 0.10),
        spot(0.0, 0.55, 0.06),
        spot(0.06, 0.62, 0.05),
    ]
    parts += [spot(0.16, 0.51, 0.06), spot(0.0, 0.35, 0.10), spot(0.45, 0.62, 0.12)]
    return np.stack(parts, axis=1)


def blush_mask(face: Doubles, placement: Doubles, size: Doubles) -> Doubles:
    """Returns how much blush (K, P) lies on places: `blushMask` of the shaders."""
    placement, size = placement[:, None], size[:, None]
    px, py = np.abs(face[:, 0] - 0.5), face[:, 1]
    dx = px - (0.225 + 0.10 * placement)
    dy = py - (0.625 - 0.065 * placement)
    lean = 0.25 + 0.5 * placement
    dx, dy = dx + lean * dy, dy + lean * dx
    big = 0.5 + 0.65 * size
    r = (dx / (big * (0.105 + 0.06 * placement))) ** 2 + (
        dy / (big * (0.1 - 0.015 * placement))
    ) ** 2
    return np.asarray(np.where(r < 4.0, (1.0 - 0.25 * r) ** 2, 0.0))


def predict_skin(many: Doubles, seen: SkinSeen, scene: Scene) -> Doubles:
    """Returns the observations (K, M) that K parameter vectors would give."""
    made = SKIN_PRIORS.made(many)
    c = np.maximum(scene.colors(seen.basis @ SKIN_PRIORS.field(many, 3)), 1e-4)

    def share(path: str) -> Doubles:
        return made[path][..., None]

    def pigment(path: str) -> Doubles:
        return srgb_to_linear(made[f"{path}.rgb"][:, None])

    y = (c @ LUMA)[..., None]
    # Most foundation is the wearer's own shade, which evens colour out by less than half.
    even = 0.42 * share("foundation.color.a") * seen.mask[:, :1]
    c = c + even * (scene.skin * y / scene.y - c)
    shade = pigment("contour.color")
    hue = shade / np.maximum(shade.max(axis=-1, keepdims=True), 0.02)
    depth = 0.40 + 0.55 * np.sqrt(shade @ LUMA)[..., None]
    nose = seen.mask[:, 3:4] * share("contour.nose")
    amount = share("contour.color.a") * np.maximum(seen.mask[:, 1:2], nose)
    c = c * (1.0 + amount * (depth * (0.6 + 0.4 * hue) - 1.0))
    y = (c @ LUMA)[..., None]
    target = pigment("blush.color") * scene.light * (y / scene.y * 0.9)
    lit = np.maximum((target @ LUMA)[..., None], 1e-4)
    target = target * np.clip(lit, 0.62 * y, 1.15 * y) / lit
    oval = blush_mask(seen.face, made["blush.placement"][:, 0], made["blush.size"][:, 0])
    c = c + (share("blush.color.a") * 0.6 * oval[..., None]) * (target - c)
    y = (c @ LUMA)[..., None]
    glow = share("highlight.color.a") * seen.mask[:, 2:3] * smoothstep(0.55, 1.45, y / scene.y)
    c = c + pigment("highlight.color") * (0.65 * y + 0.07 * float(scene.light @ LUMA)) * glow
    smooth = made["foundation.smoothing"] * (2.0 - made["foundation.smoothing"])
    even = (1.0 - 0.43 * made["foundation.color.a"]) * (1.0 - 0.29 * smooth)
    rough = SKIN.rest + np.log(np.concatenate([even, 1.0 - 0.24 * smooth], axis=1))
    return np.concatenate([scene.logs(c).reshape(len(many), -1), rough], axis=1)


def read_skin(
    picture: Picture, scene: Scene, weights: tuple[float, float]
) -> tuple[Made, dict[str, float]]:
    """Returns the best parameters by path, and the cost that leaving out each product would add."""
    seen = measure_skin(picture, scene, weights)
    noise = SKIN.deviations(len(seen.face))
    observed = Observed(seen.values, noise, lambda many: predict_skin(many, seen, scene))
    unknowns = unknowns_of(SKIN_PRIORS, SKIN.expect(scene.tone), SKIN.sd)
    shares = (0.1, 0.4, 0.7, 0.95)
    first = descend(observed, unknowns, unknowns.mean, steps=5).best
    tries = variants(unknowns, first, {"blush.placement": shares, "blush.size": shares})
    best = descend(observed, unknowns, best_of(observed, unknowns, tries), steps=8)
    gains = {}
    for name in ("blush", "contour", "highlight", "foundation"):
        left = descend(observed, without(unknowns, f"{name}.color.a"), best.best, steps=6)
        gains[name] = left.cost - best.cost
    return SKIN_PRIORS.made(best.best), gains
