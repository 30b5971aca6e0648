"""Smaller TFLite weights: half precision, int8 throughout, int8 in the convolutions only."""

import re
from collections.abc import Sequence
from typing import Any, Final

from torch import nn

from prink.arrays import Floats
from prink_export.network import Network
from prink_export.pipeline.floats import float_modules
from prink_export.pipeline.preflight import built
from prink_export.tflite.file import laid_out

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
    """Returns a float file in int8 throughout, inputs and outputs too: what NPUs want.

    Each of `inputs`, to calibrate with, has an array of each port's shape.
    """
    from ai_edge_quantizer import quantizer, recipe

    maker = quantizer.Quantizer(raw, recipe.static_wi8_ai8())
    keep_float(maker, network)
    return calibrated(maker, raw, network, inputs)


def conv_int8(raw: bytes, network: Network, inputs: Sequence[tuple[Floats, ...]]) -> bytes:
    """Returns a float file with int8 convolutions and matrices; all else and the door float.

    Each of `inputs`, to calibrate with, has an array of each port's shape.
    """
    from ai_edge_quantizer import qtyping, quantizer

    maker = quantizer.Quantizer(raw)
    for op in WEIGHTED:
        maker.add_static_config(".*", qtyping.TFLOperationName[op], BITS, BITS)
    keep_float(maker, network)
    return calibrated(maker, raw, network, inputs)


def keep_float(maker: Any, network: Network) -> None:  # noqa: ANN401 (the quantizer has no types)
    """Takes the modules of `Network.floats` out of a recipe; their weights keep 8 bits."""
    from ai_edge_quantizer import qtyping
    from ai_edge_quantizer.algorithm_manager import AlgorithmName

    whole = qtyping.TFLOperationName.ALL_SUPPORTED
    for scope in float_scopes(network):
        maker.update_quantization_recipe(scope, whole, None, AlgorithmName.NO_QUANTIZE)
        for op in WEIGHTED:
            maker.add_weight_only_config(scope, qtyping.TFLOperationName[op], BITS)


def float_scopes(network: Network) -> list[str]:
    """Returns patterns of the tensors that the modules of `Network.floats` make in a file.

    The converter names a tensor after the classes and names on the way to its module, and after
    these a semicolon; lists of modules, which compute nothing, are left out. Outputs have the
    names of their ports.
    """
    module = built(network)
    known = dict(module.named_modules())
    found = []
    for path in float_modules(network, module):
        parts = path.split(".") if path else []
        ways = [".".join(parts[:count]) for count in range(len(parts) + 1)]
        steps = [
            f"{type(known[way]).__module__}.{type(known[way]).__qualname__}_{name}"
            for way, name in zip(ways, ["module", *parts], strict=True)
            if not isinstance(known[way], nn.ModuleList | nn.ModuleDict)
        ]
        found.append(re.escape("/".join(steps)) + ";")
        if not path:
            found += [f"^{re.escape(port.name)}(;|$)" for port in network.outputs]
    return found


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
        port.name: laid_out(each, port) for port, each in zip(network.inputs, inputs, strict=True)
    }
