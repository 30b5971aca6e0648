"""ONNX: dynamo export, opset 18, float32 at the door; checked, loaded and told what it is.

`convert` writes the file of a fixed batch of one that phones want; `prink_export.onnx.batch` the
one whose batch varies.
"""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import torch
from torch import nn

from prink.arrays import Floats
from prink.onnx_session import open_session
from prink.whole_file import whole_file
from prink_export.network import Census, ExportError, Network, Port, Runner
from prink_export.onnx.census import count
from prink_export.onnx.half_inside import HalfInside
from prink_export.onnx.int8 import quantised
from prink_export.pipeline.disk import disk_error, writing
from prink_export.pipeline.floats import float_modules, is_float
from prink_export.pipeline.instead import explained
from prink_export.pipeline.packages import need
from prink_export.pipeline.preflight import built, calibration_inputs
from prink_export.pipeline.silence import quiet
from prink_export.pipeline.weights_hash import weights_hash

__all__ = ["LARGEST_BATCH", "OPSET", "PRECISIONS", "census", "convert", "runners", "write"]

PRECISIONS: Final = ("fp32", "fp16", "int8")
OPSET: Final = 18
LARGEST_BATCH: Final = 64
FLOAT32: Final = 1


def convert(network: Network, *, precision: str, out: Path) -> Path:
    """Writes `out/<name>.<precision>.onnx` with a batch of one and returns its path.

    Raises:
        ExportError: if the network cannot be carried over; then nothing is written.
    """
    return write(network, precision=precision, target=out / f"{network.name}.{precision}.onnx")


def write(network: Network, *, precision: str, target: Path, batch: bool = False) -> Path:
    """Writes an ONNX file, `batch` telling whether its batch varies (1 to 64), and checks it."""
    need("onnx", "onnxscript", "onnxruntime", to="ONNX")
    import onnx

    if precision not in PRECISIONS:
        raise ExportError(f"ONNX has no {precision}; known: {', '.join(PRECISIONS)}")
    module = built(network)
    calibration = calibration_inputs(network) if precision == "int8" else []
    float_modules(network, module)  # which refuses names of no module
    if precision == "fp16":
        model = graph(HalfInside(module), network, batch=batch)
    else:
        ends = (network.name, network.inputs, network.outputs)
        weights = weights_hash(module)
        model = onnx.load_from_string(float_graph(network.build, weights, *ends, batch=batch))
    try:
        if precision == "int8":
            with quiet():
                names = [port.name for port in network.inputs]
                model = quantised(model, names, calibration, partial(is_float, network))
    except OSError as cause:
        raise disk_error(cause, target.parent) from cause
    except Exception as cause:
        raise explained(cause, name=network.name, to="ONNX int8") from cause
    tell(model, network, precision)
    save(model, target, network)
    return target


@lru_cache(maxsize=2)
def float_graph(
    build: Callable[[], nn.Module],
    weights: str,  # their hash: a builder may return others later
    name: str,
    inputs: tuple[Port, ...],
    outputs: tuple[Port, ...],
    *,
    batch: bool,
) -> bytes:
    """Returns the float32 model, of which the one of int8 is made, too."""
    network = Network(name, build, inputs, outputs, samples=tuple)
    model: bytes = graph(built(network), network, batch=batch).SerializeToString()
    return model


def graph(module: nn.Module, network: Network, *, batch: bool) -> Any:  # noqa: ANN401
    """Returns the ModelProto that torch makes of a module."""
    example = tuple(torch.rand(2 if batch else 1, *port.shape[1:]) for port in network.inputs)
    shapes = tuple({0: torch.export.Dim("n", min=1, max=LARGEST_BATCH)} for _ in network.inputs)
    if isinstance(module, HalfInside):  # forward takes its inputs as one tuple
        shapes = (shapes,)  # type: ignore[assignment]
    try:
        with quiet():
            program = torch.onnx.export(
                module,
                example,
                dynamo=True,
                opset_version=OPSET,
                external_data=False,
                verbose=False,
                input_names=[port.name for port in network.inputs],
                output_names=[port.name for port in network.outputs],
                dynamic_shapes=shapes if batch else None,
            )
    except Exception as cause:
        raise explained(cause, name=network.name, to="ONNX") from cause
    if program is None:
        raise ExportError(f"{network.name} cannot be converted to ONNX: torch made no graph")
    return program.model_proto


def tell(model: Any, network: Network, precision: str) -> None:  # noqa: ANN401
    """Puts the metadata into a model, and takes the exporter's notes on this machine out of it."""
    import onnx

    for each in (*model.graph.node, *model.graph.input, *model.graph.output):
        del each.metadata_props[:]
    for each in (*model.graph.value_info, *model.graph.initializer):
        del each.metadata_props[:]
    del model.graph.metadata_props[:]
    model.doc_string = network.about
    model.producer_name, model.producer_version = "prink", ""
    told = {
        "name": network.name,
        "about": network.about,
        "licence": network.licence,
        "precision": precision,
        "inputs": json.dumps({port.name: port.shape for port in network.inputs}),
        "outputs": json.dumps({port.name: port.shape for port in network.outputs}),
    }
    onnx.helper.set_model_props(model, told | dict(network.metadata))


def save(model: Any, target: Path, network: Network) -> None:  # noqa: ANN401
    """Writes a model once the checker and ONNX Runtime have taken it."""
    import onnx

    with writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with writing(target.parent), whole_file(target, error=ExportError) as part:
        part.write_bytes(model.SerializeToString())
        try:
            onnx.checker.check_model(str(part), full_check=True)
        except Exception as cause:
            raise ExportError(
                f"{network.name}: the ONNX checker refuses the file: {cause!s:.300}"
            ) from cause
        check_doors(open_session(part, what=network.name, error=ExportError), network)


def check_doors(session: Any, network: Network) -> None:  # noqa: ANN401
    """Refuses a file whose inputs or outputs are not the network's, in float32."""
    doors = [
        (session.get_inputs(), network.inputs),
        (session.get_outputs(), network.outputs),
    ]
    for found, ports in doors:
        names, promised = [each.name for each in found], [port.name for port in ports]
        if names != promised:
            raise ExportError(
                f"{network.name}: the ONNX file has {', '.join(names)} for {', '.join(promised)};"
                " does forward use every input and return every output?"
            )
        for each, port in zip(found, ports, strict=True):
            if each.type != "tensor(float)":
                raise ExportError(f"{network.name}: {each.name} is {each.type}, not float32")
            if len(each.shape) != len(port.shape) or list(each.shape[1:]) != list(port.shape[1:]):
                raise ExportError(
                    f"{network.name}: {each.name} has the shape {each.shape} for {port.shape};"
                    " shapes that depend on values are not exported"
                )


def runners(path: Path, network: Network) -> dict[str, Runner]:
    """Returns how to run the file here: ONNX Runtime on one thread."""
    return {"ONNX Runtime": runner(path, [port.name for port in network.inputs])}


def runner(path: Path, names: Sequence[str]) -> Callable[[Sequence[Floats]], list[Floats]]:
    """Returns a function that runs a file on inputs as they are; types are not changed."""
    session = open_session(path, what="exported network", error=ExportError)

    def run(inputs: Sequence[Floats]) -> list[Floats]:
        return list(session.run(None, dict(zip(names, inputs, strict=True))))

    return run


def census(path: Path) -> Census:
    """Returns the file's operations, and what would leave NNAPI, QNN and the CoreML provider."""
    import onnx

    return count(onnx.shape_inference.infer_shapes(onnx.load(path)))
