"""int8 of an ONNX graph: QDQ pairs with the smallest and largest value seen in calibration."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from prink_export.network import Floats

__all__ = ["quantised"]


def quantised(
    model: Any,  # noqa: ANN401 (onnx has no types)
    names: Sequence[str],
    inputs: Sequence[tuple[Floats, ...]],
) -> Any:  # noqa: ANN401
    """Returns the model with 8-bit weights per channel and 8-bit activations, doors float32.

    Activations are unsigned, weights signed: what x86, ARM and QNN all run fast. The range of an
    activation is the smallest and largest value that the inputs show, never an average of them:
    averages clip what is rare.
    """
    import onnx
    from onnxruntime.quantization import (
        CalibrationDataReader,
        CalibrationMethod,
        QuantFormat,
        QuantType,
        quantize_static,
    )
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.left: Iterator[tuple[Floats, ...]] = iter(inputs)

        def get_next(self) -> dict[str, Floats] | None:
            each = next(self.left, None)
            return None if each is None else dict(zip(names, each, strict=True))

    with TemporaryDirectory() as folder:
        given, ready, done = (Path(folder) / f"{each}.onnx" for each in ("given", "ready", "done"))
        onnx.save(model, given)
        quant_pre_process(given, ready, skip_symbolic_shape=True)
        quantize_static(
            ready,
            done,
            Reader(),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
        )
        return onnx.load(done)
