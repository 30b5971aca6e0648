"""The parse network: says what each pixel of a head is."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.parse.classes import ANSWER, CLASSES
from prink.parse.network import FILE, SIZE
from prink.parse.reach import REACHES
from prink_export.network import ExportError, Network, Port
from prink_export.networks.entry import Constant, Entry, Limits, limits
from prink_export.networks.inputs import Inputs
from prink_export.networks.portraits import Portrait

if TYPE_CHECKING:  # a bundle is made and checked without torch
    from torch import nn

__all__ = ["NETWORK", "judge_answer"]

SURE: Final = 0.5  # of a channel: from there a pixel is of it
LEAST: Final = 0.004  # share of the square below which a channel has too little for a share of it


def by_channel(most: float, **others: float) -> Limits:
    """Returns limits with the same for each channel of the answer but for the small ones."""
    return {f"1 - IoU of {name}": others.pop(name, most) for name in ANSWER} | others


EXACT: Final[Limits] = {"max": 1e-4, "p99": 2e-5, "mean error": 1e-5, **by_channel(0.002)}
HALF: Final[Limits] = {"max": 0.03, "p99": 0.006, "mean error": 0.001, **by_channel(0.02)}
SMALL: Final[Limits] = {
    "max": 0.5,
    "p99": 0.08,
    "mean error": 0.01,
    # A channel of few pixels is nearly all edge.
    **by_channel(0.08, eye=0.15, teeth=0.2),
}
# The steps of the first and the last layers show at the edges of what is found.
FLOATS: Final = (
    "",
    "net",
    "net.stem*",
    "net.stages.0*",
    "net.fuses.3*",
    "net.answer",
    "net.classes",
    "veto",
)


def network(weights: Path, *, cache: Path | None) -> Network:
    """Returns the parse network with the weights of an .onnx or a checkpoint."""
    from prink.learn.parse.export import INPUT, OUTPUTS
    from prink.learn.parse.net import COARSE, INPUTS

    answer, classes = OUTPUTS
    return Network(
        name="parse",
        build=partial(build, weights),
        inputs=(Port(INPUT, (1, INPUTS, SIZE, SIZE)),),
        outputs=(
            Port(answer, (1, len(ANSWER), SIZE, SIZE)),
            Port(classes, (1, len(CLASSES), COARSE, COARSE)),
        ),
        samples=Inputs("squares", squares, calibration=False, cache=cache),
        calibration=Inputs("squares", squares, calibration=True, cache=cache),
        judge=judge_answer,
        limits=limits(exact=EXACT, half=HALF, small=SMALL),
        about="Says what each pixel of a head's square is; planes 4 to 8 are the answer of the "
        "frame before at the same place, or 0.",
        floats=FLOATS,
    )


def build(path: Path) -> "nn.Module":
    """Returns the parse network with its sigmoid and softmax, of an .onnx or a checkpoint."""
    import torch

    from prink.learn.onnx_weights import fold_norms, load_weights, read_weights
    from prink.learn.parse.export import Shares
    from prink.learn.parse.net import ParseNet

    if path.suffix == ".onnx":
        return load_weights(Shares(ParseNet()), read_weights(path))
    if not path.is_file():
        raise ExportError(f"there is no file with weights of that name ({path})")
    net = ParseNet()
    try:
        state = torch.load(path, weights_only=True, map_location="cpu")
        net.load_state_dict(state["averaged"])
    except Exception as cause:  # torch has many ways to say that a file is no checkpoint
        raise ExportError(f"the file is no checkpoint of a parse network ({path})") from cause
    return fold_norms(Shares(net).eval()).requires_grad_(False)


def squares(portraits: Sequence[Portrait], _: Sequence[str]) -> list[Bytes]:
    """Returns squares (192, 192, 8) of face and hair: without an answer before, and with theirs."""
    from prink.parse.head import crop_head, eight_bits, head_to_frame
    from prink.parse.network import HeadNetwork

    own, found = HeadNetwork(), []
    none = np.zeros((SIZE, SIZE, len(ANSWER)), np.uint8)
    for each in portraits:
        for reach in (reaches[0] for reaches in REACHES.values()):
            crop = crop_head(each.rgb, head_to_frame(each.face, SIZE, reach=reach), SIZE)
            known = eight_bits(own.answer(crop, None)).transpose(1, 2, 0)
            found += [np.dstack([crop, before]) for before in (none, known)]
    return found


def judge_answer(truth: Sequence[Floats], found: Sequence[Floats]) -> Mapping[str, float]:
    """Returns `1 - IoU` at 0.5 of each channel of the answer (1, 5, S, S), and its `mean error`.

    IoU counts where a channel has more than a few pixels; others have the mean error only.
    """
    one, two = truth[0][0] > SURE, found[0][0] > SURE
    either, both = (one | two).mean(axis=(1, 2)), (one & two).mean(axis=(1, 2))
    shares = np.where(either > LEAST, both / np.maximum(either, LEAST), 1.0).tolist()
    off = {f"1 - IoU of {name}": 1.0 - share for name, share in zip(ANSWER, shares, strict=True)}
    return {**off, "mean error": float(np.abs(truth[0] - found[0]).mean())}


def constants() -> Mapping[str, Constant]:
    """Returns what hosts have to know of the answer."""
    return {"channels": list(ANSWER)}


NETWORK: Final = Entry(
    name="parse",
    weights=FILE,
    card=FILE.with_suffix(".md"),
    network=network,
    constants=constants,
)
