"""What goes into a bundle: every file, who installs it and which feature needs it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

import prink
from prink.params import SCHEMA_VERSION
from prink.render.assets import asset
from prink.render.plan import shipped_plan
from prink_export.bundle.features import Choice, Networks, choose
from prink_export.bundle.manifest import FORMAT, PLATFORMS, Entry, Manifest, sha256
from prink_export.bundle.shaders import BESIDE_THE_PLAN, interface_json, translate
from prink_export.hosts.look_json import presets_json, schema_json
from prink_export.network import ExportError
from prink_export.networks import registry
from prink_export.pipeline.formats import shipped_as
from prink_export.pipeline.tree_hash import tree_hash

__all__ = ["FORMATS", "Content", "collect"]

LICENCE: Final = "Apache-2.0"
FORMATS: Final = {"android": "tflite", "ios": "mlpackage", "web": "onnx"}
"""Suffix of the networks' files that each platform runs."""
TOOLS: Final = {"tflite": "tflite", "mlpackage": "coreml", "onnx": "onnx"}
"""The format of `prink_export.pipeline.formats` that writes each suffix."""
SHARED: Final = ("atlas.json", "generated/regions.json", "mesh/face.bin", "mesh/face.json")
SHADERS: Final = {
    "generated/{}": ("android", "web"),
    "spirv/{}.spv": ("android",),
    "msl/{}.metal": ("ios",),
}
"""Where a stage lies in each tongue, and who installs it; iOS draws with Metal."""
TONGUES: Final = tuple(place.partition("/")[0] for place in SHADERS)


@dataclass(frozen=True)
class Content:
    """All files of a bundle but the manifest, and the manifest."""

    data: Mapping[str, bytes]
    manifest: Manifest


def collect(choice: Choice, *, models: Path, precisions: Mapping[str, str]) -> Content:
    """Returns what a bundle of this choice holds.

    Args:
        choice: Of `prink_export.bundle.features.choose`.
        models: A folder of artifacts, `<network>.<precision>.<tflite|mlpackage|onnx>`.
        precisions: For each platform that the bundle is for, such as {"android": "fp16"}.

    Raises:
        ExportError: if an artifact or a shader tool is missing.
    """
    chosen = tuple(platform for platform in PLATFORMS if platform in precisions)
    everyone = common(choice)
    for each in registry.entries():
        if each.name in choice.networks:
            everyone[f"cards/{each.name}.md"] = each.card.read_bytes()
    files = {path: (data, chosen) for path, data in everyone.items()}
    files |= shader_files(choice, chosen)
    table: dict[str, dict[str, str]] = {}
    for platform in chosen:
        for network in choice.networks:
            precision = shipped_as(TOOLS[FORMATS[platform]], precisions[platform])
            name = f"{network}.{precision}.{FORMATS[platform]}"
            table.setdefault(platform, {})[network] = f"models/{platform}/{name}"
            for path, data in model_files(models, name).items():
                files[f"models/{platform}/{path}"] = (data, (platform,))
    return Content(
        {path: data for path, (data, _) in files.items()},
        Manifest(versions(), choice.features, choice.draws, table, entries(files, choice)),
    )


def versions() -> dict[str, Any]:
    return {
        "bundle": FORMAT,
        "prink": prink.__version__,
        "schema": SCHEMA_VERSION,
        "plan": shipped_plan()["version"],
        "atlas": json.loads(asset("atlas.json").read_text())["version"],
    }


def common(choice: Choice) -> dict[str, bytes]:
    files = {name: asset(name).read_bytes() for name in (*SHARED, *choice.pictures)}
    files["plan.json"] = (json.dumps(choice.plan, indent=2) + "\n").encode()
    files["schema.json"] = schema_json().encode()
    files["presets.json"] = presets_json(choice.draws).encode()
    return files | {name: licence_text(name) for name in ("LICENSE", "NOTICE")}


def licence_text(name: str) -> bytes:
    beside = Path(__file__).resolve().parents[3] / name
    if beside.is_file():
        return beside.read_bytes()
    try:
        text = distribution("prink").read_text(f"licenses/{name}")
    except PackageNotFoundError:
        text = None
    if text is None:
        raise ExportError(f"{name} of prink is not found; install prink with its licence files")
    return text.encode()


def shader_files(
    choice: Choice, chosen: tuple[str, ...]
) -> dict[str, tuple[bytes, tuple[str, ...]]]:
    translated = translate((*choice.programs, *BESIDE_THE_PLAN))
    files: dict[str, tuple[bytes, tuple[str, ...]]] = {}
    for name, stage in translated.stages.items():
        tongues = (stage.glsl.encode(), stage.spirv, stage.msl.encode())
        for (place, who), data in zip(SHADERS.items(), tongues, strict=True):
            files[place.format(name)] = (data, who)
    files["spirv/interface.json"] = (interface_json(translated.interface).encode(), ("android",))
    kept = {path: (data, within(who, chosen)) for path, (data, who) in files.items()}
    return {path: entry for path, entry in kept.items() if entry[1]}


def within(who: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(platform for platform in who if platform in chosen)


def model_files(folder: Path, name: str) -> dict[str, bytes]:
    """Returns the file, or all files of a package, by path."""
    path = folder / name
    refuse_red(folder, name)
    if path.is_file():
        return {name: path.read_bytes()}
    found = sorted(each for each in path.rglob("*") if each.is_file())
    if not found:
        _, precision, suffix = name.rsplit(".", 2)
        raise ExportError(
            f"there is no {name} in {folder}; make it with prink-export models "
            f"--format {TOOLS[suffix]} --precision {precision} --out {folder}"
        )
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def refuse_red(folder: Path, name: str) -> None:
    """Refuses an artifact that `export.json` beside it calls red, or knows as another file."""
    report = folder / "export.json"
    if not report.is_file():
        return
    try:
        rows = [row for row in json.loads(report.read_text()) if row["file"] == name]
        told = [(row["sha256"], row["passed"], [*row["breaches"], "no reason"][0]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        raise ExportError(f"the report of the export is damaged ({report})") from None
    for measured, passed, why in told:
        if not passed:
            raise ExportError(f"{name} is red and does not ship: {why}; choose another precision")
        if measured != tree_hash(folder / name):
            raise ExportError(
                f"{name} was changed after it was measured; run prink-export models again"
            )


def entries(
    files: Mapping[str, tuple[bytes, tuple[str, ...]]], choice: Choice
) -> tuple[Entry, ...]:
    each_alone = alone(choice, registry.features_by_network())
    return tuple(
        Entry(path, len(data), sha256(data), LICENCE, who, needing(path, each_alone))
        for path, (data, who) in sorted(files.items())
    )


def alone(choice: Choice, networks: Networks) -> dict[str, Choice]:
    """Returns for each feature of a choice what a bundle of it alone would choose."""
    wanted = dict.fromkeys((*choice.draws, *choice.features))
    return {name: choose(shipped_plan(), networks, [name]) for name in wanted}


def needing(path: str, each_alone: Mapping[str, Choice]) -> tuple[str, ...]:
    """Returns the features that need a file, of `alone`; none for what every bundle has."""
    return tuple(name for name, choice in each_alone.items() if needs(choice, path))


def needs(choice: Choice, path: str) -> bool:
    folder, _, name = path.partition("/")
    if folder == "models":
        return name.split("/")[1].split(".")[0] in choice.networks
    if folder == "cards":
        return name.removesuffix(".md") in choice.networks
    stage = name.removesuffix(".spv").removesuffix(".metal")
    used = stages(choice.programs) - stages(BESIDE_THE_PLAN)
    return path in choice.pictures or (folder in TONGUES and stage in used)


def stages(programs: Iterable[tuple[str, str]]) -> set[str]:
    return {name for v, f in programs for name in (f"{v}.vert", f"{f}.frag")}
