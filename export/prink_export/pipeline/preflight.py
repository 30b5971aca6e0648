"""What must hold before anything is converted: a module with sound weights that fits its ports."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from torch import nn

from prink.arrays import Floats
from prink_export.network import ExportError, Network
from prink_export.pipeline.rules import broken_rules, sentences
from prink_export.pipeline.silence import quiet

__all__ = [
    "as_outputs",
    "built",
    "calibration_inputs",
    "check_weights",
    "eager",
    "forward",
    "sample_inputs",
    "shown",
    "warnings",
]

WANTS_WHOLE: Final = ("but got torch.FloatTensor instead", "tensors used as indices must be")
"""How torch says that it wants whole numbers."""


def built(network: Network) -> nn.Module:
    """Returns the network's module in eval mode, checked: its weights, its inputs and outputs.

    Raises:
        ExportError: if it cannot be built, has no weights or NaN ones, is not float32, or does not
            map the inputs of its ports to its outputs.
    """
    check_ports(network)
    try:
        module = network.build()
    except ExportError:
        raise
    except Exception as cause:
        raise ExportError(f"{network.name} cannot be built: {cause!s:.300}") from cause
    if not isinstance(module, nn.Module):
        raise ExportError(
            f"{network.name}: the builder returns {type(module).__name__}, not an nn.Module"
        )
    module = module.eval().requires_grad_(False)
    check_weights(module, network.name)
    zeros = [np.zeros(port.shape, np.float32) for port in network.inputs]
    eager(module, zeros, network)
    return module


def warnings(module: nn.Module, network: Network) -> tuple[str, ...]:
    """Returns a sentence for each rule of `prink_export.pipeline.rules` that a module breaks.

    Args:
        module: Of `built`.
        network: Whose ports tell the inputs.
    """
    try:
        with quiet():
            found = broken_rules(module, [torch.zeros(port.shape) for port in network.inputs])
    except ExportError as cause:
        return (str(cause),)
    return sentences(found)


def check_ports(network: Network) -> None:
    """Refuses shapes that are not fixed or whose batch is not one, and names that are double."""
    for port in (*network.inputs, *network.outputs):
        if any(not isinstance(side, int) or side < 1 for side in port.shape):
            raise ExportError(
                f"{network.name}: {port.name} has the shape {shown(port.shape)}; dynamic shapes are"
                " not exported, give every side a number (the ONNX batch file alone varies its"
                " batch)"
            )
        if not port.shape or port.shape[0] != 1:
            raise ExportError(
                f"{network.name}: {port.name} has the shape {shown(port.shape)}; give it with a"
                " batch of one, such as 1x3x224x224"
            )
    names = [port.name for port in (*network.inputs, *network.outputs)]
    if len(set(names)) < len(names):
        raise ExportError(f"{network.name}: two ports have one name among {', '.join(names)}")


def check_weights(module: nn.Module, name: str) -> None:
    """Refuses missing, unloaded, NaN and non-float32 weights.

    Raises:
        ExportError: naming the weight.
    """
    tensors = {**dict(module.named_parameters()), **dict(module.named_buffers())}
    if not tensors:
        raise ExportError(f"{name} has no weights; load them in the builder before returning it")
    for key, tensor in tensors.items():
        if tensor.is_meta:
            raise ExportError(f"{name}: the weight {key} was never loaded (it is on meta)")
        if tensor.is_floating_point():
            if tensor.dtype != torch.float32:
                raise ExportError(
                    f"{name}: the weight {key} is {tensor.dtype}; call .float() in the builder"
                )
            if not bool(torch.isfinite(tensor).all()):
                raise ExportError(f"{name}: the weight {key} holds NaN or infinity; train it anew")


def eager(module: nn.Module, inputs: Sequence[Floats], network: Network) -> list[Floats]:
    """Returns what torch makes of one input per port, float32, each of its port's shape.

    Raises:
        ExportError: if forward fails on it or gives other outputs than the ports promise.
    """
    outputs = forward(
        module, [torch.from_numpy(np.ascontiguousarray(each)) for each in inputs], network.name
    )
    found = [tuple(each.shape) for each in outputs]
    promised = [port.shape for port in network.outputs]
    if found != promised:
        raise ExportError(
            f"{network.name}: forward returns {' and '.join(map(shown, found))}, its ports say"
            f" {' and '.join(map(shown, promised))}"
        )
    return [each.detach().numpy() for each in outputs]


def forward(
    module: nn.Module, inputs: Sequence[torch.Tensor], name: str
) -> tuple[torch.Tensor, ...]:
    """Returns what a module makes of its inputs; both may have any shape.

    Raises:
        ExportError: if it fails, or gives anything but float32 tensors.
    """
    try:
        with torch.no_grad():
            raw = module(*inputs)
    except Exception as cause:
        given = " and ".join(shown(each.shape) for each in inputs)
        why = (str(cause).strip().splitlines() or [type(cause).__name__])[0][:300]
        if any(sign in why for sign in WANTS_WHOLE):
            why += "; inputs are float32, write x.long() inside of forward"
        raise ExportError(f"{name}: forward fails on the example {given}: {why}") from cause
    return as_outputs(raw, name)


def as_outputs(raw: object, name: str) -> tuple[torch.Tensor, ...]:
    """Returns forward's result as a tuple of float32 tensors of any shape."""
    outputs = tuple(raw) if isinstance(raw, tuple | list) else (raw,)
    for each in outputs:
        if not isinstance(each, torch.Tensor):
            raise ExportError(
                f"{name}: forward returns a {type(each).__name__}; return a tensor or a tuple of"
                " tensors"
            )
        if each.dtype != torch.float32:
            raise ExportError(f"{name}: forward returns {each.dtype}; return float32")
    return outputs


def sample_inputs(network: Network) -> list[tuple[Floats, ...]]:
    """Returns the network's real inputs, an array of each port's shape; that is checked.

    Raises:
        ExportError: if one does not fit the ports.
    """
    return fitting(network, list(network.samples()), "sample")


def calibration_inputs(network: Network) -> list[tuple[Floats, ...]]:
    """Returns the inputs to calibrate int8 with, an array of each port's shape.

    Raises:
        ExportError: if there are none, or one does not fit the ports.
    """
    found = fitting(network, list(network.calibration()), "calibration input")
    if not found:
        raise ExportError(
            f"{network.name} has no calibration data, which int8 needs; give 32 or more real inputs"
            " (--samples), or leave int8 out"
        )
    return found


def fitting(
    network: Network, inputs: list[tuple[Floats, ...]], what: str
) -> list[tuple[Floats, ...]]:
    for number, each in enumerate(inputs):
        if len(each) != len(network.inputs):
            raise ExportError(
                f"{network.name}: {what} {number} has {len(each)} arrays for {len(network.inputs)}"
                " inputs"
            )
        for array, port in zip(each, network.inputs, strict=True):
            if array.shape != port.shape or array.dtype != np.float32:
                raise ExportError(
                    f"{network.name}: {what} {number} of {port.name} is {array.dtype}"
                    f" {shown(array.shape)}, not float32 {shown(port.shape)}"
                )
            if not np.isfinite(array).all():
                raise ExportError(f"{network.name}: {what} {number} of {port.name} holds NaN")
    return inputs


def shown(shape: Sequence[object]) -> str:
    """Returns a shape as it is written on the command line: 1x3x224x224."""
    return "x".join(map(str, shape)) or "a single number"
