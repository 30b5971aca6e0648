"""`prink-export models`: prink's own networks in every format."""

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prink_export.cli.exporting import LIMITS, UsageError, add_options, export_and_report

if TYPE_CHECKING:
    from prink_export.network import Network

__all__ = ["add_parser"]

EPILOG: Final = f"""\
{LIMITS}
examples:
  prink-export models --out artifacts
  prink-export models encoder --weights encoder=out/train_student/encoder.onnx --out artifacts
  prink-export models parse --format tflite --precision fp16,int8 --out artifacts
  prink-export models --format onnx,coreml,tflite --precision fp32,fp16,int8 --out DIR --jobs 2
"""


def add_parser(commands: Any) -> None:  # noqa: ANN401 (argparse does not name its type)
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "models",
        help="prink's networks in every format and precision, measured",
        description="Exports prink's networks and measures every file.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as encoder, parse; all")
    told = "weights of your own: an .onnx or a checkpoint.pt that prink's training wrote"
    parser.add_argument("--weights", action="append", default=[], metavar="NAME=PATH", help=told)
    add_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exports the named networks; returns the exit code."""
    from prink_export.networks.registry import networks

    weights = weights_given(options.weights)
    known = networks(weights)
    for name in options.names:
        if name not in known:
            raise UsageError(f"no network {name}; known: {', '.join(known)}")
    names = options.names or list(known)
    return export_and_report({name: partial(registered, name, weights) for name in names}, options)


def weights_given(texts: Sequence[str]) -> dict[str, Path]:
    """Returns the files by the network's name.

    Raises:
        UsageError: if one is not NAME=PATH, or there is no such file.
    """
    found = {}
    for text in texts:
        name, equals, path = text.partition("=")
        if not (name and equals and path):
            raise UsageError(f"--weights is NAME=PATH, such as parse=parse.onnx, got {text!r}")
        if not Path(path).is_file():
            raise UsageError(f"there is no file with weights of that name ({path})")
        found[name] = Path(path)
    return found


def registered(name: str, weights: Mapping[str, Path]) -> "Network":
    """Returns a network of the registry; another process finds it by this function."""
    from prink_export.networks.registry import networks

    return networks(weights)[name]
