"""Verifies a device bundle, folder or zip: of this version, whole, and nothing but itself."""

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from prink_export.bundle.content import versions
from prink_export.bundle.manifest import MANIFEST, Manifest, read_manifest, sha256
from prink_export.network import ExportError

__all__ = ["check_bundle"]

Read = Callable[[int], bytes]
"""Returns a file's first bytes, at most so many."""
LARGEST_MANIFEST = 4_000_000


def check_bundle(path: Path) -> Manifest:
    """Returns the manifest of a bundle that is what its manifest says.

    Raises:
        ExportError: with the reason: no bundle, another version, a path outside, or a file that is
            missing, unknown or changed.
    """
    with opened(path) as files:
        if MANIFEST not in files:
            raise ExportError(f"there is no {MANIFEST}, so it is no bundle ({path})")
        try:
            manifest = read_manifest(files[MANIFEST](LARGEST_MANIFEST))
            check_versions(manifest)
            check_files(manifest, files)
        except ExportError as error:
            raise ExportError(f"{error} ({path})") from None
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[Mapping[str, Read]]:
    if path.is_dir():
        yield folder_files(path)
    elif zipfile.is_zipfile(path):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise ExportError(f"the zip is broken: {error} ({path})") from None
        with archive:
            yield zip_files(archive, path)
    else:
        what = "neither a folder nor a whole zip" if path.exists() else "not there"
        raise ExportError(f"the bundle is {what} ({path})")


def folder_files(root: Path) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for folder, folders, names in os.walk(root):
        for name in (*folders, *names):
            path = Path(folder, name)
            inside = path.relative_to(root).as_posix()
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise ExportError(f"{inside} is a link or device, not a file ({root})")
            if path.is_file():
                found[inside] = first_bytes(path)
    return found


def first_bytes(path: Path) -> Read:
    def read(most: int) -> bytes:
        with path.open("rb") as file:
            return file.read(most)

    return read


def zip_files(archive: zipfile.ZipFile, path: Path) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        if entry.filename in found:
            raise ExportError(f"{entry.filename} is twice in the zip ({path})")
        found[entry.filename] = unpacked(archive, entry)
    return found


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Read:
    def read(most: int) -> bytes:
        try:
            with archive.open(entry) as file:
                return file.read(most)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise ExportError(f"{entry.filename} cannot be unpacked: {error}") from None

    return read


def check_versions(manifest: Manifest) -> None:
    for what, ours in versions().items():
        given = manifest.versions.get(what)
        if given != ours:
            raise ExportError(
                f"the bundle is of {what} {given}, this is {what} {ours}; "
                "make the bundle again with this prink"
            )


def check_files(manifest: Manifest, files: Mapping[str, Read]) -> None:
    named = {entry.path: entry for entry in manifest.files}
    for path in (*named, *files):
        if not is_inside(path):
            raise ExportError(f"{path!r} lies outside the bundle")
    if missing := sorted(named.keys() - files.keys()):
        raise ExportError(f"{missing[0]} is missing")
    if extra := sorted(files.keys() - named.keys() - {MANIFEST}):
        raise ExportError(f"{extra[0]} is not in the manifest")
    for path in (each for table in manifest.models.values() for each in table.values()):
        if not any(name == path or name.startswith(f"{path}/") for name in named):
            raise ExportError(f"{path} is missing, though the manifest counts it as a network")
    for path, entry in named.items():
        data = files[path](entry.bytes + 1)
        if len(data) != entry.bytes or sha256(data) != entry.sha256:
            raise ExportError(f"{path} was changed: it is not the file that the manifest names")


def is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return (
        path == str(pure)
        and not pure.is_absolute()
        and ".." not in pure.parts
        and not any(sign in path for sign in "\\:\0")
    )
