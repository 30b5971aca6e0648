"""Runs `prink-export` by `python -m prink_export.cli`."""

import sys

from prink_export.cli import main

if __name__ == "__main__":
    sys.exit(main())
