"""The hair network: marks hair in a head crop."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from prink.arrays import Bytes, Floats
from prink.hair.own import FILE
from prink_export.network import ExportError, Network, Port
from prink_export.networks.entry import Entry, Limits, limits
from prink_export.networks.inputs import Inputs
from prink_export.networks.portraits import Portrait

if TYPE_CHECKING:  # a bundle is made and checked without torch
    from torch import nn

__all__ = ["NETWORK", "judge_mask"]

HAIR: Final = 0.5  # mask from which a pixel is hair
BALD: Final = 0.005  # share of the crop below which a head has too little hair for a share of it
EXACT: Final[Limits] = {"max": 1e-4, "p99": 2e-5, "1 - IoU": 0.001, "mean error": 1e-5}
HALF: Final[Limits] = {"max": 0.02, "p99": 0.005, "1 - IoU": 0.01, "mean error": 0.001}
SMALL: Final[Limits] = {"max": 0.25, "p99": 0.05, "1 - IoU": 0.08, "mean error": 0.01}
# The steps of the first and the last layers show at the edge of the mask.
FLOATS: Final = (
    "",
    "net",
    "net.stem*",
    "net.stages.0*",
    "net.fuses.3*",
    "net.head",
    "net.fine_head",
)


def network(weights: Path, *, cache: Path | None) -> Network:
    """Returns the hair network with the weights of an .onnx or a checkpoint."""
    from prink.learn.hair_mask.export import INPUT, OUTPUT
    from prink.learn.hair_mask.net import SIZE

    return Network(
        name="hair",
        build=partial(build, weights),
        inputs=(Port(INPUT, (1, 4, SIZE, SIZE), image=True),),
        outputs=(Port(OUTPUT, (1, 1, SIZE, SIZE)),),
        samples=Inputs("head", heads, calibration=False, cache=cache),
        calibration=Inputs("head", heads, calibration=True, cache=cache),
        judge=judge_mask,
        # Found in fp16: 0.2 % of the pixels. Its masks reach an IoU of 0.88 (hair.md).
        limits=limits(exact=EXACT, half=HALF, small=SMALL),
        about="Marks hair in a head crop; the fourth plane is the mask of the frame before, or 0.",
        floats=FLOATS,
    )


def build(path: Path) -> "nn.Module":
    """Returns the hair network with its sigmoid, of an .onnx or a checkpoint."""
    import torch

    from prink.learn.hair_mask.export import Masks
    from prink.learn.hair_mask.net import HairNet
    from prink.learn.onnx_weights import fold_norms, load_weights, read_weights

    if path.suffix == ".onnx":
        return load_weights(Masks(HairNet()), read_weights(path))
    if not path.is_file():
        raise ExportError(f"there is no file with weights of that name ({path})")
    net = HairNet()
    try:
        state = torch.load(path, weights_only=True, map_location="cpu")
        net.load_state_dict(state["averaged"])
    except Exception as cause:  # torch has many ways to say that a file is no checkpoint
        raise ExportError(f"the file is no checkpoint of a hair network ({path})") from cause
    return fold_norms(Masks(net).eval()).requires_grad_(False)


def heads(portraits: Sequence[Portrait], _: Sequence[str]) -> list[Bytes]:
    """Returns head crops (192, 192, 4): once without a mask before, once with the one found."""
    from prink.hair.mask import eight_bits
    from prink.hair.own import OwnHair
    from prink.parse.head import crop_head, head_to_frame

    own, found = OwnHair(), []
    for each in portraits:
        crop = crop_head(each.rgb, head_to_frame(each.face, own.size), own.size)
        none = np.zeros(crop.shape[:2], np.uint8)
        found += [np.dstack([crop, mask]) for mask in (none, eight_bits(own.alpha(crop, None)))]
    return found


def judge_mask(truth: Sequence[Floats], found: Sequence[Floats]) -> Mapping[str, float]:
    """Returns `1 - IoU` at 0.5 and the `mean error` of a mask (1, 1, S, S), both 0..1.

    IoU counts where there is hair in at least one mask; bald heads have the mean error only.
    """
    one, two = truth[0] > HAIR, found[0] > HAIR
    either = one | two
    share = float((one & two).sum() / either.sum()) if either.mean() > BALD else 1.0
    return {"1 - IoU": 1.0 - share, "mean error": float(np.abs(truth[0] - found[0]).mean())}


NETWORK: Final = Entry(
    name="hair",
    weights=FILE,
    card=FILE.with_suffix(".md"),
    network=network,
)
