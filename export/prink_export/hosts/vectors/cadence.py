"""Vectors of the cadence of hair masks: whose turn it is, what shows, how often."""

from typing import Any, Final

from prink.parse.cadence import adapted, due, fade, usual_cost
from prink_export.hosts.vectors.vector import Vector

__all__ = ["hair_cadence"]

AGES: Final[tuple[dict[int, int], ...]] = (
    *({}, {0: 1}, {0: 2}, {0: 2, 1: 2}),
    *({4: 3, 1: 3, 2: 0}, {0: 9, 1: 11}, {7: 0}),
)
# Age, every, heads.
FADES: Final = ((0, 3, 1), (1, 3, 1), (2, 3, 1), (5, 3, 1), (0, 1, 4), (1, 2, 4))
# Every, cost, heads, seconds.
RATES: Final = (
    (3, 0.008, 1, 0.033),
    (3, 0.008, 3, 0.033),
    (3, 0.001, 1, 0.033),
    (1, 0.0, 0, 0.033),
    (12, 0.5, 1, 0.033),
    (2, 0.02, 1, 1.0),
)
# Usual, took.
COSTS: Final = ((0.0, 0.02), (0.02, 0.05), (0.02, 0.021), (0.02, 0.008))
INPUTS: Final = {
    "turns.ages": "for each known head its number and the frames since its mask was made",
    "every": "frames from mask to mask of a head",
    "fades.age": "frames since the mask was made",
    "heads": "how many heads are known",
    "rates.cost": "seconds that a mask usually takes",
    "rates.seconds": "from the last frame to this one",
    "costs.usual": "seconds that a mask usually took so far; 0 is unknown",
    "costs.took": "seconds that one more took",
}
OUTPUTS: Final = {
    "turns.due": "the head whose mask is made in this frame, or null: the oldest, of equally old "
    "ones the lowest number, if its age + 1 reaches `every`",
    "fades.share": "min((age + 1) / max(every, heads), 1)",
    "rates.expected": "ceil(cost * max(heads, 1) / (0.1 * seconds)), at least 1, at most one more "
    "or fewer than `every`, at most 12",
    "costs.expected": "what it usually takes now: min(took, 0.8 usual + 0.2 took)",
    "tolerance": "of shares and seconds; whole numbers are exact",
}


def hair_cadence() -> Vector:
    """Returns whose turn it is, shares and adapted rates, as tables."""
    return Vector(
        subject="Cadence of masks: whose turn it is, how much of a new mask shows, and how many "
        "frames lie between two masks where that follows what they cost.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": 1e-6,
            "turns": [turn(ages, every) for ages in AGES for every in (1, 3)],
            "fades": [share(*given) for given in FADES],
            "rates": [rate(*given) for given in RATES],
            "costs": [cost(*given) for given in COSTS],
        },
    )


def turn(ages: dict[int, int], every: int) -> dict[str, Any]:
    told = [list(pair) for pair in ages.items()]
    return {"ages": told, "every": every, "due": due(ages, every=every)}


def share(age: int, every: int, heads: int) -> dict[str, Any]:
    found = fade(age, every=every, heads=heads)
    return {"age": age, "every": every, "heads": heads, "share": found}


def rate(every: int, cost: float, heads: int, seconds: float) -> dict[str, Any]:
    found = adapted(every, cost=cost, heads=heads, seconds=seconds)
    given = {"every": every, "cost": cost, "heads": heads, "seconds": seconds}
    return given | {"expected": found}


def cost(usual: float, took: float) -> dict[str, float]:
    return {"usual": usual, "took": took, "expected": round(usual_cost(usual, took), 9)}
