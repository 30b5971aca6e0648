"""Lips, teeth and the mouth's inside: the landmarks' loops where the colours agree with them."""

from typing import Final

import numpy as np

from prink.arrays import Bytes, Flags, Floats
from prink.face.landmark import LIPS_INNER, LIPS_OUTER, MOUTH_INNER_LOWER, MOUTH_INNER_UPPER
from prink.learn.parse.sets import Sets, any_of
from prink.learn.parse_labels.polygons import drawn, grown
from prink.learn.parse_labels.skin import Skin

__all__ = ["put_mouth"]

CLOSED: Final = 0.035  # gap by width of the mouth below which nothing shows between the lips
BAND: Final = 0.07  # of the mouth's width, how far the loops may be wrong
CLEAR: Final = 2.2  # separation of lip and skin in spreads from which colour decides

LIPS = any_of("upper_lip", "lower_lip")
INSIDE = any_of("teeth", "mouth")


def put_mouth(sets: Sets, colours: Floats, points: Floats, skin: Skin) -> None:
    """Writes the mouth of a face into the sets (S, S).

    Args:
        sets: Changed in place.
        colours: (S, S, 3) L*a*b*.
        points: (478, 3) of the face.
        skin: Of the face.
    """
    size = len(sets)
    wide = float(np.linalg.norm(points[61, :2] - points[291, :2]))
    band = max(1.0, BAND * wide)
    outer, inner = drawn(points, LIPS_OUTER, size), drawn(points, LIPS_INNER, size)
    upper = nearer_upper(points, size)
    lips = np.where(upper, any_of("upper_lip"), any_of("lower_lip"))
    gap = points[list(MOUTH_INNER_LOWER), 1] - points[list(MOUTH_INNER_UPPER), 1]
    is_open = float(np.median(gap[2:7])) > CLOSED * wide
    body = outer if not is_open else outer & ~grown(inner, 1)
    put_outline(sets, colours, body, lips, band)
    if is_open:
        put_inside(sets, colours, inner, band, skin)


def nearer_upper(points: Floats, size: int) -> Flags:
    """Returns which pixels belong to the upper lip rather than the lower one, (S, S) bool."""
    x, y = points[list(LIPS_INNER[:11]), 0], points[list(LIPS_INNER[:11]), 1]
    low = points[[LIPS_INNER[0], *LIPS_INNER[:10:-1], LIPS_INNER[10]], 1]
    order = np.argsort(x)
    middle = np.interp(np.arange(size) + 0.5, x[order], ((y + low) / 2)[order])
    return np.asarray(np.arange(size)[:, None] + 0.5 < middle[None])


def put_outline(sets: Sets, colours: Floats, body: Bytes, lips: Sets, band: float) -> None:
    """Writes lips where loops and colour agree, and leaves the choice where they do not."""
    sure, near = grown(body, -band / 2) > 0, grown(body, band) > 0
    around = (grown(body, 3 * band) > 0) & ~near
    inside = body > 0
    redder = reddish(colours, sure, around)
    mine = (sets & any_of("skin")) != 0  # neither a hand nor hair is before it
    agreed = inside & (redder > 0.35) | sure
    sets[mine & agreed] = lips[mine & agreed]
    doubt = (inside & ~agreed) | (near & ~inside & (redder > 0.6))
    sets[mine & doubt] = lips[mine & doubt] | any_of("skin")


def reddish(colours: Floats, lips: Flags, skin: Flags) -> Floats:
    """Returns how much each pixel looks like these lips rather than the skin around, 0..1.

    A half everywhere if both look alike (Fisher's discriminant of the two).
    """
    one, other = colours[lips], colours[skin]
    flat = np.full(colours.shape[:2], 0.5, np.float32)
    if min(len(one), len(other)) < 30:
        return flat
    within = (np.cov(one.T) + np.cov(other.T)) / 2 + 2 * np.eye(3)
    axis = np.linalg.solve(within, one.mean(0) - other.mean(0))
    apart = float(axis @ (one.mean(0) - other.mean(0)))
    if apart < CLEAR**2:
        return flat
    middle = axis @ (one.mean(0) + other.mean(0)) / 2
    z = np.clip((colours @ axis.astype(np.float32) - middle) * 2, -20, 20)
    return np.asarray(1 / (1 + np.exp(-z)), np.float32)


def put_inside(sets: Sets, colours: Floats, inner: Bytes, band: float, skin: Skin) -> None:
    """Writes teeth where it is pale and bright, the mouth where it is dark or as red as lips."""
    core = grown(inner, -band / 3) > 0
    place = grown(inner, 1) > 0
    lightness, red = colours[..., 0], colours[..., 1]
    if not core.any():
        sets[place] = INSIDE | LIPS
        return
    # Teeth are less red than the skin; how bright they are depends on the light in the mouth.
    bright = float(np.percentile(lightness[core], 90))
    pale = red < 0.75 * skin.mean[1] + 1.5
    teeth = pale & (lightness > 0.72 * bright) & (bright > 0.6 * skin.mean[0])
    dark = (lightness < 0.5 * skin.mean[0]) & (lightness < 0.6 * bright)
    tongue = ~pale & (red > 1.15 * skin.mean[1])
    mine = (sets & any_of("hand", "hair", "clothes")) == 0
    sets[place & mine] = INSIDE | LIPS
    sets[core & mine] = INSIDE
    sets[core & mine & (dark | tongue)] = any_of("mouth")
    sets[core & mine & teeth] = any_of("teeth")
