"""A disk that is full or closed, told in one sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prink_export.network import ExportError

__all__ = ["disk_error", "writing"]


def disk_error(cause: OSError, place: Path) -> ExportError:
    """Returns the error for a place that cannot be written to."""
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return ExportError(f"the disk of {place} is full; free some space or give another --out")
    if cause.errno in (errno.EEXIST, errno.ENOTDIR):
        return ExportError(f"cannot write to {place}: there is a file in the place of a folder")
    return ExportError(f"cannot write to {place}: {cause.strerror or cause}")


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turns a block's operating system errors into an ExportError that names the place."""
    try:
        yield
    except OSError as cause:
        raise disk_error(cause, place) from cause
