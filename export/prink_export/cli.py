"""The `prink-export` command."""

import argparse
import sys
from pathlib import Path

__all__ = ["main"]

REPOSITORY = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Runs `prink-export`; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="prink-export",
        description="Carries prink to other platforms.",
        epilog="example: prink-export gen --check",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    gen = commands.add_parser(
        "gen",
        help="write a checkout's generated files: flat shaders, mesh, lookup pictures, PARAMS.md",
    )
    gen.add_argument("--check", action="store_true", help="write nothing; exit 1 if one is stale")
    gen.add_argument("--repository", type=Path, default=REPOSITORY, help="the checkout to work on")
    options = parser.parse_args(arguments)
    return generate(options.repository, check=options.check)


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


if __name__ == "__main__":
    sys.exit(main())
