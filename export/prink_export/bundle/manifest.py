"""A bundle's manifest: what is inside, for whom, and the hash of every file and of itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from prink_export.network import ExportError

__all__ = [
    "FORMAT",
    "MANIFEST",
    "PLATFORMS",
    "PRECISION",
    "Entry",
    "Manifest",
    "read_manifest",
    "sha256",
]

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
"""Version of the bundle's layout."""
PLATFORMS: Final = ("android", "ios", "web")
PRECISION: Final = "fp16"
"""Of a bundle's networks, where no other is asked for."""


@dataclass(frozen=True)
class Entry:
    """One file of a bundle.

    Attributes:
        path: With slashes, from the bundle's root.
        bytes: Its size.
        sha256: In hexadecimal.
        licence: SPDX name.
        platforms: Who installs it.
        features: Who needs it; empty for what everyone does.
    """

    path: str
    bytes: int
    sha256: str
    licence: str
    platforms: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What a bundle says of itself.

    Attributes:
        versions: Of the bundle's layout, prink, the schema of looks, draw plan and face atlas.
        features: As chosen.
        draws: Groups of the look that it can draw; a host leaves the others at their defaults.
        models: For each platform the file of each network.
        files: Sorted by path; without the manifest.
    """

    versions: Mapping[str, Any]
    features: tuple[str, ...]
    draws: tuple[str, ...]
    models: Mapping[str, Mapping[str, str]]
    files: tuple[Entry, ...]

    def text(self) -> str:
        """Returns `manifest.json`; the last entry is the hash of all others."""
        data = body(self)
        data["sha256"] = sha256(canonical(data))
        return json.dumps(data, indent=2) + "\n"

    def size(self, platform: str = "", *, feature: str = "") -> int:
        """Returns the bytes that a platform installs, or all; with `feature` what that needs."""
        own = 0 if feature else len(self.text())
        return own + sum(
            entry.bytes
            for entry in self.files
            if (not platform or platform in entry.platforms)
            and (not feature or feature in entry.features)
        )


def body(manifest: Manifest) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(asdict(manifest)))
    return {"kind": "prink bundle"} | data


def canonical(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def sha256(data: bytes) -> str:
    """Returns the hash in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(text: bytes) -> Manifest:
    """Returns the manifest of a `manifest.json`.

    Raises:
        ExportError: if it is no manifest of this layout, or was changed after it was written.
    """
    try:
        data = json.loads(text)
        if data.pop("kind") != "prink bundle":
            raise ValueError
        hashed, layout = data.pop("sha256"), data["versions"]["bundle"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExportError(f"{MANIFEST} is not that of a prink bundle") from None
    if layout != FORMAT:
        raise ExportError(f"the bundle has layout {layout!r}; this prink reads layout {FORMAT}")
    if hashed != sha256(canonical({"kind": "prink bundle"} | data)):
        raise ExportError(
            f"{MANIFEST} was changed after the bundle was made; make the bundle again"
        )
    try:
        manifest = parsed(data)
    except (KeyError, TypeError, AttributeError):
        raise ExportError(f"{MANIFEST} lacks an entry of layout {FORMAT}") from None
    if manifest.text().encode() != text:
        raise ExportError(
            f"{MANIFEST} was changed after the bundle was made; make the bundle again"
        )
    return manifest


def parsed(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        versions=data["versions"],
        features=words(data["features"]),
        draws=words(data["draws"]),
        models={
            platform: dict(zip(table, words([*table.values()]), strict=True))
            for platform, table in data["models"].items()
        },
        files=tuple(entry_of(each) for each in data["files"]),
    )


def entry_of(data: Mapping[str, Any]) -> Entry:
    lists: Iterable[str] = ("platforms", "features")
    words([data[name] for name in ("path", "sha256", "licence")])
    if type(data["bytes"]) is not int:
        raise TypeError
    return Entry(**(dict(data) | {name: words(data[name]) for name in lists}))


def words(given: object) -> tuple[str, ...]:
    """Returns a list of strings, checked, since another wrote it."""
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise TypeError
    if not "".join(given).isprintable():
        raise TypeError
    return tuple(given)
