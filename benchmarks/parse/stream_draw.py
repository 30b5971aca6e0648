"""Draws a look on the frames of a clip with whichever prink is imported; see `draw.py`.

    python benchmarks/parse/stream_draw.py JOB

JOB is a folder with job.json, `{"looks": {name: [settings]}, "clips": {name: fps}}`, and for each
clip frames.npy in a folder of its name, uint8 (N, H, W, 3). Written there: NAME.npy with the drawn
frames of each look, and times.json with the milliseconds of CPU that tracking, what is found before
drawing, and drawing took in each frame.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

import prink
from prink import Look, Renderer, Tracker
from prink.params import edit

__all__ = ["main"]

Found = Callable[[NDArray[Any], Any, float], dict[str, Any]]


def main(job: Path) -> None:
    """Draws every clip of a job under every look, and prints a line for each frame."""
    wanted = json.loads((job / "job.json").read_text(encoding="utf-8"))
    for clip, fps in wanted["clips"].items():
        frames = np.load(job / clip / "frames.npy", mmap_mode="r")
        times = {}
        for name, settings in wanted["looks"].items():
            drawn, times[name] = draw_clip(frames, fps, look_of(settings))
            np.save(job / clip / f"{name}.npy", drawn)
        (job / clip / "times.json").write_text(json.dumps(times), encoding="utf-8")


def look_of(settings: Sequence[str]) -> Look:
    look = Look()
    for setting in settings:
        look = edit(look, setting)
    return look


def draw_clip(
    frames: NDArray[Any], fps: float, look: Look
) -> tuple[NDArray[Any], dict[str, list[float]]]:
    """Returns the drawn frames, and the milliseconds that each stage took by frame."""
    out = np.empty_like(frames)
    times: dict[str, list[float]] = {"track": [], "find": [], "draw": []}
    find = finding(look)
    with Tracker(stream=True) as tracker, Renderer() as renderer:
        for number, frame in enumerate(frames):
            seconds, marks = number / fps, [process_time()]
            faces = tracker.track(frame, time=seconds)
            marks.append(process_time())
            found = find(frame, faces, seconds)
            marks.append(process_time())
            out[number] = renderer.draw(frame, faces, look, time=seconds, **found)
            marks.append(process_time())
            for stage, took in zip(times, np.diff(marks).tolist(), strict=True):
                times[stage].append(1000 * took)
            print(number, flush=True)
    return out, times


def finding(look: Look) -> Found:
    """Returns what finds in a frame whatever this prink's renderer takes beside the faces."""
    colors = look.hair.root.a > 0 or look.hair.tip.a > 0
    if hasattr(prink, "Parser"):
        parser = prink.Parser(stream=True)
        return lambda frame, faces, time: {
            "parsing": parser.find(frame, faces, hair=colors, time=time)
        }
    older: Any = prink
    finder = older.HairFinder(stream=True)
    return lambda frame, faces, time: (
        {"hair": finder.find(frame, faces, time=time)} if colors else {}
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
