"""TFLite by litert-torch: pictures and maps channels last, ports by name, metadata inside."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

from prink.arrays import Floats
from prink.whole_file import whole_file
from prink_export.network import Census, ExportError, Network, Port, Runner
from prink_export.pipeline.disk import writing
from prink_export.pipeline.instead import explained
from prink_export.pipeline.packages import need
from prink_export.pipeline.preflight import as_outputs, built, calibration_inputs, shown
from prink_export.pipeline.silence import quiet
from prink_export.pipeline.weights_hash import weights_hash
from prink_export.tflite.accelerator import leaving
from prink_export.tflite.file import (
    channels_last,
    file_shape,
    laid_out,
    operations,
    told,
    with_port_names,
)
from prink_export.tflite.int8 import all_int8, conv_int8, half_weights

__all__ = ["PRECISIONS", "census", "convert", "runners"]

PRECISIONS: Final = ("fp32", "fp16", "int8", "int8c")
"""`fp16` keeps the weights so; `int8` is int8 throughout, doors too; `int8c` only in the
convolutions and matrices, for a network that fails a gate in `int8`."""
INTERPRETERS: Final = {
    "LiteRT": "ai_edge_litert.interpreter",
    "tflite-runtime": "tflite_runtime.interpreter",
}


class ChannelsLast(nn.Module):
    """A network whose pictures and maps come and go with their channels last."""

    def __init__(self, module: nn.Module, network: Network) -> None:
        super().__init__()
        self.module, self.name = module, network.name
        self.inputs = [channels_last(port) for port in network.inputs]
        self.outputs = [channels_last(port) for port in network.outputs]

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Returns the module's outputs."""
        given = (
            each.permute(0, 3, 1, 2) if last else each
            for each, last in zip(inputs, self.inputs, strict=True)
        )
        return tuple(
            each.permute(0, 2, 3, 1) if last else each
            for each, last in zip(
                as_outputs(self.module(*given), self.name), self.outputs, strict=True
            )
        )


def convert(network: Network, *, precision: str, out: Path) -> Path:
    """Writes `out/<name>.<precision>.tflite` and returns its path.

    Raises:
        ExportError: if the network cannot be carried over; then nothing is written.
    """
    need("litert_torch", "ai_edge_litert", "ai_edge_quantizer", to="TFLite")
    if precision not in PRECISIONS:
        raise ExportError(f"TFLite has no {precision}; known: {', '.join(PRECISIONS)}")
    inputs = calibration_inputs(network) if precision.startswith("int8") else []
    raw = told(quantised(float_file(network), network, precision, inputs), network, precision)
    target = out / f"{network.name}.{precision}.tflite"
    save(raw, target, network)
    return target


def float_file(network: Network) -> bytes:
    """Returns the float32 file, which all precisions of a network are made of."""
    weights = weights_hash(built(network))
    return float_bytes(network.build, weights, network.name, network.inputs, network.outputs)


@lru_cache(maxsize=8)
def float_bytes(
    build: Callable[[], nn.Module],
    weights: str,  # their hash: a builder may return others later
    name: str,
    inputs: tuple[Port, ...],
    outputs: tuple[Port, ...],
) -> bytes:
    """Returns the float32 file of a network with these ends."""
    network = Network(name, build, inputs, outputs, samples=tuple)
    module = ChannelsLast(built(network), network).eval()
    example = tuple(torch.zeros(file_shape(port)) for port in network.inputs)
    try:
        with quiet():
            import litert_torch

            model = litert_torch.convert(module, example)
            return with_port_names(model.model_content(), network)
    except ExportError:
        raise
    except Exception as cause:  # each of the converter's many layers has its own
        raise explained(cause, name=network.name, to="TFLite") from cause


def quantised(
    raw: bytes, network: Network, precision: str, inputs: Sequence[tuple[Floats, ...]]
) -> bytes:
    """Returns a float file in another precision."""
    try:
        with quiet():
            if precision == "fp16":
                return half_weights(raw)
            if precision == "int8":
                return all_int8(raw, network, inputs)
            return conv_int8(raw, network, inputs) if precision == "int8c" else raw
    except Exception as cause:
        raise explained(cause, name=network.name, to=f"TFLite {precision}") from cause


def save(raw: bytes, target: Path, network: Network) -> None:
    """Writes a file once an interpreter has run it."""
    with writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target, error=ExportError) as part:
        with writing(target.parent):
            part.write_bytes(raw)
        try:
            run = runner("LiteRT", part, network)
            run([np.zeros(port.shape, np.float32) for port in network.inputs])
        except (ExportError, RuntimeError, ValueError) as cause:
            if "builtin opcode" in str(cause):
                raise explained(cause, name=network.name, to="TFLite") from cause
            told = str(cause).removesuffix(f" ({part})")
            raise ExportError(
                f"{network.name} to TFLite: the file is made but does not run: {told:.300}"
            ) from cause


def runners(path: Path, network: Network) -> dict[str, Runner]:
    """Returns how to run a file here: by LiteRT, and by the older tflite-runtime if installed."""
    need("ai_edge_litert", to="TFLite")
    found = [name for name, each in INTERPRETERS.items() if find_spec(each.partition(".")[0])]
    return {name: runner(name, path, network) for name in found}


def runner(name: str, path: Path, network: Network) -> Runner:
    """Returns a function that runs a file by one of the interpreters.

    Raises:
        ExportError: if it cannot be loaded, or its ports are not the network's.
    """
    try:
        with quiet():
            library = import_module(INTERPRETERS[name])
            interpreter = library.Interpreter(model_path=str(path), num_threads=1)
            interpreter.allocate_tensors()
        signatures = interpreter.get_signature_list()
        signature = interpreter.get_signature_runner(next(iter(signatures)))
    except (RuntimeError, ValueError, OSError, StopIteration) as cause:
        raise ExportError(f"{name} cannot load the file: {cause!s:.300} ({path})") from cause
    inputs, outputs = signature.get_input_details(), signature.get_output_details()
    check_ports(inputs, network.inputs, path)
    check_ports(outputs, network.outputs, path)

    def run(given: Sequence[Floats]) -> list[Floats]:
        fed = {
            port.name: as_file_takes(each, port, inputs[port.name])
            for port, each in zip(network.inputs, given, strict=True)
        }
        made = signature(**fed)
        return [
            as_torch_gives(made[port.name], port, outputs[port.name]) for port in network.outputs
        ]

    return run


def check_ports(details: Mapping[str, Any], ports: Sequence[Port], path: Path) -> None:
    """Refuses a file whose inputs or outputs are not the network's."""
    for port in ports:
        if port.name not in details:
            raise ExportError(f"the file has {', '.join(details)} but no {port.name} ({path})")
        shape = tuple(int(side) for side in details[port.name]["shape"])
        if shape != file_shape(port):
            raise ExportError(
                f"{port.name} is {shown(shape)} in the file, not"
                f" {shown(file_shape(port))} with its channels last ({path})"
            )


def as_file_takes(array: Floats, port: Port, detail: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Returns an input as the file takes it: its layout, its type."""
    laid = laid_out(array, port)
    if detail["dtype"] == np.float32:
        return laid
    scale, zero = detail["quantization"]
    limits = np.iinfo(detail["dtype"])
    steps = np.clip(np.round(laid / scale + zero), limits.min, limits.max)
    return np.asarray(steps, detail["dtype"])


def as_torch_gives(array: Any, port: Port, detail: Mapping[str, Any]) -> Floats:  # noqa: ANN401
    """Returns an output as torch lays it out, float32."""
    if detail["dtype"] != np.float32:
        scale, zero = detail["quantization"]
        array = (array.astype(np.float32) - np.float32(zero)) * np.float32(scale)
    laid = np.moveaxis(array, -1, 1) if channels_last(port) else array
    return np.array(laid, np.float32, order="C")


def census(path: Path) -> Census:
    """Returns a file's operations, and what would leave the GPU delegate, NNAPI and QNN.

    The real GPU accelerator decides for the GPU where a Vulkan driver is found; otherwise the key
    says that it was not run and the answer is that of rules.
    """
    found = operations(path)
    return Census(
        ops=dict(Counter(op.name for op in found).most_common()), leaves=leaving(path, found)
    )
