"""Command line of the code generator."""

import argparse
import sys
from pathlib import Path

from prink_export.codegen.outputs import stale, write

REPOSITORY = Path(__file__).resolve().parents[3]


def main() -> int:
    """Writes stale generated files, or with --check lists them and fails."""
    parser = argparse.ArgumentParser(prog="python -m prink_export.codegen", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is stale")
    check = parser.parse_args().check
    touched = stale(REPOSITORY) if check else write(REPOSITORY)
    for path in touched:
        print(("stale: " if check else "wrote ") + str(path.relative_to(REPOSITORY)))
    return int(check and bool(touched))


if __name__ == "__main__":
    sys.exit(main())
