"""The HDR curves, against the numbers that the standards print."""

import numpy as np
import pytest

from prink.video.tone_curve import PEAK, WHITE, compressed, expanded
from prink.video.transfer import hlg_to_nits, nits_to_hlg, nits_to_pq, pq_to_nits

BT2020 = np.array([0.2627, 0.6780, 0.0593])


@pytest.mark.parametrize(
    ("nits", "signal"), [(0.0, 0.0), (100.0, 0.508), (203.0, 0.581), (1000.0, 0.752), (1e4, 1.0)]
)
def test_pq_has_the_levels_of_bt2408(nits, signal):
    assert nits_to_pq(nits) == pytest.approx(signal, abs=6e-4)
    assert pq_to_nits(nits_to_pq(nits)) == pytest.approx(nits, abs=1e-6)


@pytest.mark.parametrize(
    ("signal", "nits"), [(0.0, 0.0), (0.38, 26.0), (0.75, 203.0), (1.0, 1000.0)]
)
def test_hlg_has_the_levels_of_bt2408(signal, nits):
    grey = np.full(3, signal)
    assert hlg_to_nits(grey, weights=BT2020) == pytest.approx(nits, rel=0.01)
    assert nits_to_hlg(hlg_to_nits(grey, weights=BT2020), weights=BT2020) == pytest.approx(
        signal, abs=1e-4
    )


def test_hlg_colours_return():
    colours = np.random.default_rng(1).random((1000, 3))
    light = hlg_to_nits(colours, weights=BT2020)
    assert np.abs(nits_to_hlg(light, weights=BT2020) - colours).max() < 1e-6


def test_light_below_the_knee_is_kept_and_the_peak_becomes_white():
    dim = np.array([[80.0, 40.0, 10.0]])
    assert np.abs(compressed(dim) * WHITE - dim).max() < 1e-6
    assert compressed([[PEAK] * 3]) == pytest.approx(1.0, abs=1e-6)
    assert compressed([[4 * PEAK] * 3]) == pytest.approx(1.0, abs=1e-6)


def test_tone_curve_rises_and_returns():
    light = np.geomspace(0.01, 990.0, 4000)[:, None] * [1.0, 0.6, 0.3]
    less = compressed(light)
    assert (np.diff(less, axis=0) > 0).all()
    assert np.abs(expanded(less) / light - 1).max() < 1e-4
