"""Keeps MediaPipe's start-up log off the terminal."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import IO, Final

__all__ = ["quiet"]

NOISE: Final = re.compile(rb"^(INFO: |WARNING: All log messages|[IW]\d{4} )")


class Detour:
    """Where stderr goes while anybody is quiet: a process has one stderr, but many threads."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.users = 0
        self.kept = -1
        self.log: IO[bytes]
        self.told = 0  # bytes of the log that were looked at

    def enter(self) -> bool:
        """Holds stderr back; returns False where there is none, as in a windowed program."""
        with self.lock:
            if self.users == 0:
                try:
                    self.kept = os.dup(2)
                except OSError:
                    return False
                # For appending: reading moves the place that a writer shares with us.
                self.log, self.told = tempfile.TemporaryFile("a+b", buffering=0), 0  # noqa: SIM115
                os.dup2(self.log.fileno(), 2)
            self.users += 1
            return True

    def leave(self) -> None:
        """Passes on what is no noise; the last one out gives stderr back."""
        with self.lock:
            self.users -= 1
            if self.users == 0:
                os.dup2(self.kept, 2)
            self.pass_on(whole=self.users == 0)
            if self.users == 0:
                os.close(self.kept)
                self.log.close()

    def pass_on(self, *, whole: bool) -> None:
        """Writes the lines since the last time to the kept stderr; `whole`: a part of one, too."""
        self.log.seek(self.told)
        for line in self.log:
            if not whole and not line.endswith(b"\n"):
                break
            self.told += len(line)
            if not NOISE.match(line):
                os.write(self.kept, line)


detour: Final = Detour()


@contextmanager
def quiet() -> Iterator[None]:
    """Drops informational lines that native code writes to stderr inside; errors are passed on.

    MediaPipe's C++ log ignores GLOG_minloglevel before it is initialised, and Python never
    initialises it, so the file descriptor itself is held back for the short time of a start.
    """
    if not detour.enter():
        yield
        return
    try:
        yield
    finally:
        detour.leave()
