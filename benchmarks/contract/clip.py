"""A clip of a moving head, made from a still portrait, so that the true motion is known."""

import math
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from prink.arrays import Bytes, Doubles, Floats
from prink.face import Face

__all__ = ["STILL", "Clip", "Motion"]

FACE_SHARE = 0.62  # height of the face's landmarks by the frame's height


@dataclass(frozen=True)
class Motion:
    """How a head moves: amplitudes in shares of the frame's height, of the size, and in degrees.

    Each part swings at its own frequency in Hz, so that they do not repeat together.
    """

    across: tuple[float, float] = (0.06, 0.37)
    up: tuple[float, float] = (0.03, 0.53)
    size: tuple[float, float] = (0.04, 0.23)
    roll: tuple[float, float] = (4.0, 0.31)

    def at(self, seconds: float) -> tuple[float, float, float, float]:
        """Returns shift across, shift up, size factor and roll in degrees."""
        parts = (self.across, self.up, self.size, self.roll)
        across, up, size, roll = (a * math.sin(2 * math.pi * f * seconds) for a, f in parts)
        return across, up, 1.0 + size, roll


STILL = Motion((0, 0), (0, 0), (0, 0), (0, 0))


@dataclass(frozen=True, eq=False)
class Clip:
    """Frames of `width` x `height` that show a portrait's face at a share of the height.

    With `noise`, every frame gets sensor noise of that standard deviation in 8-bit steps.
    """

    rgb: Bytes
    face: Face
    width: int
    height: int
    motion: Motion = field(default_factory=Motion)
    fps: float = 30.0
    noise: float = 0.0
    share: float = FACE_SHARE

    def matrix(self, number: int) -> Doubles:
        """Returns the (2, 3) similarity from the portrait to frame `number`."""
        points = self.face.points[:, :2]
        low, high = points.min(axis=0), points.max(axis=0)
        across, up, size, roll = self.motion.at(number / self.fps)
        scale = size * self.share * self.height / float(high[1] - low[1])
        centre = (low + high) / 2
        turn = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), roll, scale)
        goal = np.array([self.width / 2 + across * self.height, self.height / 2 - up * self.height])
        turn[:, 2] += goal - centre
        return np.asarray(turn, np.float64)

    def frame(self, number: int) -> Bytes:
        """Returns frame `number`, `(height, width, 3)`; the same number gives the same pixels."""
        size = (self.width, self.height)
        rgb = cv2.warpAffine(
            self.rgb,
            self.matrix(number),
            size,
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT,
        )
        if self.noise:
            grain = np.random.default_rng(number).standard_normal(rgb.shape, np.float32)
            rgb = np.clip(np.rint(rgb + self.noise * grain), 0, 255).astype(np.uint8)
        return np.asarray(rgb, np.uint8)

    def points(self, number: int) -> Floats:
        """Returns where the portrait's (478, 3) landmarks truly are in frame `number`."""
        turn = self.matrix(number)
        scale = math.sqrt(abs(float(np.linalg.det(turn[:, :2]))))
        flat = self.face.points[:, :2] @ turn[:, :2].T + turn[:, 2]
        return np.column_stack([flat, self.face.points[:, 2] * scale]).astype(np.float32)

    def face_at(self, number: int) -> Face:
        """Returns the portrait's face where it truly is in frame `number`."""
        return replace(self.face, points=self.points(number))
