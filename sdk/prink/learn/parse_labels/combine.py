"""One label of a portrait out of all sources: a set of classes a pixel, and the hair's mask."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Flags, Floats
from prink.face.landmark import LIPS_OUTER
from prink.learn.parse.sets import ANY, OUTSIDE, Sets, any_of
from prink.learn.parse_labels.eyes import put_brows, put_eyes, put_glasses
from prink.learn.parse_labels.mouth import put_mouth
from prink.learn.parse_labels.polygons import drawn, grown, oval
from prink.learn.parse_labels.skin import Skin, lab, skin_of
from prink.learn.parse_labels.sources import SIDE, WIDE, Seen
from prink.portraits import Portrait

__all__ = ["FACE_SIZE", "Label", "combined"]

FACE_SIZE: Final = SIDE / (2 * WIDE)  # px
SURE: Final = 0.85
UNSURE: Final = 0.15
SHORT: Final = ("short", "none", "")  # hair
SKIN_LIKE: Final = 3.0  # spreads from the cheeks
UNLIKE: Final = 6.0
AGREED: Final = 0.5  # how far two masks of hair may be apart
BODY: Final = any_of("skin", "hair", "headwear", "hand", "neck", "clothes")


@dataclass(frozen=True, eq=False)
class Label:
    """`sets` (S, S) of classes, `hair` (S, S) 0..1 and `hair_known` (S, S) bool."""

    sets: Sets
    hair: Floats
    hair_known: Flags


def combined(seen: Seen, row: Portrait) -> Label:
    """Returns the label of a portrait; `row` says what it is known to wear."""
    colours = lab(seen.rgb)
    first = seen.faces[0]
    skin = skin_of(colours, first)
    sets = around_face(seen, first, skin.away(colours, shade=0.8))
    put_hair(sets, seen, row)
    length = row.labels.get("hair_length_auto", "")
    for points in reversed(seen.faces):
        own = skin if points is first else skin_of(colours, points)
        put_face(sets, seen, colours, points, own, short=length in SHORT)
        put_brows(sets, colours, points, own)
        put_eyes(sets, points)
        put_mouth(sets, colours, points, own)
        worn = row.labels["glasses"]
        if worn not in ("", "no") and points is first:
            put_glasses(sets, colours, points, own, dark=worn == "sunglasses")
    hands = grown(seen.hands, 6) > 0
    sets[hands] |= any_of("hand")
    sets &= ~unworn(row)
    sets[~seen.inside] = OUTSIDE
    hair = seen.hair * ((sets & any_of("hair")) != 0)
    return Label(sets, hair, hair_known(sets, seen))


def unworn(row: Portrait) -> np.uint16:
    """Returns the classes of what someone is known not to wear: no choice is left of them."""
    hat = np.uint16(0) if row.headwear else any_of("headwear")
    glasses = row.labels["glasses"] not in ("", "no")
    return hat if glasses else hat | any_of("glasses", "lens")


def hair_known(sets: Sets, seen: Seen) -> Flags:
    """Returns where the hair's mask itself can be learnt: no other source says otherwise."""
    one = (sets & any_of("hair")) != 0
    soft = any_of("hair", "skin", "background", "clothes", "neck")
    return np.asarray(~one | ((sets & ~soft) == 0) & (seen.hair_sure > 1 - AGREED))


def around_face(seen: Seen, points: Floats, away: Floats) -> Sets:
    """Returns sets by person, height and colour alone."""
    sets = np.full((SIDE, SIDE), ANY, np.uint16)
    body = seen.person > SURE
    sets[seen.person < 0.5] = any_of("background", "hair", "headwear", "clothes")
    sets[seen.person < UNSURE] = any_of("background")
    y = np.arange(SIDE)[:, None] + np.zeros((1, SIDE))
    x = np.arange(SIDE)[None] + np.zeros((SIDE, 1))
    chin, middle = points[152, 1], float(points[[152, 234, 454], 0].mean())
    below = y > chin + 0.04 * FACE_SIZE
    throat = below & (np.abs(x - middle) < 0.4 * FACE_SIZE) & (y < chin + 0.6 * FACE_SIZE)
    like, unlike = away < SKIN_LIKE, away > UNLIKE
    sets[body] = BODY
    sets[body & below] = any_of("neck", "clothes", "hand", "hair")
    sets[body & below & like] = any_of("neck", "clothes", "hand")
    sets[body & throat & like] = any_of("neck")
    sets[body & below & unlike & ~throat] = any_of("clothes")
    sets[body & below & unlike & throat] = any_of("clothes", "neck")
    lower = y > chin + 0.25 * FACE_SIZE
    sets[body & lower & unlike] = any_of("clothes")
    sets[body & (y > chin + 0.9 * FACE_SIZE) & ~like] = any_of("clothes")
    level = (y > points[10, 1] - 0.2 * FACE_SIZE) & ~below
    near = grown(oval(points, SIDE), 0.18 * FACE_SIZE) > 0
    sets[body & level & near & like] = any_of("skin")
    return sets


def put_hair(sets: Sets, seen: Seen, row: Portrait) -> None:
    """Writes hair over what is around the face."""
    bald = row.labels.get("hair_length_auto") == "none"
    worn = row.headwear
    any_hair, hair = seen.hair > UNSURE, seen.hair > SURE
    disputed = seen.hair_sure < 1 - AGREED
    out = seen.person < 0.5
    other = any_of("hair", "headwear") if worn else any_of("hair", "skin") if bald else None
    sets[any_hair] |= any_of("hair")
    sets[hair] = any_of("hair")
    # What is no person is no hair, unless the segmenter is only late at the rim.
    sets[hair & out] = any_of("hair", "background", "headwear")
    sets[~any_hair & ~disputed] &= ~any_of("hair")
    sets[sets == OUTSIDE] = BODY
    sets[disputed] |= any_of("hair", "skin", "background", "headwear", "clothes")
    if other is not None:
        sets[any_hair] |= other
    if worn:
        above = np.arange(SIDE)[:, None] < seen.faces[0][10, 1] + 0.15 * FACE_SIZE
        sets[above & (seen.person > UNSURE)] |= any_of("headwear", "hair", "skin")


def put_face(
    sets: Sets, seen: Seen, colours: Floats, points: Floats, skin: Skin, *, short: bool
) -> None:
    """Writes skin, hair before it and beard inside a face's outline.

    Beside long hair, whose shadow looks like one, a beard is never sure.
    """
    inside = oval(points, SIDE) > 0
    core = grown(oval(points, SIDE), -0.03 * FACE_SIZE) > 0
    any_hair = seen.hair > UNSURE
    clear = seen.hair > SURE
    sets[inside & ~any_hair] |= any_of("skin")
    sets[core & ~any_hair] = any_of("skin")
    sets[inside & any_hair & ~clear] = any_of("skin", "hair")
    put_beard(sets, seen, colours, points, skin, short=short)


def put_beard(
    sets: Sets, seen: Seen, colours: Floats, points: Floats, skin: Skin, *, short: bool
) -> None:
    """Writes a beard where the lower face has one for sure; where it may have one, the choice."""
    import cv2

    lower = lower_face(points)
    darker = cv2.GaussianBlur(skin.darker(colours), (0, 0), 0.015 * FACE_SIZE)
    hair = seen.hair > 0.5
    some = lower & ((darker > 0.22) | hair)
    sets[some] |= any_of("beard", "skin")
    if not short or not bearded(colours, lower, darker, skin):
        return
    inner = np.abs(np.arange(SIDE) - points[152, 0])[None] < 0.3 * FACE_SIZE
    sure = lower & ((darker > 0.45) | hair)
    sets[sure & inner] = any_of("beard")
    sets[sure & ~inner] = any_of("beard", "hair")
    # The teacher takes what hangs from the chin for hair.
    hangs = (np.arange(SIDE)[:, None] > points[2, 1]) & (seen.hair > UNSURE) & ~lower
    wide = np.abs(np.arange(SIDE) - points[152, 0])[None] < 0.6 * FACE_SIZE
    sets[hangs & wide] |= any_of("beard", "hair")


def bearded(colours: Floats, lower: Flags, darker: Floats, skin: Skin) -> bool:
    """Tells whether a lower face is dark, rough and greyer than the cheeks, which shade is not."""
    import cv2

    if not lower.any():
        return False
    light = colours[..., 0]
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 1.5))
    rough = cv2.GaussianBlur(fine, (0, 0), 4) / (cv2.GaussianBlur(light, (0, 0), 4) + 5)
    grey = float(np.median(np.hypot(colours[..., 1], colours[..., 2])[lower]))
    return bool(
        np.median(darker[lower]) > 0.3
        and np.median(rough[lower]) > 0.043
        and grey < 0.62 * float(np.hypot(*skin.mean[1:]))
    )


def lower_face(points: Floats) -> Flags:
    """Returns what lies below the nose inside the outline and just under it, (S, S) bool."""
    low = grown(oval(points, SIDE), 0.05 * FACE_SIZE) > 0
    # Along the line from ear lobe to ear lobe through the base of the nose.
    base = points[[132, 2, 361], :2]
    order = np.argsort(base[:, 0])
    line = np.interp(np.arange(SIDE) + 0.5, base[order, 0], base[order, 1])
    lips = grown(drawn(points, LIPS_OUTER, SIDE), 1) > 0
    return np.asarray(low & ~lips & (np.arange(SIDE)[:, None] > line[None] + 0.02 * FACE_SIZE))
