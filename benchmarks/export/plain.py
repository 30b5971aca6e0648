"""What a user gets who calls each converter with its default settings; the control of the suite.

Nothing here is tuned, for better or worse: the calls are those of the converters' own first pages.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import nn

from prink.arrays import Floats
from prink_export.network import Runner

__all__ = ["PLAIN", "PlainPath", "as_session_takes"]

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
    import onnx
    from onnxruntime.quantization import CalibrationDataReader, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    float32, ready = onnx_fp32(module, inputs, folder), folder / "plain.onnx.ready"
    quant_pre_process(float32, ready)
    names = [each.name for each in onnx.load(ready).graph.input]
    given = iter([dict(zip(names, each, strict=True)) for each in inputs])

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def get_next(self) -> dict[str, Floats] | None:
            return next(given, None)

    path = folder / "plain.int8.onnx"
    quantize_static(ready, path, Reader())
    for each in folder.glob("plain.onnx*"):
        each.unlink()
    return path


def onnx_fp16(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    model = onnx.load(onnx_fp32(module, inputs, folder))
    path = folder / "plain.fp16.onnx"
    onnx.save(convert_float_to_float16(model), path)
    for each in folder.glob("plain.onnx*"):
        each.unlink()
    return path


def run_onnx(path: Path) -> Runner:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(inputs: Sequence[Floats]) -> list[Floats]:
        found = session.run(None, as_session_takes(session, inputs))
        return [np.asarray(each, np.float32) for each in found]

    return run


def as_session_takes(session: Any, inputs: Sequence[Floats]) -> dict[str, Any]:  # noqa: ANN401
    """Returns inputs by name, in half precision where the file wants it."""
    kinds = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
    return {
        each.name: given.astype(kinds[each.type])
        for each, given in zip(session.get_inputs(), inputs, strict=True)
    }


def coreml_model(module: nn.Module, inputs: Examples) -> Any:  # noqa: ANN401 (coremltools has no types)
    import coremltools

    # With its check on, as on coremltools' first page, trace refuses the encoder.
    traced = torch.jit.trace(  # type: ignore[no-untyped-call]
        module, example(inputs), check_trace=False
    )
    shapes = [coremltools.TensorType(shape=each.shape) for each in inputs[0]]
    return coremltools.convert(traced, inputs=shapes)


def coreml_fp16(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    path = folder / "plain.mlpackage"
    coreml_model(module, inputs).save(str(path))
    return path


def coreml_int8w(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    import coremltools.optimize.coreml as smaller

    config = smaller.OptimizationConfig(smaller.OpLinearQuantizerConfig())
    path = folder / "plain.mlpackage"
    smaller.linear_quantize_weights(coreml_model(module, inputs), config).save(str(path))
    return path


def run_coreml(path: Path) -> Runner:
    from prink_export.coreml import mil

    program = mil.load(path)

    def run(inputs: Sequence[Floats]) -> list[Floats]:
        feeds = {each.name: given for each, given in zip(program.inputs, inputs, strict=True)}
        found = program.run(feeds)
        return [found[name] for name in program.outputs]

    return run


@lru_cache(maxsize=1)
def tflite_float(module: nn.Module, shapes: tuple[tuple[int, ...], ...]) -> bytes:
    import litert_torch

    model = litert_torch.convert(module, tuple(torch.zeros(each) for each in shapes))
    return bytes(model.model_content())


def tflite_fp32(module: nn.Module, inputs: Examples, folder: Path) -> Path:
    path = folder / "plain.tflite"
    path.write_bytes(tflite_float(module, tuple(each.shape for each in inputs[0])))
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
    ("onnx", "fp16"): PlainPath(onnx_fp16, run_onnx, "then convert_float_to_float16(model)"),
    ("onnx", "int8"): PlainPath(
        onnx_int8, run_onnx, "then quant_pre_process and quantize_static(path, out, reader)"
    ),
    ("coreml", "fp16"): PlainPath(
        coreml_fp16, run_coreml, "coremltools.convert(traced, inputs=[TensorType(shape)])"
    ),
    ("coreml", "int8w"): PlainPath(
        coreml_int8w, run_coreml, "then linear_quantize_weights(OpLinearQuantizerConfig())"
    ),
    ("tflite", "fp32"): PlainPath(tflite_fp32, run_tflite, "litert_torch.convert(module, args)"),
    ("tflite", "int8"): PlainPath(
        tflite_int8, run_tflite, "then Quantizer(static_wi8_ai8()).calibrate().quantize()"
    ),
}
