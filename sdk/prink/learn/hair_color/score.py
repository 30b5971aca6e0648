"""How wrong hair readings are on heads that were never trained on."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch

from prink.learn.hair_color.heads import HairedHead
from prink.learn.hair_color.loss import NONE, BareHair, errors, total
from prink.learn.hair_color.net import HairEncoder
from prink.learn.hair_color.samples import make_samples, measured_numbers
from prink.learn.hair_color.stream import ColorBatch, batch_of
from prink.render import Renderer

__all__ = ["heldout_batch", "validated"]

RENDERING_SEED: Final = 3
OTHERS_SEED: Final = 5


def heldout_batch(heads: Sequence[HairedHead], count: int) -> ColorBatch:
    """Returns samples of `count` renderings of heads to judge by."""
    natural = np.stack([measured_numbers(head) for head in heads])
    rng = np.random.default_rng(RENDERING_SEED)
    with Renderer() as renderer:
        samples = make_samples(heads, natural, renderer, rng, count=count)
    others = np.random.default_rng(OTHERS_SEED).integers(len(heads), size=len(samples.kind))
    return batch_of(samples, others)


@torch.no_grad()
def validated(net: HairEncoder, *, batch: ColorBatch, bare: BareHair) -> dict[str, float]:
    """Returns the loss, and median colour differences on the same and on another head.

    Args:
        net: The network.
        batch: What `heldout_batch` gave, on the network's device.
        bare: The undyed hair of its heads.
    """
    numbers, logit = net.answers(batch.rows)
    own, other = bare.of(batch.owner), bare.of(batch.other)
    found = errors(numbers, batch.numbers, batch.kind, own, other)
    seen = batch.kind != NONE
    return {
        "validation loss": float(total(found, logit, batch.kind)),
        "same head, median dE76": float(found.same[seen].median()),
        "other head, median dE76": float(found.other[seen].median()),
    }
