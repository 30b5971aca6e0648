"""Every artifact against eager torch: on real inputs, noise and edges, in the user's terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from prink.arrays import Floats
from prink_export.measure.tolerances import GATED, SHARES, SLACK
from prink_export.network import Artifact, ExportError, Network, Runner
from prink_export.pipeline.formats import format_named
from prink_export.pipeline.preflight import built, eager, sample_inputs

__all__ = ["Case", "Parity", "Reading", "Reference", "measure", "reference"]

NOISES: Final = 2


@dataclass(frozen=True, eq=False)
class Case:
    """One input and what torch makes of it; `kind` is real, edge or noise."""

    kind: str
    name: str
    inputs: tuple[Floats, ...]
    outputs: list[Floats]


@dataclass(frozen=True, eq=False)
class Reference:
    """What artifacts of a network are held against; `spans` is each output's, over real inputs."""

    cases: tuple[Case, ...]
    spans: tuple[float, ...]


@dataclass(frozen=True)
class Reading:
    """How far one runner is from torch on one kind of input.

    Attributes:
        runner: What ran the artifact.
        kind: real, edge or noise.
        outputs: For each output the largest and the 99th percentile absolute error.
        terms: The judge's worst.
    """

    runner: str
    kind: str
    outputs: Mapping[str, tuple[float, float]]
    terms: Mapping[str, float]


@dataclass(frozen=True)
class Parity:
    """What was read of an artifact, and each breach in a sentence: none means equal enough."""

    readings: tuple[Reading, ...]
    breaches: tuple[str, ...]

    @property
    def worst(self) -> float:
        """The largest absolute error on real inputs of all outputs and runners; NaN if none ran."""
        found = [
            error
            for each in self.readings
            if each.kind == "real"
            for error, _ in each.outputs.values()
        ]
        return max(found, default=float("nan"))

    @property
    def terms(self) -> dict[str, float]:
        """The judge's worst terms on real inputs over all runners."""
        found: dict[str, float] = {}
        for each in self.readings:
            if each.kind == "real":
                for term, value in each.terms.items():
                    found[term] = max(value, found.get(term, value))
        return found


def reference(network: Network) -> Reference:
    """Returns torch's outputs on the network's samples, on edges and on noise.

    Raises:
        ExportError: if torch itself fails or says NaN on one, or there are no samples.
    """
    module = built(network)
    samples = sample_inputs(network)
    if not samples:
        raise ExportError(f"{network.name} has no samples to judge it on; give some (--samples)")
    given = [("real", f"sample {number}", each) for number, each in enumerate(samples)]
    given += [("edge", name, each) for name, each in edges(network)]
    given += [("noise", f"noise {number}", each) for number, each in enumerate(noise(network))]
    cases = [Case(kind, name, each, eager(module, each, network)) for kind, name, each in given]
    for case in cases:
        for port, output in zip(network.outputs, case.outputs, strict=True):
            if not np.isfinite(output).all():
                raise ExportError(
                    f"{network.name}: torch itself returns NaN or infinity in {port.name} on"
                    f" {case.name}; guard the division, log or root that makes it"
                )
    return Reference(tuple(cases), spans(cases, len(network.outputs)))


def spans(cases: Sequence[Case], outputs: int) -> tuple[float, ...]:
    """Returns how far each output reaches over the real inputs, at least a millionth."""
    real = [case.outputs for case in cases if case.kind == "real"]
    return tuple(
        max(max(float(np.abs(each[number]).max()) for each in real), 1e-6)
        for number in range(outputs)
    )


def edges(network: Network) -> list[tuple[str, tuple[Floats, ...]]]:
    """Returns inputs that break what only works in the middle: flat ones and single bright dots."""
    shapes = [port.shape for port in network.inputs]
    found = [
        (name, tuple(np.full(shape, value, np.float32) for shape in shapes))
        for name, value in (("zeros", 0.0), ("ones", 1.0), ("one half", 0.5))
    ]
    for name, ground, dot in (("a dot on black", 0.0, 1.0), ("a hole in white", 1.0, 0.0)):
        arrays = tuple(np.full(shape, ground, np.float32) for shape in shapes)
        for array in arrays:
            array[tuple(side // 2 for side in array.shape)] = dot
        found.append((name, arrays))
    return found


def noise(network: Network) -> list[tuple[Floats, ...]]:
    """Returns uniform noise 0..1, the same each time."""
    rng = np.random.default_rng(0)
    return [
        tuple(rng.random(port.shape, dtype=np.float32) for port in network.inputs)
        for _ in range(NOISES)
    ]


def measure(artifact: Artifact, network: Network, *, against: Reference | None = None) -> Parity:
    """Runs an artifact in every runner of its format and holds it against torch.

    Args:
        artifact: The file that was made.
        network: What it was made of.
        against: `reference(network)`, if it was computed before.

    Raises:
        ExportError: if torch's side cannot be computed.
    """
    against = against or reference(network)
    readings: list[Reading] = []
    breaches: list[str] = []
    try:
        runners = format_named(artifact.format).runners(artifact.path, network)
    except ExportError as cause:
        return Parity((), (str(cause),))
    for name, run in runners.items():
        for kind in ("real", "edge", "noise"):
            cases = [case for case in against.cases if case.kind == kind]
            outputs, broken = ran(run, cases, network)
            breaches += [f"{name}: {each}" for each in broken]
            if not broken:
                readings.append(read(name, kind, cases, outputs, network))
    for reading in readings:
        breaches += beyond(reading, artifact.precision, network, against.spans)
    if not runners:
        breaches.append("nothing here can run it")
    return Parity(tuple(readings), tuple(breaches))


def ran(
    run: Runner, cases: Sequence[Case], network: Network
) -> tuple[list[list[Floats]], list[str]]:
    """Returns an artifact's outputs on each case, and what is wrong with them but their size."""
    found = []
    for case in cases:
        try:
            outputs = run([each.copy() for each in case.inputs])
        except Exception as cause:
            return [], [f"fails on {case.name}: {cause!s:.200}"]
        if broken := malformed(outputs, case, network):
            return [], broken
        found.append(outputs)
    return found, []


def malformed(outputs: Sequence[Floats], case: Case, network: Network) -> list[str]:
    """Returns what is wrong with outputs apart from their values."""
    if len(outputs) != len(network.outputs):
        return [f"{len(outputs)} outputs for {len(network.outputs)} on {case.name}"]
    broken = []
    for port, output in zip(network.outputs, outputs, strict=True):
        if output.dtype != np.float32:
            broken.append(f"{port.name} is {output.dtype}, not float32")
        elif output.shape != port.shape:
            broken.append(f"{port.name} has the shape {output.shape}, not {port.shape}")
        elif not np.isfinite(output).all():
            broken.append(f"{port.name} holds NaN or infinity on {case.name}")
    return broken


def read(
    runner: str,
    kind: str,
    cases: Sequence[Case],
    outputs: Sequence[Sequence[Floats]],
    network: Network,
) -> Reading:
    """Returns the errors over all cases of one kind."""
    errors: dict[str, tuple[float, float]] = {}
    for number, port in enumerate(network.outputs):
        apart = np.concatenate(
            [
                np.abs(each[number].astype(np.float64) - case.outputs[number]).ravel()
                for case, each in zip(cases, outputs, strict=True)
            ]
        )
        errors[port.name] = (float(apart.max()), float(np.percentile(apart, 99)))
    terms: dict[str, float] = {}
    if network.judge:
        for case, each in zip(cases, outputs, strict=True):
            for term, value in network.judge(case.outputs, each).items():
                terms[term] = max(float(value), terms.get(term, float(value)))
    return Reading(runner, kind, errors, terms)


def beyond(reading: Reading, precision: str, network: Network, spans: Sequence[float]) -> list[str]:
    """Returns the errors that are larger than allowed, NaN included."""
    if reading.kind not in GATED.get(precision, ("real",)):
        return []
    slack = SLACK[reading.kind]
    own = network.limits.get(precision)
    found = []
    for port, span in zip(network.outputs, spans, strict=True):
        for what, value in zip(("max", "p99"), reading.outputs[port.name], strict=True):
            limit = own.get(what) if own is not None else SHARES[precision][what] * span
            if limit is not None and not value <= slack * limit:
                found.append(told(reading, f"{what} of {port.name}", value, slack * limit))
    for term, value in reading.terms.items():
        limit = (own or {}).get(term)
        if reading.kind == "real" and limit is not None and not value <= limit:
            found.append(told(reading, term, value, limit))
    return found


def told(reading: Reading, what: str, value: float, limit: float) -> str:
    return f"{reading.runner}, {reading.kind} inputs: {what} is {value:.3g}, allowed {limit:.3g}"
