"""Vectors of a read look that is tidied up: what is not worn is as if it were bare."""

from typing import Any, Final

import numpy as np

from prink.params import Look, from_vector, to_vector
from prink.reading.tidy import ALONE, FAINT, SLIGHT, tidy_look
from prink_export.hosts.vectors.vector import Vector, rounded

__all__ = ["look_tidy"]

SEEDS: Final = 4


def look_tidy() -> Vector:
    """Returns looks as an encoder reads them, and what is left of each."""
    rng = np.random.default_rng(5)
    bare = to_vector(Look()).astype(np.float64)
    looks = [bare + 0.3 * (bare < 0.5)]
    for seed in range(SEEDS):
        numbers = rng.random(len(bare))
        # Many numbers near what nobody sees, on both sides of it.
        numbers = np.where(rng.random(len(bare)) < 0.5, 0.07 * rng.random(len(bare)), numbers)
        looks.append(np.clip(numbers * (0.3 + 0.2 * seed), 0, 1))
    return Vector(
        subject="What is left of a look that was read: colours of no coverage, and products that "
        "are not worn, are as in the bare look.",
        inputs={"cases.look": "a packed look's numbers 0..1 in the order of the schema's fields"},
        outputs={
            "bare": "the numbers of the bare look",
            "cases.tidy": f"the same after: a colour whose coverage is below {FAINT:g} becomes the "
            f"bare look's, with coverage 0; a number below {SLIGHT:g} of "
            + ", ".join(f"{group}.{name}" for group, names in ALONE.items() for name in names)
            + " becomes the bare look's; a group in which nothing of both kinds is left becomes "
            "the bare look's as a whole",
            "tolerance": "of each number",
        },
        data={
            "tolerance": 1e-4,
            "bare": rounded(bare, 6),
            "cases": [case(np.round(numbers, 4)) for numbers in looks],
        },
    )


def case(numbers: Any) -> dict[str, Any]:  # noqa: ANN401 (an array of any float)
    look = from_vector(numbers.astype(np.float32))
    given = to_vector(look)
    return {"look": rounded(given, 4), "tidy": rounded(to_vector(tidy_look(look)), 4)}
