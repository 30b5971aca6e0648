"""What `models` and `model` share: their options, the run with its progress, and the exit code."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prink.errors import PrinkError

if TYPE_CHECKING:
    from prink_export.pipeline.export import Load

__all__ = ["add_options", "export_and_report"]

FORMATS: Final = "onnx,coreml,tflite"
LOG_WIDTH: Final = 140
PRECISIONS: Final = "fp32,fp16,int8"
ACCELERATORS: Final = ("NNAPI", "QNN", "CoreML EP", "GPU delegate", "Neural Engine")
"""What `--stays` may name: what the censuses of all formats tell of."""
LIMITS: Final = """\
Each artifact is held against eager torch on real inputs, on noise and on edges (all zero, all one,
one half, single dots). The exit code is 1 if one error is larger than allowed, a NaN, a missing
output, a wrong shape or type is found, or an operation leaves an accelerator of --stays. What a
network does that phones do not run well is told as `warn` before it is converted; that is no error.
"""


class UsageError(PrinkError, ValueError):
    """The command line asks for something that is not there."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what both commands take."""
    parser.add_argument(
        "--format",
        default=FORMATS,
        metavar="LIST",
        help=f"of onnx, onnx-batch (a batch of 1 to 64), coreml, tflite; {FORMATS}",
    )
    parser.add_argument(
        "--precision",
        default=PRECISIONS,
        metavar="LIST",
        help="of fp32, fp16, int8; coreml also int8w, pal6 (weights only; int8 means int8w); tflite"
        f" also int8c (float doors); {PRECISIONS}",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    parser.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="processes side by side; 1"
    )
    parser.add_argument(
        "--stays",
        default="",
        metavar="LIST",
        help=f"fail if an operation leaves one: {', '.join(ACCELERATORS)}",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=None,
        metavar="DIR",
        help="artifacts by content hash, so that nothing is converted twice; ~/.cache/prink/export",
    )
    parser.add_argument(
        "--golden",
        action="store_true",
        help="write an input and torch's outputs beside each Core ML package, to compare on a Mac"
        " or phone",
    )
    parser.add_argument("--no-cache", action="store_true", help="convert everything again")


def count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)


def export_and_report(networks: Mapping[str, Load], options: argparse.Namespace) -> int:
    """Exports, prints each row as it is done, then the table; returns 1 on any breach."""
    # Set before torch wakes up: spinning threads make two jobs slower than one after the other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from rich.console import Console

    from prink_export.pipeline.export import Settings, export
    from prink_export.pipeline.report import line, print_report, warned, write_report

    formats = listed(options.format, "--format")
    settings = Settings(
        options.out,
        precisions=wanted(options, formats),
        store=None if options.no_cache else options.cache or cache_folder(),
        stays=accelerators(options.stays),
        golden=options.golden,
    )
    check_folder(options.out)
    console = Console()
    if not console.is_terminal:
        console.width = LOG_WIDTH  # of a file, which has no window to fit
    rows = []
    with console.status("exporting") as status:

        def tell(network: str, warning: str) -> None:
            told = warned(network, warning)
            console.print(told, markup=False, highlight=False, soft_wrap=True)

        made = export(networks, formats=formats, settings=settings, jobs=options.jobs, tell=tell)
        for row in made:
            rows.append(row)
            console.print(line(row), markup=False, highlight=False, soft_wrap=True)
            status.update(f"exporting: {len(rows)} done")
    order = {each: ranks(each, settings.precisions) for each in formats}
    rows.sort(
        key=lambda row: (row.network, formats.index(row.format), order[row.format][row.precision])
    )
    print_report(rows, console)
    console.print(f"{write_report(rows, options.out)}: every reading")
    return int(not rows or not all(row.passed for row in rows))


def ranks(format: str, precisions: Sequence[str]) -> dict[str, int]:
    """Returns the places of the precisions, as they were asked and as the format names them."""
    from prink_export.pipeline.formats import shipped_as

    places = {each: number for number, each in enumerate(precisions)}
    return {shipped_as(format, each): number for each, number in places.items()} | places


def wanted(options: argparse.Namespace, formats: list[str]) -> list[str]:
    """Returns the precisions, each known to at least one of the formats."""
    from prink_export.pipeline.export import precisions_of
    from prink_export.pipeline.formats import shipped_as

    precisions = listed(options.precision, "--precision")
    known = {each for name in formats for each in precisions_of(name)}
    for each in precisions:
        if not any(shipped_as(name, each) in known for name in formats):
            raise UsageError(
                f"no precision {each} in {', '.join(formats)}; known: {', '.join(sorted(known))}"
            )
    return precisions


def accelerators(text: str) -> list[str]:
    """Returns the accelerators of `--stays`, each known: a gate for another would never close."""
    names = listed(text, "--stays") if text else []
    for each in names:
        if each not in ACCELERATORS:
            raise UsageError(f"no accelerator {each}; known: {', '.join(ACCELERATORS)}")
    return names


def check_folder(out: Path) -> None:
    """Refuses a place that cannot be written to before hours are spent on what goes there."""
    place = out
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise UsageError(f"--out {out} cannot be a folder: {place} is a file; name another")
    if not os.access(place, os.W_OK | os.X_OK):
        raise UsageError(f"--out {out}: cannot write to the folder {place}; name another")


def listed(text: str, option: str) -> list[str]:
    """Returns the names of a list with commas, each once."""
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise UsageError(f"{option} is empty")
    return names


def cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "prink/export"
