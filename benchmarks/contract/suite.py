"""What both suites share: their options, and how a run becomes files."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import moderngl

import prink
from benchmarks.contract.chart import Panel, save_chart
from benchmarks.contract.machine import device, machine
from benchmarks.contract.report import print_result
from benchmarks.contract.result import Figure, Result, Series, Table, write_result

__all__ = ["made_result", "options", "publish"]

QUICK = Path("out/benchmarks")


def options(description: str | None) -> argparse.ArgumentParser:
    """Returns a parser with what every suite takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help=f"a small run, written to {QUICK}")
    parser.add_argument(
        "--results", type=Path, help="folder for the files instead of the usual one"
    )
    return parser


def made_result(
    suite: str,
    context: moderngl.Context,
    *,
    seconds: float,
    settings: Mapping[str, Any],
    figures: Sequence[Figure],
    tables: Mapping[str, Table],
    series: Mapping[str, Series],
) -> Result:
    """Returns the result of a run that ends now."""
    return Result(
        suite=suite,
        prink=prink.__version__,
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=seconds,
        machine=machine(),
        device=device(context),
        settings=settings,
        figures=tuple(figures),
        tables=tables,
        series=series,
    )


def publish(result: Result, panels: Sequence[Panel], args: argparse.Namespace) -> Path:
    """Writes the result and its chart, prints both tables, and returns the result's path."""
    usual = QUICK if args.quick else Path(__file__).parents[1] / "results"
    folder = (args.results or usual) / result.prink
    path = write_result(result, folder)
    chart = save_chart(result, folder, panels)
    print_result(result, (path, chart))
    return path
