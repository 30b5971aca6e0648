from types import SimpleNamespace

import numpy as np

from prink_export.coreml.program import DELICATE, SMALLEST, spared


def weights(*sizes: int) -> list[SimpleNamespace]:
    return [SimpleNamespace(val=np.zeros(size)) for size in sizes]


def test_small_weights_stay_where_they_are_little_of_a_network() -> None:
    assert spared(weights(100_000, 900, 500)) == DELICATE


def test_a_network_of_small_weights_is_made_smaller_all_the_same() -> None:
    assert spared(weights(900, 500, 300)) == SMALLEST
