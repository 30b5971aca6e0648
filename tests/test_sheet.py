"""Sheets: every picture is there, cut around the head, under its caption."""

import numpy as np
import pytest

from prink.sheet import Strip, colour_card, contact_sheet, head_box


def test_sheet_has_a_cell_for_every_picture(astronaut):
    colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0)]
    flat = [np.full((50, 40, 3), colour, np.uint8) for colour in colours]
    strips = [Strip([("a", flat[0]), ("b", flat[1])]), Strip([("c" * 90, flat[2]), ("d", flat[3])])]
    sheet = contact_sheet(strips, side=200)
    for picture in flat:
        share = (sheet == picture[0, 0]).all(-1).sum()
        assert share == 200 * 160


def test_head_box_holds_face_and_hair_and_stays_inside(astronaut):
    face = np.array([[170, 80], [275, 80], [222, 215]], np.float32)
    left, top, right, bottom = head_box(face, astronaut.shape)
    assert left < 150
    assert right > 290
    assert top < 40
    assert bottom > 220
    for shift in ([-300, -200], [400, 450]):
        left, top, right, bottom = head_box(face + np.float32(shift), astronaut.shape)
        assert 0 <= left < right <= 512
        assert 0 <= top < bottom <= 512
    assert head_box(np.zeros((3, 2), np.float32), (1, 1, 3)) == (0, 0, 1, 1)


def test_card_shows_each_colour():
    card = colour_card([("lips", (1.0, 0.0, 0.0, 0.5)), ("lid", (0.0, 0.0, 1.0, 1.0))])
    assert ((card == (255, 0, 0)).all(-1).sum(), (card == (0, 0, 255)).all(-1).sum()) > (5000, 5000)
    assert colour_card([]).min() < 100  # says that there is none


def test_empty_sheet_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        contact_sheet([])
