"""A tidied look: what is not worn is bare, what is worn stays as it was read."""

from dataclasses import replace

from prink.params import LOOKS, Look, Rgba
from prink.reading.tidy import tidy_look


def test_a_look_of_products_that_are_not_worn_is_bare() -> None:
    bare = Look()
    faint = replace(
        bare,
        lips=replace(bare.lips, color=Rgba(0.2, 0.9, 0.1, 0.01), gloss=0.9),
        foundation=replace(bare.foundation, smoothing=0.03),
    )
    assert tidy_look(faint) == bare


def test_what_is_worn_stays_as_it_was_read() -> None:
    for name, look in LOOKS.items():
        tidy = tidy_look(look)
        assert tidy_look(tidy) == tidy
        if look.lips.color.a >= 0.02:
            assert (tidy.lips.color, tidy.lips.gloss) == (look.lips.color, look.lips.gloss), name


def test_smoothing_alone_stays() -> None:
    bare = Look()
    smooth = replace(bare, foundation=replace(bare.foundation, smoothing=0.5))
    assert tidy_look(smooth) == smooth
