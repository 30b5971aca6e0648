"""Steadies landmarks with One-Euro filters (Casiez, Roussel and Vogel 2012), by time stamp.

A face's points are taken apart into a similarity motion of the whole face, which is almost free of
noise because it is averaged over all points, and the shape that remains. Each has its own filter:
the motion follows at once, the shape is held still unless mouth or eyes really move. Lengths are
in units of the inter-ocular distance, so the settings fit every face size. Two things are added to
the paper: a lasting gap to the measured value counts as speed, and the noise is measured.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prink.arrays import Doubles, Floats
from prink.face.landmark import iod

__all__ = ["FaceFilter", "OneEuro", "OneEuroSettings"]

Values = Doubles


@dataclass(frozen=True)
class OneEuroSettings:
    """What a filter does at rest and in motion.

    Attributes:
        rest: Cut-off in Hz of what stands still.
        slope: Growth of the cut-off in Hz per unit/s of speed.
        speed: Cut-off in Hz of the speed's own low-pass.
        noise: Speed in units/s that is taken for noise and does not raise the cut-off.
        adapt: The same per unit of noise as measured, in 1/s; the larger of both holds.
        catch_up: Seconds in which a lasting gap to the measured value shall close; the speed that
            this takes counts too. Without it slow motion below the noise would lag far behind.
    """

    rest: float
    slope: float
    speed: float
    noise: float
    adapt: float
    catch_up: float


# Tuned on real portraits with sensor noise and panned crops; tests/face/test_filter.py holds the
# promise: lip jitter of at most 0.05 % of the inter-ocular distance, a lag of at most one frame.
MOTION = OneEuroSettings(rest=0.3, slope=20.0, speed=4.0, noise=0.04, adapt=0.0, catch_up=0.08)
SHAPE = OneEuroSettings(rest=0.2, slope=60.0, speed=4.0, noise=0.06, adapt=110.0, catch_up=0.03)
NOISE_CUTOFF = 0.2  # Hz; the noise of a picture changes slowly
DEPTH_UNIT = 4.0  # z is the noisiest coordinate: its changes count for less as speed


class OneEuro:
    """Filters (N, D) values; a row's cut-off grows with its speed, the length of its derivative."""

    def __init__(self, settings: OneEuroSettings) -> None:
        self.settings = settings
        self.value: Values | None = None
        self.raw = np.zeros(0)
        self.rate = np.zeros(0)
        self.slope = np.zeros(0)
        self.deviation = 0.0
        self.gap = np.zeros(0)
        self.steps = 1

    def step(self, value: Values, seconds: float, *, unit: Values) -> Values:
        """Returns the filtered values, `seconds` > 0 after the last step.

        Args:
            value: (N, D).
            seconds: Time since the last step; of no meaning for the first.
            unit: (D,) lengths that count as 1 in the speed.
        """
        if self.value is None:
            self.value, self.raw = value, value
            self.rate = self.slope = self.gap = np.zeros_like(value)
            return value
        self.steps += 1
        recent = share(np.array(self.settings.speed), seconds)
        rate = (value - self.raw) / seconds
        self.measure((rate - self.rate) * seconds / unit, seconds)
        self.rate = rate
        self.slope = self.slope + recent * (rate - self.slope)
        self.gap = self.gap + recent * (value - self.value - self.gap)
        self.raw = value
        speed = np.maximum(
            np.linalg.norm(self.slope / unit, axis=1),
            np.linalg.norm(self.gap / unit, axis=1) / self.settings.catch_up,
        )
        floor = max(self.settings.noise, self.settings.adapt * self.deviation)
        excess = np.maximum(speed - floor, 0.0)
        passed = share(self.settings.rest + self.settings.slope * excess, seconds)
        # A plain mean of the first frames: a noisy first one must not be unlearned slowly.
        passed = np.maximum(passed, 1.0 / self.steps)
        self.value = self.value + passed[:, None] * (value - self.value)
        return self.value

    def measure(self, second: Values, seconds: float) -> None:
        """Updates the noise's standard deviation per axis from second differences of the input.

        Those of white noise have six times its variance, those of smooth motion are small; the
        median over rows leaves out the few that really move.
        """
        found = math.sqrt(float(np.median(np.mean(second[:, :2] ** 2, axis=1))) / 6.0)
        known = share(np.array(NOISE_CUTOFF), seconds)
        self.deviation += float(np.maximum(known, 1.0 / self.steps)) * (found - self.deviation)


def share(cutoff: Values, seconds: float) -> Values:
    """Returns how much of a new value a low-pass of this cut-off in Hz takes over, 0..1."""
    passed: Values = 1.0 / (1.0 + 1.0 / (2.0 * math.pi * seconds * cutoff))
    return passed


class FaceFilter:
    """Filters the points of one face."""

    def __init__(self) -> None:
        self.reference: NDArray[np.complex128] | None = None
        self.motion = OneEuro(MOTION)
        self.shape = OneEuro(SHAPE)

    def step(self, points: Floats, seconds: float) -> Floats:
        """Returns the steadied (478, 3) points, `seconds` > 0 after the last step."""
        flat = points[:, 0].astype(np.float64) + 1j * points[:, 1]
        center = flat.mean()
        if self.reference is None:
            self.reference = (flat - center) / iod(points)
        # The least-squares similarity from the first frame's shape, as one complex factor.
        factor = np.vdot(self.reference, flat - center) / np.vdot(self.reference, self.reference)
        size = abs(factor)
        angle = nearest_turn(math.atan2(factor.imag, factor.real), self.motion.value)
        motion = np.array([[center.real, center.imag, math.log(size), angle]])
        kept = (flat - center) / factor
        shape = np.stack([kept.real, kept.imag, points[:, 2] / size], axis=1)
        motion = self.motion.step(motion, seconds, unit=np.array([size, size, 1.0, 1.0]))
        shape = self.shape.step(shape, seconds, unit=np.array([1.0, 1.0, DEPTH_UNIT]))
        return compose(motion[0], shape)


def compose(motion: Values, shape: Values) -> Floats:
    """Returns the (478, 3) points of a shape under a motion: x, y, log of size, angle."""
    x, y, log_size, angle = motion
    size = math.exp(log_size)
    flat = (shape[:, 0] + 1j * shape[:, 1]) * (size * np.exp(1j * angle))
    points = np.stack([flat.real + x, flat.imag + y, shape[:, 2] * size], axis=1)
    return np.asarray(points, np.float32)


def nearest_turn(angle: float, before: Values | None) -> float:
    """Returns the angle plus whole turns so that it is nearest to the last one."""
    if before is None:
        return angle
    return angle + 2 * math.pi * round((float(before[0, 3]) - angle) / (2 * math.pi))
