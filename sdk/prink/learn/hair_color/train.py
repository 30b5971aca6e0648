"""Trains the hair part of the encoder: `python -m prink.learn.train_hair_color`, again to go on.

Takes a folder of photos, the licensed portraits (portraits.csv and images/) or any pictures, given
by --faces or by PRINK_SHARED. Heads and masks are found once; hair is coloured by the renderer
while the network learns. Writes checkpoint.pt, curves.png and at the end hair_encoder.pt.
"""

import argparse
import copy
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from rich.progress import Progress, TextColumn, TimeRemainingColumn
from torch import Tensor

from prink.learn.checkpoint import load_checkpoint, save_checkpoint
from prink.learn.curves import save_curves
from prink.learn.cycle import cycle_rate, follow
from prink.learn.hair_color.heads import HairedHead, fill_heads, heads
from prink.learn.hair_color.looks import FIELDS
from prink.learn.hair_color.loss import NONE, BareHair, bare_hair, errors, total
from prink.learn.hair_color.net import HairEncoder, save_hair_encoder
from prink.learn.hair_color.samples import (
    VIEWS,
    Samples,
    bare_tiles,
    make_samples,
    measured_numbers,
)
from prink.portraits import shared_folder
from prink.render import Renderer

__all__ = ["Config", "Run", "main", "train"]


@dataclass(frozen=True)
class Config:
    """What a checkpoint must have been made with to be gone on with."""

    steps: int = 6000
    batch: int = 64
    peak_rate: float = 4e-3
    warm_up: int = 200  # steps
    decay: float = 1e-3
    average: float = 0.998  # of the weights that are shipped, per step
    renderings: int = 32  # new ones every `EVERY` steps
    kept: int = 15000  # samples to draw batches from, the newest
    seed: int = 1


EVERY: Final = 10  # steps
AHEAD: Final = 4  # packs of samples under way
BEFORE: Final = 20  # packs of samples before the first step
LOG_EVERY: Final = 50
SAVE_EVERY: Final = 250
VALIDATED: Final = 12  # one head of so many is kept for validation
JUDGED: Final = 150  # renderings


@dataclass(eq=False)
class Run:
    """A training under way."""

    config: Config
    net: HairEncoder = field(default_factory=HairEncoder)
    step: int = 0
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.averaged = copy.deepcopy(self.net).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(), lr=self.config.peak_rate, weight_decay=self.config.decay
        )

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all."""
        save_checkpoint(self, self.net, path, fields=FIELDS)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint; see `load_checkpoint` for what is refused."""
        load_checkpoint(self, self.net, path, fields=FIELDS)

    def note(self, curve: str, value: float) -> None:
        """Adds a point to a curve."""
        self.curves.setdefault(curve, []).append((self.step, value))


@dataclass(eq=False)
class Studio:
    """What a process that makes samples holds."""

    heads: Sequence[HairedHead]
    natural: np.ndarray[Any, np.dtype[np.float64]]
    renderer: Renderer


_studio: list[Studio] = []


def open_studio(found: Sequence[HairedHead], natural: Any) -> None:  # noqa: ANN401
    torch.set_num_threads(1)
    _studio[:] = [Studio(found, natural, Renderer())]


def shoot(seed: tuple[int, ...], count: int) -> Samples:
    studio = _studio[0]
    rng = np.random.default_rng(seed)
    return make_samples(studio.heads, studio.natural, studio.renderer, rng, count=count)


class Stream:
    """Makes samples in other processes and keeps the newest; the same for the same seed."""

    def __init__(self, found: Sequence[HairedHead], config: Config, *, workers: int) -> None:
        self.config = config
        natural = np.stack([measured_numbers(head) for head in found])
        # Another start than fork: a GL context does not survive one.
        self.pool = ProcessPoolExecutor(
            workers, get_context("spawn"), open_studio, (list(found), natural)
        )
        self.ready: Samples | None = None

    def batches(self, start: int) -> Iterator[Samples]:
        """Yields the batches from a step on; what was kept then is made once more."""
        first = start // EVERY + BEFORE
        depth = -(-self.config.kept // (self.config.renderings * VIEWS))
        known = [self._next(n) for n in range(max(0, first - depth + 1), first + 1)]
        ahead = [self._next(first + n) for n in range(1, AHEAD)]
        for one in known:
            self._keep(one.result())
        for step in range(start, self.config.steps):
            if step > start and step % EVERY == 0:
                ahead.append(self._next(step // EVERY + BEFORE + AHEAD - 1))
                self._keep(ahead.pop(0).result())
            assert self.ready is not None
            rng = np.random.default_rng((self.config.seed, 1, step))
            yield taken(self.ready, rng.integers(len(self.ready.kind), size=self.config.batch))

    def _next(self, number: int) -> Future[Samples]:
        return self.pool.submit(shoot, (self.config.seed, 0, number), self.config.renderings)

    def _keep(self, new: Samples) -> None:
        old = self.ready
        parts = [vars(new)] if old is None else [vars(old), vars(new)]
        joined = {n: np.concatenate([p[n] for p in parts])[-self.config.kept :] for n in vars(new)}
        self.ready = Samples(**joined)

    def close(self) -> None:
        """Ends the processes."""
        self.pool.shutdown(cancel_futures=True)


def taken(samples: Samples, numbers: Any) -> Samples:  # noqa: ANN401
    return Samples(**{name: part[numbers] for name, part in vars(samples).items()})


def tensors(samples: Samples) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Returns rows (B, F, 64, 1), numbers, kinds and heads of samples."""
    rows = torch.from_numpy(samples.rows).float()
    numbers, kind, heads = map(torch.from_numpy, (samples.numbers, samples.kind, samples.heads))
    return rows, numbers, kind, heads


def advance(run: Run, samples: Samples, bare: BareHair) -> float:
    """Takes one step and returns its loss."""
    config = run.config
    rate = cycle_rate(run.step, steps=config.steps, warm_up=config.warm_up, peak=config.peak_rate)
    for group in run.optimizer.param_groups:
        group["lr"] = rate
    rows, truth, kind, owner = tensors(samples)
    others = np.random.default_rng((run.config.seed, 2, run.step)).integers(
        len(bare.mean), size=len(kind)
    )
    numbers, logit = run.net.answers(rows)
    other = bare.of(torch.from_numpy(others))
    loss = total(errors(numbers, truth, kind, bare.of(owner), other), logit, kind)
    run.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), 1.0)
    run.optimizer.step()
    run.step += 1
    follow(run.averaged, run.net, step=run.step, average=run.config.average)
    return float(loss.detach())


@torch.no_grad()
def validate(run: Run, samples: Samples, bare: BareHair) -> None:
    """Notes the errors on heads that were never trained on."""
    rows, truth, kind, owner = tensors(samples)
    others = np.random.default_rng(5).integers(len(bare.mean), size=len(kind))
    numbers, logit = run.averaged.answers(rows)
    other = bare.of(torch.from_numpy(others))
    found = errors(numbers, truth, kind, bare.of(owner), other)
    seen = kind != NONE
    run.note("validation loss", float(total(found, logit, kind)))
    run.note("same head, median dE76", float(found.same[seen].median()))
    run.note("other head, median dE76", float(found.other[seen].median()))


def train(run: Run, found: Sequence[HairedHead], out: Path, *, workers: int = 1) -> None:
    """Trains to the last step, with a checkpoint and curves every `SAVE_EVERY` steps."""
    kept = [head for n, head in enumerate(found) if n % VALIDATED == 0]
    learnt = [head for n, head in enumerate(found) if n % VALIDATED] or kept
    bare, kept_bare = (bare_hair(bare_tiles(part)) for part in (learnt, kept))
    natural = np.stack([measured_numbers(head) for head in kept])
    rng = np.random.default_rng(3)
    with Renderer() as renderer:
        judged = make_samples(kept, natural, renderer, rng, count=min(JUDGED, run.config.steps))
    stream = Stream(learnt, run.config, workers=workers)
    words = TextColumn("{task.description} {task.completed}/{task.total}")
    try:
        with Progress(words, *Progress.get_default_columns()[1:3], TimeRemainingColumn()) as bar:
            task = bar.add_task("training", total=run.config.steps, completed=run.step)
            recent: list[float] = []
            for samples in stream.batches(run.step):
                recent.append(advance(run, samples, bare))
                bar.advance(task)
                last = run.step == run.config.steps
                if run.step % LOG_EVERY == 0 or last:
                    run.note("loss", float(np.mean(recent)))
                    recent.clear()
                if run.step % SAVE_EVERY == 0 or last:
                    validate(run, judged, kept_bare)
                    run.save(out / "checkpoint.pt")
                    save_curves(run.curves, out / "curves.png", title="hair colour")
                    now = {name: round(points[-1][1], 4) for name, points in run.curves.items()}
                    bar.console.print(run.step, now)
    finally:
        stream.close()


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    shared = shared_folder()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, default=shared / "portraits", help="folder of photos")
    parser.add_argument("--cache", type=Path, default=Path("out/hair_heads"))
    parser.add_argument("--out", type=Path, default=Path("out/train_hair_color"))
    parser.add_argument("--steps", type=int, default=Config.steps)
    parser.add_argument("--workers", type=int, default=1, help="processes that colour hair")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args(arguments)
    torch.set_num_threads(args.threads)
    with Progress() as bar:
        task = bar.add_task("heads")
        for done, count in fill_heads(args.faces, args.cache, split="train"):
            bar.update(task, completed=done, total=count)
    torch.manual_seed(Config.seed)
    run = Run(Config(steps=args.steps))
    args.out.mkdir(parents=True, exist_ok=True)
    if (args.out / "checkpoint.pt").is_file():
        run.load(args.out / "checkpoint.pt")
    train(run, heads(args.faces, args.cache, split="train"), args.out, workers=args.workers)
    save_hair_encoder(run.averaged, args.out / "hair_encoder.pt")
    print(f"wrote {args.out / 'hair_encoder.pt'}")
