"""What the suite says about flicker: of masks in streams, and of recoloured hair."""

from collections.abc import Sequence

import numpy as np

from benchmarks.contract.result import Figure, Table, plain
from benchmarks.hair.motion import Flicker
from benchmarks.hair.stream import WAYS
from benchmarks.hair.video import Shimmer

__all__ = ["flicker_figures", "flicker_table", "shimmer_table"]

SCENES = {
    "still": "mask change a frame, still and noisy",
    "moving": "the same on a moving head, in its own place",
}
NO_CLIPS = "no folder of rendered clips"


def flicker_figures(found: Sequence[Flicker], swung: Sequence[Shimmer]) -> list[Figure]:
    """Returns the figures; means over the clips of a scene."""
    figures = []
    for scene, words in SCENES.items():
        of_scene = [each for each in found if each.clip.startswith(scene)]
        photos = mean([e.change for e in of_scene if e.way == "as photos"])
        note = f"% of full over the head square; every frame as a photo: {photos or 0:.3g}"
        for way, every in WAYS.items():
            value = mean([e.change for e in of_scene if e.way == way])
            if every:
                figures.append(
                    plain(f"{scene}_{every}", f"{words}, {way}", value, unit="%", note=note)
                )
    return [*figures, *known_figures(found), *shimmer_figures(swung)]


def known_figures(found: Sequence[Flicker]) -> list[Figure]:
    figures = []
    for way, every in WAYS.items():
        known = [e for e in found if e.iou is not None and e.way == way]
        area = mean([e.iou for e in known if e.iou is not None])
        extra = mean([e.extra for e in known if e.extra is not None])
        exact = mean([e.exact for e in known if e.exact is not None])
        if every:
            note = f"{len(known)} clips" if known else NO_CLIPS
            more = f"the exact mask itself changes {exact:.3g}" if exact is not None else NO_CLIPS
            label = "change a frame beyond the exact mask's own"
            figures += [
                plain(f"clip_iou_{every}", f"turning heads, mean IoU, {way}", area, note=note),
                plain(f"clip_extra_{every}", f"{label}, {way}", extra, unit="%", note=more),
            ]
    return figures


def shimmer_figures(swung: Sequence[Shimmer]) -> list[Figure]:
    ratio = mean([each.drawn / each.input for each in swung])
    held = mean([each.held / each.input for each in swung])
    note = "standard deviation of L* over time"
    return [
        plain("shimmer", "copper hair's flicker / the input's", ratio, note=note),
        plain("shimmer_held", "the same with one mask held", held, note="what the dye alone does"),
    ]


def mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def flicker_table(found: Sequence[Flicker]) -> Table:
    """Returns every clip and way."""
    rows = ((f.clip, f.way, f.change, f.exact, f.error, f.iou, f.seen) for f in found)
    change = ("change, %", "exact mask's, %", "change of the error, %")
    return Table(("clip", "masks", *change, "IoU", "frames with a face"), tuple(rows))


def shimmer_table(swung: Sequence[Shimmer]) -> Table:
    """Returns the temporal standard deviation of L* of each portrait's hair."""
    rows = ((s.person, s.input, s.drawn, s.held) for s in swung)
    return Table(("portrait", "input", "copper", "copper, one mask held"), tuple(rows))
