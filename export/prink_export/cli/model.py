"""`prink-export model`: any user's nn.Module through the same pipeline."""

import argparse
from typing import Any, Final

from prink_export.cli.exporting import LIMITS, UsageError, add_options, export_and_report
from prink_export.measure.tolerances import SHARES

__all__ = ["add_parser"]

EPILOG: Final = f"""\
{LIMITS}
What is allowed without --limit, as a share of what an output spans on the samples:
  fp32 1e-4 (99 % of numbers 1e-5), fp16 2e-2 (5e-3), int8 and int8c 1e-1 (5e-2),
  int8w 5e-2 (2e-2), pal6 2e-1 (1e-1). Noise and edges may be off four times as far; beyond fp32 and
  fp16 they are reported only. One --limit of a precision replaces both of its shares.

Half of the samples judge, the other half calibrate int8. Without --samples smooth made-up inputs
judge, and int8 is refused.

examples:
  prink-export model my_module:build --example 1x3x224x224 --samples photos --out artifacts
  prink-export model nets:Tiny --example 1x16 --precision fp16 --format onnx --out artifacts
  prink-export model nets:two_inputs --example 1x3x64x64 --example 1x8 --samples rows.npz --out DIR
  prink-export model nets:a nets:b nets:c --example 1x3x64x64 --jobs 3 --out DIR
"""


def add_parser(commands: Any) -> None:  # noqa: ANN401 (argparse does not name its type)
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "model",
        help="your own nn.Module in every format and precision, measured",
        description="Exports any nn.Module and measures every file.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "places",
        nargs="+",
        metavar="MODULE:NAME",
        help="a function or class that makes the module with its weights; several for checkpoints",
    )
    parser.add_argument(
        "--example",
        action="append",
        required=True,
        metavar="SHAPE",
        help="shape of an input with a batch of one, such as 1x3x224x224; once for each input",
    )
    parser.add_argument(
        "--samples",
        default="",
        metavar="DIR|NPZ",
        help="real inputs: a folder of pictures, or an .npz with an array (N, ...) for each input",
    )
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="PRECISION.WHAT=VALUE",
        help="largest absolute error, such as fp16.max=0.01 or int8.p99=0.1",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exports the module; returns the exit code."""
    from prink_export.pipeline.user_network import UserNetwork, example_shape

    examples = tuple(map(example_shape, options.example))
    limits = tuple((name, tuple(each.items())) for name, each in limited(options.limit).items())
    loads = {
        name: UserNetwork(place, examples, options.samples, name, limits)
        for name, place in zip(names_of(options.places), options.places, strict=True)
    }
    return export_and_report(loads, options)


def names_of(places: list[str]) -> list[str]:
    """Returns what the files of each place are called, no two the same.

    Raises:
        UsageError: if two places would have one name.
    """
    names = [place.partition(":")[2].lower() or place.strip(":") for place in places]
    if len(set(names)) < len(names):  # two modules may both have a `build`
        names = [place.replace(":", ".").lower() for place in places]
    names = [name.removeprefix("./").replace("/", ".") for name in names]
    for number, name in enumerate(names):
        if name in names[:number]:
            before = places[names.index(name)]
            raise UsageError(
                f"{before} and {places[number]} would both be written as {name}; export them into"
                " two folders"
            )
    return names


def limited(texts: list[str]) -> dict[str, dict[str, float]]:
    """Returns the limits by precision."""
    found: dict[str, dict[str, float]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        precision, _, what = name.partition(".")
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if what not in ("max", "p99") or not number >= 0:
            raise UsageError(f"--limit {text} is not like fp16.max=0.01")
        if precision not in SHARES:
            raise UsageError(
                f"--limit {text}: no precision {precision}; known: {', '.join(SHARES)}"
            )
        found.setdefault(precision, {})[what] = number
    return found
