"""Vectors of a network's numbers: the looks they make by path, and what is refused."""

from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.params import from_vector
from prink.params.fields import FieldList, file_fields, schema_fields
from prink.params.layout import check_numbers
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["look_fields"]

CLOSE: Final = 1e-5  # of a look's numbers
ABSENT: Final = ("lips.gloss_sharpness", "hair.line")
OURS: Final = schema_fields()
FEWER: Final = tuple(
    each for each in OURS.fields if each[0] not in ABSENT and not each[0].startswith("blush.")
)
SOME: Final = (("hair.tip", 4), ("lips.gloss", 1), ("hair.root", 4))
KNOWN: Final = {
    "all": OURS.fields,
    "fewer": FEWER,
    "other_order": tuple(reversed(FEWER)),
    "groups_in_turn": SOME,
}
UNKNOWN: Final = {
    "unknown_field": (*OURS.fields, ("lips.unknown", 1)),
    "other_width": (("lips.gloss", 1), ("eyes.iris", 3)),
    "several": (("unknown.color", 4), ("lips.gloss", 4), ("hair.tip", 4), ("lips.unknown", 1)),
}


def look_fields() -> Vector:
    """Returns field lists with numbers, the looks of them, and the sentences of refused ones."""
    fields = FieldList(SOME)
    numbers, shares = given(fields)
    bad = {
        "too_few": (numbers[:-1], shares),
        "one_number": (numbers[:1], shares),
        "nan": ([*numbers[:4], None, *numbers[5:]], shares),
        "too_many_groups": (numbers, [*shares, 0.5]),
        "nan_of_a_group": (numbers, [None, *shares[1:]]),
    }
    refused = {
        name: (FieldList(listed), *given(FieldList(listed))) for name, listed in UNKNOWN.items()
    }
    refused |= {name: (fields, *each) for name, each in bad.items()}
    return Vector(
        subject="The look that a network's numbers make, by path: what it does not know is bare, "
        "what looks do not know is refused.",
        inputs={
            "fields": "path and width of each field of the network's numbers, in their order, as "
            "its file tells them",
            "numbers": "what the network gives, clipped to 0..1 and laid over each parameter's "
            "range; null stands for NaN",
            "shares": "the confidence of each group of `fields`, in order of first appearance, "
            "clipped to 0..1; null stands for NaN",
        },
        outputs={
            "cases.look": "all numbers of the look in schema order, as `numbers` of "
            "look_packing.json",
            "cases.confidence": "of every group of a look; 0 of those that `fields` does not have",
            "refused.error": "the sentence of what is refused. Fields that looks do not have, or "
            "have of another width, come first, and all of them are named",
            "tolerance": "of a number of the look and of a confidence",
        },
        data={
            "tolerance": CLOSE,
            "cases": [case(name, FieldList(listed)) for name, listed in KNOWN.items()],
            "refused": [refusal(name, *each) for name, each in refused.items()],
        },
    )


def given(fields: FieldList) -> tuple[list[Any], list[Any]]:
    """Returns numbers and shares, some of them a little beyond 0..1."""
    rng = np.random.default_rng(fields.numbers)
    numbers = rng.uniform(-0.1, 1.1, fields.numbers)
    return rounded(numbers, 4), rounded(rng.uniform(-0.1, 1.1, len(fields.groups)), 4)


def case(name: str, fields: FieldList) -> dict[str, Any]:
    numbers, shares = given(fields)
    look = from_vector(fields.to_look(np.array(numbers, np.float32)))
    sure = fields.confidence(np.array(shares))
    return {
        **{"name": name, "fields": fields.listed(), "numbers": numbers, "shares": shares},
        "look": rounded(np.array(check_numbers(look)), 6),
        "confidence": {group: round(share, 6) for group, share in sure.items()},
    }


def refusal(name: str, fields: FieldList, numbers: list[Any], shares: list[Any]) -> dict[str, Any]:
    return {
        **{"name": name, "fields": fields.listed(), "numbers": numbers, "shares": shares},
        "error": sentence(fields, numbers, shares),
    }


def sentence(fields: FieldList, numbers: list[Any], shares: list[Any]) -> str:
    """Returns why a network's numbers are refused, less what only a reader of its file can say."""
    try:
        known = file_fields(fields.listed(), Path(), what="network", error=ValueError)
        known.to_look(np.array(numbers, np.float32))
        known.confidence(np.array(shares, np.float32))
    except ValueError as error:
        return str(error).partition(";")[0] if "looks than" in str(error) else str(error)
    raise AssertionError("nothing is refused")
