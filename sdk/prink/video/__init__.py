"""Video files in, video files out: time stamps, sound, HDR and the right way up are kept."""

from prink.video.info import VideoError, VideoInfo
from prink.video.reader import VideoFrame, VideoReader, read_video
from prink.video.tryon import VideoReport, try_on_video
from prink.video.writer import VIDEO_SUFFIXES, VideoWriter, check_video_output

__all__ = [
    "VIDEO_SUFFIXES",
    "VideoError",
    "VideoFrame",
    "VideoInfo",
    "VideoReader",
    "VideoReport",
    "VideoWriter",
    "check_video_output",
    "read_video",
    "try_on_video",
]
