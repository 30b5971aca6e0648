"""Values of a saved MIL program: constants beside the operations, and arrays in weight.bin."""

import math
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from prink_export.network import ExportError

__all__ = ["FLOAT_TYPES", "Message", "Value", "WeightFile", "read_value", "shape_of", "type_of"]

Message = Any
"""A protobuf message of coremltools, which tells no types."""
Value = Tensor | str
"""Floats are float32 tensors that hold what their declared type can hold."""

# Numbers of MIL's DataType.
TYPES: Final = {
    1: "bool",
    2: "str",
    10: "float16",
    11: "float32",
    21: "int8",
    22: "int16",
    23: "int32",
    24: "int64",
    31: "uint8",
    32: "uint16",
    33: "uint32",
}
FLOAT_TYPES: Final = ("float16", "float32")
ENTRY: Final = 0xDEADBEEF  # begins the 64 bytes that describe an array in weight.bin
ENTRY_BYTES: Final = 24
FIELDS: Final = {"floats", "ints", "bools", "longInts"}
# torch computes with few integer types; these hold the same numbers.
HELD_AS: Final = {"uint16": "int32", "uint32": "int64", "float16": "float32"}


def type_of(spec: Message) -> str:
    """Returns the name of a value type's element type.

    Raises:
        ExportError: if it is a list, a dictionary or a type that iOS 16 does not know.
    """
    known = TYPES.get(spec.tensorType.dataType)
    if spec.WhichOneof("type") != "tensorType" or known is None:
        raise ExportError(
            "the package holds a value that is no tensor of a type iOS 16 knows; "
            "convert it for iOS 16"
        )
    return known


def shape_of(spec: Message) -> tuple[int, ...]:
    """Returns a tensor type's shape; -1 where the package leaves a side open."""
    sides = spec.tensorType.dimensions
    return tuple(
        int(side.constant.size) if side.WhichOneof("dimension") == "constant" else -1
        for side in sides
    )


class WeightFile:
    """The arrays of a weight.bin, found by the offset that the program tells."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes() if path.is_file() else b""

    def array(self, offset: int, kind: str, shape: tuple[int, ...]) -> NDArray[Any]:
        """Returns the array of an entry, of the same shape and, little endian, of the `kind` asked.

        Raises:
            ExportError: if there is none or its size is not that of the type and shape.
        """
        mark, _ = np.frombuffer(self.part(offset, 8), "<u4")
        if mark != ENTRY:
            raise ExportError(f"{self.path.name} holds no array at byte {offset}; export it again")
        size, start = np.frombuffer(self.part(offset + 8, 16), "<u8")
        array = np.frombuffer(self.part(int(start), int(size)), np.dtype(kind).newbyteorder("<"))
        if array.size != math.prod(shape):
            raise ExportError(
                f"{self.path.name} holds {array.size} numbers at byte {offset}, the program "
                f"declares {list(shape)}; export it again"
            )
        return array.reshape(shape)

    def part(self, start: int, size: int) -> bytes:
        """Returns bytes of the file; ExportError if it is too short."""
        if start + size > len(self.data):
            raise ExportError(
                f"{self.path.name} ends at byte {len(self.data)}, the program needs byte "
                f"{start + size}; copy the whole package"
            )
        return self.data[start : start + size]


def read_value(spec: Message, weights: WeightFile) -> Value:
    """Returns a constant of the program, of the declared shape, or a word.

    It is taken from beside the operation or from weight.bin.
    """
    kind, shape = type_of(spec.type), shape_of(spec.type)
    if kind == "str":
        return str(spec.immediateValue.tensor.strings.values[0])
    if spec.WhichOneof("value") == "blobFileValue":
        array = weights.array(spec.blobFileValue.offset, kind, shape)
    else:
        array = immediate(spec.immediateValue.tensor, kind, shape)
    return torch.from_numpy(np.ascontiguousarray(array.astype(HELD_AS.get(kind, kind))))


def immediate(tensor: Message, kind: str, shape: tuple[int, ...]) -> NDArray[Any]:
    field = tensor.WhichOneof("value")
    if field == "bytes":
        array = np.frombuffer(tensor.bytes.values, np.dtype(kind).newbyteorder("<"))
    elif field in FIELDS:
        array = np.array(getattr(tensor, field).values, kind)
    else:
        raise ExportError(f"the package holds a constant of {field}, which prink cannot read")
    return array.reshape(shape)
