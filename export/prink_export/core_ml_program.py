"""A network as an mlprogram: traced by torch, converted and compressed by coremltools."""

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeVar

import numpy as np
import torch
from torch import nn

from prink_export.network import ExportError, Network, Port

__all__ = ["check_ports", "compressed", "ml_program"]

Model = Any
"""A model of coremltools, which tells no types."""
T = TypeVar("T")
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
NO_COUNTERPART: Final = re.compile(r"op '([^']+)' not implemented")
COLORS: Final = 3
SMALLEST: Final = 100  # numbers; a smaller weight costs more as numbers and scales than as it is
PALETTE_BITS: Final = 6
BARS: Final = (
    ("coremltools.converters.mil.frontend.torch.ops", "_tqdm"),
    ("coremltools.converters.mil.mil.passes.pass_pipeline", "tqdm"),
    ("coremltools.optimize.coreml._post_training_quantization", "tqdm"),
    ("coremltools.optimize.coreml._quantization_passes", "tqdm"),
)


def check_ports(network: Network, *, images: bool) -> None:
    """Raises ExportError for names that Core ML refuses and pictures that it cannot take."""
    ports = (*network.inputs, *network.outputs)
    for port in ports:
        if not NAME.fullmatch(port.name):
            raise ExportError(f"Core ML takes no port named '{port.name}'; use letters, digits, _")
    twice = {port.name for port in ports if sum(port.name == each.name for each in ports) > 1}
    if twice:
        raise ExportError(f"two ports are named '{min(twice)}'; give each its own name")
    if not images:
        return
    pictures = [port for port in network.inputs if port.image]
    if not pictures:
        raise ExportError(f"no input of {network.name} is a picture; set image=True on its port")
    for port in pictures:
        if len(port.shape) != 4 or port.shape[1] != COLORS:
            raise ExportError(
                f"a Core ML image has three colours, but '{port.name}' has the shape "
                f"{list(port.shape)}; split it into a picture and a tensor, or export it as tensor"
            )


def ready(network: Network) -> nn.Module:
    """Returns the module, checked on an example of its declared shapes."""
    module = network.build().eval()
    bad = [name for name, each in module.named_parameters() if not bool(each.isfinite().all())]
    # A buffer may hold the minus infinity of an attention mask.
    bad += [name for name, each in module.named_buffers() if bool(each.isnan().any())]
    if bad:
        raise ExportError(f"the weight '{bad[0]}' of {network.name} holds NaN or infinity")
    examples = example(network)
    try:
        with torch.no_grad():
            given = module(*examples)
    except (RuntimeError, TypeError, ValueError, IndexError) as cause:
        shapes = ", ".join(f"{port.name} {list(port.shape)}" for port in network.inputs)
        raise ExportError(f"{network.name} does not take {shapes}: {cause}") from cause
    outputs = (given,) if isinstance(given, torch.Tensor) else tuple(given)
    shapes_given = [tuple(each.shape) for each in outputs]
    declared = [port.shape for port in network.outputs]
    if shapes_given != declared:
        raise ExportError(f"{network.name} gives {shapes_given}, its outputs declare {declared}")
    return module


def example(network: Network) -> tuple[torch.Tensor, ...]:
    return tuple(torch.zeros(port.shape) for port in network.inputs)


def ml_program(tools: ModuleType, network: Network, precision: str, *, images: bool) -> Model:
    """Returns the converted model, not compressed yet.

    Raises:
        ExportError: naming the op that has no counterpart, or what else does not convert.
    """
    module = ready(network)
    whole = precision == "fp32"
    try:
        with no_bars(), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            traced = torch.jit.trace(  # type: ignore[no-untyped-call]
                module, example(network), check_trace=False
            )
            return tools.convert(
                traced,
                convert_to="mlprogram",
                minimum_deployment_target=tools.target.iOS16,
                inputs=[door(tools, port, images=images) for port in network.inputs],
                outputs=[
                    tools.TensorType(name=port.name, dtype=np.float32) for port in network.outputs
                ],
                compute_precision=tools.precision.FLOAT32 if whole else tools.precision.FLOAT16,
                skip_model_load=True,
            )
    except Exception as cause:  # whatever the converter trips over, the user gets one sentence
        raise refused(network, cause) from cause


def refused(network: Network, cause: Exception) -> ExportError:
    missing = NO_COUNTERPART.search(str(cause))
    if missing:
        return ExportError(
            f"Core ML has no counterpart of op '{missing[1]}' in {network.name}: write it with "
            "convolutions, matrix products and arithmetic, or do it outside the network"
        )
    first = str(cause).strip().splitlines() or [type(cause).__name__]
    return ExportError(f"{network.name} does not convert to Core ML: {first[0]}")


def door(tools: ModuleType, port: Port, *, images: bool) -> object:
    """Returns the type of an input: float32, or an 8-bit RGB picture."""
    if images and port.image:
        return tools.ImageType(
            name=port.name,
            shape=port.shape,
            scale=1 / 255.0,
            bias=[0.0, 0.0, 0.0],
            color_layout=tools.colorlayout.RGB,
        )
    return tools.TensorType(name=port.name, shape=port.shape, dtype=np.float32)


def compressed(tools: ModuleType, model: Model, precision: str) -> Model:
    """Returns a model with its weights in 8 bits or a palette, or as it is for float precisions.

    Raises:
        ExportError: if the package that finds palettes is missing.
    """
    if precision not in ("int8w", "pal6"):
        return model
    from coremltools.optimize import coreml as squeeze

    try:
        with no_bars():
            if precision == "int8w":
                eight = squeeze.OpLinearQuantizerConfig(
                    mode="linear_symmetric",
                    dtype="int8",
                    granularity="per_channel",
                    weight_threshold=SMALLEST,
                )
                return squeeze.linear_quantize_weights(model, squeeze.OptimizationConfig(eight))
            table = squeeze.OpPalettizerConfig(
                mode="kmeans", nbits=PALETTE_BITS, weight_threshold=SMALLEST
            )
            return squeeze.palettize_weights(model, squeeze.OptimizationConfig(table))
    except ImportError as cause:
        raise ExportError(
            f"pal6 needs scikit-learn: pip install 'prink[export]' ({cause})"
        ) from cause


@contextmanager
def no_bars() -> Iterator[None]:
    """Hides the converter's progress bars, which would run into those of the caller."""
    places = [(import_module(module), name) for module, name in BARS]
    bars = [getattr(module, name) for module, name in places]
    for module, name in places:
        setattr(module, name, plain)
    try:
        yield
    finally:
        for (module, name), bar in zip(places, bars, strict=True):
            setattr(module, name, bar)


def plain(each: Iterable[T], **_: object) -> Iterable[T]:
    return each
