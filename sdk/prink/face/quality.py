"""Judges whether a face in a picture is good enough to read a look off, with reasons to act on.

Thresholds were set on training portraits, skin tones from very light to dark, so that none of them
is called dark, blurred or monochrome, and checked on the same portraits darkened, blurred by 4 % of
the inter-ocular distance, and without colour.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.face.crop import FaceCrop, crop_face
from prink.face.landmark import FACE_OVAL, LEFT_EYE, RIGHT_EYE, Face, HeadPose, iod
from prink.face.source import Points, Rgb

__all__ = ["Quality", "judge"]

SMALLEST_IOD: Final = 35.0  # px
EYE_CLOSED: Final = 0.25  # openness
COVERED: Final = 0.5  # visibility
TURNED: Final = HeadPose(yaw=35.0, pitch=30.0, roll=180.0)
DARK: Final = 75.0  # 95th percentile of the face's 8-bit luminance; dark skin in fair light has 94
SHARPNESS: Final = 0.15  # fine by coarse detail around the eyes; portraits have 0.16 to 0.6
SHARPNESS_IOD: Final = 48.0  # px to which faces are brought before sharpness is measured
COLOR: Final = 0.03  # spread of log colour ratios over the face; sepia 0.005, portraits from 0.045
LIGHT: Final = np.array([0.3, 0.6, 0.1], np.float32)


@dataclass(frozen=True)
class Quality:
    """A verdict: `ok`, or the reasons why not, each a few words that a user can act on."""

    ok: bool
    reasons: tuple[str, ...]


def judge(rgb: Bytes, face: Face) -> Quality:
    """Returns whether a face of the (H, W, 3) uint8 picture is good enough to read a look off.

    The reasons begin with: too small, turned away, eye closed, eye covered, lips covered, too dark,
    blurred, monochrome. What is covered, `prink.parse.as_seen` tells of a face first.
    """
    reasons = [*by_geometry(face), *by_pixels(rgb, face.points)]
    return Quality(not reasons, tuple(reasons))


def by_geometry(face: Face) -> list[str]:
    reasons = []
    distance = iod(face.points)
    if distance < SMALLEST_IOD:
        reasons.append(
            f"too small: {distance:.0f} px between the eyes, at least {SMALLEST_IOD:.0f} needed"
        )
    turned = abs(face.pose.yaw) > TURNED.yaw or abs(face.pose.pitch) > TURNED.pitch
    if turned:
        reasons.append("turned away: face the camera")
    if min(face.visibility.right_open, face.visibility.left_open) < EYE_CLOSED:
        reasons.append("eye closed: keep both eyes open")
    if min(face.visibility.right_eye, face.visibility.left_eye) < COVERED and not turned:
        reasons.append("eye covered: neither hand, hair nor dark glasses may be before the eyes")
    if face.visibility.lips < COVERED:
        reasons.append("lips covered: nothing may be before the mouth")
    return reasons


def by_pixels(rgb: Rgb, points: Points) -> list[str]:
    crop = crop_face(rgb, points)
    inside = None if crop is None else face_pixels(crop)
    if inside is None or len(inside) < 100:
        return ["outside: the face must be inside the picture"]
    reasons = []
    if np.percentile(inside @ LIGHT, 95) < DARK:
        reasons.append("too dark: more light on the face is needed")
    if sharpness(rgb, points) < SHARPNESS:
        reasons.append("blurred: hold still, and focus on the face")
    logs = np.log(inside + 4.0)
    ratios = logs[:, (0, 2)] - logs[:, 1:2]
    if ratios.std(axis=0).max() < COLOR:
        reasons.append("monochrome: a colour picture is needed")
    return reasons


def face_pixels(crop: FaceCrop) -> Floats:
    """Returns the (N, 3) colours inside the face's oval."""
    import cv2

    mask = np.zeros(crop.rgb.shape[:2], np.uint8)
    oval = np.rint(crop.points[list(FACE_OVAL)]).astype(np.int32)
    cv2.fillPoly(mask, [oval], 1)
    return crop.rgb[mask > 0]


def sharpness(rgb: Rgb, points: Points) -> float:
    """Returns fine by coarse detail around the eyes, at a fixed size of the face."""
    import cv2

    distance = iod(points)
    eyes = points[[*RIGHT_EYE, *LEFT_EYE], :2]
    low = np.maximum(eyes.min(axis=0) - 0.3 * distance, 0).astype(int)
    high = np.minimum(eyes.max(axis=0) + 0.3 * distance, rgb.shape[1::-1]).astype(int)
    if (high - low).min() < 4:
        return 0.0
    scale = SHARPNESS_IOD / distance
    wide, tall = np.maximum(4, np.rint((high - low) * scale)).astype(int).tolist()
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    part = rgb[low[1] : high[1], low[0] : high[0]].astype(np.float32) @ LIGHT
    light = cv2.resize(part, (wide, tall), interpolation=method)
    fine = cv2.GaussianBlur(light, (0, 0), 0.8)
    coarse = cv2.GaussianBlur(light, (0, 0), 4.0)
    return float((light - fine).std() / ((fine - coarse).std() + 1e-3))
