"""What each operation of a TFLite file costs, measured by the LiteRT library itself.

XNNPACK hides its kernels from Python's interpreters, so the library's C interface is called.
"""

import ctypes
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink_export.network import ExportError
from prink_export.pipeline.packages import need
from prink_export.pipeline.silence import quiet

__all__ = ["OpTime", "top_ops"]

CPU: Final = 1
HOST_MEMORY: Final = 1
ELEMENTS: Final[Mapping[type, int]] = {np.float32: 1, np.int32: 2, np.int8: 9}  # TFLite's numbers
MOST_RANK: Final = 8
WARM_UP: Final = 5
HIDDEN: Final = "Delegate/"
# Kernel, start, first ms, average ms, and so on, as the profiler prints a row of its run order.
ROW: Final = re.compile(r"^\s+(\S.*?)\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+[\d.]+%")
Pointer = ctypes.c_void_p


@dataclass(frozen=True)
class OpTime:
    """What an operation costs: its kernel, its place in the run, ms and part of the whole, 0..1."""

    kernel: str
    place: int
    ms: float
    share: float


class Layout(ctypes.Structure):
    """LiteRtLayout: the rank in the lower bits of its first word, sides, strides."""

    _fields_ = (
        ("rank", ctypes.c_uint32),
        ("sides", ctypes.c_int32 * MOST_RANK),
        ("strides", ctypes.c_uint32 * MOST_RANK),
    )


class TensorType(ctypes.Structure):
    """LiteRtRankedTensorType."""

    _fields_ = (("element", ctypes.c_int32), ("layout", Layout))


def top_ops(path: Path, *, threads: int = 1, runs: int = 20, count: int = 10) -> list[OpTime]:
    """Returns the operations that take longest on this CPU, the worst first.

    Args:
        path: A TFLite file.
        threads: Of XNNPACK.
        runs: How often it is run; each operation's time is its shortest, as others share the CPU.
        count: How many are returned.

    Raises:
        ExportError: The LiteRT package is missing, or cannot run the file.
    """
    need("ai_edge_litert", to="A profile")
    best: dict[tuple[int, str], float] = {}
    with quiet():
        for table in tables(path, threads, runs):
            for key, ms in parsed(table).items():
                best[key] = min(ms, best.get(key, ms))
    whole = sum(best.values()) or 1.0
    worst = sorted(best.items(), key=lambda item: -item[1])[:count]
    return [OpTime(kernel, place, ms, ms / whole) for (place, kernel), ms in worst]


def parsed(table: str) -> dict[tuple[int, str], float]:
    """Returns the milliseconds of each operation, by place and kernel, of the profiler's table."""
    rows = (ROW.match(line) for line in table.partition("= Top by")[0].splitlines())
    found = [row for row in rows if row]
    return {(at, row[1].removeprefix(HIDDEN)): float(row[2]) for at, row in enumerate(found)}


def tables(path: Path, threads: int, runs: int) -> Iterator[str]:
    """Yields the profiler's own table of each run."""
    library = Library()
    with ExitStack() as stack:
        environment, model = Pointer(), Pointer()
        library("CreateEnvironment", 0, Pointer(), ctypes.byref(environment))
        stack.callback(library.free, "DestroyEnvironment", environment)
        library("CreateModelFromFile", environment, str(path).encode(), ctypes.byref(model))
        stack.callback(library.free, "DestroyModel", model)
        compiled = stack.enter_context(compile_for_cpu(library, environment, model, threads))
        buffers = port_buffers(library, environment, path, stack)
        profiler = Pointer()
        library("CompiledModelGetProfiler", compiled, ctypes.byref(profiler))
        if not profiler:
            raise ExportError("this LiteRT has no profiler; 2.3 has one")
        for _ in range(WARM_UP):
            run(library, compiled, buffers)
        for _ in range(runs):
            library("ResetProfiler", profiler)
            library("StartProfiler", profiler)
            run(library, compiled, buffers)
            library("StopProfiler", profiler)
            text = ctypes.c_char_p()
            library("GetProfileSummary", profiler, compiled, ctypes.byref(text))
            yield (text.value or b"").decode()


class Library:
    """The C interface of the wheel's LiteRT; a call that fails raises an ExportError."""

    def __init__(self) -> None:
        import ai_edge_litert

        (folder,) = ai_edge_litert.__path__
        try:
            self.loaded = ctypes.CDLL(str(Path(folder) / "libLiteRt.so"))
        except OSError as cause:
            raise ExportError(f"the LiteRT library cannot be loaded: {cause}") from cause

    def __call__(self, name: str, *arguments: Any) -> None:
        """Calls LiteRt`name`."""
        function = getattr(self.loaded, f"LiteRt{name}", None)
        if function is None:
            raise ExportError(f"this LiteRT has no LiteRt{name}; 2.3 has it")
        function.restype = ctypes.c_int
        if status := function(*arguments):
            raise ExportError(f"LiteRt{name} failed with status {status}")

    def free(self, name: str, what: Pointer) -> None:
        """Calls LiteRt`name`, which gives back a thing and answers nothing."""
        function = getattr(self.loaded, f"LiteRt{name}")
        function.restype = None
        function(what)


@contextmanager
def compile_for_cpu(
    library: Library, environment: Pointer, model: Pointer, threads: int
) -> Iterator[Pointer]:
    """Yields a compiled model whose profiler is on."""
    options, compiled = Pointer(), Pointer()
    keep = ctypes.CFUNCTYPE(None, Pointer)(lambda _: None)  # the texts below are Python's to free
    library("CreateOptions", ctypes.byref(options))
    library("SetOptionsHardwareAccelerators", options, CPU)
    texts = {
        "runtime_options_string": "enable_profiling = true",
        "xnnpack": f"num_threads = {threads}",
    }
    held = []
    for name, text in texts.items():
        option, held_text = Pointer(), ctypes.create_string_buffer(f"{text}\n".encode())
        held.append(held_text)
        library("CreateOpaqueOptions", name.encode(), held_text, keep, ctypes.byref(option))
        library("AddOpaqueOptions", options, option)
    try:
        library("CreateCompiledModel", environment, model, options, ctypes.byref(compiled))
        try:
            yield compiled
        finally:
            library.free("DestroyCompiledModel", compiled)
    finally:
        library.free("DestroyOptions", options)


Buffers = tuple["ctypes.Array[Pointer]", "ctypes.Array[Pointer]"]


def port_buffers(library: Library, environment: Pointer, path: Path, stack: ExitStack) -> Buffers:
    """Returns memory for a file's inputs and for its outputs."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path))
    made = []
    for details in (interpreter.get_input_details(), interpreter.get_output_details()):
        held = [buffer_of(library, environment, each) for each in details]
        for each in held:
            stack.callback(library.free, "DestroyTensorBuffer", each)
        made.append((Pointer * len(held))(*held))
    return made[0], made[1]


def buffer_of(library: Library, environment: Pointer, detail: Mapping[str, Any]) -> Pointer:
    kind, buffer = TensorType(), Pointer()
    if detail["dtype"] not in ELEMENTS:
        raise ExportError(
            f"'{detail['name']}' is {np.dtype(detail['dtype']).name}; a profile takes float32, "
            "int32 and int8"
        )
    kind.element = ELEMENTS[detail["dtype"]]
    kind.layout.rank = len(detail["shape"])
    for axis, side in enumerate(detail["shape"]):
        kind.layout.sides[axis] = int(side)
    size = int(np.prod(detail["shape"])) * np.dtype(detail["dtype"]).itemsize
    library(
        "CreateManagedTensorBuffer",
        environment,
        HOST_MEMORY,
        ctypes.byref(kind),
        ctypes.c_size_t(size),
        ctypes.byref(buffer),
    )
    return buffer


def run(library: Library, compiled: Pointer, buffers: Buffers) -> None:
    inputs, outputs = buffers
    sizes = ctypes.c_size_t(len(inputs)), ctypes.c_size_t(len(outputs))
    library("RunCompiledModel", compiled, ctypes.c_size_t(0), sizes[0], inputs, sizes[1], outputs)
