"""Memory and GL objects over a thousand frames, measured in a process of its own."""

import argparse
import ctypes
import ctypes.util
import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psutil

__all__ = ["Growth", "count_gl_objects", "memory_of"]

Growth = dict[str, float]
MEGABYTE: Final = 1024 * 1024
KINDS: Final = (
    *("glIsTexture", "glIsBuffer", "glIsFramebuffer", "glIsRenderbuffer", "glIsVertexArray"),
    *("glIsProgram", "glIsShader", "glIsSampler", "glIsQuery"),
)
MOST_NAMES: Final = 4096
WARM_UP: Final = 100


def memory_of(*, frames: int) -> Growth:
    """Returns what a fresh process found: megabytes added and grown, and GL objects."""
    command = [sys.executable, "-m", "benchmarks.frame.memory", "--frames", str(frames)]
    folder = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True)
    growth: Growth = json.loads(done.stdout.splitlines()[-1])
    return growth


def count_gl_objects() -> int:
    """Returns how many objects the driver itself says exist, by asking it for every small name."""
    egl = ctypes.CDLL(ctypes.util.find_library("EGL") or "libEGL.so.1")
    egl.eglGetProcAddress.restype = ctypes.c_void_p
    signature = ctypes.CFUNCTYPE(ctypes.c_ubyte, ctypes.c_uint)
    found = 0
    for kind in KINDS:
        address = egl.eglGetProcAddress(kind.encode())
        if address:
            exists = signature(address)
            found += sum(1 for name in range(1, MOST_NAMES) if exists(name))
    return found


def resident() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / MEGABYTE


def measure(frames: int) -> Growth:
    """Returns the megabytes of the renderer at 720p, and what `frames` more frames add."""
    from benchmarks.contract.clip import Clip
    from benchmarks.contract.people import track_all, wheel_pictures
    from benchmarks.contract.products import full_look
    from prink.face import Tracker
    from prink.render import Renderer

    with Tracker() as tracker:
        person = track_all([("hopper", wheel_pictures()["hopper"], None, False)], tracker)[0]
    clip = Clip(person.rgb, person.face, 1280, 720)
    look, kept = full_look(), clip.frame(0)
    before = resident()
    with Renderer() as renderer, Tracker(stream=True) as tracker:
        renderer.draw(kept, [clip.face_at(0)], look)
        added = resident() - before
        tracker.track(kept)  # loads the model: not the renderer's memory

        def draw(number: int) -> None:
            frame = clip.frame(number)
            renderer.draw(frame, [clip.face_at(number)], look, time=number / clip.fps)

        def stream(number: int) -> None:
            frame, time = clip.frame(number), (number + 1) / clip.fps
            renderer.draw(frame, tracker.track(frame, time=time), look, time=time)

        drawn, objects, more = grown(draw, frames)
        streamed, _, _ = grown(stream, frames)
    return {
        "added_mb": added,
        "drawn_mb": drawn,
        "streamed_mb": streamed,
        "gl_objects": objects,
        "gl_objects_grown": more,
    }


def grown(work: Callable[[int], Any], frames: int) -> tuple[float, int, int]:
    """Returns megabytes added by calls after a warm-up, GL objects, and those added."""
    warm_up = min(WARM_UP, frames)
    for number in range(warm_up):
        work(number)
    before, objects = resident(), count_gl_objects()
    for number in range(warm_up, warm_up + frames):
        work(number)
    return resident() - before, objects, count_gl_objects() - objects


def main() -> None:
    """Prints the findings as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1000)
    print(json.dumps(measure(parser.parse_args().frames)))


if __name__ == "__main__":
    main()
