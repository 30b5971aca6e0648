"""Looks to learn from show everything that there is to learn."""

import numpy as np

from prink.learn.data.look_sampling import PRODUCTS, sample_look
from prink.params import parameters, to_vector


def test_every_number_of_the_makeup_is_drawn_at_random():
    random = np.random.default_rng(0)
    looks = np.stack([to_vector(sample_look(random)) for _ in range(400)])
    same = [p.path for p in parameters() if (np.ptp(looks[:, p.numbers], axis=0) == 0).any()]
    assert [path for path in same if not path.startswith("hair.")] == []


def test_everyday_looks_wear_every_product_or_it_is_named_here():
    worn = {f"{group}.{name}" for group, p in PRODUCTS.items() for name in (*p.colors, *p.shares)}
    left = {p.path for p in parameters() if p.group != "hair"} - worn
    # Seen in extreme looks only; lashes of another style count as lashes.
    assert left == {"eyes.whitening", "teeth.whitening", "lashes.style"}
