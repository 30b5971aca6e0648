"""A network's numbers find their places in a look by path, or are refused by name."""

from pathlib import Path

import numpy as np
import pytest

from prink.params import LOOK_NUMBERS, Look, from_vector, parameter_at, parameters, to_vector
from prink.params.fields import FieldList, file_fields, schema_fields

OURS = schema_fields().fields


class Refused(Exception):
    pass


def fields(given: object) -> FieldList:
    return file_fields(given, Path("net.onnx"), what="encoder", error=Refused)


def test_the_schema_lists_its_parameters_in_order() -> None:
    assert tuple((each.path, each.width) for each in parameters()) == OURS
    assert schema_fields().numbers == LOOK_NUMBERS
    assert schema_fields().places["hair.line"] == parameter_at("hair.line").numbers


def test_a_list_comes_back_from_what_a_file_keeps(rich: Look) -> None:
    some = FieldList((("hair.tip", 4), ("lips.gloss", 1), ("hair.root", 4)))
    assert fields(some.text()) == fields(some.listed()) == some
    assert some.groups == ("hair", "lips")
    numbers = np.linspace(0.1, 0.9, 9, dtype=np.float32)
    vector = some.to_look(numbers)
    np.testing.assert_array_equal(some.of_look(vector), numbers)
    look, bare = from_vector(vector), Look()
    assert look.hair.root == pytest.approx(numbers[5:])
    assert look.lips.gloss == pytest.approx(float(numbers[4]))
    known = some.in_look.tolist()
    rest = [n for n in range(LOOK_NUMBERS) if n not in known]
    np.testing.assert_array_equal(vector[rest], to_vector(bare)[rest])


def test_confidence_is_of_the_files_own_groups() -> None:
    some = FieldList((("hair.tip", 4), ("lips.gloss", 1)))
    sure = some.confidence(np.array([0.25, 1.5], np.float32))
    assert {group: share for group, share in sure.items() if share} == {"lips": 1.0, "hair": 0.25}
    assert tuple(sure) == schema_fields().groups


def test_every_unknown_field_is_named_with_the_file() -> None:
    newer = [("lips.gloss", 4), *OURS[3:], ("blush.trial", 1), ("trials.color", 4)]
    with pytest.raises(Refused) as caught:
        fields(newer)
    told = str(caught.value)
    for part in ("lips.gloss has 4 numbers, here 1", "no blush.trial", "no trials.color"):
        assert part in told
    assert "(net.onnx)" in told
    assert "hair" not in told


@pytest.mark.parametrize(
    "given",
    [None, "", "{", "7", "[]", [("lips.color", "4")], [("lips.color", True)], [["lips.color"]]],
)
def test_what_is_no_list_of_fields_is_refused(given: object) -> None:
    with pytest.raises(Refused, match=r"does not say which numbers it gives.*\(net\.onnx\)"):
        fields(given)


def test_a_field_that_is_named_twice_is_told() -> None:
    with pytest.raises(
        Refused, match=r"lists lips\.color twice, so it is no encoder .*\(net\.onnx\)"
    ):
        fields([("lips.color", 4), ("hair.tip", 4), ("lips.color", 4)])


def test_numbers_of_another_count_are_not_spread_over_the_fields() -> None:
    some = FieldList((("hair.tip", 4), ("lips.gloss", 1)))
    with pytest.raises(ValueError, match="the fields have 5 numbers, got 1"):
        some.to_look(np.array([0.5]))
    with pytest.raises(ValueError, match="the fields have 2 groups, got 1"):
        some.confidence(np.array([0.5]))


def test_nan_is_refused_with_its_path_or_group() -> None:
    some = FieldList((("hair.tip", 4), ("lips.gloss", 1)))
    with pytest.raises(ValueError, match=r"hair\.tip is NaN; expected 0 to 1"):
        some.to_look(np.array([0.5, 0.5, 0.5, np.nan, 0.5]))
    with pytest.raises(ValueError, match="the confidence of lips is NaN; expected 0 to 1"):
        some.confidence(np.array([0.5, np.nan]))
