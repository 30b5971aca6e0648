"""`prink-export models`: prink's own networks in every format."""

import argparse
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from prink_export.cli.exporting import LIMITS, UsageError, add_options, export_and_report

if TYPE_CHECKING:
    from prink_export.network import Network

__all__ = ["add_parser"]

EPILOG: Final = f"""\
{LIMITS}
examples:
  prink-export models --out artifacts
  prink-export models hair --format tflite --precision fp16,int8 --out artifacts
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
    parser.add_argument("names", nargs="*", metavar="NAME", help="encoder, hair; all")
    add_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Exports the named networks; returns the exit code."""
    from prink_export.registry import networks

    known = networks()
    for name in options.names:
        if name not in known:
            raise UsageError(f"no network {name}; known: {', '.join(known)}")
    names = options.names or list(known)
    return export_and_report({name: partial(registered, name) for name in names}, options)


def registered(name: str) -> "Network":
    """Returns a network of the registry; another process finds it by this function."""
    from prink_export.registry import networks

    return networks()[name]
