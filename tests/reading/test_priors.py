"""A fit's numbers are asked for by name."""

import numpy as np
import pytest

from prink.params import parameter_at
from prink.reading.priors import EYE_PRIORS, LIP_PRIORS, SKIN_PRIORS, Prior, Priors
from prink.reading.trust import GATES, VALUES

ALL = (LIP_PRIORS, EYE_PRIORS, SKIN_PRIORS)


@pytest.mark.parametrize("priors", ALL)
def test_names_cover_a_fits_numbers_once_and_in_order(priors: Priors) -> None:
    numbers = np.arange(float(len(priors.mean)))
    made = priors.made(numbers)
    assert np.concatenate([made[path] for path in priors.table]).tolist() == numbers.tolist()
    for path in priors.table:
        if len(made[path]) == 4:
            assert [*made[f"{path}.rgb"], *made[f"{path}.a"]] == made[path].tolist()


def test_the_bare_field_follows_the_makeup_of_every_candidate() -> None:
    many = np.arange(2.0 * (len(SKIN_PRIORS.mean) + 6)).reshape(2, -1)
    made, field = SKIN_PRIORS.made(many), SKIN_PRIORS.field(many, 3)
    assert made["blush.color.rgb"].shape == (2, 3)
    assert field.shape == (2, 2, 3)
    assert field[1].ravel().tolist() == many[1, -6:].tolist()


def test_a_prior_of_the_wrong_width_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"lips\.color has 4 numbers, got 3 means and 4 spreads"):
        Priors({"lips.color": Prior((0.5, 0.5, 0.5), (0.1, 0.1, 0.1, 0.1))})
    with pytest.raises(KeyError, match=r"lips\.glow"):
        Priors({"lips.glow": Prior((0.5,), (0.1,))})


def test_everything_that_is_fitted_has_a_trust_of_its_own() -> None:
    for path in (path.removesuffix(".a") for priors in ALL for path in priors.table):
        assert path in VALUES
        assert path in GATES or not parameter_at(path).is_color


def test_priors_lie_in_the_range_of_their_parameters() -> None:
    for priors in ALL:
        assert ((priors.mean > 0.0) & (priors.mean < 1.0) & (priors.sd > 0.0)).all()
