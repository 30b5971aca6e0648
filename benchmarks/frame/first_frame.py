"""A fresh process up to its first made-up frame; prints the milliseconds of each step as JSON.

Run by `start.py`. Imports stand between the laps on purpose: they are what is measured.
"""

import time

ENTERED = time.time_ns()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402

__all__ = ["main"]


def main() -> None:
    """Takes the steps one after the other."""
    times = {"interpreter": (ENTERED - int(os.environ["PRINK_BENCHMARK_BORN"])) / 1e6}
    last = time.time_ns()

    def lap(step: str) -> None:
        nonlocal last
        now = time.time_ns()
        times[step] = (now - last) / 1e6
        last = time.time_ns()

    import moderngl  # noqa: F401
    import numpy as np
    import PIL.Image  # noqa: F401

    lap("import numpy, moderngl, pillow")
    from prink.face import Tracker
    from prink.params import Look
    from prink.render import Renderer
    from prink.render.assets import read_mesh
    from prink.render.context import open_context

    lap("import prink")
    import mediapipe  # noqa: F401

    lap("import mediapipe")
    context = open_context()
    lap("GL context")
    read_mesh()
    lap("mesh")
    renderer = Renderer(context=context)
    context.finish()
    lap("shaders")

    from benchmarks.contract.products import full_look

    frame, look = np.load(sys.argv[1]), full_look()
    assert look != Look()
    last = time.time_ns()
    with Tracker() as tracker:
        lap("open tracker")
        faces = tracker.track(frame)
        lap("first track")
        renderer.draw(frame, faces, look)
        lap("first draw")
        assert len(faces) == 1
    print(json.dumps(times))


if __name__ == "__main__":
    main()
