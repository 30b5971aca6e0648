"""The live window: a camera or a video with a look drawn on it, frame by frame."""

from prink.live.feed import Camera, Feed, LiveError, Source, Tracked, VideoLoop
from prink.live.stage import Stage
from prink.live.window import Window, show

__all__ = [
    "Camera",
    "Feed",
    "LiveError",
    "Source",
    "Stage",
    "Tracked",
    "VideoLoop",
    "Window",
    "show",
]
