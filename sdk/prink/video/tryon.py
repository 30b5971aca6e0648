"""A look on every face of a video file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prink.params import Look
from prink.video.reader import VideoReader
from prink.video.writer import VideoWriter

__all__ = ["VideoReport", "try_on_video"]


LEAD_IN = 6  # frames of a twentieth of a second, longer than a face takes to fade in


@dataclass(frozen=True)
class VideoReport:
    """What became of a video: frames written, frames with a face, sentences about what was lost."""

    frames: int
    with_face: int
    warnings: tuple[str, ...]


def try_on_video(
    path: str | Path,
    look: Look,
    output: str | Path,
    *,
    progress: Callable[[int, int | None], None] | None = None,
) -> VideoReport:
    """Draws the look on every face of a video and writes it with its time stamps and sound.

    Frames without a face pass unchanged. The output appears whole or not at all.

    Args:
        path: The video to read.
        look: What to draw.
        output: The file to write; its suffix picks the format (.mp4, .m4v, .mov, .mkv, .webm).
        progress: Called after each frame with the frames done and the expected number, if known.

    Raises:
        VideoError: if one of the files cannot be read or written.
        FaceError: if no frame shows a face.
    """
    # Here, so that those who only read videos do not wait for the tracker and OpenGL.
    from prink.face import FaceError, Tracker
    from prink.hair import colors_hair
    from prink.parse import Parser, wears_makeup
    from prink.render import Renderer

    makeup, hair, parser = wears_makeup(look), colors_hair(look), Parser(stream=True)
    frames = with_face = 0
    with (
        VideoReader(path) as reader,
        VideoWriter(output, reader.info, audio_from=path) as writer,
        Tracker(stream=True) as tracker,
        Renderer() as renderer,
    ):
        for frame in reader:
            if not frames:
                # Unlike a camera, a file may be made up from its first frame on: fade in before it.
                for lead in range(LEAD_IN, 0, -1):
                    tracker.track(frame.rgb, time=frame.time - 0.05 * lead)
            faces = tracker.track(frame.rgb, time=frame.time)
            parsing = parser.find(frame.rgb, faces, face=makeup, hair=hair)
            drawn = renderer.draw(frame.rgb, faces, look, parsing=parsing, time=frame.time)
            writer.write(drawn, pts=frame.pts, over=frame)
            frames, with_face = frames + 1, with_face + bool(faces)
            if progress is not None:
                progress(frames, reader.info.frames)
        if not with_face:
            raise FaceError(f"no face found in any of {frames} frames ({path})")
    return VideoReport(frames, with_face, (*reader.warnings, *writer.warnings))
