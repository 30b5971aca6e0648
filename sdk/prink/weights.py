"""Finds model files on this machine and checks them against `models.toml`; never uses a network."""

import hashlib
import os
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prink.errors import PrinkError

__all__ = ["Model", "ModelError", "cache_folder", "find_model", "folders", "models"]


class ModelError(PrinkError, ValueError):
    """A model file that is not the one `models.toml` names, or a name it does not have."""


@dataclass(frozen=True)
class Model:
    """One entry of `models.toml`."""

    name: str
    bytes: int
    sha256: str
    licence: str
    origin: str
    used_by: str


@cache
def models() -> dict[str, Model]:
    """Returns every model that prink knows, by file name."""
    table = tomllib.loads((Path(__file__).parent / "models.toml").read_text(encoding="utf-8"))
    return {entry["name"]: Model(**entry) for entry in table["model"]}


def cache_folder() -> Path:
    """Returns the user's folder for models, by the platform's convention; it need not exist."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "prink" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "prink"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "prink"


def folders() -> tuple[Path, ...]:
    """Returns the folders that are searched, first match wins.

    They are `$PRINK_ASSETS`, the user's cache and `../shared/assets` of a checkout that has it.

    Raises:
        ModelError: `PRINK_ASSETS` is set but is not a folder.
    """
    found = []
    if asked := os.environ.get("PRINK_ASSETS"):
        if not Path(asked).is_dir():
            raise ModelError(f"PRINK_ASSETS names {asked!r}, which is not a folder")
        found.append(Path(asked))
    found.append(cache_folder())
    checkout = Path(__file__).resolve().parents[2]
    beside = checkout.parent / "shared" / "assets"
    if (checkout / "pyproject.toml").is_file() and beside.is_dir():
        found.append(beside)
    return tuple(found)


def find_model(name: str) -> Path | None:
    """Returns the path of a model file, checked by size and hash, or None if it is nowhere.

    Raises:
        ModelError: The name is unknown, or the first file of that name is not the expected one.
    """
    if name not in models():
        raise ModelError(f"no model is called {name!r}; known are {', '.join(models())}")
    for folder in folders():
        path = folder / name
        if path.is_file():
            verify(path, models()[name])
            return path
    return None


def verify(path: Path, model: Model) -> None:
    stat = path.stat()
    if stat.st_size != model.bytes:
        raise ModelError(
            f"{path} has {stat.st_size:,} bytes, expected {model.bytes:,}: replace or remove it"
        )
    found = digest(path, stat.st_mtime_ns)
    if found != model.sha256:
        raise ModelError(
            f"{path} has sha256 {found[:16]}..., expected {model.sha256[:16]}...: "
            "replace or remove it"
        )


@cache
def digest(path: Path, changed_ns: int) -> str:
    """Returns the file's sha256; `changed_ns` makes a changed file be read again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
