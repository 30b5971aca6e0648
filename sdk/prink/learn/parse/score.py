"""How well the network does on people kept back, with and without an answer before."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from prink.learn.parse.augment import augmented
from prink.learn.parse.data import Samples
from prink.learn.parse.loss import possible
from prink.learn.parse.net import ParseNet
from prink.learn.parse.stream import KEPT, ParseBatch, batched
from prink.parse.classes import ANSWER, CLASSES

__all__ = ["Judge"]

SEED: Final = 9
BATCH: Final = 16
MOST: Final = 64  # portraits, and as many drawn heads
NOT_PAINTED: Final = ("glasses", "lens", "beard", "headwear", "hand", "clothes", "background")


class Judge:
    """Scores a network on the same pictures each time: augmented, as training sees them."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples

    @cached_property
    def batches(self) -> dict[str, list[ParseBatch]]:
        """The pictures of each kind, made when they are first asked for."""
        samples = self.samples
        photos = np.flatnonzero(samples.validation)[:MOST]
        drawn = len(samples) + np.arange(0, samples.heads, KEPT)[:MOST]
        return {"photos": made(samples, photos), "drawn": made(samples, drawn)}

    def __call__(self, net: ParseNet) -> dict[str, float]:
        """Returns IoU by channel over all known pixels, and what is painted that must not be."""
        found: dict[str, float] = {}
        for kind, batches in self.batches.items():
            if batches:
                found |= {f"{name}, {kind}": value for name, value in judged(net, batches).items()}
        return found


def made(samples: Samples, numbers: NDArray[np.int64]) -> list[ParseBatch]:
    examples = [
        augmented(samples, int(number), np.random.default_rng((SEED, int(number))))
        for number in numbers
    ]
    return [batched(examples[at : at + BATCH]) for at in range(0, len(examples), BATCH)]


def judged(net: ParseNet, batches: Sequence[ParseBatch]) -> dict[str, float]:
    """Returns the figures of one kind of pictures."""
    device = next(net.parameters()).device
    both, either, both_again, either_again = torch.zeros(4, len(ANSWER))
    wrong, places = torch.zeros(len(CLASSES)), torch.zeros(len(CLASSES))
    right, single = 0.0, 0.0
    with torch.no_grad():
        for batch in batches:
            planes = batch.planes.to(device)
            logits = net(planes)
            answer = logits.answer.float().sigmoid()
            planes = torch.cat([planes[:, : -len(ANSWER)], answer], 1)
            again = net(planes).answer.float().sigmoid().cpu() > 0.5
            answer = answer.cpu()
            counted = batch.weight > 0.99
            one, other = (answer > 0.5) & counted, (batch.answer > 0.5) & counted
            both += (one & other).sum((0, 2, 3))
            either += (one | other).sum((0, 2, 3))
            again &= counted
            both_again += (again & other).sum((0, 2, 3))
            either_again += (again | other).sum((0, 2, 3))
            may = possible(batch.sets)
            sure = may.sum(1) == 1
            right += float(
                (may.gather(1, logits.classes.cpu().argmax(1)[:, None])[:, 0] & sure).sum()
            )
            single += float(sure.sum())
            painted = answer[:, :, ::2, ::2].amax(1) > 0.5
            for number in range(len(CLASSES)):
                here = may[:, number] & sure
                places[number] += here.sum()
                wrong[number] += (here & painted).sum()
    found = {
        f"IoU {name}": float(both[n] / either[n].clamp(min=1)) for n, name in enumerate(ANSWER)
    }
    again_means = (both_again / either_again.clamp(min=1)).tolist()
    found["IoU again"] = sum(again_means) / len(again_means)
    away = [CLASSES.index(name) for name in NOT_PAINTED]
    found["classes right"] = right / max(single, 1.0)
    found["painted"] = float(wrong[away].sum() / places[away].sum().clamp(min=1))
    hidden = [CLASSES.index(name) for name in ("lens", "hand", "headwear")]
    found["things painted"] = float(wrong[hidden].sum() / places[hidden].sum().clamp(min=1))
    return found
