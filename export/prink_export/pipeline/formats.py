"""The formats by name, each a module with the same four names."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from prink_export.network import Census, ExportError, Network, Runner

__all__ = ["FORMATS", "Format", "format_named", "shipped_as"]


class Format(Protocol):
    """What a format's module offers."""

    PRECISIONS: tuple[str, ...]

    def convert(self, network: Network, *, precision: str, out: Path) -> Path:
        """Writes the artifact whole or not at all."""

    def runners(self, path: Path, network: Network) -> dict[str, Runner]:
        """Returns every way to run it here."""

    def census(self, path: Path) -> Census:
        """Returns its operations and what would leave which accelerator."""


FORMATS: Final[Mapping[str, str]] = {
    "onnx": "prink_export.onnx.format",
    "onnx-batch": "prink_export.onnx.batch",
    "coreml": "prink_export.coreml.format",
    "tflite": "prink_export.tflite.format",
}

MEANS: Final[Mapping[str, Mapping[str, str]]] = {"coreml": {"int8": "int8w"}}
"""Core ML computes no whole numbers of 8 bits: int8 asked of it means the weights."""


def shipped_as(format: str, precision: str) -> str:
    """Returns the name under which a format ships a precision: Core ML's int8 is int8w."""
    return MEANS.get(format, {}).get(precision, precision)


def format_named(name: str) -> Format:
    """Returns the module of a format.

    Raises:
        ExportError: if there is no such format.
    """
    if name not in FORMATS:
        raise ExportError(f"no format {name}; known: {', '.join(FORMATS)}")
    return cast(Format, import_module(FORMATS[name]))
