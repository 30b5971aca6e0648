"""Reads, draws and exports with the prink that is on the path; tests run it on a copy that grew.

`python grown_look.py CHECKOUT PHOTO OUT NETWORK ...` prints what came of it as JSON.
"""

import contextlib
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from prink import doctor
from prink.cli import main as prink
from prink.face import Tracker
from prink.learn.hair_color.looks import FIELDS as HAIR
from prink.learn.hair_color.net import hair_head
from prink.learn.look_encoder.export import Looks, export_encoder
from prink.learn.look_encoder.net import STUDENT, Encoder
from prink.params import parameters, to_vector
from prink.parse.head import crop_head, head_to_frame
from prink.parse.network import SIZE
from prink.photo import load_photo
from prink.reading import encoder, read_look
from prink.reading.hair_patch import with_hair_patch
from prink.reading.head import see_head
from prink.reading.reader import closer, hair_tile
from prink.render.atlas import unwrap
from prink_export.codegen import write
from prink_export.codegen.outputs import ANDROID, IOS, WEB
from prink_export.network import Network
from prink_export.networks.registry import networks
from prink_export.pipeline.export import Settings, export

NAMES = (f"{ANDROID}/Names.kt", f"{IOS}/Names.swift", f"{WEB}/names.ts")


def by_path(vector: Any) -> dict[str, list[float]]:
    """Returns a look's numbers by path."""
    return {each.path: vector[each.numbers].tolist() for each in parameters()}


def read(photo: Path, by: str) -> dict[str, Any]:
    """Returns a reading as JSON data."""
    reading = read_look(load_photo(photo).rgb, by=by)
    return {"look": by_path(to_vector(reading.look)), "confidence": dict(reading.confidence)}


def codes(photo: Path, out: Path) -> dict[str, int]:
    """Returns the exit codes of the commands that read."""
    commands = {
        "read": ["read", str(photo), "-o", str(out / "look.json")],
        "try": ["try", str(photo), "--from", str(photo), "-o", str(out / "try.png")],
        "doctor": ["doctor"],
    }
    with contextlib.redirect_stdout(sys.stderr):
        return {name: prink(words) for name, words in commands.items()}


def planes(photo: Path) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """Returns what the shipped networks see of a photo, each (1, C, S, S)."""
    rgb = load_photo(photo).rgb
    with Tracker() as tracker:
        face = tracker.track(rgb)[0]
    tile = hair_tile(rgb, see_head(rgb, face))
    assert tile is not None
    crop = crop_head(rgb, head_to_frame(face, SIZE), SIZE)
    seen = {
        "encoder": with_hair_patch(unwrap(*closer(rgb, face)), tile),
        "parse": np.dstack([crop, np.zeros((SIZE, SIZE, 5), np.uint8)]),
    }
    return {
        name: np.ascontiguousarray(each.transpose(2, 0, 1)[None]).astype(np.float32) / 255
        for name, each in seen.items()
    }


def exported(names: list[str], seen: dict[str, np.ndarray[Any, Any]], out: Path) -> dict[str, Any]:
    """Returns what of each network's ONNX file is wrong, and the fields that the encoder's says."""

    def load(name: str) -> Callable[[], Network]:
        return lambda: replace(networks()[name], samples=lambda: [(seen[name],)], calibration=tuple)

    settings = Settings(out, precisions=("fp32",))
    rows = export({name: load(name) for name in names}, formats=["onnx"], settings=settings)
    breaches = {row.network: list(row.breaches) for row in rows}
    file = encoder.Encoder(out / "encoder.fp32.onnx")
    return {"breaches": breaches, "fields": file.fields.listed()}


def newly_trained(atlas: np.ndarray[Any, Any], out: Path) -> dict[str, Any]:
    """Returns the hair of an encoder of this schema, as its file and as its hair network say it."""
    torch.manual_seed(0)
    net, hair = Encoder(STUDENT).eval(), hair_head()
    export_encoder(net, out / "grown.onnx", hair=hair)
    pixels = np.rint(atlas[0].transpose(1, 2, 0) * 255).astype(np.uint8)
    read = encoder.Encoder(out / "grown.onnx").encode(pixels)
    with torch.no_grad():
        numbers, sure = hair(torch.from_numpy(atlas))
        own, _ = Looks(net).eval()(torch.from_numpy(atlas))
    said = {path: numbers[0, at].tolist() for path, at in HAIR.places.items()}
    return {
        "look": by_path(to_vector(read.look)),
        "said": by_path(own[0]) | said,
        "confidence": [read.confidence["hair"], float(sure)],
    }


def told_fields(names: str) -> list[list[str | int]]:
    """Returns the paths and widths that a host's names tell."""
    found = re.findall(r'[(\[]"(\w+\.\w+)", (\d)[)\]]', names)
    return [[path, int(width)] for path, width in found]


def main() -> None:
    """Does all of it."""
    checkout, photo, out = map(Path, sys.argv[1:4])
    write(checkout)
    seen = planes(photo)
    found = {
        "encoder": read(photo, "encoder"),
        "measured": read(photo, "measured"),
        "codes": codes(photo, out),
        "doctor": doctor.encoder().state,
        "exported": exported(sys.argv[4:], seen, out),
        "hosts": {path: told_fields((checkout / path).read_text()) for path in NAMES},
        "new": newly_trained(seen["encoder"], out),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
