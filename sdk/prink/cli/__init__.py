"""The `prink` command; `main` is where it starts."""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns 0, 1 for a failure, 2 for wrong usage or 130 for Ctrl-C."""
    try:
        # Here, so that Ctrl-C while this is read ends in a sentence as well.
        from prink.cli.loading import undisturbed

        with undisturbed():
            from prink.cli.command import run

        return run(arguments)
    except KeyboardInterrupt:
        print("prink: stopped", file=sys.stderr)
        return 130
