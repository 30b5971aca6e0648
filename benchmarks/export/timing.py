"""Milliseconds of each artifact on one and two threads, all of a network in turn."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from benchmarks.export.plain import as_session_takes
from prink.arrays import Floats

__all__ = ["THREADS", "Timed", "eager_run", "in_turn", "once"]

THREADS: Final = (1, 2)
WARM_UP: Final = 2
Timed = tuple[float, float]
"""Minimum and median milliseconds."""


def in_turn(runs: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Timed]:
    """Returns the times of runs that take turns, so that a busy neighbour meets all of them."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(-WARM_UP, rounds):
        for name, run in runs.items():
            start = perf_counter()
            run()
            if number >= 0:
                found[name].append(1e3 * (perf_counter() - start))
    return {name: (min(times), median(times)) for name, times in found.items()}


def once(path: Path, inputs: Sequence[Floats], threads: int) -> Callable[[], object] | None:
    """Returns what runs a file once with its inputs in place; None for what cannot be timed here.

    A Core ML package is run by an interpreter on this machine, whose time says nothing.
    """
    if path.suffix == ".onnx":
        return onnx_run(path, inputs, threads)
    return tflite_run(path, inputs, threads) if path.suffix == ".tflite" else None


def onnx_run(path: Path, inputs: Sequence[Floats], threads: int) -> Callable[[], object]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = threads, 3
    # Idle threads that spin would slow down whatever is timed next.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    feeds = as_session_takes(session, inputs)
    return lambda: session.run(None, feeds)


def tflite_run(path: Path, inputs: Sequence[Floats], threads: int) -> Callable[[], object]:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path), num_threads=threads)
    interpreter.allocate_tensors()
    details = sorted(interpreter.get_input_details(), key=lambda each: str(each["name"]))
    for detail, given in zip(details, inputs, strict=True):
        interpreter.set_tensor(detail["index"], fitted(given, detail))
    return lambda: interpreter.invoke()


def fitted(values: Floats, detail: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any type of number)
    """Returns planes in the order and type of a TFLite input."""
    if tuple(detail["shape"]) != values.shape:
        values = np.ascontiguousarray(np.moveaxis(values, 1, -1))
    scale, zero = detail["quantization"]
    if not scale:
        return values
    kind = np.iinfo(detail["dtype"])
    return np.clip(np.rint(values / scale + zero), kind.min, kind.max).astype(detail["dtype"])


def eager_run(module: nn.Module, inputs: Sequence[Floats], threads: int) -> Callable[[], object]:
    """Returns what runs the torch module itself once."""
    given = [torch.from_numpy(each) for each in inputs]

    def run() -> object:
        torch.set_num_threads(threads)
        with torch.inference_mode():
            return module(*given)

    return run
