"""Any nn.Module as a network to export: found by `module:name`, judged on the user's inputs."""

import importlib
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
import torch
from torch import nn

from prink.arrays import Floats
from prink_export.network import ExportError, Network, Port
from prink_export.pipeline.preflight import check_weights, forward, shown

__all__ = ["UserNetwork", "example_shape"]

PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
MADE_UP: Final = 8  # inputs that are made if none are given


@dataclass(frozen=True)
class UserNetwork:
    """Makes the network of a user's module when called; it can be sent to another process.

    Attributes:
        place: `my_package.my_module:build`, a function or class that is called without arguments,
            or a module object.
        examples: The shape of each input, with a batch of one.
        samples: A folder of pictures (0..1, made as large as the input) or an .npz with an array
            for each input, in order; empty for smooth made-up inputs, and then without int8.
        name: Of the files.
        limits: For each precision the largest errors; empty for shares of the outputs' span.
    """

    place: str
    examples: tuple[tuple[int, ...], ...]
    samples: str = ""
    name: str = ""
    limits: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()

    def __call__(self) -> Network:
        """Returns the network.

        Raises:
            ExportError: if the module or the samples cannot be found or do not fit.
        """
        module = self.build()
        name = self.name or self.place.partition(":")[2].lower()
        alone = len(self.examples) == 1
        inputs = tuple(
            Port(
                "input" if alone else f"input_{number}",
                shape,
                image=len(shape) == 4 and shape[1] in (3, 4) and bool(self.samples),
            )
            for number, shape in enumerate(self.examples)
        )
        real = self.real()
        half = (len(real) + 1) // 2
        return Network(
            name=name,
            build=self.build,
            inputs=inputs,
            outputs=ports(module, self.examples, name),
            samples=lambda: real[:half] if real else made_up(self.examples),
            calibration=lambda: real[half:],
            limits={precision: dict(each) for precision, each in self.limits},
            about=f"{name}, exported from torch.",
            licence="",
        )

    def build(self) -> nn.Module:
        """Returns the user's module in eval mode."""
        file, _, attribute = self.place.partition(":")
        if not (file and attribute):
            raise ExportError(f"{self.place} names no module; write my_module:build")
        dots = dotted(file)
        if "" not in sys.path and str(Path.cwd()) not in sys.path:
            sys.path.insert(0, str(Path.cwd()))
        try:
            found = importlib.import_module(dots)
        except ModuleNotFoundError as cause:
            raise ExportError(f"{self.place}: no module {cause.name} can be imported") from cause
        except Exception as cause:
            raise ExportError(f"{self.place} cannot be imported: {cause!s:.300}") from cause
        if not hasattr(found, attribute):
            raise ExportError(f"{file} has no {attribute}")
        made = getattr(found, attribute)
        if not isinstance(made, nn.Module):
            try:
                made = made()
            except Exception as cause:
                raise ExportError(f"{self.place}() fails: {cause!s:.300}") from cause
        if not isinstance(made, nn.Module):
            raise ExportError(f"{self.place} is no nn.Module but {type(made).__name__}")
        return made.eval()

    def real(self) -> list[tuple[Floats, ...]]:
        """Returns the user's inputs, at least two if there are any.

        Each has an array for each of `examples`, of the same shape.
        """
        if not self.samples:
            return []
        path = Path(self.samples)
        if not path.exists():
            raise ExportError(f"no samples at {path}")
        found = pictures(path, self.examples) if path.is_dir() else arrays(path, self.examples)
        if len(found) < 2:
            raise ExportError(f"{path} holds {len(found)} samples; give two or more, int8 wants 64")
        return found


def dotted(file: str) -> str:
    """Returns `nets.small` of `nets.small`, `nets/small.py` or `./nets/small.py`.

    Raises:
        ExportError: if a path leads out of the working folder, where nothing is imported from.
    """
    if not (file.endswith(".py") or "/" in file):
        return file
    path = os.path.relpath(file)
    if path.startswith(".."):
        raise ExportError(
            f"{file} lies outside of the working folder; change to its folder and write"
            f" {Path(file).stem}:build"
        )
    return path.removesuffix(".py").replace("/", ".")


def example_shape(text: str) -> tuple[int, ...]:
    """Returns the numbers of "1x3x224x224".

    Raises:
        ExportError: if it is not a shape of fixed sides with a batch of one.
    """
    parts = text.lower().replace(",", "x").split("x")
    if not all(part.isdecimal() and int(part) for part in parts):
        raise ExportError(
            f"the example {text} is not a fixed shape; write every side as a number, such as"
            " 1x3x224x224"
        )
    shape = tuple(map(int, parts))
    if shape[0] != 1:
        raise ExportError(f"the example {text} has a batch of {shape[0]}; write 1 first")
    return shape


def ports(module: nn.Module, examples: Sequence[tuple[int, ...]], name: str) -> tuple[Port, ...]:
    """Returns the outputs' ports by running the module once."""
    check_weights(module, name)
    outputs = forward(module, [torch.zeros(shape) for shape in examples], name)
    # Prefixed, because an inner value of the same name makes an ONNX file that loads nowhere.
    return tuple(Port(f"out_{number}", tuple(each.shape)) for number, each in enumerate(outputs))


def made_up(examples: Iterable[tuple[int, ...]]) -> list[tuple[Floats, ...]]:
    """Returns smooth inputs 0..1, the same each time: a stand-in for real ones."""
    rng = np.random.default_rng(7)
    found = []
    for _ in range(MADE_UP):
        each = []
        for shape in examples:
            waves = np.zeros(shape)
            for axis, side in enumerate(shape):
                along = np.linspace(0, rng.uniform(1, 8), side) + rng.uniform(0, 6)
                waves = waves + np.sin(along).reshape(
                    [-1 if k == axis else 1 for k in range(len(shape))]
                )
            each.append((0.5 + 0.5 * np.sin(waves)).astype(np.float32))
        found.append(tuple(each))
    return found


def pictures(folder: Path, examples: Sequence[tuple[int, ...]]) -> list[tuple[Floats, ...]]:
    """Returns the pictures of a folder as RGB planes 0..1 of the example's size."""
    from PIL import Image, UnidentifiedImageError

    if len(examples) != 1 or len(examples[0]) != 4 or examples[0][1] not in (1, 3, 4):
        raise ExportError(
            "a folder of pictures needs one input of 1x3xHxW, not"
            f" {' and '.join(map(shown, examples))}; give an .npz instead"
        )
    _, planes, height, width = examples[0]
    kind = {1: "L", 3: "RGB", 4: "RGBA"}[planes]
    found: list[tuple[Floats, ...]] = []
    for path in sorted(each for each in folder.iterdir() if each.suffix.lower() in PICTURES):
        try:
            with Image.open(path) as opened:
                pixels = np.asarray(opened.convert(kind).resize((width, height)), np.float32) / 255
        except (OSError, UnidentifiedImageError) as cause:
            raise ExportError(f"{path} is no picture") from cause
        pixels = pixels.reshape(height, width, planes).transpose(2, 0, 1)[None]
        found.append((np.ascontiguousarray(pixels),))
    if not found:
        raise ExportError(f"no pictures in {folder}; known: {', '.join(PICTURES)}")
    return found


def arrays(path: Path, examples: Sequence[tuple[int, ...]]) -> list[tuple[Floats, ...]]:
    """Returns the rows of an .npz: an array of (N, ...) for each input, in order."""
    try:
        with np.load(path) as opened:
            columns = [opened[key].astype(np.float32) for key in opened.files]
    except (OSError, ValueError, TypeError, AttributeError, EOFError, BadZipFile) as cause:
        raise ExportError(
            f"{path} is no .npz with an array of numbers for each input; make one with np.savez"
        ) from cause
    if len(columns) != len(examples):
        raise ExportError(f"{path} has {len(columns)} arrays for {len(examples)} inputs")
    for column, shape in zip(columns, examples, strict=True):
        if column.shape[1:] != shape[1:]:
            raise ExportError(
                f"{path} holds rows of {shown(column.shape[1:])}, the input is {shown(shape[1:])};"
                " the arrays follow the order of --example"
            )
    if len({len(column) for column in columns}) > 1:
        raise ExportError(f"{path}: its arrays have different numbers of rows")
    return [tuple(column[row : row + 1] for column in columns) for row in range(len(columns[0]))]
