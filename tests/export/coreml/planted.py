"""Faults planted in a saved Core ML package, one of each kind that export must catch."""

from pathlib import Path

import numpy as np

from prink_export.coreml.mil import MODEL, WEIGHTS, read_model

__all__ = ["break_weight", "change_weights", "leave_engine", "scale_input", "swap_channels"]

BGR = 30  # ImageFeatureType.ColorSpace


def operations(model):
    main = model.mlProgram.functions["main"]
    return main.block_specializations[main.opset].operations


def save(package: Path, model) -> None:
    (package / MODEL).write_bytes(model.SerializeToString())


def is_image(model) -> bool:
    return model.description.input[0].type.WhichOneof("Type") == "imageType"


def first_weights(package: Path):
    """Where the first convolution's weights lie in weight.bin: start, type, shape."""
    found = operations(read_model(package))
    conv = next(op for op in found if op.type == "conv")
    name = conv.inputs["weight"].arguments[0].name
    made = next(op for op in found if op.outputs[0].name == name)
    value = made.attributes["val" if made.type == "const" else "quantized_data"]
    entry = value.blobFileValue.offset
    data = (package / WEIGHTS).read_bytes()
    start = int(np.frombuffer(data[entry + 16 : entry + 24], "<u8")[0])
    kind = {10: "<f2", 11: "<f4", 21: "i1"}[value.type.tensorType.dataType]
    return start, kind, [each.constant.size for each in value.type.tensorType.dimensions]


def change_weights(package: Path, change) -> None:
    start, kind, shape = first_weights(package)
    data = bytearray((package / WEIGHTS).read_bytes())
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    weights = np.frombuffer(bytes(data[start : start + size]), kind).reshape(shape)
    data[start : start + size] = change(weights).astype(kind).tobytes()
    (package / WEIGHTS).write_bytes(bytes(data))


def swap_channels(package: Path) -> None:
    """Red and blue change places: in the image's colour layout, or in the first weights."""
    model = read_model(package)
    if is_image(model):
        model.description.input[0].type.imageType.colorSpace = BGR
        save(package, model)
    else:
        change_weights(package, lambda w: w[:, [2, 1, 0, *range(3, w.shape[1])]])


def scale_input(package: Path) -> None:
    """Pictures are read as 0..2 instead of 0..1: in the image's scale, or in the first weights."""
    model = read_model(package)
    if not is_image(model):
        change_weights(package, lambda w: w * 2)
        return
    multiply = next(op for op in operations(model) if op.outputs[0].name.endswith("__scaled__"))
    name = multiply.inputs["y"].arguments[0].name
    scale = next(op for op in operations(model) if op.outputs[0].name == name)
    floats = scale.attributes["val"].immediateValue.tensor.floats
    floats.values[0] *= 2
    save(package, model)


def break_weight(package: Path) -> None:
    """One bit of one byte of weight.bin flips: the highest of an exponent, or an int8's sign."""
    start, kind, _ = first_weights(package)
    data = bytearray((package / WEIGHTS).read_bytes())
    size = np.dtype(kind).itemsize
    data[start + size - 1] ^= 0x80 if kind == "i1" else 0x40
    (package / WEIGHTS).write_bytes(bytes(data))


def leave_engine(package: Path) -> None:
    """A ReLU becomes an op that the Neural Engine does not have."""
    model = read_model(package)
    next(op for op in operations(model) if op.type == "relu").type = "erf"
    save(package, model)
