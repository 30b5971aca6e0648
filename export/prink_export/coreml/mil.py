"""A saved Core ML package executed here, operation by operation, from its own bytes.

It is a stand-in: it proves graph, weights, layout and what float16 does to the numbers, not
Apple's kernels. Sums are float32 inside an operation; each result is rounded to the type that the
package declares for it, and its shape is compared.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

from prink.arrays import Floats
from prink_export.coreml.mil_inputs import Inputs
from prink_export.coreml.mil_ops import CONSTANTS, OPERATIONS
from prink_export.coreml.mil_values import (
    FLOAT_TYPES,
    Message,
    Value,
    WeightFile,
    read_value,
    shape_of,
    type_of,
)
from prink_export.coreml.tools import core_ml_tools
from prink_export.network import ExportError

__all__ = ["FLOAT16_MAX", "MODEL", "WEIGHTS", "Declared", "Program", "Step", "load", "read_model"]

MODEL: Final = Path("Data/com.apple.CoreML/model.mlmodel")
WEIGHTS: Final = Path("Data/com.apple.CoreML/weights/weight.bin")
FLOAT16_MAX: Final = 65504.0
ROUND: Final = {
    "float32": torch.float32,
    "bool": torch.bool,
    "int8": torch.int8,
    "uint8": torch.uint8,
    "int16": torch.int16,
    "uint16": torch.int32,
    "int32": torch.int32,
}


@dataclass(frozen=True)
class Declared:
    """A value as the package declares it; -1 stands for a side it leaves open."""

    name: str
    type: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """An operation: its type, the names of what it is given, and what it declares to give."""

    op: str
    inputs: Mapping[str, tuple[str, ...]]
    outputs: tuple[Declared, ...]

    @property
    def title(self) -> str:
        """The type and name, for messages."""
        return f"{self.op} '{self.outputs[0].name}'"


@dataclass(frozen=True, eq=False)
class Program:
    """A loaded program.

    Attributes:
        inputs: What it takes.
        outputs: The names of what it gives.
        steps: The operations in order, constants apart.
        constants: Every constant by its name, compressed weights unpacked.
        ops: How often each operation occurs, unpacking of weights included, constants not.
    """

    inputs: tuple[Declared, ...]
    outputs: tuple[str, ...]
    steps: tuple[Step, ...]
    constants: Mapping[str, Value]
    ops: Mapping[str, int]

    def run(
        self,
        feeds: Mapping[str, Floats],
        watch: Callable[[Step, Tensor], None] | None = None,
    ) -> dict[str, Floats]:
        """Returns the outputs by name; `watch` sees each operation's results on the way.

        What is fed and what comes out has the declared shape, batch first.

        Raises:
            ExportError: naming the operation, if the interpreter lacks it, it gives another shape
                than declared, or a finite number leaves the range of float16.
        """
        self.check_known()
        known: dict[str, Value] = dict(self.constants)
        for given in self.inputs:
            fed = torch.from_numpy(np.ascontiguousarray(feeds[given.name], np.float32))
            known[given.name] = rounded(f"input '{given.name}'", fed, given)
        with torch.no_grad():
            for step in self.steps:
                for declared, result in zip(step.outputs, execute(step, known), strict=True):
                    known[declared.name] = held = rounded(step.title, result, declared)
                    if watch is not None:
                        watch(step, held)
        return {name: as_array(known[name]) for name in self.outputs}

    def check_known(self) -> None:
        """Raises ExportError naming the operations that the interpreter lacks."""
        missing = sorted({step.op for step in self.steps} - OPERATIONS.keys())
        if missing:
            raise ExportError(
                f"our MIL interpreter has no op {', '.join(missing)}: write the module without it, "
                "or check the package on a Mac"
            )

    def infinite(self) -> list[str]:
        """Returns which constants are no finite numbers, each with the operation that takes it.

        The bounds of clip may be infinite: that is how a clamp with one bound is written.
        """
        found = []
        for step in self.steps:
            names = [name for key in step.inputs for name in step.inputs[key]]
            for name in names if step.op != "clip" else []:
                held = self.constants.get(name)
                if isinstance(held, Tensor) and not bool(held.isfinite().all()):
                    found.append(f"the constant '{name}' of {step.title}")
        return found

    def largest(self, feeds: Mapping[str, Floats]) -> tuple[str, float]:
        """Returns the operation with the largest absolute result, and that number.

        Each of `feeds` has the declared shape of the input of its name.
        """
        found = [("", 0.0)]

        def watch(step: Step, result: Tensor) -> None:
            if result.is_floating_point() and result.numel():
                found.append((step.title, float(result.abs().max())))

        self.run(feeds, watch)
        return max(found, key=lambda each: each[1])


def as_array(value: Value) -> Floats:
    assert isinstance(value, Tensor)
    return value.to(torch.float32).numpy()


def execute(step: Step, known: Mapping[str, Value]) -> Sequence[Tensor]:
    given = {name: [known[each] for each in names] for name, names in step.inputs.items()}
    try:
        result = OPERATIONS[step.op](Inputs(step.title, given))
    except (RuntimeError, IndexError, KeyError, ValueError) as cause:
        if isinstance(cause, ExportError):
            raise
        raise ExportError(f"MIL op {step.title} cannot be computed: {cause}") from cause
    return [result] if isinstance(result, Tensor) else result


def rounded(title: str, result: Tensor, declared: Declared) -> Tensor:
    """Returns a result as its declared type can hold it; float16 is held as float32."""
    fits = len(result.shape) == len(declared.shape) and all(
        want in (-1, got) for got, want in zip(result.shape, declared.shape, strict=True)
    )
    if not fits:
        raise ExportError(
            f"MIL op {title} gives {list(result.shape)}, the package declares "
            f"{list(declared.shape)}"
        )
    if declared.type != "float16":
        return result.to(ROUND[declared.type])
    held = result.to(torch.float16).to(torch.float32)
    lost = held.isinf() & result.isfinite()
    if bool(lost.any()):
        peak = float(result.float()[lost].abs().max())
        raise ExportError(
            f"MIL op {title} reaches {peak:.4g}, beyond float16's {FLOAT16_MAX:.0f}: scale the "
            "numbers down in the module, or export fp32"
        )
    return held


def read_model(package: Path) -> Message:
    """Returns the model description of a package, a protobuf message.

    Raises:
        ExportError: if it is no package of an mlprogram.
    """
    core_ml_tools()
    from coremltools.proto import Model_pb2
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    model = Model_pb2.Model()
    try:
        model.ParseFromString((package / MODEL).read_bytes())
    except (OSError, DecodeError) as cause:
        raise ExportError(f"not a whole Core ML package: {package} ({cause})") from cause
    if model.WhichOneof("Type") != "mlProgram":
        raise ExportError(f"{package} is no mlprogram; convert it for iOS 16")
    return model


def load(package: Path) -> Program:
    """Returns the program of a saved package with its weights.

    Raises:
        ExportError: if files are missing or broken, or it is no mlprogram.
    """
    main = read_model(package).mlProgram.functions["main"]
    block = main.block_specializations[main.opset]
    weights = WeightFile(package / WEIGHTS)
    constants: dict[str, Value] = {}
    steps = []
    for spec in block.operations:
        if spec.type == "const":
            constants[spec.outputs[0].name] = read_value(spec.attributes["val"], weights)
        elif spec.type.startswith("constexpr_"):
            constants[spec.outputs[0].name] = unpacked(spec, constants, weights)
        else:
            steps.append(step_of(spec, constants, weights))
    counted = Counter(spec.type for spec in block.operations if spec.type != "const")
    inputs = tuple(declared(each) for each in main.inputs)
    return Program(inputs, tuple(block.outputs), tuple(steps), constants, dict(counted))


def declared(spec: Message) -> Declared:
    return Declared(spec.name, type_of(spec.type), shape_of(spec.type))


def step_of(spec: Message, constants: dict[str, Value], weights: WeightFile) -> Step:
    """Returns an operation; values written into it become constants of their own."""
    inputs = {}
    for key, argument in spec.inputs.items():
        names = []
        for place, binding in enumerate(argument.arguments):
            name = binding.name
            if binding.WhichOneof("binding") == "value":
                name = f"{spec.outputs[0].name} {key} {place}"
                constants[name] = read_value(binding.value, weights)
            names.append(name)
        inputs[key] = tuple(names)
    return Step(spec.type, inputs, tuple(declared(each) for each in spec.outputs))


def unpacked(spec: Message, constants: Mapping[str, Value], weights: WeightFile) -> Tensor:
    """Returns compressed weights as the numbers they stand for."""
    if spec.type not in CONSTANTS:
        raise ExportError(f"our MIL interpreter has no op {spec.type}; compress for iOS 16")
    given: dict[str, list[Value]] = {
        key: [read_value(value, weights)] for key, value in spec.attributes.items() if key != "name"
    }
    for key, argument in spec.inputs.items():
        given[key] = [
            constants[each.name]
            if each.WhichOneof("binding") == "name"
            else read_value(each.value, weights)
            for each in argument.arguments
        ]
    want = declared(spec.outputs[0])
    title = f"{spec.type} '{want.name}'"
    result = CONSTANTS[spec.type](Inputs(title, given))
    assert isinstance(result, Tensor)
    assert want.type in FLOAT_TYPES
    return rounded(title, result, want)
