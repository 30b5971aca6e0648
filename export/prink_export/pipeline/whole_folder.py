"""Folders written whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prink_export.network import ExportError
from prink_export.pipeline.disk import disk_error

__all__ = ["whole_folder"]


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Yields a name beside `path` to make a folder at; it becomes `path` when the block ends well.

    A folder that was there is replaced; where anything fails it stays as it was.

    Raises:
        ExportError: if the place cannot be written or the disk is full.
    """
    if path.is_file():
        raise ExportError(f"the output is a file, not a folder ({path})")
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    before = path.with_name(f".{path.stem}.{os.getpid()}.before{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        if path.exists():
            path.rename(before)
        part.rename(path)
    except OSError as cause:
        if before.exists() and not path.exists():
            before.rename(path)
        raise disk_error(cause, path.parent) from cause
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)
