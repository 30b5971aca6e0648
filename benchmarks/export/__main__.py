"""Export: size, error and time of every artifact, beside the converters' default settings.

python -m benchmarks.export [--only NAME ...] [--formats onnx,coreml,tflite] [--quick]
"""

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import torch
from rich.progress import Progress
from torch import nn

from benchmarks.contract.report import progress
from benchmarks.contract.suite import made_result, options, publish
from benchmarks.export.artifacts import Made, import_converters, ours, plain
from benchmarks.export.figures import (
    artifact_table,
    charts,
    figures,
    ops_table,
    red_table,
    versus_table,
)
from benchmarks.export.profile import top_ten
from benchmarks.export.timing import THREADS, Timed, eager_run, in_turn, once
from prink.render.context import open_context
from prink_export.measure.parity import reference
from prink_export.network import Network
from prink_export.networks.registry import networks
from prink_export.pipeline.formats import format_named
from prink_export.pipeline.preflight import built

__all__ = ["main"]

FORMATS: Final = ("onnx", "coreml", "tflite")
ROUNDS: Final = 30
QUICK_SAMPLES: Final = 2


def main(arguments: list[str] | None = None) -> None:
    """Runs the suite, prints its tables and writes result and chart."""
    args = parsed(arguments)
    torch.set_num_threads(1)
    start, context = time.monotonic(), open_context()
    made: list[Made] = []
    times: dict[int, dict[str, Timed]] = {threads: {} for threads in THREADS}
    profiles: dict[str, list[tuple[str, float]]] = {}
    with ExitStack() as stack:
        out = Path(stack.enter_context(TemporaryDirectory()))
        bar = stack.enter_context(progress())
        import_converters(args.formats)
        for network in chosen(args):
            module = built(network)
            some = list(artifacts(network, module, args.formats, out, bar))
            measure_times(network, module, some, times, profiles, rounds=args.rounds)
            made += some
        sizes = artifact_table(made, times)  # while the files are there
        tables = {
            "artifacts": sizes,
            "ours over the converter's defaults": versus_table(made, times),
            "red, or not made": red_table(made),
            "slowest operations": ops_table(profiles),
        }
        found, panels = figures(made, times), charts(made, times)
        result = made_result(
            "export",
            context,
            seconds=time.monotonic() - start,
            settings=settings(args),
            figures=found,
            tables=tables,
            series={},
        )
        bar.stop()
        publish(result, panels, args)


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="networks; all by default")
    formats = "comma-separated, of " + ", ".join(FORMATS)
    parser.add_argument(
        "--formats", type=lambda text: text.split(","), default=FORMATS, help=formats
    )
    parser.add_argument("--rounds", type=int, help=f"runs of each artifact; {ROUNDS}")
    args = parser.parse_args(arguments)
    args.rounds = args.rounds or (3 if args.quick else ROUNDS)
    return args


def chosen(args: argparse.Namespace) -> Iterator[Network]:
    """Yields the networks to measure, a quick run's with few inputs."""
    for name, network in networks().items():
        if args.only and name not in args.only:
            continue
        if args.quick:
            few = tuple(islice(network.samples(), QUICK_SAMPLES))
            some = tuple(islice(network.calibration(), QUICK_SAMPLES))
            network = replace(
                network, samples=partial(tuple, few), calibration=partial(tuple, some)
            )
        yield network


def artifacts(
    network: Network, module: nn.Module, formats: Sequence[str], out: Path, bar: Progress
) -> Iterator[Made]:
    """Yields every artifact and its control."""
    against = reference(network)
    floats = [0.0, 0.0]  # seconds of the float TFLite files, which all others are made of
    work = [(each, precision) for each in formats for precision in precisions(each)]
    task = bar.add_task(network.name, total=len(work))
    for format, precision in work:
        bar.update(task, description=f"{network.name} {format} {precision}")
        before = floats if format == "tflite" and precision != "fp32" else [0.0, 0.0]
        one = ours(network, format, precision, against, out, before=before[0])
        other = plain(network, module, format, precision, against, out, before=before[1])
        if precision == "fp32":
            floats = [one.seconds, other.seconds if other else 0.0]
        for each in filter(None, (one, other)):
            told = (f"{each.name}: {each.seconds:.1f} s", *each.breaches[:1])
            bar.console.print(*told, soft_wrap=True)
            yield each
        bar.advance(task)


def precisions(format: str) -> tuple[str, ...]:
    return format_named(format).PRECISIONS


def measure_times(
    network: Network,
    module: nn.Module,
    made: Sequence[Made],
    times: Mapping[int, dict[str, Timed]],
    profiles: dict[str, list[tuple[str, float]]],
    *,
    rounds: int,
) -> None:
    """Times all artifacts of a network in turn, and asks each where its time goes."""
    inputs = next(iter(network.samples()))
    ready = {each.name: each.path for each in made if each.path is not None}
    for threads in THREADS:
        runs = {name: once(path, inputs, threads) for name, path in ready.items()}
        real = {name: run for name, run in runs.items() if run is not None}
        eager = {f"{network.name} torch": eager_run(module, inputs, threads)}
        times[threads].update(in_turn(real | eager, rounds=rounds))
    torch.set_num_threads(1)
    for name, path in ready.items():
        if ops := top_ten(path, inputs):
            profiles[name] = ops


def settings(args: argparse.Namespace) -> dict[str, Any]:
    """Returns how much was measured."""
    return {"rounds": args.rounds, "formats": list(args.formats), "quick": args.quick}


if __name__ == "__main__":
    main()
