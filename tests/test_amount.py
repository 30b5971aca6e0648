"""A look made lighter or stronger stays a look that can be drawn."""

import numpy as np
import pytest

from prink.amount import applied, scaled
from prink.params import LOOKS, Look, pack


@pytest.mark.parametrize("amount", [-1.0, 0.0, 0.5, 1.0, 2.0, 1e9])
def test_any_amount_of_any_look_is_in_range(amount: float) -> None:
    for look in LOOKS.values():
        assert np.isfinite(pack(scaled(look, amount))).all()


def test_amounts_change_what_is_applied_and_nothing_else() -> None:
    red = LOOKS["classic_red"]
    assert scaled(red, 1.0) == red
    assert applied(scaled(red, 0.0)) == []
    assert scaled(Look(), 2.0) == Look()
    assert scaled(red, 0.5).lips.color == red.lips.color._replace(a=red.lips.color.a * 0.5)
