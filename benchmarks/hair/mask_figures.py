"""What the suite says about hair masks: figures by groups of people, and the tables behind them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.contract.result import Cell, Figure, Table, at_least, plain
from benchmarks.hair.agreement import share
from benchmarks.hair.masks import Judged, haired
from benchmarks.hair.people import BINS

__all__ = ["CONTROLS", "group_table", "groups", "mask_figures", "mean_iou"]

MEAN, WORST, FEWEST = 0.85, 0.80, 5
# Mean IoU of ways that were tried before prink had a network of its own.
CONTROLS: Final = {
    "geometry and colour alone": 0.41,
    "a tiny network, synthetic heads only": 0.32,
    "a network distilled for five minutes": 0.56,
}
SHORN: Final = "none"  # the length of those labelled bald where the teacher sees a little hair


def groups(found: Sequence[Judged], column: str) -> dict[str, list[Judged]]:
    """Returns heads with hair by what a column says of them; blank is unlabelled."""
    names = sorted({j.labels.get(column, "") for j in found})
    return {n or "not noted": [j for j in found if j.labels.get(column, "") == n] for n in names}


def mask_figures(
    people: Sequence[Judged], heads: Sequence[Judged], *, taught: bool
) -> list[Figure]:
    """Returns the figures of portraits, of rendered heads, and the controls."""
    why = "nobody with hair and no hat" if taught else "the teacher's file is not at hand"
    return [
        *portrait_figures(haired(people), why),
        *aside_figures(people, why),
        *head_figures(heads),
        *control_figures(),
    ]


def portrait_figures(seen: Sequence[Judged], why: str) -> list[Figure]:
    note = f"{len(seen)} people, own network against MediaPipe's" if seen else why
    outline = "hair outline, mean F within 2 % of the face"
    columns = ("skin_bin_ita", "hair_colour_auto", "hair_length_auto")
    longer = [j for j in seen if j.labels["hair_length_auto"] != SHORN]
    figures = [
        at_least("iou_teacher", "hair mask, mean IoU", mean_iou(seen), MEAN, note=note),
        plain("outline_teacher", outline, mean_f(seen), note=note),
    ]
    for column in columns:
        name, words, found = BINS[column].replace(" ", "_"), BINS[column], worst(seen, column)
        label = f"hair mask, mean IoU of the worst {words}"
        figures.append(at_least(f"iou_worst_{name}", label, found[0], WORST, note=found[1]))
        if column != columns[0]:
            found = worst(longer, column)
            more = f"the same without those labelled bald: worst {words}"
            figures.append(plain(f"iou_worst_{name}_longer", more, found[0], note=found[1]))
    return figures


def worst(seen: Sequence[Judged], column: str) -> tuple[float | None, str]:
    """Returns the lowest mean IoU of the groups that are large enough to judge, and its group."""
    means = {
        f"{name}, {len(group)} people": float(np.mean([j.iou for j in group]))
        for name, group in groups(seen, column).items()
        if len(group) >= FEWEST
    }
    if not means:
        return None, f"no group of {FEWEST}"
    name = min(means, key=lambda name: means[name])
    return means[name], name


def aside_figures(people: Sequence[Judged], why: str) -> list[Figure]:
    """Returns what is told but not judged: hats, which the teacher takes for hair, and the bald."""
    hats = haired(people, hats=True)
    bald = [j for j in people if j.bald and j.labels["headwear"] != "yes"]
    of_hats = f"{len(hats)} people; the teacher takes hats for hair" if hats else why
    label = "hair mask under headwear, mean IoU"
    return [
        plain("iou_hats", label, mean_iou(hats), note=of_hats),
        bald_figure("bald_share", "bald heads: called hair", bald),
    ]


def bald_figure(name: str, label: str, bald: Sequence[Judged]) -> Figure:
    note = f"{len(bald)} heads, mean share of the crop" if bald else "nobody is bald"
    value = 100 * float(np.mean([share(j.own) for j in bald])) if bald else None
    return plain(name, label, value, unit="%", note=note)


def head_figures(heads: Sequence[Judged]) -> list[Figure]:
    seen = haired(heads)
    note = f"{len(seen)} heads never trained on, exact masks" if seen else "no folder of heads"
    return [
        at_least("iou_heads", "rendered heads, mean IoU", mean_iou(seen), MEAN, note=note),
        plain("outline_heads", "rendered heads' outline, mean F", mean_f(seen), note=note),
        bald_figure(
            "bald_share_heads", "rendered bald heads: called hair", [j for j in heads if j.bald]
        ),
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
