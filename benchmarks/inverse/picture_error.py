"""How far two pictures of a face are apart: over the face's box, and in the made-up places."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from prink.arrays import Bytes, Floats
from prink.face import Face

__all__ = ["PictureError", "face_box", "flip", "ms_ssim_loss", "picture_error"]

SIDE: Final = 320  # px of the compared box: five scales of MS-SSIM need 161
MARGIN: Final = 0.05  # of the box: eyeshadow, brows and contour lie inside the landmarks


@dataclass(frozen=True)
class PictureError:
    """Of a face's box: mean absolute difference 0..1, 1 - MS-SSIM, and mean FLIP."""

    l1: float
    ms_ssim: float
    flip: float


def picture_error(one: Bytes, two: Bytes, face: Face) -> PictureError:
    """Returns how far two pictures (H, W, 3) with the same face are apart; `one` is the truth."""
    first, second = face_box(one, face), face_box(two, face)
    l1 = float(np.abs(first - second).mean())
    return PictureError(l1, ms_ssim_loss(first, second), flip(first, second))


def face_box(rgb: Bytes, face: Face) -> Floats:
    """Returns the box of the landmarks, sRGB 0..1, (320, 320, 3): stretched to a square."""
    flat = face.points[:, :2]
    low, high = flat.min(axis=0), flat.max(axis=0)
    edge = MARGIN * (high - low)
    x0, y0 = np.maximum(np.floor(low - edge), 0).astype(int)
    x1, y1 = np.minimum(np.ceil(high + edge), rgb.shape[1::-1]).astype(int)
    part = rgb[y0:y1, x0:x1]
    smaller = part.shape[0] > SIDE
    way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (SIDE, SIDE), interpolation=way), np.float32) / 255.0


def ms_ssim_loss(one: Floats, two: Floats) -> float:
    """Returns 1 - MS-SSIM (Wang et al. 2003) of pictures (H, W, 3), 0..1."""
    import torch
    from pytorch_msssim import ms_ssim

    planes = [torch.from_numpy(each.transpose(2, 0, 1)[None].copy()) for each in (one, two)]
    return 1.0 - float(ms_ssim(*planes, data_range=1.0))


def flip(one: Floats, two: Floats) -> float:
    """Returns the mean LDR-FLIP (Andersson et al. 2020) of sRGB pictures (H, W, 3), 0..1."""
    import flip_evaluator

    return float(flip_evaluator.evaluate(one, two, "LDR", applyMagma=False)[1])
