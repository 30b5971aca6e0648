"""The networks that prink ships. To add one, add an entry to `entries`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch
from torch import nn

from prink.hair.own import FILE as HAIR_FILE
from prink.params.fields import FieldList, file_fields
from prink.reading.encoder import FILE as ENCODER_FILE
from prink.render.atlas import SIZE as ATLAS
from prink_export.measure.judges import judge_look, judge_mask
from prink_export.measure.limits import LIMITS
from prink_export.network import ExportError, Judge, Network, Port
from prink_export.networks.inputs import Inputs, atlas_inputs, head_inputs
from prink_export.networks.weights_of import fold_norms, read_model, weights_of

if TYPE_CHECKING:
    from prink.learn.look_encoder.net import Encoder

__all__ = ["Entry", "entries", "networks"]

LICENCE: Final = "Apache-2.0"
# Activations of 8 bits tip the gates by which a colour is worn: whichever layers compute so, one
# coverage is off by 20 to 50 of 255. With weights of 8 bits alone it is 11.
ENCODER_FLOATS: Final = ("*",)
# The steps of the first and the last layers show at the edge of the mask.
HAIR_FLOATS: Final = (
    "",
    "net",
    "net.stem*",
    "net.stages.0*",
    "net.fuses.3*",
    "net.head",
    "net.fine_head",
)
DERIVED: Final = ("gate", "gated", "spread", "made_up", "rest", "seen")
"""What `Looks` makes of the schema; files of different age hold different ones."""


@dataclass(frozen=True, eq=False)
class Entry:
    """What has to be said of a network to export it.

    Attributes:
        name: Of its files, lower case.
        build: Returns the module with the weights of a file.
        weights: The file that is taken where no other is given.
        inputs: In the order of forward's arguments.
        outputs: In the order in which forward returns them.
        examples: Returns what it is judged, or calibrated, on.
        judge: Errors in the user's terms.
        about: One sentence.
        metadata: Strings to keep inside the file.
    """

    name: str
    build: Callable[[Path], nn.Module]
    weights: Path
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    examples: Callable[..., Inputs]
    judge: Judge
    about: str
    metadata: Mapping[str, str]
    floats: tuple[str, ...] = ()


def entries(weights: Mapping[str, Path] | None = None) -> tuple[Entry, ...]:
    """Returns the networks that prink ships; for `weights` see `networks`."""
    from prink.learn.hair_mask.export import INPUT, OUTPUT
    from prink.learn.hair_mask.net import SIZE

    told = told_by((weights or {}).get("encoder", ENCODER_FILE))
    encoder = Entry(
        "encoder",
        build_encoder,
        ENCODER_FILE,
        (Port("atlas", (1, 4, ATLAS, ATLAS), image=True),),
        (
            Port("look", (1, told.fields.numbers)),
            Port("confidence", (1, len(told.fields.groups))),
        ),
        atlas_inputs,
        partial(judge_look, fields=told.fields),
        "Reads a look off an atlas of a face, sRGB and visibility 0..1.",
        {"fields": told.fields.text()} | ({"hair": "patch"} if told.hair else {}),
        ENCODER_FLOATS,
    )
    hair = Entry(
        "hair",
        build_hair,
        HAIR_FILE,
        (Port(INPUT, (1, 4, SIZE, SIZE), image=True),),
        (Port(OUTPUT, (1, 1, SIZE, SIZE)),),
        head_inputs,
        judge_mask,
        "Marks hair in a head crop; the fourth plane is the mask of the frame before, or 0.",
        {},
        HAIR_FLOATS,
    )
    return encoder, hair


def networks(
    weights: Mapping[str, Path] | None = None, *, cache: Path | None = None
) -> dict[str, Network]:
    """Returns the networks that can be exported, by name.

    Args:
        weights: A file for some of them instead of the shipped one: an .onnx as prink's training
            writes it, or its checkpoint.pt.
        cache: Folder for the inputs, which take a while to make; by default the user's cache.

    Raises:
        ExportError: Weights are given for a network that is not known, or a file does not say which
            fields of a look it gives, or gives some that this prink's looks do not have.
    """
    given = dict(weights or {})
    found = {
        each.name: network_of(each, given.pop(each.name, None), cache) for each in entries(weights)
    }
    if given:
        raise ExportError(f"no network is called {min(given)!r}; known are {', '.join(found)}")
    return found


def network_of(entry: Entry, weights: Path | None, cache: Path | None) -> Network:
    return Network(
        name=entry.name,
        build=partial(entry.build, weights or entry.weights),
        inputs=entry.inputs,
        outputs=entry.outputs,
        samples=entry.examples(calibration=False, cache=cache),
        calibration=entry.examples(calibration=True, cache=cache),
        judge=entry.judge,
        limits=LIMITS[entry.name],
        about=entry.about,
        licence=LICENCE,
        metadata=entry.metadata,
        floats=entry.floats,
    )


@dataclass(frozen=True)
class Told:
    """What an encoder's file says of itself: its fields, and whether it has a hair part."""

    fields: FieldList
    hair: bool


def told_by(path: Path) -> Told:
    """Returns what the .onnx or the checkpoint of an encoder says of itself.

    Raises:
        ExportError: It is no such file, or it gives fields that this prink's looks do not have.
    """
    if path.suffix == ".onnx":
        told = {each.key: each.value for each in read_model(path).metadata_props}
        fields = file_fields(told.get("fields"), path, what="encoder", error=ExportError)
        return Told(fields, told.get("hair") == "patch")
    return Told(trained_encoder(path).fields, hair=True)


def trained_encoder(path: Path) -> "Encoder":
    """Returns the encoder of a checkpoint; raises ExportError if it is none."""
    from prink.learn.look_encoder.run import load_encoder

    try:
        return load_encoder(path)
    except (FileNotFoundError, SystemExit) as cause:
        raise ExportError(str(cause)) from None
    except Exception as cause:  # torch has many ways to say that a file is no checkpoint
        raise ExportError(f"the file is no checkpoint of an encoder ({path})") from cause


def build_encoder(path: Path) -> nn.Module:
    """Returns the encoder with its decisions made, of an .onnx or a checkpoint.

    A checkpoint holds no hair part: it is then the shipped one.
    """
    from prink.learn.hair_color.net import hair_head
    from prink.learn.look_encoder.export import Looks
    from prink.learn.look_encoder.net import STUDENT, Encoder

    onnx = path if path.suffix == ".onnx" else ENCODER_FILE
    told = told_by(onnx)
    net = Encoder(STUDENT, told.fields)
    looks = Looks(net, hair_head() if told.hair else None)
    shipped = weights_of(looks, onnx, derived=DERIVED)
    if path.suffix == ".onnx":
        return shipped
    # Its fields may be others than the shipped encoder's.
    return fold_norms(Looks(trained_encoder(path), looks.hair).eval()).requires_grad_(False)


def build_hair(path: Path) -> nn.Module:
    """Returns the hair network with its sigmoid, of an .onnx or a checkpoint."""
    from prink.learn.hair_mask.export import Masks
    from prink.learn.hair_mask.net import HairNet

    if path.suffix == ".onnx":
        return weights_of(Masks(HairNet()), path)
    if not path.is_file():
        raise ExportError(f"there is no file with weights of that name ({path})")
    net = HairNet()
    try:
        state = torch.load(path, weights_only=True, map_location="cpu")
        net.load_state_dict(state["averaged"])
    except Exception as cause:  # torch has many ways to say that a file is no checkpoint
        raise ExportError(f"the file is no checkpoint of a hair network ({path})") from cause
    return fold_norms(Masks(net).eval()).requires_grad_(False)
