"""Files written whole or not at all."""

import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

__all__ = ["check_output", "check_suffix", "whole_file"]


def check_suffix(
    path: str | Path, known: Collection[str], *, what: str, error: type[Exception]
) -> str:
    """Returns the lower-case suffix of an output; `what` says what it holds, such as "a photo".

    Raises:
        Exception: of type `error`, if the suffix is missing or not among the known ones.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in known:
        wrong = f"as {suffix}" if suffix else "without a suffix"
        raise error(f"{what} cannot be written {wrong}; known: {', '.join(known)} ({path})")
    return suffix


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
    remove_stale(target)
    part = target.with_name(f"{start(target)}{os.getpid()}.part{target.suffix}")
    try:
        yield part
        try:
            part.replace(target)
        except OSError as cause:
            raise error(f"cannot write: {cause.strerror or cause} ({path})") from cause
    finally:
        part.unlink(missing_ok=True)


def start(target: Path) -> str:
    return f".{target.stem[:100]}."


def remove_stale(target: Path) -> None:
    """Removes what processes that were killed left of the same output."""
    before, after = start(target), f".part{target.suffix}"
    for part in target.parent.glob(f"{escape(before)}*{escape(after)}"):
        process = part.name.removeprefix(before).removesuffix(after)
        if process.isdecimal() and gone(int(process)):
            with suppress(OSError):
                part.unlink()


def gone(process: int) -> bool:
    """Tells whether no process has that number; False where it cannot be known."""
    if sys.platform == "win32":  # where signal 0 would be Ctrl-C
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
