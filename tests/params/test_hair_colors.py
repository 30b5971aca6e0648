"""The hair colours that ship with prink."""

import pytest

from prink.params import HAIR, LOOKS, Look, LookError, dump_look, hair_note, look, parse_look


def test_there_are_a_dozen_with_a_note_each_and_nothing_but_hair() -> None:
    assert len(HAIR) >= 12
    assert len({preset.hair for preset in HAIR.values()}) == len(HAIR)
    for name, preset in HAIR.items():
        assert parse_look(dump_look(preset)) == preset
        assert Look(hair=preset.hair) == preset != Look()
        assert 10 <= len(hair_note(name)) <= 120


def test_a_look_takes_the_hair_of_one() -> None:
    dyed = look("classic_red", hair="copper")
    assert dyed.hair == HAIR["copper"].hair
    assert Look(hair=dyed.hair).lips == Look().lips
    assert dyed.lips == LOOKS["classic_red"].lips


def test_an_unknown_one_is_answered_with_the_nearest() -> None:
    with pytest.raises(LookError, match="platinum"):
        look("classic_red", hair="platinium")
