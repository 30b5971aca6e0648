"""What a run was measured on, in neutral words: no names, no addresses."""

import os
import platform
from importlib.metadata import version
from typing import Any

import moderngl

__all__ = ["device", "machine"]

PACKAGES = ("numpy", "moderngl", "mediapipe", "opencv-contrib-python")


def machine() -> dict[str, Any]:
    """Returns the machine's short name, such as `2-core-x86_64`, and the versions that matter."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "name": f"{cores}-core-{platform.machine()}",
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def device(context: moderngl.Context) -> dict[str, str]:
    """Returns the GL device's short name, such as `llvmpipe`, with what the driver says."""
    renderer = context.info["GL_RENDERER"]
    return {
        "name": renderer.split("(")[0].strip().lower().replace(" ", "-").replace("/", "-"),
        "renderer": renderer,
        "version": context.info["GL_VERSION"],
    }
