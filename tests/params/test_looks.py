"""The looks that ship with prink."""

from itertools import combinations

import numpy as np
import pytest

from prink.params import (
    LOOKS,
    Look,
    LookError,
    dump_look,
    look,
    look_note,
    parameters,
    parse_look,
    to_vector,
)


def visible(of: Look) -> np.ndarray:
    """Returns the look's numbers; colours and finishes count only where they are applied."""
    parts = []
    for parameter in parameters():
        value = parameter.get(of)
        parts += [part * value[3] for part in value] if isinstance(value, tuple) else [value]
    return np.array(parts)


def test_there_are_a_dozen_valid_looks_with_a_note_each() -> None:
    assert len(LOOKS) >= 12
    for name, preset in LOOKS.items():
        assert parse_look(dump_look(preset)) == preset
        assert look(name) is preset
        assert np.abs(to_vector(preset) - to_vector(Look())).max() > 0
        assert 20 <= len(look_note(name)) <= 120, name
        assert name.isidentifier()
        assert name.islower()


def test_no_two_looks_are_alike() -> None:
    for (first, one), (second, other) in combinations(LOOKS.items(), 2):
        assert np.linalg.norm(visible(one) - visible(other)) > 0.3, (first, second)
    assert len({look_note(name) for name in LOOKS}) == len(LOOKS)


def test_together_they_use_every_product() -> None:
    used = {p.path for p in parameters() for preset in LOOKS.values() if p.get(preset) != p.default}
    groups = {path.split(".")[0] for path in used}
    assert groups == {p.group for p in parameters()} - {"hair"}


def test_an_unknown_look_is_answered_with_the_nearest() -> None:
    with pytest.raises(LookError, match="classic_red"):
        look("clasic_red")
