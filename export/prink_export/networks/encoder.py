"""The encoder: reads a look off an atlas of a face."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.color import delta_e_2000, linear_to_lab, srgb_to_linear
from prink.params.fields import FieldList, file_fields, schema_fields
from prink.reading.encoder import FILE, shipped_encoder
from prink.render.atlas import SIZE
from prink_export.network import ExportError, Network, Port
from prink_export.networks.entry import Constant, Entry, Limits, limits
from prink_export.networks.inputs import Inputs, made_up
from prink_export.networks.portraits import Portrait

if TYPE_CHECKING:  # a bundle is made and checked without torch
    from torch import nn

    from prink.learn.look_encoder.net import Encoder

__all__ = ["NETWORK", "judge_look"]

COLOR: Final = 4  # numbers of a colour
WORN: Final = 0.3  # coverage from which a colour is seen
EXACT: Final[Limits] = {
    "max": 1e-4,
    "p99": 2e-5,
    "colour, 1/255": 0.03,
    "worn colour, dE2000": 0.02,
    "amount": 1e-4,
    "confidence": 1e-4,
}
HALF: Final[Limits] = {
    "max": 0.02,
    "p99": 0.003,
    "colour, 1/255": 3.0,
    "worn colour, dE2000": 0.5,
    "amount": 0.02,
    "confidence": 0.01,
}
SMALL: Final[Limits] = {
    "max": 0.1,
    "p99": 0.05,
    "colour, 1/255": 16.0,
    "worn colour, dE2000": 2.75,
    "amount": 0.1,
    "confidence": 0.1,
}
# Activations of 8 bits tip the gates by which a colour is worn: whichever layers compute so, one
# coverage is off by 20 to 50 of 255. With weights of 8 bits alone it is 11.
FLOATS: Final = ("*",)


def network(weights: Path, *, cache: Path | None) -> Network:
    """Returns the encoder with the weights and the fields of an .onnx or a checkpoint."""
    told = told_by(weights)
    return Network(
        name="encoder",
        build=partial(build, weights),
        inputs=(Port("atlas", (1, 4, SIZE, SIZE), image=True),),
        outputs=(
            Port("look", (1, told.fields.numbers)),
            Port("confidence", (1, len(told.fields.groups))),
        ),
        samples=Inputs("atlas", atlases, calibration=False, cache=cache),
        calibration=Inputs("atlas", atlases, calibration=True, cache=cache),
        judge=partial(judge_look, fields=told.fields),
        # Found in fp16: dE 0.06 and 1.6 levels. Its lipsticks are off by dE 2.75 (encoder.md).
        limits=limits(exact=EXACT, half=HALF, small=SMALL),
        about="Reads a look off an atlas of a face, sRGB and visibility 0..1.",
        metadata={"fields": told.fields.text()} | ({"hair": "patch"} if told.hair else {}),
        floats=FLOATS,
    )


@dataclass(frozen=True)
class Told:
    """What an encoder's file says of itself: its fields, and whether it has a hair part."""

    fields: FieldList
    hair: bool


def told_by(path: Path) -> Told:
    """Returns what the .onnx or the checkpoint of an encoder says of itself.

    Raises:
        PrinkError: It is no such file, or it gives fields that this prink's looks do not have.
    """
    from prink.learn.onnx_weights import read_weights

    if path.suffix == ".onnx":
        told = read_weights(path).metadata
        fields = file_fields(told.get("fields"), path, what="encoder", error=ExportError)
        return Told(fields, told.get("hair") == "patch")
    return Told(trained_encoder(path).fields, hair=True)


def trained_encoder(path: Path) -> "Encoder":
    """Returns the encoder of a checkpoint; raises ExportError if it is none."""
    from prink.learn.look_encoder.net import load_encoder

    try:
        return load_encoder(path)
    except (FileNotFoundError, SystemExit) as cause:
        raise ExportError(str(cause)) from None
    except Exception as cause:  # torch has many ways to say that a file is no checkpoint
        raise ExportError(f"the file is no checkpoint of an encoder ({path})") from cause


def build(path: Path) -> "nn.Module":
    """Returns the encoder with its decisions made, of an .onnx or a checkpoint.

    A checkpoint holds no hair part: it is then the shipped one.
    """
    from prink.learn.hair_color.net import hair_head
    from prink.learn.look_encoder.export import Looks
    from prink.learn.look_encoder.net import STUDENT, Encoder
    from prink.learn.onnx_weights import fold_norms, load_weights, read_weights

    onnx = path if path.suffix == ".onnx" else FILE
    told = told_by(onnx)
    empty = Looks(Encoder(STUDENT, told.fields), hair_head() if told.hair else None)
    looks = load_weights(empty, read_weights(onnx))
    if path.suffix == ".onnx":
        return looks
    # Its fields may be others than the shipped encoder's.
    return fold_norms(Looks(trained_encoder(path), looks.hair).eval()).requires_grad_(False)


def atlases(portraits: Sequence[Portrait], looks: Sequence[str]) -> list[Bytes]:
    """Returns the atlases (256, 256, 4) of portraits with looks, as they are read from photos."""
    from prink.reading.hair_patch import with_hair_patch
    from prink.reading.head import see_head
    from prink.reading.reader import closer, hair_tile
    from prink.render.atlas import unwrap

    found = []
    for each in made_up(portraits, looks):
        head = see_head(each.rgb, each.face)
        atlas, tile = unwrap(*closer(each.rgb, head.face)), hair_tile(each.rgb, head)
        found.append(atlas if tile is None else with_hair_patch(atlas, tile))
    return found


def judge_look(
    truth: Sequence[Floats], found: Sequence[Floats], *, fields: FieldList | None = None
) -> Mapping[str, float]:
    """Returns the worst errors of a look and its confidence.

    Args:
        truth: What torch says: a look (1, P) and a confidence (1, G), 0..1.
        found: What the file says.
        fields: Of the look, as the network's file keeps them; by default those of this schema.

    Returns:
        `colour, 1/255`: of any channel of any colour, coverage too, worn or not.
        `worn colour, dE2000`: of a colour that torch says is worn; 0 where none is.
        `amount`: of any plain number, 0..1.
        `confidence`: of any group, 0..1.
    """
    colors, amounts = places(fields or schema_fields())
    one, two = (np.asarray(each[0], np.float64).reshape(-1) for each in (truth, found))
    a, b = one[colors], two[colors]
    worn = a[:, 3] > WORN
    lab = [linear_to_lab(srgb_to_linear(each[worn, :3])) for each in (a, b)]
    apart = delta_e_2000(*lab)
    return {
        "colour, 1/255": float(255.0 * np.abs(a - b).max()),
        "worn colour, dE2000": float(apart.max()) if worn.any() else 0.0,
        "amount": float(np.abs(one[amounts] - two[amounts]).max()),
        "confidence": float(np.abs(truth[1] - found[1]).max()),
    }


def places(
    fields: FieldList,
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.intp]], list[int]]:
    """Returns where the colours (C, 4) and the plain numbers lie in a vector of fields."""
    all_places = fields.places.values()
    colors = [range(at.start, at.stop) for at in all_places if at.stop - at.start == COLOR]
    amounts = [at.start for at in all_places if at.stop - at.start != COLOR]
    return np.array(colors, np.intp), amounts


def told_hosts(fields: FieldList) -> dict[str, Constant]:
    """Returns what the numbers of both outputs are, in their order."""
    return {"fields": list(fields.fields), "groups": list(fields.groups)}


NETWORK: Final = Entry(
    name="encoder",
    weights=FILE,
    card=FILE.with_suffix(".md"),
    features=("reading",),
    network=network,
    constants=lambda: told_hosts(shipped_encoder().fields),
)
