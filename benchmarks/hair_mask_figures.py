"""What the suite says about hair masks: figures by groups of people, and the tables behind them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.hair_agreement import share
from benchmarks.hair_masks import Judged, haired
from benchmarks.hair_people import BINS
from benchmarks.result import Cell, Figure, Table, at_least, plain

__all__ = ["CONTROLS", "group_table", "groups", "mask_figures", "mean_iou"]

MEAN, WORST, FEWEST = 0.85, 0.80, 5
# Mean IoU of ways that were tried before prink had a network of its own.
CONTROLS: Final = {
    "geometry and colour alone": 0.41,
    "a tiny network, synthetic heads only": 0.32,
    "a network distilled for five minutes": 0.56,
}
NO_TEACHER, NO_HEADS = "the teacher's file is not at hand", "no folder of rendered heads"


def groups(found: Sequence[Judged], column: str) -> dict[str, list[Judged]]:
    """Returns heads with hair by what a column says of them; blank is unlabelled."""
    names = sorted({j.labels.get(column, "") for j in found})
    return {n or "not noted": [j for j in found if j.labels.get(column, "") == n] for n in names}


def mask_figures(
    people: Sequence[Judged], heads: Sequence[Judged], *, taught: bool
) -> list[Figure]:
    """Returns the figures of portraits, of rendered heads, and the controls."""
    return [
        *portrait_figures(people, NO_TEACHER if not taught else "nobody with hair and no hat"),
        *head_figures(heads),
        *control_figures(),
    ]


def portrait_figures(people: Sequence[Judged], why: str) -> list[Figure]:
    seen, hats = haired(people), haired(people, hats=True)
    note = f"{len(seen)} people, own network against MediaPipe's" if seen else why
    figures = [
        at_least("iou_teacher", "hair mask, mean IoU", mean_iou(seen), MEAN, note=note),
        plain(
            "outline_teacher",
            "hair outline, mean F within 2 % of the face",
            mean_f(seen),
            note=note,
        ),
    ]
    for column in ("skin_bin_ita", "hair_colour_auto", "hair_length_auto"):
        figures.append(worst_figure(seen, column))
    bald = [share(j.own) for j in people if j.bald and j.labels.get("headwear") != "yes"]
    of_hats = (
        f"{len(hats)} people; the teacher takes hats for hair" if hats else "nobody with a hat"
    )
    of_bald = f"{len(bald)} heads, mean share of the crop" if bald else "nobody is bald"
    return [
        *figures,
        plain("iou_hats", "hair mask under headwear, mean IoU", mean_iou(hats), note=of_hats),
        plain("bald_share", "bald heads: called hair", percent(bald), unit="%", note=of_bald),
    ]


def worst_figure(seen: Sequence[Judged], column: str) -> Figure:
    """Returns the lowest mean IoU of the groups that are large enough to judge."""
    large = {n: g for n, g in groups(seen, column).items() if len(g) >= FEWEST}
    means = {name: float(np.mean([j.iou for j in group])) for name, group in large.items()}
    worst = min(means, key=lambda name: means[name], default=None)
    note = f"no group of {FEWEST}" if worst is None else f"{worst}, {len(large[worst])} people"
    label = f"hair mask, mean IoU of the worst {BINS[column]}"
    value = None if worst is None else means[worst]
    return at_least(f"iou_worst_{BINS[column].replace(' ', '_')}", label, value, WORST, note=note)


def head_figures(heads: Sequence[Judged]) -> list[Figure]:
    seen, bald = haired(heads), [share(j.own) for j in heads if j.bald]
    note = f"{len(seen)} heads never trained on, exact masks" if seen else NO_HEADS
    of_bald = (
        f"{len(bald)} heads, mean share of the crop"
        if bald
        else NO_HEADS
        if not heads
        else "nobody is bald"
    )
    label = "rendered bald heads: called hair"
    return [
        at_least("iou_heads", "rendered heads, mean IoU", mean_iou(seen), MEAN, note=note),
        plain("outline_heads", "rendered heads' outline, mean F", mean_f(seen), note=note),
        plain("bald_share_heads", label, percent(bald), unit="%", note=of_bald),
    ]


def control_figures() -> list[Figure]:
    note = "constant: measured once on 79 faces against MediaPipe's, not in this run"
    ids = ("geometry", "synthetic", "distilled")
    pairs = zip(ids, CONTROLS.items(), strict=True)
    return [plain(f"iou_{n}", f"mean IoU of {words}", v, note=note) for n, (words, v) in pairs]


def mean_iou(found: Sequence[Judged]) -> float | None:
    """Returns the mean IoU of some heads; None of none."""
    return float(np.mean([j.iou for j in found])) if found else None


def mean_f(found: Sequence[Judged]) -> float | None:
    return float(np.mean([j.outline for j in found])) if found else None


def percent(shares: Sequence[float]) -> float | None:
    return 100 * float(np.mean(shares)) if shares else None


def group_table(people: Sequence[Judged]) -> Table:
    """Returns how masks agree by skin tone, hair colour, length and curl."""
    rows: list[tuple[Cell, ...]] = []
    for column, words in BINS.items():
        for name, group in groups(haired(people), column).items():
            ious = [j.iou for j in group]
            low = float(np.percentile(ious, 10))
            rows.append(
                (f"{words}: {name}", float(len(group)), mean_iou(group), low, mean_f(group))
            )
    return Table(("people", "count", "mean IoU", "IoU, 10th percentile", "outline F"), tuple(rows))
