"""Frames from a camera or video, tracked in the background; only the newest one counts.

One thread captures, one tracks, and each takes the latest that the one before has: a slow tracker
skips frames instead of falling behind, and drawing never waits.
"""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np

from prink.arrays import Bytes
from prink.errors import PrinkError
from prink.face import Face, Tracker
from prink.parse import Parser, Parsing
from prink.video import VideoFrame, VideoReader

__all__ = ["Camera", "Feed", "LiveError", "Source", "Tracked", "VideoLoop"]

Value = TypeVar("Value")


class LiveError(PrinkError, RuntimeError):
    """No camera, no display or no window library; the message says what to do."""


@dataclass(frozen=True, eq=False)
class Shot:
    """A captured frame (H, W, 3) and its time in seconds, which only grows."""

    rgb: Bytes
    time: float


@dataclass(frozen=True, eq=False)
class Tracked:
    """A frame with the heads found in that very frame; `track_ms` is what finding took."""

    rgb: Bytes
    time: float
    faces: tuple[Face, ...]
    track_ms: float
    parsing: tuple[Parsing, ...] = ()


class Source(Protocol):
    """Where frames come from. `open` and `read` run on the capture thread."""

    mirror: bool

    def open(self) -> None:
        """Gets ready; raises an error that says what is missing."""

    def read(self) -> Shot:
        """Returns the next frame, waiting until it is due."""

    def close(self) -> None:
        """Lets go of the device or file."""


class Camera:
    """A camera by number, shown as in a mirror."""

    mirror = True

    def __init__(self, index: int = 0) -> None:
        self.index = index

    def open(self) -> None:
        """Opens the camera.

        Raises:
            LiveError: if there is no such camera or it is in use.
        """
        os.environ.setdefault("OPENCV_LOG_LEVEL", "OFF")  # our own sentence says it better
        try:
            import cv2
        except ImportError:
            raise LiveError("cameras need OpenCV: pip install mediapipe==0.10.21") from None
        self.capture = cv2.VideoCapture(self.index)
        if not self.capture.isOpened():
            raise LiveError(
                f"no camera {self.index} could be opened; `prink doctor` lists cameras, "
                "`prink live --input FILE` plays a video"
            )
        self.capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def read(self) -> Shot:
        """Returns the next picture.

        Raises:
            LiveError: if the camera is gone.
        """
        there, bgr = self.capture.read()
        if not there:
            raise LiveError(f"camera {self.index} sends no pictures any more")
        return Shot(np.ascontiguousarray(bgr[..., ::-1]), time.monotonic())

    def close(self) -> None:
        """Switches the camera off."""
        if hasattr(self, "capture"):
            self.capture.release()


class VideoLoop:
    """A video file, played at its own speed over and over."""

    mirror = False

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def open(self) -> None:
        """Opens the file; raises a `VideoError` if it cannot be read."""
        self.reader = VideoReader(self.path)
        self.frames: Iterator[VideoFrame] = iter(self.reader)
        self.start = time.monotonic()
        self.offset = self.last = 0.0

    def read(self) -> Shot:
        """Returns the next frame once it is due."""
        frame = next(self.frames, None)
        if frame is None:
            self.reader.close()
            self.reader = VideoReader(self.path)
            self.frames = iter(self.reader)
            frame = next(self.frames)
            self.offset = self.last + float(1 / self.reader.info.rate) - frame.time
        self.last = self.offset + frame.time
        early = self.start + self.last - time.monotonic()
        if early > 0:
            time.sleep(early)
        return Shot(frame.rgb, self.last)

    def close(self) -> None:
        """Closes the file."""
        if hasattr(self, "reader"):
            self.reader.close()


class Latest(Generic[Value]):
    """A box that holds the newest value; putting never waits."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.value: Value | None = None

    def put(self, value: Value) -> None:
        """Replaces the value and wakes who waits for it."""
        with self.changed:
            self.number += 1
            self.value = value
            self.changed.notify_all()

    def newer(self, number: int, *, timeout: float = 0.0) -> tuple[int, Value] | None:
        """Returns number and value if newer than `number`, waiting up to `timeout` seconds."""
        with self.changed:
            if (
                self.changed.wait_for(lambda: self.number > number, timeout)
                and self.value is not None
            ):
                return self.number, self.value
            return None


class Feed:
    """Runs capture and tracking; `take` hands out the newest tracked frame.

    Args:
        source: A camera or video; opened on the capture thread.
        on_new: Called on a background thread after each tracked frame.
        wants: Asked before each frame which squares of its heads are to be parsed, of `face` and
            `hair`.
    """

    def __init__(
        self,
        source: Source,
        *,
        on_new: Callable[[], None] = lambda: None,
        wants: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self.source, self.on_new, self.wants = source, on_new, wants
        self.shots: Latest[Shot] = Latest()
        self.tracked: Latest[Tracked] = Latest()
        self.error: Exception | None = None
        self.stopping = threading.Event()
        self.seen = 0
        self.threads = [
            threading.Thread(target=self._guarded, args=(work,), daemon=True, name=name)
            for name, work in (("prink capture", self._capture), ("prink track", self._track))
        ]
        for thread in self.threads:
            thread.start()

    def take(self) -> Tracked | None:
        """Returns a frame that was not taken before, or None; a bare one until tracking starts.

        Raises:
            Exception: what stopped the capture or tracking thread.
        """
        if self.error is not None:
            raise self.error
        found = self.tracked.newer(self.seen)
        if found is not None:
            self.seen, tracked = found
            return tracked
        if self.seen == 0 and (shot := self.shots.newer(0)) is not None:
            return Tracked(shot[1].rgb, shot[1].time, (), 0.0)
        return None

    def close(self) -> None:
        """Stops both threads and closes the source."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=10)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.error = error
            self.stopping.set()
            self.on_new()

    def _capture(self) -> None:
        try:
            self.source.open()
            while not self.stopping.is_set():
                self.shots.put(self.source.read())
                if self.tracked.number == 0:
                    self.on_new()
        finally:
            self.source.close()

    def _track(self) -> None:
        seen, parser = 0, Parser(stream=True, every=None)
        with Tracker(stream=True) as tracker:
            while not self.stopping.is_set():
                found = self.shots.newer(seen, timeout=0.1)
                if found is None:
                    continue
                seen, shot = found
                start = time.perf_counter()
                faces = tracker.track(shot.rgb, time=shot.time)
                wants = self.wants()
                parsing = parser.find(
                    shot.rgb, faces, face="face" in wants, hair="hair" in wants, time=shot.time
                )
                took = 1e3 * (time.perf_counter() - start)
                self.tracked.put(Tracked(shot.rgb, shot.time, faces, took, parsing))
                self.on_new()
