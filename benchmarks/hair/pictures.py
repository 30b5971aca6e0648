"""Pictures of the worst masks, with outlines; of portraits only for the eyes of who ran it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from benchmarks.hair.masks import Judged, haired
from prink.arrays import Bytes, Floats
from prink.photo import save_photo

__all__ = ["save_worst"]

SIDE: Final = 320  # px of a cell
OWN, TRUTH = (255, 60, 60), (60, 220, 255)  # colours of the outlines
PLATE: Final = 22  # px for the words
GAP: Final = 4


def save_worst(found: Sequence[Judged], path: Path, *, count: int, truth: str) -> Path | None:
    """Writes the heads of lowest IoU: picture, the mask held against, and prink's own, in rows.

    Two heads stand side by side; None where there is no head with hair.
    """
    worst = sorted(haired(found), key=lambda judged: judged.iou)[:count]
    if not worst:
        return None
    rows = [row(judged, truth) for judged in worst]
    if len(rows) % 2:
        rows.append(np.full_like(rows[0], 255))
    gap = np.full((len(rows[0]), 4 * GAP, 3), 255, np.uint8)
    pairs = [np.hstack([rows[n], gap, rows[n + 1]]) for n in range(0, len(rows), 2)]
    path.parent.mkdir(parents=True, exist_ok=True)
    save_photo(np.vstack(pairs), path, quality=85)
    return path


def row(judged: Judged, truth: str) -> Bytes:
    photo = cv2.resize(judged.crop, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    cells = [photo, outlined(photo, judged.truth, TRUTH), outlined(photo, judged.own, OWN)]
    words = ("picture", truth, f"prink, IoU {judged.iou:.2f}")
    return np.hstack([plated(cell, word) for cell, word in zip(cells, words, strict=True)])


def outlined(photo: Bytes, mask: Floats, color: tuple[int, int, int]) -> Bytes:
    """Returns a photo with the mask's outline at 0.5."""
    large = cv2.resize(mask, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)
    lines, _ = cv2.findContours(
        (large > 0.5).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
    )
    return np.asarray(cv2.drawContours(photo.copy(), lines, -1, color, 2, cv2.LINE_AA), np.uint8)


def plated(cell: Bytes, words: str) -> Bytes:
    plate = np.full((SIDE + PLATE + GAP, SIDE + GAP, 3), 255, np.uint8)
    plate[PLATE : PLATE + SIDE, :SIDE] = cell
    at = (3, PLATE - 6)
    cv2.putText(plate, words, at, cv2.FONT_HERSHEY_SIMPLEX, 0.48, (40, 40, 40), 1, cv2.LINE_AA)
    return plate
