"""Keeps faces apart over the frames of a stream, and lets them fade in and out."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from prink.face.filter import FaceFilter
from prink.face.landmark import Face, FaceError, iod
from prink.face.photo import box, overlap
from prink.face.pose import head_pose
from prink.face.source import Points
from prink.face.visibility import Watcher

__all__ = ["FADE_SECONDS", "Follower"]

FADE_SECONDS: Final = 0.2
REACH: Final = 1.5  # inter-ocular distances a centre may move between two frames


@dataclass
class Trail:
    """One face over time; `points` are as measured, `face` as shown."""

    face: Face
    points: Points
    filter: FaceFilter
    watcher: Watcher
    unseen: float = 0.0  # seconds since the last measured points
    seen: bool = True
    confirmed: bool = False


class Follower:
    """State of a stream: trails of faces, by time stamp."""

    def __init__(self, *, max_faces: int, smoothing: bool) -> None:
        self.max_faces = max_faces
        self.smoothing = smoothing
        self.trails: list[Trail] = []
        self.time: float | None = None
        self.next_id = 0
        self.faces: tuple[Face, ...] = ()

    def is_new(self, time: float) -> bool:
        """Tells whether a stamp is later than the last one.

        Raises:
            FaceError: It is earlier.
        """
        if self.time is not None and time < self.time:
            raise FaceError(
                f"time went backwards from {self.time:.3f} s to {time:.3f} s: "
                "a new stream needs a new tracker"
            )
        return self.time is None or time > self.time

    def follow(self, found: list[Points], *, time: float) -> tuple[Face, ...]:
        """Returns the faces to show after a frame in which `found` was detected.

        Args:
            found: (478, 3) of each face, in pixels.
            time: Seconds, later than the last.
        """
        seconds = 0.0 if self.time is None else time - self.time
        self.time = time
        matches = match([trail.points for trail in self.trails], found)
        for number, trail in enumerate(self.trails):
            other = matches.get(number)
            self.advance(trail, None if other is None else found[other], seconds)
        self.trails = [t for t in self.trails if t.seen or (t.confirmed and t.face.presence > 0)]
        taken = set(matches.values())
        for number, points in enumerate(found):
            if number not in taken and len(self.trails) < self.max_faces:
                self.trails.append(self.start(points))
        self.faces = tuple(trail.face for trail in self.trails if trail.confirmed)
        return self.faces

    def start(self, points: Points) -> Trail:
        """Returns the trail of a face (478, 3), seen for the first time; it is not shown yet."""
        watcher = Watcher()
        visibility = watcher.see(points, 0.0)
        face = Face(self.next_id, points, 0.0, visibility, head_pose(points))
        self.next_id += 1
        trail = Trail(face, points, FaceFilter(), watcher)
        trail.filter.step(points, 0.0)
        return trail

    def advance(self, trail: Trail, points: Points | None, seconds: float) -> None:
        """Moves a trail on to points (478, 3) of the new frame; without, it fades."""
        change = seconds / FADE_SECONDS
        trail.unseen += seconds
        presence = trail.face.presence
        if points is None:
            trail.seen = False
            trail.face = replace(trail.face, presence=max(0.0, presence - change))
            return
        shown = trail.filter.step(points, trail.unseen) if self.smoothing else points
        trail.points, trail.seen, trail.confirmed = points, True, True
        trail.face = replace(
            trail.face,
            points=shown,
            presence=min(1.0, presence + change),
            visibility=trail.watcher.see(shown, trail.unseen),
            pose=head_pose(shown),
        )
        trail.unseen = 0.0


def match(old: list[Points], new: list[Points]) -> dict[int, int]:
    """Returns old number to new number, the closest pairs first, none beyond REACH."""
    pairs = []
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            reach = REACH * max(iod(before), iod(after), 1.0)
            gap = float(np.hypot(*(before[:, :2].mean(axis=0) - after[:, :2].mean(axis=0))))
            if gap < reach:
                pairs.append((gap / reach - overlap(box(before), box(after)), i, j))
    matches: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in matches and j not in matches.values():
            matches[i] = j
    return matches
