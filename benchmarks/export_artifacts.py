"""Artifacts of prink's export and of the plain paths, made and held against torch in one run."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from time import perf_counter

import numpy as np
from torch import nn

from benchmarks.export_plain import PLAIN
from prink_export.formats import format_named
from prink_export.network import Artifact, Floats, Judge, Network, Runner
from prink_export.parity import Reference, measure

__all__ = ["Made", "ours", "plain"]


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


def ours(network: Network, format: str, precision: str, against: Reference, out: Path) -> Made:
    """Converts as prink-export does, every gate on."""
    about = (network.name, format, precision, False)
    start = perf_counter()
    try:
        module = format_named(format)
        path = module.convert(network, precision=precision, out=out)
        seconds = perf_counter() - start
        parity = measure(Artifact(*about[:3], path, seconds), network, against=against)
        run = next(iter(module.runners(path, network).values()))
        most, p99, terms = errors(run, against, network.judge)
    except Exception as cause:  # a converter that fails is a row of the table, not the end
        return Made(*about, breaches=(in_short(cause),))
    return Made(*about, path, seconds, most, p99, terms, parity.breaches)


def plain(
    network: Network, module: nn.Module, format: str, precision: str, against: Reference, out: Path
) -> Made | None:
    """Converts with the converter's default settings; None where no such path is known."""
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
        seconds = perf_counter() - start
        most, p99, terms = errors(way.runner(path), against, network.judge)
    except Exception as cause:
        return Made(*about, breaches=(in_short(cause),))
    return Made(*about, path, seconds, most, p99, terms)


@contextmanager
def quiet() -> Iterator[None]:
    """Keeps what converters print and log off the terminal."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


def errors(
    run: Runner, against: Reference, judge: Judge | None
) -> tuple[float, float, dict[str, float]]:
    """Returns the largest and the 99th percentile error and the judge's worst, on real inputs."""
    apart: list[Floats] = []
    terms: dict[str, float] = {}
    for case in (each for each in against.cases if each.kind == "real"):
        found = run([each.copy() for each in case.inputs])
        apart += [np.abs(a - b).ravel() for a, b in zip(found, case.outputs, strict=True)]
        for term, value in judge(case.outputs, found).items() if judge else ():
            terms[term] = max(value, terms.get(term, 0.0))
    together = np.concatenate(apart)
    return float(together.max()), float(np.percentile(together, 99)), terms


def in_short(cause: Exception) -> str:
    lines = str(cause).strip().splitlines()
    return f"{type(cause).__name__}: {lines[0][:160] if lines else ''}"
