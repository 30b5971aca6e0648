"""Vectors of the cadence of squares: whose turn it is, what shows, how often."""

from typing import Any, Final

from prink.parse.cadence import AT_ONCE, RESTLESS, Job, adapted, due, fade, usual_cost
from prink_export.hosts.vectors.vector import Vector

__all__ = ["parse_cadence"]

ONE: Final[Job] = (0, "face")
OTHER: Final[Job] = (0, "hair")
# Ages, restless.
TURNS: Final[tuple[tuple[dict[Job, int], tuple[Job, ...]], ...]] = (
    ({}, ()),
    ({ONE: 0}, ()),
    ({ONE: 1, OTHER: 1}, ()),
    ({ONE: 0, OTHER: 1}, ()),
    ({ONE: 0, OTHER: 0}, (OTHER,)),
    ({ONE: 0, OTHER: 2}, (ONE,)),
    ({ONE: 1, OTHER: 2}, (ONE, OTHER)),
    ({(4, "hair"): 3, (1, "hair"): 3, (1, "face"): 3, (2, "face"): 0}, ()),
    ({(4, "face"): 1, (1, "hair"): 0, (1, "face"): 0}, ((1, "hair"), (1, "face"))),
    ({(7, "face"): 9, (7, "hair"): 11}, ()),
)
# Age, every, jobs.
FADES: Final = ((0, 2, 1), (1, 2, 1), (2, 3, 1), (5, 3, 1), (0, 1, 4), (1, 2, 4))
# Every, cost, jobs, seconds.
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
    "turns.ages": "for each known square the number of its face, which square it is (face or "
    "hair), and the frames since it was parsed",
    "turns.restless": "squares whose head moves fast or whose answer just changed, see "
    "parse_unrest.json",
    "every": "frames from answer to answer of a square",
    "fades.age": "frames since the square was parsed",
    "jobs": "how many squares are known, of all heads",
    "rates.cost": "seconds that a square usually takes",
    "rates.seconds": "from the last frame to this one",
    "costs.usual": "seconds that a square usually took so far; 0 is unknown",
    "costs.took": "seconds that one more took",
}
OUTPUTS: Final = {
    "turns.due": "the squares that are parsed in this frame, in this order: the oldest first, of "
    "equally old ones the lowest number, of one face `face` before `hair`. It is the first of "
    "all, if its age + 1 reaches `every`, and each restless one whose age + 1 reaches `every` / "
    f"{RESTLESS}, rounded down, at least 1; of these the first {AT_ONCE}",
    "fades.share": "min((age + 1) / max(every, jobs), 1)",
    "rates.expected": "ceil(cost * max(jobs, 1) / (0.1 * seconds)), at least 1, at most one more "
    "or fewer than `every`, at most 12",
    "costs.expected": "what it usually takes now: min(took, 0.8 usual + 0.2 took)",
    "tolerance": "of shares and seconds; whole numbers are exact",
}


def parse_cadence() -> Vector:
    """Returns whose turn it is, shares and adapted rates, as tables."""
    return Vector(
        subject="Cadence of parsing: whose turn it is, how much of a new answer shows, and how "
        "many frames lie between two answers where that follows what they cost.",
        inputs=INPUTS,
        outputs=OUTPUTS,
        data={
            "tolerance": 1e-6,
            "turns": [turn(*given, every) for given in TURNS for every in (1, 2, 9)],
            "fades": [share(*given) for given in FADES],
            "rates": [rate(*given) for given in RATES],
            "costs": [cost(*given) for given in COSTS],
        },
    )


def turn(ages: dict[Job, int], restless: tuple[Job, ...], every: int) -> dict[str, Any]:
    return {
        "ages": [[*job, age] for job, age in ages.items()],
        "restless": [list(job) for job in restless],
        "every": every,
        "due": [list(job) for job in due(ages, every=every, restless=restless)],
    }


def share(age: int, every: int, jobs: int) -> dict[str, Any]:
    found = fade(age, every=every, jobs=jobs)
    return {"age": age, "every": every, "jobs": jobs, "share": found}


def rate(every: int, cost: float, jobs: int, seconds: float) -> dict[str, Any]:
    found = adapted(every, cost=cost, jobs=jobs, seconds=seconds)
    given = {"every": every, "cost": cost, "jobs": jobs, "seconds": seconds}
    return given | {"expected": found}


def cost(usual: float, took: float) -> dict[str, float]:
    return {"usual": usual, "took": took, "expected": round(usual_cost(usual, took), 9)}
