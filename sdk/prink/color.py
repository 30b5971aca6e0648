"""Colour science: sRGB, linear light, CIE L*a*b* (D65, 2 degrees), colour difference, skin tone.

Plain numpy on arrays whose last axis is the colour, in double precision; no state.
"""

import numpy as np
from numpy.typing import ArrayLike

from prink.arrays import Doubles

__all__ = [
    "delta_e_2000",
    "ita_degrees",
    "lab_to_linear",
    "linear_to_lab",
    "linear_to_srgb",
    "luminance",
    "srgb_to_linear",
]


# IEC 61966-2-1 primaries to XYZ with Y of white at 1.
XYZ = np.array(
    [
        [0.4123908, 0.3575843, 0.1804808],
        [0.2126390, 0.7151687, 0.0721923],
        [0.0193308, 0.1191948, 0.9505322],
    ]
)
WHITE = XYZ.sum(axis=1)
SLOPE = (29.0 / 6.0) ** 2 / 3.0  # of the straight part of L*a*b*'s curve
KNEE = (6.0 / 29.0) ** 3


def srgb_to_linear(srgb: ArrayLike) -> Doubles:
    """Returns linear light 0..1 of sRGB values 0..1, of the same shape (IEC 61966-2-1)."""
    s = np.clip(np.asarray(srgb, np.float64), 0.0, None)
    return np.where(s <= 0.04045, s / 12.92, ((s + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(linear: ArrayLike) -> Doubles:
    """Returns sRGB values of linear light, of the same shape; below 0 is 0."""
    c = np.clip(np.asarray(linear, np.float64), 0.0, None)
    return np.where(c <= 0.0031308, c * 12.92, 1.055 * c ** (1.0 / 2.4) - 0.055)


def luminance(linear: ArrayLike) -> Doubles:
    """Returns the luminance Y, shape (...), of linear sRGB (..., 3); 1 for white."""
    return np.asarray(np.asarray(linear, np.float64) @ XYZ[1])


def linear_to_lab(linear: ArrayLike) -> Doubles:
    """Returns CIE L*a*b* (..., 3) under D65 of linear sRGB (..., 3); L* is 100 for white."""
    t = (np.asarray(linear, np.float64) @ XYZ.T) / WHITE
    x, y, z = np.moveaxis(np.where(t > KNEE, np.cbrt(t), t * SLOPE + 4.0 / 29.0), -1, 0)
    return np.stack([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)], axis=-1)


def lab_to_linear(lab: ArrayLike) -> Doubles:
    """Returns linear sRGB (..., 3) of CIE L*a*b* (..., 3), D65; out of gamut is outside 0..1."""
    light, a, b = np.moveaxis(np.asarray(lab, np.float64), -1, 0)
    y = (light + 16.0) / 116.0
    t = np.stack([y + a / 500.0, y, y - b / 200.0], axis=-1)
    xyz = np.where(t > np.cbrt(KNEE), t**3, (t - 4.0 / 29.0) / SLOPE) * WHITE
    return np.asarray(xyz @ np.linalg.inv(XYZ).T)


def delta_e_2000(first: ArrayLike, second: ArrayLike) -> Doubles:
    """Returns CIEDE2000, shape (...), between L*a*b* colours (..., 3) (Sharma et al. 2005).

    About 1 is a just noticeable difference. All three weights (kL, kC, kH) are 1.
    """
    one, two = np.broadcast_arrays(np.asarray(first, np.float64), np.asarray(second, np.float64))
    chroma = 0.5 * (np.hypot(one[..., 1], one[..., 2]) + np.hypot(two[..., 1], two[..., 2]))
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    c1, h1 = polar(one[..., 1] * stretch, one[..., 2])
    c2, h2 = polar(two[..., 1] * stretch, two[..., 2])
    turn = np.where(c1 * c2 > 0.0, (h2 - h1 + 180.0) % 360.0 - 180.0, 0.0)
    # Sharma et al. keep +180 where hues are opposite.
    turn = np.where((turn == -180.0) & (h2 > h1), 180.0, turn)
    light, c = 0.5 * (one[..., 0] + two[..., 0]), 0.5 * (c1 + c2)
    hue = np.where(c1 * c2 > 0.0, mean_hue(h1, h2), h1 + h2)
    t = (
        1.0
        - 0.17 * cosine(hue - 30.0)
        + 0.24 * cosine(2.0 * hue)
        + 0.32 * cosine(3.0 * hue + 6.0)
        - 0.20 * cosine(4.0 * hue - 63.0)
    )
    far = (light - 50.0) ** 2
    dl = (two[..., 0] - one[..., 0]) / (1.0 + 0.015 * far / np.sqrt(20.0 + far))
    dc = (c2 - c1) / (1.0 + 0.045 * c)
    dh = 2.0 * np.sqrt(c1 * c2) * np.sin(np.radians(0.5 * turn)) / (1.0 + 0.015 * c * t)
    angle = np.radians(60.0 * np.exp(-(((hue - 275.0) / 25.0) ** 2)))
    twist = -2.0 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(angle)
    return np.asarray(np.sqrt(np.maximum(dl**2 + dc**2 + dh**2 + twist * dc * dh, 0.0)))


def ita_degrees(lab: ArrayLike) -> Doubles:
    """Returns the individual typology angle, shape (...), of skin L*a*b* (..., 3), in degrees.

    Chardon et al. 1991: above 55 very light, 41 light, 28 intermediate, 10 tan, -30 brown.
    """
    colour = np.asarray(lab, np.float64)
    return np.asarray(np.degrees(np.arctan2(colour[..., 0] - 50.0, colour[..., 2])))


def polar(a: Doubles, b: Doubles) -> tuple[Doubles, Doubles]:
    """Returns chroma and hue in degrees, 0..360."""
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360.0


def mean_hue(one: Doubles, two: Doubles) -> Doubles:
    """Returns the hue halfway along the shorter arc, in degrees."""
    total, apart = one + two, np.abs(one - two)
    wrapped = np.where(total < 360.0, total + 360.0, total - 360.0)
    return np.asarray(0.5 * np.where(apart <= 180.0, total, wrapped))


def cosine(degrees: Doubles) -> Doubles:
    return np.asarray(np.cos(np.radians(degrees)))
