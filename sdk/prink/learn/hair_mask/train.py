"""Trains the hair network: `python -m prink.learn.train_hair`, again to go on after a break.

Needs the licensed portraits and MediaPipe's hair network as the teacher, given as arguments or by
PRINK_SHARED and PRINK_ASSETS. Where MakeHuman's assets are, some of the heads are drawn.
Writes checkpoints, curves.png and at the end hair.onnx.
"""

import argparse
import copy
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import torch
from rich.progress import Progress, TextColumn, TimeRemainingColumn
from torch import Tensor

from prink.learn.checkpoint import load_checkpoint, save_checkpoint
from prink.learn.curves import save_curves
from prink.learn.cycle import cycle_rate, follow
from prink.learn.hair_mask.augment import batch
from prink.learn.hair_mask.data import Samples, cached_samples, fill_cache
from prink.learn.hair_mask.export import export_hair
from prink.learn.hair_mask.loss import hair_loss
from prink.learn.hair_mask.net import HairNet
from prink.learn.hair_mask.score import validation_score
from prink.people.heads_data import fill_heads
from prink.portraits import shared_folder

__all__ = ["Config", "main"]


@dataclass(frozen=True)
class Config:
    """What a checkpoint must have been made with to be gone on with."""

    steps: int = 10000
    batch: int = 16
    peak_rate: float = 3e-3
    warm_up: int = 300  # steps
    decay: float = 1e-4
    average: float = 0.998  # of the weights that are shipped, per step
    seed: int = 1
    synthetic: float = 0.0  # share of the heads that are drawn, not photographed


# Hats are what a network takes for hair longest; many of them from the start would hide too much.
HATS_FROM: Final = 0.8  # of the steps
# A second, lower cycle draws every skin tone and hair colour alike, as the portraits do not.
BALANCED: Final = 2000  # steps after the others
BALANCED_RATE: Final = 8e-4
SYNTHETIC: Final = 0.12  # the share where there are such heads
LOG_EVERY: Final = 25
SAVE_EVERY: Final = 500


@dataclass(eq=False)
class Run:
    """A training under way."""

    config: Config
    net: HairNet = field(default_factory=HairNet)
    step: int = 0
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.averaged = copy.deepcopy(self.net).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(), lr=self.config.peak_rate, weight_decay=self.config.decay
        )

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all."""
        save_checkpoint(self, self.net, path)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint; see `load_checkpoint` for what is refused."""
        load_checkpoint(self, self.net, path)

    def note(self, curve: str, value: float) -> None:
        """Adds a point to a curve."""
        self.curves.setdefault(curve, []).append((self.step, value))


def rate_at(step: int, config: Config) -> float:
    """Returns the learning rate: one cycle, then the end of a lower one."""
    if step >= config.steps:
        return cycle_rate(step - config.steps, steps=BALANCED, warm_up=0, peak=BALANCED_RATE)
    return cycle_rate(step, steps=config.steps, warm_up=config.warm_up, peak=config.peak_rate)


def batches(samples: Samples, run: Run) -> Iterator[tuple[Tensor, Tensor]]:
    """Yields the batches of the steps to come, made one ahead; the same for the same seed."""
    photos = np.flatnonzero(~samples.validation & ~samples.synthetic)
    drawn = np.flatnonzero(samples.synthetic)
    weights = samples.rarity[photos] / samples.rarity[photos].sum()

    def make(step: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng((run.config.seed, step))
        even = weights if step >= run.config.steps else None
        numbers = rng.choice(photos, run.config.batch, p=even)
        if run.config.synthetic:
            heads = rng.random(run.config.batch) < run.config.synthetic
            numbers[heads] = rng.choice(drawn, int(heads.sum()))
        hats = HATS_FROM * run.config.steps <= step < run.config.steps
        inputs, targets = batch(samples, numbers, rng, hats=hats)
        return torch.from_numpy(inputs), torch.from_numpy(targets)

    with ThreadPoolExecutor(1) as pool:
        ahead = [pool.submit(make, run.step + n) for n in range(2)]
        for step in range(run.step + 2, run.config.steps + BALANCED + 2):
            ahead.append(pool.submit(make, step))
            yield ahead.pop(0).result()


def advance(run: Run, inputs: Tensor, targets: Tensor) -> float:
    """Takes one step and returns its loss."""
    for group in run.optimizer.param_groups:
        group["lr"] = rate_at(run.step, run.config)
    inputs = inputs.contiguous(memory_format=torch.channels_last)
    loss = hair_loss(run.net(inputs), targets.clamp(0, 1))
    run.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), 2.0)
    run.optimizer.step()
    run.step += 1
    follow(run.averaged, run.net, step=run.step, average=run.config.average)
    return float(loss.detach())


def train(run: Run, samples: Samples, out: Path) -> None:
    """Trains to the last step, with a checkpoint and curves every `SAVE_EVERY` steps."""
    run.net.train().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    words = TextColumn("{task.description} {task.completed}/{task.total}")
    with Progress(words, *Progress.get_default_columns()[1:3], TimeRemainingColumn()) as bar:
        task = bar.add_task("training", total=run.config.steps + BALANCED, completed=run.step)
        recent: list[float] = []
        for inputs, targets in batches(samples, run):
            recent.append(advance(run, inputs, targets))
            bar.advance(task)
            if run.step % LOG_EVERY == 0:
                run.note("loss", float(np.mean(recent)))
                recent.clear()
            if run.step % SAVE_EVERY == 0 or run.step == run.config.steps + BALANCED:
                for name, value in validation_score(run.averaged, samples).items():
                    run.note(name, value)
                run.save(out / "checkpoint.pt")
                save_curves(run.curves, out / "curves.png", title="hair network")
                last = {name: round(points[-1][1], 4) for name, points in run.curves.items()}
                bar.console.print(run.step, last)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    shared = shared_folder()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits", type=Path, default=shared / "portraits")
    parser.add_argument("--assets", type=Path, help="folder of hair_segmentation.onnx")
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw heads from")
    parser.add_argument("--cache", type=Path, default=Path("out/hair_cache"))
    parser.add_argument("--heads", type=Path, default=Path("out/heads_cache"))
    parser.add_argument("--out", type=Path, default=Path("out/train_hair"))
    parser.add_argument("--steps", type=int, default=Config.steps)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args(arguments)
    if args.assets:
        os.environ["PRINK_ASSETS"] = str(args.assets)
    elif (shared / "assets").is_dir():
        os.environ.setdefault("PRINK_ASSETS", str(shared / "assets"))
    torch.set_num_threads(args.threads)
    with Progress() as bar:
        task = bar.add_task("teacher's masks")
        for done, total in fill_cache(args.portraits, args.cache, workers=args.threads):
            bar.update(task, completed=done, total=total)
        makehuman = args.makehuman or shared / "makehuman"
        heads = args.heads if args.makehuman or makehuman.is_dir() else None
        if heads:
            task = bar.add_task("synthetic heads")
            for done, total in fill_heads(makehuman, heads, workers=args.threads):
                bar.update(task, completed=done, total=total)
    samples = cached_samples(args.portraits, args.cache, heads)
    config = Config(steps=args.steps, synthetic=SYNTHETIC if heads else 0.0)
    torch.manual_seed(config.seed)
    run = Run(config)
    args.out.mkdir(parents=True, exist_ok=True)
    if (args.out / "checkpoint.pt").is_file():
        run.load(args.out / "checkpoint.pt")
    train(run, samples, args.out)
    export_hair(run.averaged, args.out / "hair.onnx")
    print(f"wrote {args.out / 'hair.onnx'}")
