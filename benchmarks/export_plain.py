"""What a user gets who calls each converter with its default settings; the control of the suite.

Nothing here is tuned, for better or worse: the calls are those of the converters' own first pages.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from prink_export.network import Floats, Runner

__all__ = ["PLAIN", "PlainPath"]

Examples = Sequence[tuple[Floats, ...]]


class PlainPath:
    """A converter with its defaults: `make` returns the file or folder, `runner` runs it."""

    def __init__(
        self,
        make: Callable[[nn.Module, Examples, Path], Path],
        runner: Callable[[Path], Runner],
        call: str,
    ) -> None:
        self.make, self.runner, self.call = make, runner, call


def example(inputs: Examples) -> tuple[torch.Tensor, ...]:
    return tuple(torch.from_numpy(each.copy()) for each in inputs[0])


def onnx_fp32(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    path = folder / "plain.onnx"
    torch.onnx.export(module, example(inputs), path)
    return path


def onnx_int8(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    from onnxruntime.quantization import quantize_dynamic

    path = folder / "plain.int8.onnx"
    quantize_dynamic(onnx_fp32(module, inputs, folder), path)
    for each in folder.glob("plain.onnx*"):
        each.unlink()
    return path


def run_onnx(path: Path) -> Runner:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_inputs()]
    return lambda inputs: list(session.run(None, dict(zip(names, inputs, strict=True))))


def coreml_fp16(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    import coremltools

    traced = torch.jit.trace(module, example(inputs))  # type: ignore[no-untyped-call]
    shapes = [coremltools.TensorType(shape=each.shape) for each in inputs[0]]
    path = folder / "plain.mlpackage"
    coremltools.convert(traced, inputs=shapes).save(str(path))
    return path


def run_coreml(path: Path) -> Runner:
    from prink_export import mil

    program = mil.load(path)

    def run(inputs: Sequence[Floats]) -> list[Floats]:
        feeds = {each.name: given for each, given in zip(program.inputs, inputs, strict=True)}
        found = program.run(feeds)
        return [found[name] for name in program.outputs]

    return run


def tflite_fp32(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    import litert_torch

    path = folder / "plain.tflite"
    litert_torch.convert(module, example(inputs)).export(str(path))
    return path


def tflite_int8(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    from ai_edge_quantizer import quantizer, recipe

    float32 = tflite_fp32(module, inputs, folder)
    work = quantizer.Quantizer(str(float32), recipe.static_wi8_ai8())
    names = [f"args_{number}" for number in range(len(inputs[0]))]
    given = [dict(zip(names, each, strict=True)) for each in inputs]
    found = work.calibrate({"serving_default": given})
    path = folder / "plain.int8.tflite"
    work.quantize(found).export_model(str(path), overwrite=True)
    float32.unlink()
    return path


def run_tflite(path: Path) -> Runner:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path), num_threads=1)
    interpreter.allocate_tensors()
    ins, outs = interpreter.get_input_details(), interpreter.get_output_details()
    # The file numbers its outputs in the order in which forward returns them.
    ins, outs = (sorted(each, key=lambda one: one["name"]) for each in (ins, outs))

    def run(inputs: Sequence[Floats]) -> list[Floats]:
        for detail, given in zip(ins, inputs, strict=True):
            interpreter.set_tensor(detail["index"], quantised(given, detail))
        interpreter.invoke()
        return [real(interpreter.get_tensor(each["index"]), each) for each in outs]

    return run


def quantised(values: Floats, detail: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any type of number)
    scale, zero = detail["quantization"]
    if not scale:
        return values
    kind = np.iinfo(detail["dtype"])
    return np.clip(np.rint(values / scale + zero), kind.min, kind.max).astype(detail["dtype"])


def real(values: Any, detail: Mapping[str, Any]) -> Floats:  # noqa: ANN401 (any type of number)
    scale, zero = detail["quantization"]
    return np.asarray((values.astype(np.float32) - zero) * scale if scale else values, np.float32)


PLAIN: Final[Mapping[tuple[str, str], PlainPath]] = {
    ("onnx", "fp32"): PlainPath(onnx_fp32, run_onnx, "torch.onnx.export(module, args, path)"),
    ("onnx", "int8"): PlainPath(onnx_int8, run_onnx, "then quantize_dynamic(path, out)"),
    ("coreml", "fp16"): PlainPath(
        coreml_fp16, run_coreml, "coremltools.convert(traced, inputs=[TensorType(shape)])"
    ),
    ("tflite", "fp32"): PlainPath(tflite_fp32, run_tflite, "litert_torch.convert(module, args)"),
    ("tflite", "int8"): PlainPath(
        tflite_int8, run_tflite, "then Quantizer(static_wi8_ai8()).calibrate().quantize()"
    ),
}
