"""Cadence of squares: everyone's turn comes, an answer shows whole in time, rates change slowly."""

from hypothesis import given
from hypothesis import strategies as st

from prink.parse.cadence import AT_ONCE, KINDS, MOST, adapted, due, fade

JOBS = st.integers(1, 6).map(lambda heads: [(n, kind) for n in range(heads) for kind in KINDS])


@given(jobs=JOBS, every=st.integers(1, MOST))
def test_every_square_gets_its_turn_and_shows_whole_before_the_next(
    jobs: list[tuple[int, str]], every: int
) -> None:
    ages, turns = dict.fromkeys(jobs, 0), dict.fromkeys(jobs, 0)
    for frame in range(1, 121):
        now = due(ages, every=every)
        assert len(now) <= 1
        for job in jobs:
            # A square's turn comes no sooner than its last answer has faded in.
            if job in now:
                whole = fade(ages[job], every=every, jobs=len(jobs)) == 1.0
                assert whole or frame <= len(jobs)
                turns[job] += 1
            ages[job] = 0 if job in now else ages[job] + 1
    assert min(turns.values()) >= 120 // max(every, len(jobs)) - 1
    assert max(turns.values()) - min(turns.values()) <= 1


@given(jobs=JOBS, every=st.integers(1, MOST), data=st.data())
def test_restless_squares_come_sooner_and_starve_nobody(
    jobs: list[tuple[int, str]], every: int, data: st.DataObject
) -> None:
    restless = data.draw(st.sets(st.sampled_from(jobs), min_size=1))
    ages = dict.fromkeys(jobs, 0)
    for frame in range(200):
        now = due(ages, every=every, restless=restless)
        assert len(now) <= AT_ONCE
        ages = {job: 0 if job in now else age + 1 for job, age in ages.items()}
        if frame > 2 * len(jobs) + every:
            assert max(ages.values()) <= max(every, len(jobs))
    if len(restless) == 1 and every <= 4:
        assert ages[next(iter(restless))] <= 1


def test_a_restless_square_is_parsed_in_every_frame_and_the_face_comes_first() -> None:
    ages = {(7, "hair"): 0, (7, "face"): 0}
    assert due(ages, every=2) == ()
    assert due(ages, every=2, restless={(7, "hair")}) == ((7, "hair"),)
    assert due(ages, every=2, restless=ages) == ((7, "face"), (7, "hair"))
    assert due({job: 1 for job in ages}, every=2) == ((7, "face"),)


def test_nobody_is_due_where_no_head_is_known() -> None:
    assert due({}, every=1) == ()


@given(
    every=st.integers(1, MOST),
    cost=st.floats(0, 2),
    jobs=st.integers(0, 12),
    seconds=st.floats(0.001, 2),
)
def test_the_rate_changes_by_one_at_most_and_stays_in_range(
    every: int, cost: float, jobs: int, seconds: float
) -> None:
    found = adapted(every, cost=cost, jobs=jobs, seconds=seconds)
    assert abs(found - every) <= 1
    assert 1 <= found <= MOST
