"""From networks to artifacts that were measured: convert, hold against torch, count, time.

Each row is yielded as it is done; a job that fails, or whose process dies, is a row of its own and
stops no other.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import torch
from torch import nn

from prink_export.measure.golden import write_golden
from prink_export.measure.parity import Reference, measure, reference
from prink_export.measure.timing import Timing, timed
from prink_export.network import FLOAT, WHOLE, Artifact, Census, ExportError, Network
from prink_export.pipeline.content_hash import Store, content_hash
from prink_export.pipeline.disk import disk_error
from prink_export.pipeline.formats import FORMATS, Format, format_named, shipped_as
from prink_export.pipeline.preflight import built, warnings
from prink_export.pipeline.row import Row
from prink_export.pipeline.side_by_side import side_by_side
from prink_export.pipeline.tree_hash import tree_hash

__all__ = ["Job", "Load", "Loaded", "Settings", "Tell", "export", "made", "precisions_of"]

Load = Callable[[], Network]
"""Makes a network; a function of a module, or a partial of one, where there is more than one job:
another process has to find it."""
Tell = Callable[[str, str], None]
"""Takes a network's name and a warning, before the network is converted."""


@dataclass(frozen=True)
class Settings:
    """How to export.

    Attributes:
        out: The folder of the artifacts.
        precisions: Those to make; a format that lacks one leaves it out.
        store: The folder of artifacts made before; None converts everything again.
        stays: Accelerators that no operation may leave ("NNAPI", "QNN", "CoreML EP",
            "GPU delegate", "Neural Engine"); a format that does not know one ignores it.
        golden: Whether to write golden pairs beside each Core ML package, see
            `prink_export.measure.golden`.
    """

    out: Path
    precisions: Sequence[str] = ("fp32", "fp16", "int8")
    store: Path | None = None
    stays: Sequence[str] = field(default=())
    golden: bool = False


@dataclass(frozen=True)
class Job:
    """All precisions of one network in one format."""

    name: str
    load: Load
    format: str
    settings: Settings

    def lost(self, reason: str, done: "Sequence[Row | Warned]") -> "list[Row | Warned]":
        """Returns the rows of what is not done."""
        known = {each.precision for each in done if isinstance(each, Row)}
        return [
            Row(self.name, self.format, each, breaches=(reason,))
            for each in self.settings.precisions
            if each not in known
        ]


def export(
    networks: Mapping[str, Load],
    *,
    formats: Sequence[str],
    settings: Settings,
    jobs: int = 1,
    tell: Tell | None = None,
) -> Iterator[Row]:
    """Yields a row for each network, format and precision, as they are done.

    Args:
        networks: What makes each network, by name.
        formats: Of `prink_export.pipeline.formats.FORMATS`.
        settings: Where to, and which precisions.
        jobs: Processes side by side.
        tell: Is called with each warning once, before the network's first artifact.

    Raises:
        ExportError: if a format or precision is not known at all, before anything is made.
    """
    for each in formats:
        if each not in FORMATS:
            raise ExportError(f"no format {each}; known: {', '.join(FORMATS)}")
    work = [Job(name, load, each, settings) for name, load in networks.items() for each in formats]
    several = jobs > 1 and len(work) > 1
    made = side_by_side(work, run, lost=Job.lost, jobs=jobs) if several else one_by_one(work)
    told: set[Warned] = set()
    for found in made:
        if isinstance(found, Row):
            yield found
        elif tell and found not in told:
            told.add(found)
            tell(found.network, found.warning)


@dataclass(frozen=True)
class Warned:
    """A rule that a network breaks, as a sentence."""

    network: str
    warning: str


def one_by_one(work: Sequence[Job]) -> Iterator["Row | Warned"]:
    """Yields what `run` does for each job; what several jobs share is loaded once."""
    known: dict[str, Loaded | ExportError] = {}
    for job in work:
        if job.name not in known:
            known[job.name] = loaded(job)
        yield from rows(job, known[job.name])


@dataclass(frozen=True, eq=False)
class Loaded:
    """A network that is ready, and torch's outputs."""

    network: Network
    module: nn.Module
    against: Reference
    warnings: tuple[str, ...] = ()


def loaded(job: Job) -> "Loaded | ExportError":
    """Returns the network and torch's outputs, or why there are none."""
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            network = job.load()
            module = built(network)
        # Built once: a builder with random weights would give another network each time.
        network = replace(network, build=lambda: copy.deepcopy(module))
        return Loaded(network, module, reference(network), warnings(module, network))
    except Exception as cause:
        return failure(cause, job.settings.out)


def run(job: Job) -> Iterator["Row | Warned"]:
    """Yields the warnings of one job, then its rows."""
    yield from rows(job, loaded(job))


def rows(job: Job, ready: "Loaded | ExportError") -> Iterator["Row | Warned"]:
    if isinstance(ready, ExportError):
        yield from job.lost(str(ready), [])
        return
    try:
        asked = asked_precisions(job)
    except Exception as cause:
        yield from job.lost(str(failure(cause, job.settings.out)), [])
        return
    yield from (Warned(job.name, each) for each in ready.warnings)
    for precision in asked:
        yield replace(row(job, ready, precision), warnings=ready.warnings)


def asked_precisions(job: Job) -> list[str]:
    """Returns the precisions to make, by the names under which the format ships them."""
    known = precisions_of(job.format)
    asked = dict.fromkeys(shipped_as(job.format, each) for each in job.settings.precisions)
    return [each for each in asked if each in known]


def precisions_of(format: str) -> tuple[str, ...]:
    """Returns the precisions of a format."""
    return format_named(format).PRECISIONS


def row(job: Job, ready: Loaded, precision: str) -> Row:
    """Makes and measures one artifact."""
    network, out = ready.network, job.settings.out
    name = (job.name, job.format, precision)
    artifact = None
    try:
        module = format_named(job.format)
        artifact, reused = made(job, ready, precision)
        if job.settings.golden and job.format == "coreml":
            write_golden(network, artifact.path, precision=precision)
        parity = measure(artifact, network, against=ready.against)
        census = module.census(artifact.path)
        times = {} if parity.breaches else timings(module, artifact, ready)
        left = departures(census, [*job.settings.stays, *network.stays.get(job.format, ())])
        return Row(
            *name,
            artifact,
            reused=reused,
            sha256=tree_hash(artifact.path),
            parity=parity,
            census=census,
            times=times,
            breaches=(*parity.breaches, *left),
            floats=network.floats if precision in ("int8", "int8c") else (),
        )
    except Exception as cause:
        return Row(*name, artifact, breaches=(str(failure(cause, out)),))


def made(job: Job, ready: Loaded, precision: str) -> tuple[Artifact, bool]:
    """Returns an artifact, and whether it was fetched instead of converted."""
    network, store, out = ready.network, Store(job.settings.store), job.settings.out
    start = perf_counter()
    key = content_hash(network, ready.module, ready.against, format=job.format, precision=precision)
    path = store.fetch(key, out)
    reused = path is not None
    if path is None:
        path = format_named(job.format).convert(network, precision=precision, out=out)
        store.keep(key, path)
    seconds = perf_counter() - start
    return Artifact(network.name, job.format, precision, path, seconds), reused


def timings(module: Format, artifact: Artifact, ready: Loaded) -> dict[str, Timing]:
    inputs = ready.against.cases[0].inputs
    runners = module.runners(artifact.path, ready.network)
    found = {name: timed(name, run, inputs) for name, run in runners.items()}
    return {name: each for name, each in found.items() if each is not None}


def departures(census: Census, stays: Sequence[str]) -> list[str]:
    """Returns a breach for each accelerator that operations leave, or may leave, though none may.

    Where an accelerator could not be asked, its census says so behind its name, after a comma: then
    the rules decide, and what they let pass stays unproved.
    """
    found = []
    for accelerator in dict.fromkeys(stays):
        for name, left in census.leaves.items():
            if name == accelerator or name.startswith(f"{accelerator}, "):
                found += [f"leaves {name}: {told(left)}"] if left else []
                if not left and name != accelerator:
                    found.append(f"nothing seems to leave {name}, which proves nothing")
    return found


def told(left: Mapping[str, str]) -> str:
    return "; ".join(
        {WHOLE: f"the whole file is refused: {why}", FLOAT: why}.get(op, f"{op} ({why})")
        for op, why in left.items()
    )


def failure(cause: Exception, out: Path) -> ExportError:
    """Returns one sentence for whatever went wrong."""
    if isinstance(cause, ExportError):
        return cause
    if isinstance(cause, OSError) and cause.errno is not None:
        return disk_error(cause, out)
    if isinstance(cause, ModuleNotFoundError):
        return ExportError(f"the package {cause.name} is missing: pip install 'prink[export]'")
    lines = str(cause).strip().splitlines()
    return ExportError(f"{type(cause).__name__}: {lines[0][:300] if lines else 'no reason given'}")
