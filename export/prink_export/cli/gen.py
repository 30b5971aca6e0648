"""`prink-export gen`: the files of a checkout that are generated."""

import argparse
import sys
from pathlib import Path
from typing import Any

__all__ = ["add_parser"]

REPOSITORY = Path(__file__).resolve().parents[3]


def add_parser(commands: Any) -> None:  # noqa: ANN401 (argparse does not name its type)
    """Adds the command."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "gen",
        help="write a checkout's generated files: flat shaders, mesh, lookup pictures, hosts' code"
        " and test vectors, PARAMS.md",
        description="Writes the files of a checkout that have another source, and tells which.",
        epilog="example: prink-export gen --check",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if one is stale"
    )
    parser.add_argument(
        "--repository", type=Path, default=REPOSITORY, help="the checkout to work on"
    )
    parser.set_defaults(run=lambda options: generate(options.repository, check=options.check))


def generate(repository: Path, *, check: bool) -> int:
    """Writes or compares the generated files; returns 1 where --check finds a stale one."""
    if not (repository / "shaders/mesh/canonical.json").is_file():
        print(
            f"prink-export: gen needs a checkout with its shaders folder, not {repository}",
            file=sys.stderr,
        )
        return 2
    from prink_export.codegen import stale, write

    touched = stale(repository) if check else write(repository)
    for path in touched:
        print(("stale: " if check else "wrote ") + str(path.relative_to(repository)))
    return int(check and bool(touched))
