"""Keeps MediaPipe's start-up log off the terminal."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

__all__ = ["quiet"]

NOISE: Final = re.compile(rb"^(INFO: |WARNING: All log messages|[IW]\d{4} )")


@contextmanager
def quiet() -> Iterator[None]:
    """Drops informational lines that native code writes to stderr inside; errors are passed on.

    MediaPipe's C++ log ignores GLOG_minloglevel before it is initialised, and Python never
    initialises it, so the file descriptor itself is held back for the short time of a start.
    """
    try:
        kept = os.dup(2)
    except OSError:  # no stderr at all, as in a windowed program
        yield
        return
    with tempfile.TemporaryFile() as log:
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            log.seek(0)
            for line in log:
                if not NOISE.match(line):
                    os.write(2, line)
