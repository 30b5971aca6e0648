"""The device bundle: all that a phone or a web page installs, as a folder or a zip."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from prink.render.plan import shipped_plan
from prink.whole_file import whole_file
from prink_export.bundle.content import Content, collect
from prink_export.bundle.features import choose
from prink_export.bundle.manifest import MANIFEST, PLATFORMS, PRECISION, Manifest, read_manifest
from prink_export.network import ExportError
from prink_export.networks.registry import features_by_network
from prink_export.pipeline.whole_folder import whole_folder

__all__ = ["BUDGET", "make_bundle", "size_table"]

BUDGET: Final = 12_000_000
"""Most bytes that one platform may install, hair included."""
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)  # the time that every file of a zip has


def make_bundle(
    out: Path,
    *,
    models: Path,
    features: Iterable[str] | None = None,
    precisions: Mapping[str, str] | None = None,
    zipped: bool = False,
    budget: int = BUDGET,
) -> Manifest:
    """Writes a bundle to the folder `out`, whole or not at all, and returns its manifest.

    The same input gives the same bytes. `zipped` writes `out` with `.zip` added, too.

    Args:
        out: The folder; a bundle that is there already is replaced, anything else is not.
        models: A folder of artifacts, `<network>.<precision>.<tflite|mlpackage|onnx>`.
        features: Names of `prink_export.bundle.features.features`; all by default.
        precisions: For each platform the precision of its networks; fp16 for all by default.
        zipped: Whether to write the zip.
        budget: Most bytes that one platform may install.

    Raises:
        ExportError: if something is missing, there is something else at the place of the output,
            or a platform would install more than the budget.
    """
    precisions = dict.fromkeys(PLATFORMS, PRECISION) if precisions is None else precisions
    check_place(out)
    if zipped:
        check_place(Path(f"{out}.zip"))
    choice = choose(shipped_plan(), features_by_network(), features)
    content = collect(choice, models=models, precisions=precisions)
    check_budget(content.manifest, precisions, budget)
    with whole_folder(out) as part:
        write_folder(content, part)
        if zipped:
            with whole_file(f"{out}.zip", error=ExportError) as file:
                write_zip(content, file)
    return content.manifest


def check_place(out: Path) -> None:
    """Refuses to replace what is neither a bundle nor an empty folder."""
    empty = out.is_dir() and not any(out.iterdir())
    if out.exists() and not empty and not is_bundle(out):
        raise ExportError(
            f"there is something else at the place of the output; name another or remove it ({out})"
        )


def is_bundle(path: Path) -> bool:
    try:
        if path.is_dir():
            read_manifest((path / MANIFEST).read_bytes())
        else:
            with zipfile.ZipFile(path) as archive:
                read_manifest(archive.read(MANIFEST))
    except (OSError, KeyError, zipfile.BadZipFile, ExportError):
        return False
    return True


def check_budget(manifest: Manifest, platforms: Iterable[str], budget: int) -> None:
    for platform in platforms:
        size = manifest.size(platform)
        if size > budget:
            raise ExportError(
                f"{platform} would install {size / 1e6:.1f} MB, over the budget of "
                f"{budget / 1e6:g} MB; choose a smaller precision or fewer features"
            )


def all_files(content: Content) -> dict[str, bytes]:
    files = dict(content.data) | {MANIFEST: content.manifest.text().encode()}
    return dict(sorted(files.items()))


def write_folder(content: Content, folder: Path) -> None:
    for path, data in all_files(content).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def write_zip(content: Content, file: Path) -> None:
    """Writes the zip; stored, since compressors differ and phones map networks into memory."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path, data in all_files(content).items():
            entry = zipfile.ZipInfo(path, BEGINNING)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, data)


def size_table(manifest: Manifest) -> str:
    """Returns MB by feature and platform as text; what features share counts for each of them."""
    platforms = [
        name for name in PLATFORMS if any(name in each.platforms for each in manifest.files)
    ]
    known = dict.fromkeys(name for entry in manifest.files for name in entry.features)
    shared = {
        name: sum(e.bytes for e in manifest.files if not e.features and name in e.platforms)
        for name in platforms
    }
    rows = [["MB", *platforms], ["every bundle", *(mb(shared[name]) for name in platforms)]]
    asked = dict.fromkeys((*manifest.draws, *manifest.features))
    for feature in (name for name in asked if name in known):
        rows.append([feature, *(mb(manifest.size(name, feature=feature)) for name in platforms)])
    rows.append(["installed", *(mb(manifest.size(name)) for name in platforms)])
    lines = [
        "".join(f"{cell:>14}" if n else f"{cell:14}" for n, cell in enumerate(row)) for row in rows
    ]
    return "\n".join([*lines, f"{mb(manifest.size())} MB for all platforms together"])


def mb(size: int) -> str:
    return f"{size / 1e6:.2f}"
