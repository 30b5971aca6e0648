"""Where an artifact's time goes: its ten slowest kinds of operation."""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.export.plain import as_session_takes
from prink.arrays import Floats

__all__ = ["top_ten"]

MOST: Final = 10
RUNS: Final = 10
EVERY: Final = 10_000  # operations


def top_ten(path: Path, inputs: Sequence[Floats]) -> list[tuple[str, float]]:
    """Returns the slowest operations of a file and the ms each takes in one run, slowest first.

    ONNX Runtime's own profiler, LiteRT's own for TFLite; nothing for Core ML packages here.
    """
    if path.suffix == ".onnx":
        found = onnx_profile(path, inputs)
    elif path.suffix == ".tflite":
        found = tflite_profile(path)
    else:
        found = {}
    return sorted(found.items(), key=lambda each: -each[1])[:MOST]


def onnx_profile(path: Path, inputs: Sequence[Floats]) -> dict[str, float]:
    import onnxruntime

    with TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = 1, 3
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        feeds = as_session_takes(session, inputs)
        for _ in range(RUNS):
            session.run(None, feeds)
        events = json.loads(Path(session.end_profiling()).read_text())
    best: dict[tuple[str, str], float] = {}  # a node's shortest, as others share the CPU
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("kernel_time"):
            key = event["name"], event["args"]["op_name"]
            best[key] = min(event["dur"], best.get(key, event["dur"]))
    found: defaultdict[str, float] = defaultdict(float)
    for (_, op), micros in best.items():
        found[op] += micros / 1e3
    return dict(found)


def tflite_profile(path: Path) -> dict[str, float]:
    from benchmarks.export.tflite_profile import top_ops

    found: defaultdict[str, float] = defaultdict(float)
    for each in top_ops(path, runs=RUNS, count=EVERY):
        found[each.kernel] += each.ms
    return dict(found)
