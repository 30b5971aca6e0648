"""The `prink-export` command: each sub-command is a module here with `add_parser`."""

import argparse
import sys
from typing import Final

from prink.errors import PrinkError
from prink_export.cli import bundle, check, gen, model, models

__all__ = ["COMMANDS", "main"]

COMMANDS: Final = (models, model, bundle, check, gen)
"""Modules with `add_parser(commands)`, which sets `run=`, a function of the options that
returns the exit code. They import what is heavy when they run, so that help is instant."""

EPILOG: Final = """\
examples:
  prink-export models --format onnx,coreml,tflite --precision fp32,fp16,int8 --out artifacts
  prink-export models encoder --format onnx --precision fp16 --out artifacts
  prink-export model my_module:build --example 1x3x224x224 --samples photos --out artifacts
  prink-export bundle --models artifacts --out prink.bundle --features lips,eyes,hair --zip
  prink-export check prink.bundle.zip
  prink-export gen --check
"""


def main(arguments: list[str] | None = None) -> int:
    """Runs `prink-export`; returns 0, 1 where a gate is broken, 2 for wrong usage."""
    parser = argparse.ArgumentParser(
        prog="prink-export",
        description="Carries prink, or any torch network, to other platforms.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except KeyboardInterrupt:
        print("prink-export: stopped", file=sys.stderr)
        return 130
    except ModuleNotFoundError as cause:
        missing = f"the package {cause.name} is missing: pip install 'prink[export]'"
        print(f"prink-export: {missing}", file=sys.stderr)
        return 2
    except PrinkError as cause:
        print(f"prink-export: {cause}", file=sys.stderr)
        return 2
    return code
