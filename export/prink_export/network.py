"""What is exported: a network, the inputs it is judged on, and which errors a user would notice."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prink.arrays import Floats
from prink.errors import PrinkError

if TYPE_CHECKING:  # a bundle is made and checked without torch
    from torch import nn

__all__ = ["FLOAT", "WHOLE", "Artifact", "Census", "ExportError", "Judge", "Network"]
__all__ += ["Port", "Runner"]

WHOLE: Final = "(the whole file)"
FLOAT: Final = "FLOAT32"
"""Keys of a census that are no operations: a file refused as a whole, and what of it is float."""

Runner = Callable[[Sequence[Floats]], list[Floats]]
"""Runs an artifact: inputs of batch one as the torch module takes them (planes first), outputs as
it gives them, all float32."""
Judge = Callable[[Sequence[Floats], Sequence[Floats]], Mapping[str, float]]
"""Says in a user's terms how wrong outputs are: `judge(of_torch, of_artifact)`, 0 is perfect."""


class ExportError(PrinkError, ValueError):
    """A network cannot be exported, told in one plain sentence."""


@dataclass(frozen=True)
class Port:
    """An input or output: its name and its shape with a batch of one, planes first.

    `image` tells that it is a picture 0..1, (1, 3 or 4, H, W), which Core ML may take as an image.
    """

    name: str
    shape: tuple[int, ...]
    image: bool = False


@dataclass(frozen=True, eq=False)
class Network:
    """A network and how it is judged.

    Attributes:
        name: Of its files, lower case.
        build: Returns the module in eval mode with its weights, float32, on the CPU.
        inputs: In the order of forward's arguments.
        outputs: In the order in which forward returns them.
        samples: Real inputs, each with a batch of one; never used for calibration.
        calibration: The same for int8; empty where there are none, and int8 is then refused.
        judge: Errors in the user's terms, worst of a batch of one.
        limits: For each precision (fp32, fp16, int8, ...) the largest error of each of the judge's
            terms, and of "max" and "p99" (absolute, over all outputs).
        about: One sentence for the file's metadata.
        licence: SPDX name.
        metadata: Further strings to keep inside the file, such as the schema's fields.
        stays: For each format the accelerators that none of its operations may leave.
        floats: Patterns (fnmatch) of module paths as named_modules() tells them, "" the network
            itself; where one fits a module, what its own forward computes stays float in int8 files
            of ONNX and TFLite, with weights of 8 bits. "*" is the whole network.
    """

    name: str
    build: Callable[[], "nn.Module"]
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    samples: Callable[[], Iterable[tuple[Floats, ...]]]
    calibration: Callable[[], Iterable[tuple[Floats, ...]]] = field(default=tuple)
    judge: Judge | None = None
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    about: str = ""
    licence: str = "Apache-2.0"
    metadata: Mapping[str, str] = field(default_factory=dict)
    stays: Mapping[str, Sequence[str]] = field(default_factory=dict)
    floats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Census:
    """What an artifact is made of.

    Attributes:
        ops: How often each operation occurs.
        leaves: For each accelerator ("GPU delegate", "Neural Engine", "NNAPI", "QNN") the
            operations that would leave it, with the reason; empty where all stay.
    """

    ops: Mapping[str, int]
    leaves: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Artifact:
    """A file (or, for Core ML, a folder) that was made of a network."""

    network: str
    format: str
    precision: str
    path: Path
    seconds: float

    @property
    def size(self) -> int:
        """Bytes on disk."""
        if self.path.is_file():
            return self.path.stat().st_size
        return sum(each.stat().st_size for each in self.path.rglob("*") if each.is_file())
