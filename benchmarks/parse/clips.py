"""Clips of which it is known what every frame shows: a still head, a wiping hand, two people."""

from dataclasses import dataclass, field, replace
from typing import Final

import cv2
import numpy as np

from benchmarks.contract.clip import STILL, Clip, Motion
from benchmarks.contract.people import Person
from prink.arrays import Bytes, Flags, Floats

__all__ = ["FPS", "NOISE", "Known", "dimmed", "still", "two_people", "wiped"]

NOISE: Final = 2.0  # standard deviation of the sensor's noise, 8-bit steps
FPS: Final = 30.0
QUIET: Final = Motion((0.01, 0.37), (0.006, 0.53), (0.01, 0.23), (1.0, 0.31))


@dataclass(frozen=True, eq=False)
class Known:
    """A clip: frames (N, H, W, 3); what covers the head in each, (N, H, W); landmarks by person."""

    frames: Bytes
    covered: Flags
    points: list[list[Floats]] = field(default_factory=list)


def still(person: Person, *, count: int, width: int = 640, height: int = 480) -> Known:
    """Returns a head that does not move, before a sensor that does nothing but make noise."""
    clip = Clip(person.rgb, person.face, width, height, STILL, noise=NOISE)
    frames = np.stack([clip.frame(number) for number in range(count)])
    free = np.zeros(frames.shape[:3], bool)
    return Known(frames, free, [[clip.points(number) for number in range(count)]])


def dimmed(person: Person, *, share: float = 0.3) -> Person:
    """Returns a person in a `share` of the light: dark hair, which bleach lifts most."""
    dark = np.rint(255 * (np.arange(256) / 255.0) * share ** (1 / 2.2)).astype(np.uint8)
    return replace(person, rgb=dark[person.rgb])


def wiped(person: Person, hand: Bytes, *, count: int, width: int = 640, height: int = 480) -> Known:
    """Returns a head before which a hand (h, w, 4) wipes over mouth, then eyes, and leaves again.

    The hand comes from below in the first fifth of the frames and is gone in the last.
    """
    clip = Clip(person.rgb, person.face, width, height, QUIET, noise=0.0)
    tall = int(0.75 * height)
    wide = max(1, round(hand.shape[1] * tall / hand.shape[0]))
    small = cv2.resize(hand, (wide, tall), interpolation=cv2.INTER_AREA)
    frames, covered = [], []
    rng = np.random.default_rng(5)
    for number in range(count):
        place = hand_place(
            clip.points(number), number / max(count - 1, 1), width=width, height=height
        )
        frame, mask = pasted(clip.frame(number), small, place)
        grain = rng.standard_normal(frame.shape, np.float32) * NOISE
        frames.append(np.clip(np.rint(frame + grain), 0, 255).astype(np.uint8))
        covered.append(mask)
    points = [clip.points(number) for number in range(count)]
    return Known(np.stack(frames), np.stack(covered), [points])


def hand_place(points: Floats, share: float, *, width: int, height: int) -> tuple[float, float]:
    """Returns where the top of the hand is: outside, at the mouth, at the eyes, outside again."""
    mouth, eyes = points[[13, 14], :2].mean(axis=0), points[[33, 263], :2].mean(axis=0)
    path = np.array(
        [
            (0.15 * width, 1.1 * height),
            (mouth[0] - 0.10 * width, mouth[1] - 0.10 * height),
            (mouth[0] + 0.06 * width, mouth[1] - 0.08 * height),
            (eyes[0] + 0.05 * width, eyes[1] - 0.08 * height),
            (eyes[0] - 0.12 * width, eyes[1] - 0.06 * height),
            (0.9 * width, 1.1 * height),
        ]
    )
    times = (0.2, 0.32, 0.48, 0.62, 0.74, 0.88)
    x, y = (float(np.interp(share, times, path[:, axis])) for axis in (0, 1))
    return x, y


def pasted(frame: Bytes, hand: Bytes, place: tuple[float, float]) -> tuple[Bytes, Flags]:
    """Returns a frame with a hand's top middle at a place, and where it covers the frame."""
    tall, wide = frame.shape[:2]
    matrix = np.array([[1, 0, place[0] - hand.shape[1] / 2], [0, 1, place[1]]], np.float64)
    moved = cv2.warpAffine(hand, matrix, (wide, tall), flags=cv2.INTER_LINEAR)
    alpha = moved[..., 3:].astype(np.float32) / 255
    mixed = frame * (1 - alpha) + moved[..., :3] * alpha
    return np.asarray(np.rint(mixed), np.uint8), np.asarray(alpha[..., 0] > 0.5)


def two_people(people: tuple[Person, Person], *, count: int) -> Known:
    """Returns two heads side by side in 480x270, each 60 px between the eyes or less."""
    half = 240
    clips = [
        Clip(person.rgb, person.face, half, 270, QUIET, noise=NOISE, share=0.45)
        for person in people
    ]
    frames = np.stack([np.hstack([clip.frame(n) for clip in clips]) for n in range(count)])
    shifts = (np.zeros(3, np.float32), np.array([half, 0, 0], np.float32))
    points = [
        [clip.points(number) + shift for number in range(count)]
        for clip, shift in zip(clips, shifts, strict=True)
    ]
    return Known(frames, np.zeros(frames.shape[:3], bool), points)
