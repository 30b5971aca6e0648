"""TFLite files: names of ports, metadata kept inside, and the operations they are made of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Floats
from prink_export.network import ExportError, Network, Port

__all__ = [
    "Op",
    "Tensor",
    "channels_last",
    "file_shape",
    "laid_out",
    "metadata",
    "operations",
    "told",
]
__all__ += ["told", "with_port_names"]

STANDARD: Final = "TFLITE_METADATA"
STANDARD_ID: Final = b"M001"
FILE_ID: Final = b"TFL3"
OWN: Final = "prink."
PLANES: Final = {1: 2, 3: 1, 4: 0}  # ColorSpaceType by number of planes: grey, RGB, unknown


@dataclass(frozen=True)
class Tensor:
    """A tensor of a file: its shape, type (FLOAT32, INT8, ...) and whether it is constant."""

    shape: tuple[int, ...]
    type: str
    constant: bool


@dataclass(frozen=True)
class Op:
    """An operation of a file, inputs that are left out skipped."""

    name: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


def channels_last(port: Port) -> bool:
    """Tells whether a port's channels stand last in a TFLite file: those of pictures and maps."""
    return len(port.shape) == 4


def laid_out(array: Floats, port: Port) -> Floats:
    """Returns an input of torch as a file takes it: a picture or map (1, C, H, W) as (1, H, W, C).

    Any other shape stays.
    """
    return np.ascontiguousarray(np.moveaxis(array, 1, -1) if channels_last(port) else array)


def file_shape(port: Port) -> tuple[int, ...]:
    """Returns the shape that a port has in a TFLite file."""
    if not channels_last(port):
        return port.shape
    batch, channels, *sides = port.shape
    return (batch, *sides, channels)


def with_port_names(raw: bytes, network: Network) -> bytes:
    """Returns a freshly converted file whose signature and tensors are named as the ports are."""
    model = parse(raw)
    (signature,) = model.signatureDefs
    graph = model.subgraphs[signature.subgraphIndex]
    for prefix, ports, maps in (
        ("args_", network.inputs, signature.inputs),
        ("output_", network.outputs, signature.outputs),
    ):
        by_name = {each.name.decode(): each for each in maps}
        if set(by_name) != {f"{prefix}{number}" for number in range(len(ports))}:
            raise ExportError(
                f"{network.name} to TFLite: the converter made {', '.join(sorted(by_name))} of"
                f" {', '.join(port.name for port in ports)}; give each input a use and each output"
                " a tensor of its own"
            )
        for number, port in enumerate(ports):
            entry = by_name[f"{prefix}{number}"]
            entry.name = port.name
            graph.tensors[entry.tensorIndex].name = port.name
    return pack(model)


def told(raw: bytes, network: Network, precision: str) -> bytes:
    """Returns a file with what it is inside: the standard TFLITE_METADATA and prink's strings."""
    from ai_edge_litert import schema_py_generated as schema

    model = parse(raw)
    model.description = f"{network.name} {precision}"
    strings = {
        "name": network.name,
        "precision": precision,
        "about": network.about,
        "licence": network.licence,
        "ports": json.dumps([described(port) for port in (*network.inputs, *network.outputs)]),
        **network.metadata,
    }
    entries = {STANDARD: standard(model, network)}
    entries |= {OWN + key: text.encode() for key, text in strings.items()}
    kept = [each for each in model.metadata or [] if each.name.decode() not in entries]
    for key, content in entries.items():
        buffer, entry = schema.BufferT(), schema.MetadataT()
        buffer.data = list(content)
        entry.name, entry.buffer = key, len(model.buffers)
        model.buffers.append(buffer)
        kept.append(entry)
    model.metadata = kept
    return pack(model)


def metadata(path: Path) -> dict[str, str]:
    """Returns the strings inside a file: name, precision, about, licence, ports and the network's.

    Raises:
        ExportError: if it is no TFLite file.
    """
    model = opened(path)
    return {
        each.name.decode().removeprefix(OWN): bytes(model.buffers[each.buffer].data).decode()
        for each in model.metadata or []
        if each.name.decode().startswith(OWN)
    }


def operations(path: Path) -> list[Op]:
    """Returns a file's operations in the order in which they run.

    Raises:
        ExportError: if it is no TFLite file.
    """
    model = opened(path)
    found = []
    for graph in model.subgraphs:
        tensors = [tensor_of(each, model) for each in graph.tensors]
        for op in graph.operators:
            code = model.operatorCodes[op.opcodeIndex]
            known = max(code.builtinCode, code.deprecatedBuiltinCode)
            name = code.customCode.decode() if code.customCode else names("BuiltinOperator")[known]
            inputs = tuple(tensors[at] for at in op.inputs if at >= 0)
            found.append(Op(name, inputs, tuple(tensors[at] for at in op.outputs)))
    return found


def tensor_of(tensor: Any, model: Any) -> Tensor:  # noqa: ANN401 (the schema has no types)
    shape = () if tensor.shape is None else tuple(int(side) for side in tensor.shape)
    data = model.buffers[tensor.buffer].data
    return Tensor(shape, names("TensorType")[tensor.type], data is not None and len(data) > 0)


@cache
def names(enumeration: str) -> Mapping[int, str]:
    """Returns the names of an enumeration of the TFLite schema."""
    from ai_edge_litert import schema_py_generated as schema

    listed = vars(getattr(schema, enumeration))
    return {value: key for key, value in listed.items() if isinstance(value, int)}


def described(port: Port) -> dict[str, object]:
    layout = "channels last" if channels_last(port) else "as in torch"
    return {"name": port.name, "shape": file_shape(port), "layout": layout, "image": port.image}


def standard(model: Any, network: Network) -> bytes:  # noqa: ANN401
    """Returns the TFLITE_METADATA buffer: texts, and that pictures are 0..1 as they are."""
    import flatbuffers
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    (signature,) = model.signatureDefs
    graph = model.subgraphs[signature.subgraphIndex]
    ports = {port.name: port for port in (*network.inputs, *network.outputs)}
    named = {each.tensorIndex: each.name.decode() for each in signature.inputs}
    named |= {each.tensorIndex: each.name.decode() for each in signature.outputs}
    about = schema.SubGraphMetadataT()
    about.inputTensorMetadata = [tensor_metadata(ports[named[at]]) for at in graph.inputs]
    about.outputTensorMetadata = [tensor_metadata(ports[named[at]]) for at in graph.outputs]
    whole = schema.ModelMetadataT()
    whole.name, whole.description, whole.license = network.name, network.about, network.licence
    whole.subgraphMetadata = [about]
    builder = flatbuffers.Builder(1024)
    builder.Finish(whole.Pack(builder), STANDARD_ID)
    return bytes(builder.Output())


def tensor_metadata(port: Port) -> Any:  # noqa: ANN401
    from mediapipe.tasks.metadata import metadata_schema_py_generated as schema

    tensor = schema.TensorMetadataT()
    tensor.name = port.name
    tensor.description = "x".join(map(str, file_shape(port)))
    if not port.image:
        return tensor
    planes = port.shape[1]
    properties, content = schema.ImagePropertiesT(), schema.ContentT()
    properties.colorSpace = PLANES.get(planes, 0)
    content.contentPropertiesType = schema.ContentProperties.ImageProperties
    content.contentProperties = properties
    tensor.content = content
    options, unit = schema.NormalizationOptionsT(), schema.ProcessUnitT()
    options.mean, options.std = [0.0] * planes, [1.0] * planes
    unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    unit.options = options
    tensor.processUnits = [unit]
    return tensor


def opened(path: Path) -> Any:  # noqa: ANN401
    try:
        raw = Path(path).read_bytes()
    except OSError as cause:
        raise ExportError(f"cannot read: {cause.strerror or cause} ({path})") from cause
    if raw[4:8] != FILE_ID:
        raise ExportError(f"this is no TFLite file ({path})")
    try:
        return parse(raw)
    except Exception as cause:  # the generated reader raises whatever it stumbles over
        raise ExportError(f"the TFLite file is damaged ({path})") from cause


def parse(raw: bytes) -> Any:  # noqa: ANN401
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromPackedBuf(raw, 0)
    for buffer in model.buffers:  # writers may put large ones behind the flatbuffer
        if buffer.offset > 1:
            buffer.data = np.frombuffer(raw, np.uint8, buffer.size, buffer.offset)
            buffer.offset = buffer.size = 0
    return model


def pack(model: Any) -> bytes:  # noqa: ANN401
    import flatbuffers

    builder = flatbuffers.Builder(1 << 20)
    builder.Finish(model.Pack(builder), FILE_ID)
    return bytes(builder.Output())
