"""Cadence of masks: everyone's turn comes, a mask shows whole in time, rates change slowly."""

from hypothesis import given
from hypothesis import strategies as st

from prink.parse.cadence import MOST, adapted, due, fade


@given(heads=st.integers(1, 6), every=st.integers(1, MOST))
def test_every_head_gets_its_turn_and_shows_its_mask_whole_before_the_next(
    heads: int, every: int
) -> None:
    ages, turns = dict.fromkeys(range(heads), 0), dict.fromkeys(range(heads), 0)
    for frame in range(1, 61):
        turn = due(ages, every=every)
        for number in ages:
            # A head's turn comes no sooner than its last mask has faded in.
            if number == turn:
                assert fade(ages[number], every=every, heads=heads) == 1.0 or frame <= heads
            ages[number] = 0 if number == turn else ages[number] + 1
        if turn is not None:
            turns[turn] += 1
    assert min(turns.values()) >= 60 // max(every, heads) - 1
    assert max(turns.values()) - min(turns.values()) <= 1


def test_nobody_is_due_where_no_head_is_known() -> None:
    assert due({}, every=1) is None


@given(
    every=st.integers(1, MOST),
    cost=st.floats(0, 2),
    heads=st.integers(0, 6),
    seconds=st.floats(0.001, 2),
)
def test_the_rate_changes_by_one_at_most_and_stays_in_range(
    every: int, cost: float, heads: int, seconds: float
) -> None:
    found = adapted(every, cost=cost, heads=heads, seconds=seconds)
    assert abs(found - every) <= 1
    assert 1 <= found <= MOST
