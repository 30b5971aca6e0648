"""Finds faces in photos and follows them through a stream."""

import math
from types import TracebackType
from typing import Final, Self

from prink.face.follow import Follower
from prink.face.landmark import Face, FaceError
from prink.face.photo import STREAM_SIDE, detect, search, sort_out
from prink.face.pose import head_pose
from prink.face.sources import open_source
from prink.face.visibility import see
from prink.frame import Frame, check_frame, to_rgb

__all__ = ["Tracker"]

MOST_FACES: Final = 16


class Tracker:
    """Owns a landmark source; use it as a context manager or call `close`.

    Args:
        stream: False for unrelated photos; True for consecutive frames of one camera or video,
            where faces keep their id, are steadied and fade in and out.
        source: `landmarker` (needs face_landmarker.task), `facemesh` (bundled in the mediapipe
            0.10.21 wheel) or `auto`, the first of them that can run.
        max_faces: Most faces returned, 1..16.
        smoothing: Whether a stream's points pass the One-Euro filter.

    Raises:
        FaceError: A setting is out of range or the source cannot run.
        ModelError: The model file is not the expected one.
    """

    def __init__(
        self,
        *,
        stream: bool = False,
        source: str = "auto",
        max_faces: int = 4,
        smoothing: bool = True,
    ) -> None:
        if not 1 <= max_faces <= MOST_FACES:
            raise FaceError(f"max_faces is {max_faces}, expected 1 to {MOST_FACES}")
        self.stream = stream
        self.max_faces = max_faces
        self.source = open_source(source, stream=stream, max_faces=max_faces)
        self.follower = Follower(max_faces=max_faces, smoothing=smoothing) if stream else None
        self.closed = False

    def track(self, frame: Frame, *, format: str = "rgb", time: float = 0.0) -> tuple[Face, ...]:
        """Returns the faces of a frame, the largest first in photos, by id in a stream.

        In a stream a face is shown from its second frame on, with its presence rising over 0.2 s,
        and a lost one keeps its last points while its presence falls. The same `time` again
        returns the same faces.

        Args:
            frame: An array of its format's dtype and shape, such as (H, W, 3), of any stride.
            format: A name in `prink.FORMATS`, which says dtype and shape of each.
            time: Seconds; must not go backwards in a stream, ignored for photos.

        Raises:
            FaceError: The frame or time is not as said, or the tracker is closed.
        """
        check_frame(frame, format, error=FaceError)
        if self.closed:
            raise FaceError("this tracker is closed: make a new one")
        if self.follower is None:
            rgb = to_rgb(frame, format)
            found = search(self.source, rgb)[: self.max_faces]
            return tuple(
                Face(number, points, 1.0, see(points), head_pose(points))
                for number, points in enumerate(found)
            )
        if not math.isfinite(time):
            raise FaceError(f"time is {time}, expected a finite number of seconds")
        if not self.follower.is_new(time):
            return self.follower.faces
        rgb = to_rgb(frame, format)
        found = detect(self.source, rgb, round(time * 1000), least=STREAM_SIDE)
        return self.follower.follow(sort_out(found, rgb), time=time)

    def close(self) -> None:
        """Ends the source with its threads; a second call does nothing."""
        if not self.closed:
            self.closed = True
            self.source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
