"""How well an encoder reads looks off faces that it was not trained on, in a few numbers."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from prink.learn.data.stream import Batch
from prink.learn.look_encoder.loss import measure_errors, skin_of, truth_of
from prink.learn.look_encoder.net import Encoded
from prink.learn.look_places import places

__all__ = ["score"]


@torch.no_grad()
def score(net: nn.Module, *, batches: Sequence[Batch]) -> dict[str, float]:
    """Returns figures by name.

    Distances are in OKLab times 100: of the colour seen on the lips, of the lipstick's pigment at
    more than half coverage, of lid and cheek; `worn` is how often it is right whether a product is
    worn, `gloss R2` that of the gloss of worn lipsticks.
    """
    net.eval()
    device = next(net.parameters()).device
    batches = [batch.to(device) for batch in batches]
    found = [net(batch.made) for batch in batches]
    read = Encoded(*(torch.cat(part) for part in zip(*found, strict=True)))
    made = torch.cat([skin_of(batch.made) for batch in batches])
    truth = truth_of(torch.cat([batch.look for batch in batches]))
    errors = measure_errors(read, truth, made)
    at = places(device)

    def seen(path: str) -> float:
        column = at.paths.index(path)
        return 100.0 * float(errors.seen[truth.worn[:, column] > 0.5, column].median())

    lips = at.paths.index("lips.color")
    bold = (truth.colors[:, lips, 3] > 0.5) & (truth.worn[:, lips] > 0.5)
    gloss = at.share_paths.index("lips.gloss")
    kept = [at.groups[n] != "hair" for n in at.color_group.tolist()]
    right = ((read.worn > 0) == (truth.worn > 0.5))[:, kept].float().mean()
    return {
        "lips seen": seen("lips.color"),
        "lips pigment": 100.0 * float(errors.pigment[bold, lips].median()),
        "lid seen": seen("eyeshadow.lid"),
        "cheek seen": seen("blush.color"),
        "gloss R2": r_squared(read.numbers[bold][:, at.shares[gloss]], truth.shares[bold, gloss]),
        "worn": float(right),
    }


def r_squared(read: Tensor, true: Tensor) -> float:
    """Returns the share of the variance that is explained; 0 is no better than the mean."""
    return float(1.0 - (read - true).square().sum() / (true - true.mean()).square().sum())
