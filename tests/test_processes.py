"""Work spread over processes comes back whole and in order."""

import pytest

from prink.processes import spread


@pytest.mark.parametrize("workers", [0, 2])
def test_what_is_made_comes_in_the_order_of_the_jobs(workers: int) -> None:
    assert list(spread(abs, [-3, 2, -1], workers=workers)) == [3, 2, 1]


@pytest.mark.parametrize("workers", [0, 1])
def test_what_goes_wrong_is_told_after_what_was_made_before(workers: int) -> None:
    made = spread(int, ["1", "one"], workers=workers)
    assert next(made) == 1
    with pytest.raises(ValueError, match="one"):
        next(made)
