"""The sum by which an artifact is known, be it a file or a folder."""

import hashlib
from pathlib import Path

__all__ = ["tree_hash"]


def tree_hash(path: Path) -> str:
    """Returns the sha256 of a file, or of a folder's files with their names."""
    found = hashlib.sha256()
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    for each in files:
        found.update(each.relative_to(path.parent).as_posix().encode())
        found.update(each.read_bytes())
    return found.hexdigest()
