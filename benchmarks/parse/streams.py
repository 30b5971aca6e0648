"""What drawn clips show: paint on a hand, lips that flicker, noise that a colour adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.parse.clips import Known
from benchmarks.parse.looks import coverage
from prink.arrays import Bytes, Flags, Floats
from prink.face.landmark import LIPS_OUTER

__all__ = ["STREAM_LOOKS", "Streamed", "hand_paint", "lip_shares", "noise_gain", "score_clips"]

STREAM_LOOKS: Final[Mapping[str, tuple[str, ...]]] = {
    "lips": ("lips.color=#ff0000", "lips.color.a=1", "lips.gloss=0.05"),
    "blond": (
        *("hair.root=#d8ae74", "hair.root.a=1", "hair.tip=#e6c48c", "hair.tip.a=1"),
        "hair.lightening=1",
    ),
}
SETTLED: Final = 8  # frames until tracker and measurements of a stream have settled
CHANGED: Final = 2


@dataclass(frozen=True)
class Streamed:
    """What is said of all clips with one version; what could not be measured is None.

    Attributes:
        hand: mean share of a wiping hand's pixels that lipstick changes, over frames with it.
        hand_worst: the same in the worst frame.
        back: frames from the hand's leaving the mouth until lips are covered again.
        lips_least: least mean coverage of free lips in a frame of two people at 480x270.
        lips_flicker: mean change of that from frame to frame.
        noise: noise of bleached hair over that of the input, median over its pixels.
        frame_ms: CPU milliseconds of finding and drawing a frame at 640x480, median, by look.
    """

    hand: float | None
    hand_worst: float | None
    back: float | None
    lips_least: float | None
    lips_flicker: float | None
    noise: float | None
    frame_ms: Mapping[str, float]


def hand_paint(known: Known, drawn: Bytes) -> list[float]:
    """Returns the share of the hand's pixels that changed, for each frame with enough of it."""
    found = []
    for frame, made, hand in zip(known.frames, drawn, known.covered, strict=True):
        core = cv2.erode(hand.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        if core.sum() > 200:
            moved = np.abs(made.astype(int) - frame).max(axis=-1) > CHANGED
            found.append(float(moved[core].mean()))
    return found


def lip_shares(known: Known, drawn: Bytes, person: int) -> Floats:
    """Returns the mean coverage of a person's free lips in each frame, (N,); nan if covered."""
    found = []
    for number, (frame, made) in enumerate(zip(known.frames, drawn, strict=True)):
        lips = lip_core(known.points[person][number], frame.shape[:2])
        hidden = known.covered[number]
        free = lips & ~(cv2.dilate(hidden.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0)
        enough = free.sum() >= 0.8 * lips.sum() and lips.any()
        found.append(float(coverage("lips", frame, made)[free].mean()) if enough else np.nan)
    return np.array(found, np.float32)


def lip_core(points: Floats, shape: tuple[int, int]) -> Flags:
    """Returns the inside of the lower lip and the upper lip, without their rims, (H, W)."""
    outer = np.zeros(shape, np.uint8)
    cv2.fillPoly(outer, [np.rint(points[list(LIPS_OUTER), :2]).astype(np.int32)], 1)
    opening = np.zeros(shape, np.uint8)
    inner = points[[78, 81, 13, 311, 308, 402, 14, 178], :2]
    cv2.fillPoly(opening, [np.rint(inner).astype(np.int32)], 1)
    opening = cv2.dilate(opening, np.ones((3, 3), np.uint8))
    core = cv2.erode(outer, np.ones((3, 3), np.uint8))
    return np.asarray((core > 0) & (opening == 0))


def noise_gain(known: Known, drawn: Bytes) -> float | None:
    """Returns how much more bleached hair flickers than the input: median ratio of deviations."""
    before, after = (each[SETTLED:].astype(np.float32) for each in (known.frames, drawn))
    changed = np.abs(after.mean(0) - before.mean(0)).max(axis=-1) > 12
    if changed.sum() < 500:
        return None
    one, other = (each @ np.array([0.2126, 0.7152, 0.0722], np.float32) for each in (before, after))
    ratio = other.std(axis=0)[changed] / np.maximum(one.std(axis=0)[changed], 0.5)
    return float(np.median(ratio))


def returned(shares: Floats) -> float | None:
    """Returns how many frames in a row free lips stay under half covered after a hand, at most."""
    after = np.flatnonzero(np.isnan(shares))
    if not after.size:
        return None
    run = most = 0
    for share in shares[after[0] :]:
        run = run + 1 if share < 0.5 else 0
        most = max(most, run)
    return float(most)


def score_clips(
    clips: Mapping[str, Known], drawn: Mapping[tuple[str, str], Bytes], ms: Mapping[str, float]
) -> Streamed:
    """Returns what the clips `still`, `wiped` and `two` show; `drawn` is by clip and look."""
    wiping = hand_paint(clips["wiped"], drawn["wiped", "lips"]) if "wiped" in clips else []
    back = returned(lip_shares(clips["wiped"], drawn["wiped", "lips"], 0)) if wiping else None
    pairs = [lip_shares(clips["two"], drawn["two", "lips"], n)[SETTLED:] for n in (0, 1)]
    return Streamed(
        hand=float(np.mean(wiping)) if wiping else None,
        hand_worst=max(wiping, default=None),
        back=back,
        lips_least=float(min(each.min() for each in pairs)),
        lips_flicker=float(max(np.abs(np.diff(each)).mean() for each in pairs)),
        noise=noise_gain(clips["still"], drawn["still", "blond"]),
        frame_ms=ms,
    )
