"""`prink-export check`: verifies a device bundle."""

import argparse
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_parser"]


def add_parser(commands: Any) -> None:  # noqa: ANN401 (argparse does not name its type)
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="verify a device bundle, folder or zip",
        description="Verifies a device bundle: of this version, whole, and nothing but itself.",
        epilog="example: prink-export check prink.bundle.zip",
    )
    parser.add_argument("bundle", type=Path, help="such as prink.bundle or prink.bundle.zip")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Checks the bundle; returns 0, or 1 where it is refused."""
    from prink_export.bundle.check import check_bundle
    from prink_export.network import ExportError

    try:
        manifest = check_bundle(options.bundle)
    except ExportError as refused:
        print(f"prink-export: {refused}", file=sys.stderr)
        return 1
    names = ", ".join(manifest.features)
    print(f"{options.bundle} is whole: {len(manifest.files)} files; features: {names}")
    return 0
