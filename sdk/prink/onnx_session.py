"""Opening a shipped or a user's own network with ONNX Runtime."""

from pathlib import Path
from typing import Any

__all__ = ["open_session"]


def open_session(model: Path, *, what: str, error: type[Exception]) -> Any:  # noqa: ANN401 (onnxruntime has no types)
    """Returns an ONNX Runtime session on one thread.

    Args:
        model: The file.
        what: What the file is to be, such as "hair network".
        error: The type to raise.

    Raises:
        Exception: of type `error`, if the file is not a network that ONNX Runtime can run.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One pass takes a few ms: a second thread gains less than it takes from tracking and drawing.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as cause:  # onnxruntime's own classes are not public
        raise error(f"ONNX Runtime cannot open the {what}: {cause} ({model})") from cause
