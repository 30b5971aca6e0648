"""A network as an mlprogram: traced by torch, converted and compressed by coremltools."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from prink_export.network import ExportError, Network, Port
from prink_export.pipeline.instead import depends_on_values, explained
from prink_export.pipeline.packages import need
from prink_export.pipeline.preflight import built
from prink_export.pipeline.silence import quiet

__all__ = ["check_ports", "compressed", "ml_program"]

Model = Any
"""A model of coremltools, which tells no types."""
T = TypeVar("T")
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
AT: Final = re.compile(r"converting '(\w+)' op")
COLORS: Final = 3
SMALLEST: Final = 100  # numbers; a smaller weight costs more as numbers and scales than as it is
DELICATE: Final = 2048  # numbers; weights up to here hold little of a file and much of the error
LITTLE: Final = 0.1  # of all numbers
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


def ml_program(tools: ModuleType, network: Network, precision: str, *, images: bool) -> Model:
    """Returns the converted model, not compressed yet.

    Raises:
        ExportError: naming the op that has no counterpart, or what else does not convert.
    """
    module = built(network)
    example = tuple(torch.zeros(port.shape) for port in network.inputs)
    whole = precision == "fp32"
    try:
        graph = traced(module, example)
        # Constants that overflow are found in the package afterwards, those that matter.
        with no_bars(), failed_op(), np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tools.convert(
                graph,
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
        raise explained(cause, name=network.name, to="Core ML") from cause


def traced(module: nn.Module, example: tuple[Tensor, ...]) -> Any:  # noqa: ANN401 (torch.jit)
    """Returns the module's trace.

    A trace keeps the one branch that the example takes and only warns, of shapes too. Whether it
    was values that decided, and the trace is therefore wrong for others, torch.export knows.

    Raises:
        Exception: what torch.export raises on a forward that decides by values.
    """
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = torch.jit.trace(module, example, check_trace=False)  # type: ignore[no-untyped-call]
    if any(each.category.__name__ == "TracerWarning" for each in said):
        try:
            with quiet():
                torch.export.export(module, example)
        except Exception as cause:
            if depends_on_values(cause):
                raise
    return found


@contextmanager
def failed_op() -> Iterator[None]:
    """Adds to an error which operation coremltools was at: it logs that, and does not raise it."""
    kept = Kept()
    logger = logging.getLogger("coremltools")
    before, logger.propagate = logger.propagate, False
    others, logger.handlers = logger.handlers, [kept]
    try:
        yield
    except Exception as cause:
        if at := AT.search(" ".join(kept.said)):
            raise RuntimeError(f"{cause!s:.200}, at the operation {at[1]}") from None
        raise
    finally:
        logger.propagate, logger.handlers = before, others


class Kept(logging.Handler):
    """Keeps errors that are logged, off the terminal."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is said."""
        self.said.append(record.getMessage())


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
    if precision == "pal6":
        need("sklearn", to="pal6")
    from coremltools.optimize import coreml as squeeze

    with no_bars(), np.errstate(all="ignore"):
        threshold = spared(squeeze.get_weights_metadata(model, weight_threshold=SMALLEST).values())
        if precision == "int8w":
            eight = squeeze.OpLinearQuantizerConfig(
                mode="linear_symmetric",
                dtype="int8",
                granularity="per_channel",
                weight_threshold=threshold,
            )
            return squeeze.linear_quantize_weights(model, squeeze.OptimizationConfig(eight))
        table = squeeze.OpPalettizerConfig(
            mode="kmeans", nbits=PALETTE_BITS, weight_threshold=threshold
        )
        return squeeze.palettize_weights(model, squeeze.OptimizationConfig(table))


def spared(weights: Iterable[Any]) -> int:
    """Returns how many numbers a weight may have and yet stay as it is.

    Small weights, such as a depthwise convolution's, stay where they are little of the whole.
    """
    sizes = [each.val.size for each in weights]
    small = sum(size for size in sizes if size <= DELICATE)
    return DELICATE if small <= LITTLE * sum(sizes) else SMALLEST


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
