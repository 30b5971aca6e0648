"""Eyes, brows and what glasses leave in doubt."""

from typing import Final

import numpy as np

from prink.arrays import Floats
from prink.face.landmark import LEFT_EYE, RIGHT_EYE
from prink.face.visibility import see
from prink.learn.parse.sets import ANY, Sets, any_of
from prink.learn.parse_labels.polygons import BROWS, drawn, grown, oval
from prink.learn.parse_labels.skin import Skin

__all__ = ["put_brows", "put_eyes", "put_glasses"]

OPEN: Final = 0.25  # openness from which an eyeball surely shows
SEEN: Final = 0.6  # visibility from which an eye is not turned away
THROUGH: Final = 0.4  # of the skin's lightness, below which dark glass hides what is behind
FRAME: Final = 4.0  # spreads from skin that make a frame
FACE: Final = any_of("skin", "brow", "glasses", "lens", "hair", "hand")


def put_brows(sets: Sets, colours: Floats, points: Floats, skin: Skin) -> None:
    """Writes brows where their loops are darker than the skin; elsewhere in them the choice."""
    darker = skin.darker(colours)
    for loop in BROWS:
        place = (grown(drawn(points, loop, len(sets)), 2) > 0) & ((sets & any_of("skin")) != 0)
        hair = (sets & any_of("hair")) != 0
        sets[place] |= any_of("brow")
        sure = place & ~hair & (darker > 0.18)
        sets[sure] = any_of("brow")


def put_eyes(sets: Sets, points: Floats) -> None:
    """Writes open eyeballs; what is shut, turned away or hidden stays a choice."""
    seen = see(points)
    eyes = ((RIGHT_EYE, seen.right_eye, seen.right_open), (LEFT_EYE, seen.left_eye, seen.left_open))
    for loop, shown, is_open in eyes:
        ball = drawn(points, loop, len(sets))
        clear = (sets & any_of("skin", "brow")) != 0
        near, sure = (grown(ball, 1) > 0) & clear, (grown(ball, -1) > 0) & clear
        sets[near] |= any_of("eye")
        if shown > SEEN and is_open > OPEN:
            sets[sure] = any_of("eye")
        elif shown <= SEEN:
            sets[grown(ball, 6) > 0] = ANY


def put_glasses(sets: Sets, colours: Floats, points: Floats, skin: Skin, *, dark: bool) -> None:
    """Writes frames and dark lenses around the eyes of someone who is known to wear glasses.

    Args:
        sets: Changed in place.
        colours: (S, S, 3) L*a*b*.
        points: (478, 3) of the face.
        skin: Of the face.
        dark: Whether they are sunglasses.
    """
    import cv2

    size = len(sets)
    loops = [grown(drawn(points, loop, size), 2) for loop in (RIGHT_EYE, LEFT_EYE)]
    balls = (loops[0] | loops[1]) > 0
    apart = float(np.linalg.norm(points[468, :2] - points[473, :2]))
    zone = np.zeros((size, size), np.uint8)
    ends = np.rint(points[[127, 33, 133, 6, 362, 263, 356], :2]).astype(np.int32)
    cv2.polylines(zone, [ends], False, 255, max(1, round(0.85 * apart)))
    zone &= grown(oval(points, size), 0.1 * apart)
    within = (zone > 0) & ((sets & any_of("skin", "brow", "eye")) != 0)
    away, darker = skin.away(colours), skin.darker(colours)
    if dark:
        sets[within] = any_of("lens", "glasses", "skin")
        hidden = within & ((darker > 0.5) | balls)
        sets[hidden] = any_of("lens", "glasses")
        sets[balls & hidden] = any_of("lens")
        return
    brow = (sets & any_of("brow")) != 0
    other = within & ~balls & ~brow
    sets[within & brow] |= any_of("glasses")
    sets[other & (away > 1.5)] |= any_of("glasses")
    frame = other & ((away > FRAME) | (darker > 0.8))
    sets[frame] = any_of("glasses")
    sets[within & balls & (sets != any_of("eye"))] |= any_of("glasses", "eye")
