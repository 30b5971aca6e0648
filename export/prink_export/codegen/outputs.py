"""The table of generated files: path to content."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from prink.arrays import Bytes
from prink_export.codegen.glsl import (
    flatten,
    look_accessors,
    probe_samples,
    region_names,
    row_places,
)
from prink_export.codegen.markdown import parameter_table
from prink_export.face_mesh.lut import face_masks, grain
from prink_export.face_mesh.mesh import flat_coordinates, write_mesh
from prink_export.face_mesh.topology import load_topology
from prink_export.hosts import vectors
from prink_export.hosts.kotlin import KOTLIN
from prink_export.hosts.names import host_names
from prink_export.hosts.swift import SWIFT
from prink_export.hosts.typescript import TYPESCRIPT

__all__ = ["outputs", "stale", "write"]

SHADERS = "shaders/generated"
ANDROID = "android_bridge/src/generated/kotlin/prink"
IOS = "ios_bridge/Sources/Prink/Generated"
WEB = "web_bridge/src/generated"
VECTORS = "tests/bridges/vectors"
ONLY_GENERATED = (SHADERS, ANDROID, IOS, WEB, VECTORS)
"""Folders in which anything else is a leftover."""


def png(pixels: Bytes) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", optimize=True)
    return file.getvalue()


def shader_files(root: Path, includes: dict[str, str]) -> dict[str, bytes]:
    files = {f"generated/{Path(name).name}": text for name, text in includes.items()}
    for source in sorted((root / "pass").iterdir()):
        files[f"generated/{source.name}"] = flatten(root, f"pass/{source.name}", includes)
    regions = {"regions": region_names()}
    files["generated/regions.json"] = json.dumps(regions, indent=2) + "\n"
    return {name: text.encode() for name, text in files.items()}


def outputs(repository: Path) -> dict[Path, bytes]:
    """Returns every generated file of a checkout with the content it should have."""
    root = repository / "shaders"
    topology = load_topology(root / "mesh/canonical.json")
    includes = {
        "generated/look.glsl": look_accessors(),
        "generated/row.glsl": row_places(),
        "generated/samples.glsl": probe_samples(topology),
    }
    files = shader_files(root, includes)
    files |= {f"mesh/{name}": data for name, data in write_mesh(topology).items()}
    files["lut/face_masks.png"] = png(face_masks(flat_coordinates(topology)))
    files["lut/grain.png"] = png(grain())
    table = {root / name: data for name, data in files.items()}
    for path, text in host_files(root, json.loads(files["mesh/face.json"])).items():
        table[repository / path] = text.encode()
    table[repository / "sdk/prink/params/PARAMS.md"] = parameter_table().encode()
    return table


def host_files(shaders: Path, mesh: dict[str, Any]) -> dict[str, str]:
    names = host_names(shaders, mesh)
    folders = {
        ANDROID: KOTLIN.files(names),
        IOS: SWIFT.files(names),
        WEB: TYPESCRIPT.files(names),
        VECTORS: vectors.vector_files(),
    }
    return {
        f"{folder}/{name}": text
        for folder, files in folders.items()
        for name, text in files.items()
    }


def same(path: Path, data: bytes) -> bool:
    if not path.is_file():
        return False
    if path.suffix == ".json" and path.parent.name == Path(VECTORS).name:
        return same_vector(path.read_bytes(), data)
    if path.suffix != ".png":
        return path.read_bytes() == data
    # Another zlib may pack the same picture differently.
    stored, fresh = (np.asarray(Image.open(file), np.int16) for file in (path, io.BytesIO(data)))
    return stored.shape == fresh.shape and int(np.abs(stored - fresh).max()) <= 1


def same_vector(stored: bytes, fresh: bytes) -> bool:
    """Tells whether vectors agree but for the last digit, which is another on other processors."""
    try:
        return vectors.near(json.loads(stored), json.loads(fresh))
    except ValueError:
        return False


def stale(repository: Path) -> list[Path]:
    """Returns generated files that differ from their source, and leftovers beside them."""
    table = outputs(repository)
    folders = [repository / folder for folder in ONLY_GENERATED if (repository / folder).is_dir()]
    leftovers = {path for folder in folders for path in folder.iterdir()} - set(table)
    return sorted(path for path, data in table.items() if not same(path, data)) + sorted(leftovers)


def write(repository: Path) -> list[Path]:
    """Writes the stale files and returns them."""
    table = outputs(repository)
    written = []
    for path in stale(repository):
        if path in table:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(table[path])
        else:
            path.unlink()
        written.append(path)
    return written
