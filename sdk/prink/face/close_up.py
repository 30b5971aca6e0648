"""The part of a picture around a face, shrunk where the face is larger than anything needs."""

from dataclasses import dataclass, replace

import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.face.landmark import Face, frontal_iod

__all__ = ["CloseUp", "close_up"]


@dataclass(frozen=True, eq=False)
class CloseUp:
    """A part of a picture and the face in it.

    Attributes:
        rgb: (H, W, 3) uint8.
        points: (478, 3) landmarks in its pixels.
        iod: Pixels between the eyes, as if the face were seen from the front.
    """

    rgb: Bytes
    points: Doubles
    iod: float

    def placed(self, face: Face) -> Face:
        """Returns the face whose landmarks `(478, 3)` were given, in the part's pixels."""
        return replace(face, points=self.points.astype(np.float32))


def close_up(rgb: Bytes, points: Floats | Doubles, *, margin: float, largest: float) -> CloseUp:
    """Returns the part of a picture (H, W, 3) uint8 around landmarks (478, 3) in its pixels.

    Args:
        rgb: The picture.
        points: All finite.
        margin: Kept around the landmarks, in inter-ocular distances.
        largest: Pixels between the eyes; a larger face is shrunk to it.
    """
    import cv2

    flat = points[:, :2].astype(np.float64)
    iod = max(frontal_iod(flat), 1.0)
    edge = np.array(rgb.shape[1::-1])
    low = np.clip(np.floor(flat.min(0) - margin * iod), 0, edge - 2).astype(int)
    high = np.clip(np.ceil(flat.max(0) + margin * iod), low + 2, edge).astype(int)
    part = np.ascontiguousarray(rgb[low[1] : high[1], low[0] : high[0]])
    ratio = np.ones(2)
    if iod > largest:
        size = np.maximum(np.rint((high - low) * (largest / iod)), 2).astype(int)
        part = np.asarray(cv2.resize(part, size.tolist(), interpolation=cv2.INTER_AREA), np.uint8)
        ratio = size / (high - low)
    placed = np.column_stack([(flat - low) * ratio, points[:, 2] * ratio.mean()])
    return CloseUp(part, placed, iod * float(ratio[0]))
