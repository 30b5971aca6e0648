"""`python -m prink` is the `prink` command."""

import sys

from prink.cli import main

sys.exit(main())
