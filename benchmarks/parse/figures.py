"""The figures and tables of outlined heads, beside those of another version if it was drawn too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.contract.people import TONES
from benchmarks.contract.result import Cell, Figure, Table, at_least, at_most, plain
from benchmarks.parse.score import Scored

__all__ = ["HeadScore", "aims", "group_table", "paint_table"]

FEW: Final = 4  # heads that a bin needs to count
FADED_LIPS: Final = 0.5  # mean coverage below which free lips count as faded
FADED_EYES: Final = 0.3
PAINTED_EYE: Final = 0.02  # share of a covered eye's pixels above which it counts as painted

Pick = Callable[[Scored], float | None]


@dataclass(frozen=True)
class HeadScore:
    """A head's scores now, and with the other version if there is one."""

    name: str
    kinds: tuple[str, ...]
    tone: str
    now: Scored
    before: Scored | None


@dataclass(frozen=True)
class Aim:
    """A figure: what is taken of each head, how heads are put together, and its target."""

    id: str
    label: str
    pick: Pick
    combine: Callable[[Sequence[float]], float]
    target: float | None = None
    least: bool = False


def share(name: str) -> Pick:
    return lambda scored: scored.painted.get(name)


def below(limit: float) -> Callable[[Sequence[float]], float]:
    return lambda values: float(np.mean(np.asarray(values) < limit))


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def painted_eyes(values: Sequence[float]) -> float:
    return float(np.sum(np.asarray(values) > PAINTED_EYE))


AIMS: Final = (
    Aim("lips_iou", "lips, mean IoU of what is painted", lambda s: s.lips, mean, 0.85, least=True),
    Aim("hair_iou", "hair, mean IoU of what is dyed", lambda s: s.hair, mean, 0.88, least=True),
    Aim("headwear_dyed", "headwear's pixels changed", share("headwear"), mean, 0.03),
    Aim("hands_painted", "hands' pixels changed", share("hand"), mean, 0.02),
    Aim("covered_eyes", "covered eyes painted, heads", share("lens"), painted_eyes, 0.0),
    Aim(
        "lips_faded",
        "free lips faded, share of heads",
        lambda s: s.free_lips,
        below(FADED_LIPS),
        0.02,
    ),
    Aim("eyes_faded", "free eyes faded, share of heads", lambda s: s.free_eyes, below(FADED_EYES)),
    Aim("bare_band", "bare lip beside teeth, share of the lips", lambda s: s.band, mean, 0.03),
    Aim("tongue_painted", "open mouth's pixels that lipstick changes", share("mouth"), mean),
    Aim("clothes_dyed", "clothes' pixels that dye changes", share("clothes"), mean),
    Aim("skin_dyed", "skin's pixels that dye changes", share("skin"), mean),
)


def values_of(heads: Sequence[HeadScore], pick: Pick, *, before: bool) -> list[float]:
    scores = [head.before if before else head.now for head in heads]
    return [value for scored in scores if scored and (value := pick(scored)) is not None]


def aims(heads: Sequence[HeadScore]) -> list[Figure]:
    """Returns each figure with the other version's in its note, and that of the worst bins."""
    found = []
    for aim in AIMS:
        now, then = (values_of(heads, aim.pick, before=each) for each in (False, True))
        value = aim.combine(now) if now else None
        note = f"{len(now)} heads" + (f"; before {aim.combine(then):.3g}" if then else "")
        if aim.target is None:
            found.append(plain(aim.id, aim.label, value, note=note))
        elif aim.least:
            found.append(at_least(aim.id, aim.label, value, aim.target, note=note))
        else:
            found.append(at_most(aim.id, aim.label, value, aim.target, note=note))
    return [*found, worst_hair(heads)]


def worst_hair(heads: Sequence[HeadScore]) -> Figure:
    bins = {
        name: mean(values)
        for name, members in groups(heads).items()
        if len(values := values_of(members, lambda s: s.hair, before=False)) >= FEW
    }
    name = min(bins, key=lambda each: bins[each]) if bins else ""
    note = name or "no bin has enough heads"
    label = "hair, IoU of the worst kind or tone"
    return at_least("hair_iou_worst", label, bins.get(name), 0.80, note=note)


def groups(heads: Sequence[HeadScore]) -> dict[str, list[HeadScore]]:
    """Returns the heads of every kind and every skin tone; a head is of several kinds."""
    kinds = sorted({kind for head in heads for kind in head.kinds})
    found = {kind: [head for head in heads if kind in head.kinds] for kind in kinds}
    tones = {f"skin {tone}": [h for h in heads if h.tone == tone] for tone in TONES}
    return {name: each for name, each in {**found, **tones}.items() if each}


def group_table(heads: Sequence[HeadScore]) -> Table:
    """Returns mean and tenth percentile of lips and hair by kind and tone, now and before."""
    columns = ["heads of", "count"]
    for what in ("lips IoU", "hair IoU"):
        columns += [what, "worst tenth", "before"]
    columns += ["lips faded", "before", "band", "before"]
    rows = []
    for name, members in {"all": list(heads), **groups(heads)}.items():
        row: list[Cell] = [name, float(len(members))]
        for aim in (AIMS[0], AIMS[1]):
            now, then = (values_of(members, aim.pick, before=each) for each in (False, True))
            row += [mean(now) if now else None, float(np.percentile(now, 10)) if now else None]
            row.append(mean(then) if then else None)
        for id_ in ("lips_faded", "bare_band"):
            aim = next(each for each in AIMS if each.id == id_)
            for each in (False, True):
                values = values_of(members, aim.pick, before=each)
                row.append(aim.combine(values) if values else None)
        rows.append(tuple(row))
    return Table(tuple(numbered(columns)), tuple(rows))


def numbered(columns: Sequence[str]) -> list[str]:
    """Returns column names of which those that say `before` name what was before."""
    found: list[str] = []
    for name in columns:
        words = [each for each in found if not each.startswith("before") and each != "worst tenth"]
        found.append(f"before: {words[-1]}" if name == "before" else name)
    return [f"{name} " if found.index(name) < at else name for at, name in enumerate(found)]


def paint_table(heads: Sequence[HeadScore]) -> Table:
    """Returns for each class that must be left alone the share of its pixels that was not."""
    names = sorted({name for head in heads for name in head.now.painted})
    rows = []
    for name in names:
        now, then = (values_of(heads, share(name), before=each) for each in (False, True))
        worst = float(np.percentile(now, 90)) if now else None
        rows.append((name, float(len(now)), mean(now), worst, mean(then) if then else None))
    return Table(("class", "heads", "changed", "90th percentile", "before"), tuple(rows))
