"""A training of the imitator under way: network, running mean, optimizer, checkpoint, curves."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from prink.learn.checkpoint import load_checkpoint, save_checkpoint
from prink.learn.cycle import cycle_rate, follow
from prink.learn.data.stream import Batch
from prink.learn.imitator.loss import Losses, picture_loss, pyramid_loss, sensitivity_loss
from prink.learn.imitator.net import Imitator, halved

__all__ = ["Config", "Run", "advance", "judged", "losses_of"]


@dataclass(frozen=True)
class Config:
    """What a checkpoint must have been made with to be gone on with."""

    steps: int = 12000
    batch: int = 16
    size: int = 128  # px a side: the atlas is halved
    peak_rate: float = 2.5e-3
    warm_up: int = 200  # steps
    decay: float = 1e-4
    average: float = 0.998  # of the weights that are kept for use, per step
    pyramid: float = 0.5  # weight of the perceptual term
    sensitivity: float = 0.05  # weight of the sensitivity term
    relative: bool = True  # whether each change counts by its own size, see `sensitivity_loss`
    seed: int = 1


@dataclass(eq=False)
class Run:
    """A training under way."""

    config: Config
    net: Imitator = field(default_factory=Imitator)
    step: int = 0
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    device: str = "cpu"

    def __post_init__(self) -> None:
        self.net.train().to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.averaged = copy.deepcopy(self.net).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(), lr=self.config.peak_rate, weight_decay=self.config.decay
        )

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all."""
        save_checkpoint(self, self.net, path)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint; see `load_checkpoint` for what is refused."""
        load_checkpoint(self, self.net, path, device=self.device)

    def note(self, curve: str, value: float) -> None:
        """Adds a point to a curve."""
        self.curves.setdefault(curve, []).append((self.step, value))


def losses_of(net: Imitator, batch: Batch, config: Config, device: str = "cpu") -> Losses:
    """Returns the terms of a paired batch; both of a pair count as pictures.

    Raises:
        ValueError: The batch has no pairs.
    """
    if batch.made2 is None or batch.look2 is None:
        raise ValueError("the imitator needs batches of pairs: batches(..., paired=True)")

    def ready(atlas: Tensor) -> Tensor:
        at = halved(atlas.to(device), config.size)
        return at.contiguous(memory_format=torch.channels_last)

    bare, made, made2 = (ready(each) for each in (batch.bare, batch.made, batch.made2))
    looks = torch.cat([batch.look, batch.look2]).to(device)
    truth, seen = torch.cat([made, made2])[:, :3], bare[:, 3:].repeat(2, 1, 1, 1)
    # Half the time on this network, and the picture itself stays float32.
    with torch.autocast(torch.device(device).type, torch.bfloat16):
        drawn = net(torch.cat([bare, bare]), looks)
    first, second = drawn.chunk(2)
    sensitivity = sensitivity_loss(
        second - first, (made2 - made)[:, :3], bare[:, 3:], relative=config.relative
    )
    return Losses(picture_loss(drawn, truth, seen), pyramid_loss(drawn, truth, seen), sensitivity)


def advance(run: Run, batch: Batch) -> dict[str, float]:
    """Takes one step and returns the terms of its loss."""
    config = run.config
    rate = cycle_rate(run.step, steps=config.steps, warm_up=config.warm_up, peak=config.peak_rate)
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    losses = losses_of(run.net, batch, config, run.device)
    total = losses.l1 + config.pyramid * losses.pyramid
    if config.sensitivity:  # else the term is only watched
        total = total + config.sensitivity * losses.sensitivity
    run.optimizer.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), 1.0)
    run.optimizer.step()
    run.step += 1
    follow(run.averaged, run.net, step=run.step, average=config.average)
    return {name: float(getattr(losses, name).detach()) for name in Losses.__annotations__}


@torch.no_grad()
def judged(run: Run, batches: Sequence[Batch]) -> dict[str, float]:
    """Returns the terms of the averaged network on batches of faces that are never trained on."""
    found = [losses_of(run.averaged, batch, run.config, run.device) for batch in batches]
    return {
        f"held-out {name}": sum(float(getattr(each, name)) for each in found) / len(found)
        for name in Losses.__annotations__
    }
