"""Where the time goes from process start to the first made-up frame, in fresh processes."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from prink.arrays import Bytes

__all__ = ["OWN", "STEPS", "start_times"]

STEPS: Final = (
    "interpreter",
    "import numpy, moderngl, pillow",
    "import prink",
    "import mediapipe",
    "GL context",
    "mesh",
    "shaders",
    "open tracker",
    "first track",
    "first draw",
)
# What prink answers for: its imports with those it needs to draw, the context, mesh and shaders.
OWN: Final = ("import numpy, moderngl, pillow", "import prink", "GL context", "mesh", "shaders")
BORN: Final = "PRINK_BENCHMARK_BORN"


def start_times(frame: Bytes, *, runs: int) -> dict[str, float]:
    """Returns the median milliseconds of each step; one run more warms the disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.npy"
        np.save(path, frame)
        found = [run_once(path) for _ in range(runs + 1)][1:]
    return {step: median(run[step] for run in found) for step in STEPS}


def run_once(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.frame.first_frame", str(path)]
    environment = {**os.environ, BORN: str(time.time_ns())}
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    times: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return times
