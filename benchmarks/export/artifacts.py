"""Artifacts of prink's export and of the plain paths, made and held against torch in one run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Final

from torch import nn

from benchmarks.export.plain import PLAIN
from prink_export.measure.parity import Reading, Reference, measure, read
from prink_export.network import Artifact, Network
from prink_export.pipeline.formats import format_named
from prink_export.pipeline.silence import quiet

__all__ = ["Made", "import_converters", "ours", "plain"]

CONVERTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "onnx": ("onnxscript", "onnxruntime.quantization"),
    "coreml": ("coremltools.optimize.coreml",),
    "tflite": ("litert_torch", "ai_edge_quantizer.quantizer"),
}


@dataclass(frozen=True)
class Made:
    """What became of one network on one path.

    Attributes:
        network: Its name.
        format: onnx, coreml or tflite.
        precision: fp32, fp16, int8, ...
        plain: Whether it is the control, a converter's default settings.
        path: The file or folder, None if it was not made.
        seconds: What the conversion took.
        most: The largest absolute error on real inputs.
        p99: The 99th percentile of the absolute error.
        terms: The worst of the judge's terms.
        breaches: Broken limits, or why it was not made or does not run.
    """

    network: str
    format: str
    precision: str
    plain: bool
    path: Path | None = None
    seconds: float = 0.0
    most: float | None = None
    p99: float | None = None
    terms: Mapping[str, float] = field(default_factory=dict)
    breaches: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Network, format, precision and path in one word."""
        return f"{self.network} {self.format} {self.precision}" + (" plain" if self.plain else "")

    @property
    def size(self) -> int | None:
        """Bytes on disk, data files beside it included."""
        if self.path is None:
            return None
        if self.plain:  # it has a folder of its own
            files: Iterator[Path] = self.path.parent.rglob("*")
            return sum(each.stat().st_size for each in files if each.is_file())
        return Artifact(self.network, self.format, self.precision, self.path, 0.0).size


def import_converters(formats: Sequence[str]) -> None:
    """Imports what converts, so that the first artifact does not pay for it."""
    for name in (each for format in formats for each in CONVERTERS[format]):
        with quiet(), suppress(ImportError):  # the conversion says what is missing
            import_module(name)


def ours(
    network: Network,
    format: str,
    precision: str,
    against: Reference,
    out: Path,
    *,
    before: float = 0.0,
) -> Made:
    """Converts as prink-export does, every gate on.

    `before` are the seconds of what it is made of, if that was there already.
    """
    about = (network.name, format, precision, False)
    start = perf_counter()
    try:
        module = format_named(format)
        with quiet():
            path = module.convert(network, precision=precision, out=out)
        seconds = before + perf_counter() - start
        parity = measure(Artifact(*about[:3], path, seconds), network, against=against)
    except Exception as cause:  # a converter that fails is a row of the table, not the end
        return Made(*about, breaches=(in_short(cause),))
    real = [each for each in parity.readings if each.kind == "real"]
    return Made(*about, path, seconds, *errors(real), parity.breaches)


def plain(
    network: Network,
    module: nn.Module,
    format: str,
    precision: str,
    against: Reference,
    out: Path,
    *,
    before: float = 0.0,
) -> Made | None:
    """Converts with the converter's default settings; None where no such path is known.

    `before` as for ours.
    """
    way = PLAIN.get((format, precision))
    if way is None:
        return None
    about = (network.name, format, precision, True)
    folder = out / f"plain-{network.name}-{format}-{precision}"
    folder.mkdir(parents=True)
    examples = list(network.calibration())
    start = perf_counter()
    try:
        with quiet():
            path = way.make(module, examples, folder)
        seconds = before + perf_counter() - start
        run = way.runner(path)
        cases = [each for each in against.cases if each.kind == "real"]
        outputs = [run([each.copy() for each in case.inputs]) for case in cases]
        real = [read("plain", "real", cases, outputs, network)]
    except Exception as cause:
        return Made(*about, breaches=(in_short(cause),))
    return Made(*about, path, seconds, *errors(real))


def errors(readings: Sequence[Reading]) -> tuple[float | None, float | None, Mapping[str, float]]:
    """Returns the largest and the 99th percentile error of the worst output, and the terms.

    Of the first runner: ONNX Runtime, the interpreter of Core ML packages, LiteRT.
    """
    if not readings:
        return None, None, {}
    found = readings[0].outputs.values()
    return max(most for most, _ in found), max(p99 for _, p99 in found), readings[0].terms


def in_short(cause: Exception) -> str:
    """Returns an error's first line without folders."""
    lines = re.sub(r"(?<!\S)/\S+/", "", str(cause)).strip().splitlines()
    return f"{type(cause).__name__}: {lines[0][:160] if lines else ''}"
