"""What a drawn head is said to show: coverage, agreement, and paint where none belongs."""

import numpy as np
import pytest
from benchmarks.parse.clips import Known
from benchmarks.parse.looks import coverage
from benchmarks.parse.score import Drawn, score_head
from benchmarks.parse.streams import hand_paint, noise_gain

from prink.arrays import Bytes, Flags
from prink.parse.classes import CLASSES

SIDE = 200
LIPS, HAND, TEETH, HAIR = (CLASSES.index(n) for n in ("upper_lip", "hand", "teeth", "hair"))


@pytest.fixture
def classes() -> Bytes:
    """A wide lip with teeth under its middle, a hand and hair."""
    found = np.full((SIDE, SIDE), CLASSES.index("skin"), np.uint8)
    found[100:120, 60:140] = LIPS
    found[120:130, 80:120] = TEETH
    found[150:190, 20:80] = HAND
    found[:40] = HAIR
    return found


def painted(bare: Bytes, where: Flags) -> Bytes:
    """Returns a picture that sends no green and no blue back in places."""
    out = bare.copy()
    out[where, 1:] = 0
    return out


def drawn(bare: Bytes, lips: Flags, hair: Flags) -> Drawn:
    dyed = bare.copy()
    dyed[hair, 0] = 0
    red = painted(bare, lips)
    points = np.zeros((478, 3), np.float32)
    points[[362, 263], 0] = 80.0
    return Drawn(bare, {"lips": red, "hair": dyed, "eyes": bare, "face": red}, points)


def test_coverage_is_what_a_pure_colour_hides():
    bare = np.full((2, 2, 3), 180, np.uint8)
    half = bare.copy()
    half[0, :, 1:] = round(255 * ((180 / 255) ** 2.2 / 2) ** (1 / 2.2))
    found = coverage("lips", bare, half)
    assert found[0] == pytest.approx([0.5, 0.5], abs=0.02)
    assert (found[1] == 0).all()


def test_a_look_on_its_own_place_is_right_and_touches_nothing(classes: Bytes):
    bare = np.full((SIDE, SIDE, 3), 150, np.uint8)
    found = score_head(drawn(bare, classes == LIPS, classes == HAIR), classes)
    assert (found.lips, found.hair) == (1.0, 1.0)
    assert found.free_lips == pytest.approx(1.0, abs=0.03)
    assert found.painted["hand"] == 0
    assert found.band == 0


def test_paint_on_a_hand_and_a_bare_band_are_told(classes: Bytes):
    bare = np.full((SIDE, SIDE, 3), 150, np.uint8)
    lips = (classes == LIPS) | (classes == HAND)
    lips[112:120] = False
    found = score_head(drawn(bare, lips, classes == HAIR), classes)
    assert found.painted["hand"] > 0.99
    assert found.band is not None
    assert found.band > 0.01
    assert found.lips is not None
    assert found.lips < 0.5


def test_a_clip_tells_paint_on_a_hand_and_added_noise():
    rng = np.random.default_rng(3)
    frames = np.clip(rng.normal(90, 4, (30, 60, 60, 3)), 0, 255).astype(np.uint8)
    hand = np.zeros((30, 60, 60), bool)
    hand[:, 10:50, 10:50] = True
    known = Known(frames, hand)
    assert max(hand_paint(known, frames)) == 0
    brighter = np.clip(frames.astype(int) * 2, 0, 255).astype(np.uint8)
    assert min(hand_paint(known, brighter)) > 0.99
    assert noise_gain(known, brighter) == pytest.approx(2.0, abs=0.1)
