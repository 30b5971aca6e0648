"""Faces in photos and streams: 478 points, head pose, visibility and a verdict on quality."""

from prink.face.landmark import Face, FaceError, HeadPose, Visibility
from prink.face.quality import Quality, judge
from prink.face.tracker import Tracker

__all__ = ["Face", "FaceError", "HeadPose", "Quality", "Tracker", "Visibility", "judge"]
