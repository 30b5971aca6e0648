"""One line of the report: an artifact, what it computes, where it runs, and whether it may ship."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prink_export.measure.parity import Parity
from prink_export.measure.timing import Timing
from prink_export.network import Artifact, Census

__all__ = ["Row"]


@dataclass(frozen=True)
class Row:
    """What became of one network in one format and precision.

    Attributes:
        network: Its name.
        format: onnx, onnx-batch, coreml or tflite.
        precision: fp32, fp16, int8, ...
        artifact: What was written, None if nothing was.
        reused: It was fetched by its content hash, not converted again.
        sha256: Of the file, or of the folder's files and names.
        parity: How far it is from torch.
        census: Its operations and what leaves which accelerator.
        times: For each runner that tells a machine's time.
        breaches: Each reason why it may not ship; empty means the gate is green.
        floats: Patterns of the modules that compute in float in this int8 file.
        warnings: Rules for phones that the network breaks, a sentence each.
    """

    network: str
    format: str
    precision: str
    artifact: Artifact | None = None
    reused: bool = False
    sha256: str = ""
    parity: Parity | None = None
    census: Census | None = None
    times: Mapping[str, Timing] = field(default_factory=dict)
    breaches: tuple[str, ...] = ()
    floats: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it was made and no gate was broken."""
        return self.artifact is not None and not self.breaches

    def as_json(self) -> dict[str, Any]:
        """Returns what a JSON file holds of it."""
        parity, census = self.parity, self.census
        return {
            "network": self.network,
            "format": self.format,
            "precision": self.precision,
            "passed": self.passed,
            "breaches": list(self.breaches),
            "floats": list(self.floats),
            "warnings": list(self.warnings),
            "file": self.artifact.path.name if self.artifact else None,
            "bytes": self.artifact.size if self.artifact else None,
            "sha256": self.sha256,
            "seconds": round(self.artifact.seconds, 2) if self.artifact else None,
            "reused": self.reused,
            "readings": [
                {
                    "runner": each.runner,
                    "inputs": each.kind,
                    "outputs": {
                        name: {"max": most, "p99": p99}
                        for name, (most, p99) in each.outputs.items()
                    },
                    "terms": dict(each.terms),
                }
                for each in (parity.readings if parity else ())
            ],
            "ops": dict(census.ops) if census else {},
            "leaves": {name: dict(ops) for name, ops in census.leaves.items()} if census else {},
            "ms": {
                name: {"min": each.least, "median": each.median, "runs": each.runs}
                for name, each in self.times.items()
            },
        }
