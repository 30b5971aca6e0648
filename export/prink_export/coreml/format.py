"""Core ML packages: an mlprogram for iOS 16, run here by our MIL interpreter and for real on a Mac.

The doors are float32 whatever is computed inside; an input may be an 8-bit picture instead.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from prink.arrays import Floats
from prink_export.coreml import mil
from prink_export.coreml.neural_engine import leaves
from prink_export.coreml.package import describe
from prink_export.coreml.program import check_ports, compressed, ml_program
from prink_export.coreml.tools import core_ml_tools
from prink_export.measure.timing import STAND_IN
from prink_export.network import Census, ExportError, Network, Runner
from prink_export.pipeline.formats import shipped_as
from prink_export.pipeline.whole_folder import whole_folder

__all__ = [
    "INTERPRETER",
    "PRECISIONS",
    "SPECIFICATION",
    "Facts",
    "census",
    "convert",
    "facts",
    "largest_activation",
    "runners",
]

PRECISIONS: Final = ("fp32", "fp16", "int8w", "pal6")
"""int8w: float16 with weights of 8 bits; pal6: float16 with weights of a 64-number palette."""
INTERPRETER: Final = f"MIL by {STAND_IN}"
SPECIFICATION: Final = 7  # what iOS 16 reads
BGR: Final = 30  # FeatureTypes.proto, ImageFeatureType.ColorSpace


def convert(network: Network, *, precision: str, out: Path, images: bool = False) -> Path:
    """Writes a package into `out` and returns its path; whole or not at all.

    Args:
        network: What to convert; its ports name the inputs and outputs.
        precision: One of PRECISIONS, or int8 for int8w.
        out: The folder of the package NAME.PRECISION.mlpackage.
        images: Whether ports that are pictures become Core ML images (8 bits, RGB); the file is
            then NAME.image.PRECISION.mlpackage.

    Raises:
        ExportError: if an op cannot be converted, a port is wrong, a weight is no number, a
            package such as coremltools is missing, or the folder cannot be written.
    """
    precision = shipped_as("coreml", precision)
    if precision not in PRECISIONS:
        raise ExportError(f"Core ML has no precision {precision}; use {', '.join(PRECISIONS)}")
    check_ports(network, images=images)
    tools = core_ml_tools()
    made = compressed(tools, ml_program(tools, network, precision, images=images), precision)
    kind = f"image.{precision}" if images else precision
    path = out / f"{network.name}.{kind}.mlpackage"
    with whole_folder(path) as part:
        made.save(str(part))
        describe(part, network, precision)
        check(part, network)
    return path


def check(path: Path, network: Network) -> None:
    """Raises ExportError if a package is not what was asked for."""
    program, spec = mil.load(path), mil.read_model(path)
    if spec.specificationVersion != SPECIFICATION:
        raise ExportError(
            f"the package wants Core ML {spec.specificationVersion}, iOS 16 reads {SPECIFICATION}"
        )
    names = [port.name for port in (*network.inputs, *network.outputs)]
    found = [each.name for each in (*program.inputs, *spec.description.output)]
    if sorted(names) != sorted(found):
        raise ExportError(f"the package's inputs and outputs are {found}, asked for were {names}")
    program.check_known()
    lost = program.infinite()
    if lost:
        raise ExportError(
            f"{network.name}: {lost[0]} is beyond float16's {mil.FLOAT16_MAX:.0f}: scale the "
            "numbers down in the module, or export fp32"
        )


def runners(path: Path, network: Network) -> dict[str, Runner]:
    """Returns the ways to run a package here: our interpreter, and Core ML itself on a Mac."""
    program, description = mil.load(path), mil.read_model(path).description
    pictures = {
        each.name: int(each.type.imageType.colorSpace)
        for each in description.input
        if each.type.WhichOneof("Type") == "imageType"
    }

    def interpret(inputs: Sequence[Floats]) -> list[Floats]:
        feeds = {
            port.name: pixels(given, pictures[port.name]) if port.name in pictures else given
            for port, given in zip(network.inputs, inputs, strict=True)
        }
        return ordered(program.run(feeds), network)

    found: dict[str, Runner] = {INTERPRETER: interpret}
    if sys.platform == "darwin":
        found["Core ML"] = predictor(path, network, pictures)
    return found


def pixels(picture: Floats, color_space: int) -> Floats:
    """Returns 8-bit planes as Core ML hands a picture 0..1 to the program, in its colour order."""
    planes = np.rint(np.clip(picture, 0.0, 1.0) * 255.0).astype(np.float32)
    return np.flip(planes, 1).copy() if color_space == BGR else planes


def predictor(path: Path, network: Network, pictures: Mapping[str, int]) -> Runner:
    """Returns Core ML's own prediction; only a Mac has it."""
    from PIL import Image

    model = core_ml_tools().models.MLModel(str(path))

    def predict(inputs: Sequence[Floats]) -> list[Floats]:
        feeds: dict[str, Any] = {}
        for port, given in zip(network.inputs, inputs, strict=True):
            feeds[port.name] = given
            if port.name in pictures:
                # Core ML itself reorders the colours of a picture.
                planes = pixels(given, 0)[0].astype(np.uint8)
                feeds[port.name] = Image.fromarray(np.moveaxis(planes, 0, -1))
        return ordered(model.predict(feeds), network)

    return predict


def ordered(found: Mapping[str, Any], network: Network) -> list[Floats]:
    missing = [port.name for port in network.outputs if port.name not in found]
    if missing:
        raise ExportError(f"the package gives no output {', '.join(missing)}; export it again")
    return [np.asarray(found[port.name], np.float32) for port in network.outputs]


def census(path: Path) -> Census:
    """Returns a package's operations and those that would leave the Neural Engine."""
    program = mil.load(path)
    return Census(ops=program.ops, leaves={"Neural Engine": leaves(program)})


@dataclass(frozen=True)
class Facts:
    """What a package is.

    Attributes:
        specification: Core ML's format version; 7 is what iOS 16 reads.
        weight_bytes: Bytes of weight.bin.
        types: How many operations give each type.
    """

    specification: int
    weight_bytes: int
    types: Mapping[str, int]


def facts(path: Path) -> Facts:
    """Returns what a package is."""
    program, weights = mil.load(path), path / mil.WEIGHTS
    types = [step.outputs[0].type for step in program.steps]
    return Facts(
        mil.read_model(path).specificationVersion,
        weights.stat().st_size if weights.is_file() else 0,
        {each: types.count(each) for each in sorted(set(types))},
    )


def largest_activation(path: Path, inputs: Mapping[str, Floats]) -> tuple[str, float]:
    """Returns the operation with the largest absolute result, and the result.

    float16 holds up to 65504 (`mil.FLOAT16_MAX`). Inputs, by name, have their port's shape; an
    image, such as (1, 3, H, W), has 0..255.

    Raises:
        ExportError: if a float16 package leaves that range.
    """
    return mil.load(path).largest(inputs)
