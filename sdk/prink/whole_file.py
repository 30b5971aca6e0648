"""Files written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["check_output", "whole_file"]


def check_output(path: str | Path, *, error: type[Exception]) -> Path:
    """Returns the file that `path` stands for, links followed, once it is sure that it can be made.

    Raises:
        Exception: of type `error`, if the folder is missing or the place not writable.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise error(f"the output is a folder, not a file ({path})")
    if not target.parent.is_dir():
        raise error(f"the folder of the output does not exist: {target.parent} ({path})")
    if target.exists() and not target.is_file():
        raise error(f"the output is a device or pipe; prink replaces plain files only ({path})")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise error(f"cannot write to the folder {target.parent} ({path})")
    if target.exists() and not os.access(target, os.W_OK):
        raise error(f"the output is write-protected ({path})")
    return target


@contextmanager
def whole_file(path: str | Path, *, error: type[Exception]) -> Iterator[Path]:
    """Yields a temporary name beside `path`; it becomes `path` when the block ends well.

    The temporary name keeps the suffix, so that writers which look at it do the right thing.

    Raises:
        Exception: of type `error`, if the file cannot be put there; others pass through.
    """
    target = check_output(path, error=error)
    part = target.with_name(f".{target.stem[:100]}.{os.getpid()}.part{target.suffix}")
    try:
        yield part
        try:
            part.replace(target)
        except OSError as cause:
            raise error(f"cannot write: {cause.strerror or cause} ({path})") from cause
    finally:
        part.unlink(missing_ok=True)
