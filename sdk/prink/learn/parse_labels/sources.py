"""What MediaPipe's networks and the landmarks see in a portrait."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Bytes, Flags, Floats
from prink.face import Face, Tracker
from prink.face.quiet import quiet
from prink.learn.data.hair_teacher import HairTeacher, open_teacher
from prink.parse.head import REACH, Affine, crop_head, head_to_frame, inverse, warp

__all__ = ["SIDE", "WIDE", "Seen", "look"]

SIDE: Final = 560  # px a side of the square that is kept
WIDE: Final = 2.3  # its reach
SURE_HAND: Final = 0.6
PALM: Final = 0.25  # of a palm's length, what a hand reaches beyond its joints


@dataclass(frozen=True, eq=False)
class Seen:
    """A square of `SIDE` px around a face, upright, and what each source says of it.

    Attributes:
        rgb: (S, S, 3) uint8, grey outside the picture.
        to_frame: (2, 3), from its pixels to those of the portrait.
        inside: (S, S) bool, the picture.
        faces: Points (478, 3) of each face in pixels of the square, the square's own first.
        first: The square's own face, in pixels of the portrait.
        hair: (S, S) 0..1, the teacher's mask.
        hair_sure: (S, S) 0..1, least agreement of the teacher with itself at another reach.
        person: (S, S) 0..1.
        hands: (S, S) uint8, 255 on hands that were found.
    """

    rgb: Bytes
    to_frame: Affine
    inside: Flags
    faces: tuple[Floats, ...]
    first: Face
    hair: Floats
    hair_sure: Floats
    person: Floats
    hands: Bytes


@cache
def tools(teacher: Path | None) -> tuple[Tracker, HairTeacher, Any, Any]:
    """Returns this process's tracker, hair teacher, person segmenter and finder of hands."""
    with quiet():
        import mediapipe

        blank = np.zeros((64, 64, 3), np.uint8)
        person = mediapipe.solutions.selfie_segmentation.SelfieSegmentation(model_selection=0)
        person.process(blank)
        hands = mediapipe.solutions.hands.Hands(
            static_image_mode=True, max_num_hands=4, min_detection_confidence=SURE_HAND
        )
        hands.process(blank)
    hair = HairTeacher(teacher) if teacher else open_teacher()
    return Tracker(), hair, person, hands


def look(rgb: Bytes, teacher: Path | None = None) -> Seen | None:
    """Returns what is seen around the largest face of a portrait (H, W, 3), None without a face."""
    tracker, hair, person, hands = tools(teacher)
    faces = tracker.track(rgb)
    if not faces:
        return None
    to_frame = head_to_frame(faces[0], SIDE, reach=WIDE)
    square = crop_head(rgb, to_frame, SIDE)
    near, near_shown = hair_at(rgb, faces[0], REACH, hair, to_frame)
    wide, _ = hair_at(rgb, faces[0], WIDE, hair, to_frame)
    sure = 1 - np.abs(near - wide) * near_shown
    white = np.full(rgb.shape[:2], 255, np.uint8)
    return Seen(
        rgb=square,
        to_frame=to_frame,
        inside=warp(white, to_frame, SIDE) > 127,
        faces=tuple(moved(face.points, to_frame) for face in faces),
        first=faces[0],
        hair=near * near_shown + wide * (1 - near_shown),
        hair_sure=sure,
        person=people(rgb, faces[0], to_frame, square, person),
        hands=hands_in(square, hands),
    )


def moved(points: Floats, to_frame: Affine) -> Floats:
    """Returns a face's points in pixels of the square."""
    back = inverse(to_frame)
    found = points.copy()
    found[:, :2] = points[:, :2] @ back[:, :2].T + back[:, 2]
    found[:, 2] *= np.sqrt(abs(np.linalg.det(back[:, :2])))
    return found


def placed(mask: Floats, its: Affine, to_frame: Affine) -> Floats:
    """Returns a mask that was made in one square, in another."""
    back = inverse(its)
    chain = np.column_stack(
        [back[:, :2] @ to_frame[:, :2], back[:, :2] @ to_frame[:, 2] + back[:, 2]]
    ).astype(np.float32)
    eight = np.rint(np.clip(mask, 0, 1) * 255).astype(np.uint8)
    return np.asarray(warp(eight, chain, SIDE) / np.float32(255), np.float32)


def hair_at(
    rgb: Bytes, face: Face, reach: float, teacher: HairTeacher, to_frame: Affine
) -> tuple[Floats, Floats]:
    """Returns the teacher's mask, mean of a square and its mirror image, and how far it counts."""
    its = head_to_frame(face, teacher.size, reach=reach)
    crop = crop_head(rgb, its, teacher.size)
    mirrored = np.ascontiguousarray(crop[:, ::-1])
    mask = (teacher.alpha(crop, None) + teacher.alpha(mirrored, None)[:, ::-1]) / 2
    rim = np.minimum(np.arange(teacher.size), np.arange(teacher.size)[::-1]) / (0.1 * teacher.size)
    counts = np.minimum(np.minimum(rim[:, None], rim[None]), 1).astype(np.float32)
    return placed(mask, its, to_frame), placed(counts, its, to_frame)


def people(
    rgb: Bytes,
    face: Face,
    to_frame: Affine,
    square: Bytes,
    segmenter: Any,  # noqa: ANN401 (mediapipe has no types)
) -> Floats:
    """Returns the person's share of each pixel: of the square, and nearer where that reaches."""
    import cv2

    wide = cv2.resize(segmenter.process(square).segmentation_mask, (SIDE, SIDE))
    its = head_to_frame(face, 256, reach=REACH)
    near = placed(segmenter.process(crop_head(rgb, its, 256)).segmentation_mask, its, to_frame)
    reaches = placed(np.ones((256, 256), np.float32), its, to_frame)
    return np.asarray(np.where(reaches > 0.5, (wide + near) / 2, wide), np.float32)


def hands_in(square: Bytes, finder: Any) -> Bytes:  # noqa: ANN401 (mediapipe has no types)
    """Returns where hands are, a little wider than their joints."""
    import cv2

    mask = np.zeros((SIDE, SIDE), np.uint8)
    for hand in finder.process(square).multi_hand_landmarks or ():
        joints = np.array([(each.x, each.y) for each in hand.landmark], np.float32) * SIDE
        palm = float(np.linalg.norm(joints[0] - joints[9]))
        wide = max(3, round(2 * PALM * palm))
        for finger in range(5):
            path = np.rint(joints[[0, *range(4 * finger + 1, 4 * finger + 5)]]).astype(np.int32)
            cv2.polylines(mask, [path], False, 255, wide)
        cv2.fillConvexPoly(mask, cv2.convexHull(joints[[0, 1, 5, 9, 13, 17]].astype(np.int32)), 255)
    return mask
