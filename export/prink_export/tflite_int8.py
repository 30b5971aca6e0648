"""Smaller TFLite weights: half precision, int8 throughout, int8 in the convolutions only."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from prink_export.network import Floats, Network
from prink_export.tflite_file import channels_last

__all__ = ["all_int8", "conv_int8", "half_weights"]

WEIGHTED: Final = ("FULLY_CONNECTED", "CONV_2D", "DEPTHWISE_CONV_2D", "CONV_2D_TRANSPOSE")
BITS: Final = 8


def half_weights(raw: bytes) -> bytes:
    """Returns a float file whose weights are kept as float16; it still computes in float32."""
    from ai_edge_quantizer import qtyping, quantizer
    from ai_edge_quantizer.algorithm_manager import AlgorithmName

    maker = quantizer.Quantizer(raw)
    config = qtyping.OpQuantizationConfig(
        weight_tensor_config=qtyping.TensorQuantizationConfig(
            num_bits=16, dtype=qtyping.TensorDataType.FLOAT
        ),
        compute_precision=qtyping.ComputePrecision.FLOAT,
        explicit_dequantize=True,
    )
    for op in WEIGHTED:
        maker.update_quantization_recipe(
            ".*", qtyping.TFLOperationName[op], config, algorithm_key=AlgorithmName.FLOAT_CASTING
        )
    return bytes(maker.quantize(enable_progress_report=False).quantized_model)


def all_int8(raw: bytes, network: Network, inputs: Sequence[tuple[Floats, ...]]) -> bytes:
    """Returns a float file in int8 throughout, inputs and outputs too: what NPUs want."""
    from ai_edge_quantizer import quantizer, recipe

    return calibrated(quantizer.Quantizer(raw, recipe.static_wi8_ai8()), raw, network, inputs)


def conv_int8(raw: bytes, network: Network, inputs: Sequence[tuple[Floats, ...]]) -> bytes:
    """Returns a float file with int8 convolutions and matrices; all else and the door float."""
    from ai_edge_quantizer import qtyping, quantizer

    maker = quantizer.Quantizer(raw)
    for op in WEIGHTED:
        maker.add_static_config(".*", qtyping.TFLOperationName[op], BITS, BITS)
    return calibrated(maker, raw, network, inputs)


def calibrated(
    maker: Any,  # noqa: ANN401 (the quantizer has no types)
    raw: bytes,
    network: Network,
    inputs: Sequence[tuple[Floats, ...]],
) -> bytes:
    """Returns what a quantizer makes once it knows the range of each activation.

    A range is the smallest and the largest value seen. The quantizer's own calibration averages
    over the inputs and so clips all that is rare.
    """
    from ai_edge_quantizer import calibrator
    from ai_edge_quantizer.utils import qsv_utils

    look = calibrator.Calibrator(raw, num_threads=1, qsv_update_func=qsv_utils.min_max_update)
    (signature,) = look.get_signature_list()
    fed = [fed_inputs(network, each) for each in inputs]
    # Quantizer.calibrate takes no update function, so its recipe is handed over by hand.
    look.calibrate({signature: fed}, maker._recipe_manager)
    done = maker.quantize(look.get_model_qsvs(), enable_progress_report=False)
    return bytes(done.quantized_model)


def fed_inputs(network: Network, inputs: Sequence[Floats]) -> dict[str, Floats]:
    """Returns inputs by name, laid out as a TFLite file takes them."""
    return {
        port.name: np.ascontiguousarray(np.moveaxis(each, 1, -1) if channels_last(port) else each)
        for port, each in zip(network.inputs, inputs, strict=True)
    }
