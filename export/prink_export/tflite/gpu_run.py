"""Child process: compiles a TFLite file for the GPU alone.

`python -m prink_export.tflite.gpu_run MODEL`. A process of its own, as the Vulkan driver is chosen
once for a whole process, and as native code may end it.
"""

import sys

__all__ = ["ALL", "NOT_ALL", "NO_GPU", "main"]

ALL = 0
"""Exit code where every operation runs on the GPU."""
NOT_ALL = 11
"""Exit code where some do not; the accelerator has printed which."""
NO_GPU = 12
"""Exit code where the library is missing, so that nothing was found out."""


def main(path: str) -> int:
    """Compiles the file; returns the exit code."""
    try:
        from ai_edge_litert.compiled_model import CompiledModel
        from ai_edge_litert.hardware_accelerator import HardwareAccelerator
        from ai_edge_litert.options import Options
    except ImportError as cause:
        print(cause, file=sys.stderr)
        return NO_GPU
    # Without CPU among the accelerators there is no fallback: what the GPU lacks is an error.
    options = Options(hardware_accelerators=HardwareAccelerator.GPU)
    try:
        model = CompiledModel.from_file(path, options=options)
    except RuntimeError as cause:
        print(cause, file=sys.stderr)
        return NOT_ALL
    return ALL if model.is_fully_accelerated() else NOT_ALL


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
