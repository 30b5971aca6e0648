"""Masks of prink's own hair network against MediaPipe's on portraits, and exact ones of heads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.contract.people import Person
from benchmarks.hair.agreement import boundary_f, iou, share
from benchmarks.hair.people import Head, Labels
from benchmarks.hair.sources import HairSource
from prink.arrays import Bytes, Floats
from prink.parse.head import REACH, crop_head, head_to_frame

__all__ = ["LEAST", "Judged", "haired", "judge_heads", "judge_portrait"]

LEAST: Final = 0.005  # share of the crop below which a head counts as bald


@dataclass(frozen=True, eq=False)
class Judged:
    """One head: its crop (S, S, 3), prink's mask and the one it is held against, 0..1."""

    crop: Bytes
    own: Floats
    truth: Floats
    labels: Labels
    face_size: float

    @property
    def iou(self) -> float:
        """Intersection over union at 0.5."""
        return iou(self.own, self.truth)

    @property
    def outline(self) -> float:
        """F measure of the outlines."""
        return boundary_f(self.own, self.truth, face_size=self.face_size)

    @property
    def bald(self) -> bool:
        """Whether there is next to no hair."""
        return share(self.truth) <= LEAST


def haired(found: Sequence[Judged], *, hats: bool = False) -> list[Judged]:
    """Returns the heads with hair: those without headwear, or those with."""
    return [j for j in found if not j.bald and (j.labels.get("headwear") == "yes") == hats]


def judge_portrait(person: Person, labels: Labels, own: HairSource, teacher: HairSource) -> Judged:
    """Returns one portrait's masks, the teacher's at the size of prink's."""
    crop = crop_head(person.rgb, head_to_frame(person.face, own.size), own.size)
    large = crop_head(person.rgb, head_to_frame(person.face, teacher.size), teacher.size)
    truth = resized(taught(teacher, large), own.size)
    return Judged(large, own.alpha(crop, None), truth, labels, own.size / (2 * REACH))


def taught(teacher: HairSource, crop: Bytes) -> Floats:
    """Returns the teacher's mask: the mean of what it sees in the crop and in its mirror image."""
    mirrored = np.ascontiguousarray(crop[:, ::-1])
    return (teacher.alpha(crop, None) + teacher.alpha(mirrored, None)[:, ::-1]) / np.float32(2)


def judge_heads(
    heads: Sequence[Head], own: HairSource, *, tick: Callable[[], None]
) -> list[Judged]:
    """Returns the masks of rendered heads beside the exact ones."""
    found = []
    for head in heads:
        truth = resized(head.hair.astype(np.float32) / 255, own.size)
        crop = cv2.resize(head.crop, (own.size, own.size), interpolation=cv2.INTER_AREA)
        size = head.face_size * own.size / len(head.crop)
        found.append(Judged(head.crop, own.alpha(crop, None), truth, {}, size))
        tick()
    return found


def resized(mask: Floats, size: int) -> Floats:
    return np.asarray(cv2.resize(mask, (size, size), interpolation=cv2.INTER_AREA), np.float32)
