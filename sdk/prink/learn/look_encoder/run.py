"""A training of an encoder under way: network, its running mean, optimizer, checkpoint, curves."""

import copy
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import torch
from lightning_fabric import Fabric
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn

from prink.learn.checkpoint import (
    load_checkpoint,
    open_checkpoint,
    refuse_other_fields,
    save_checkpoint,
)
from prink.learn.curves import save_curves
from prink.learn.cycle import cycle_rate, follow
from prink.learn.data.faces import BaseFace
from prink.learn.data.stream import Batch, batches
from prink.learn.look_encoder.net import Encoder, Size
from prink.learn.look_encoder.score import score

__all__ = ["Config", "Run", "load_encoder", "train"]

LOG_EVERY: Final = 25
LAST_RATE: Final = 0.01  # of the peak rate
VALIDATION_SEED: Final = 77
JUDGED_AT_ONCE: Final = 64
Losses = Callable[[nn.Module, Batch], dict[str, Tensor]]


@dataclass(frozen=True)
class Config:
    """What a checkpoint must have been made with to be gone on with."""

    size: Size
    steps: int
    batch: int = 32
    peak_rate: float = 2e-3
    warm_up: int = 200  # steps
    decay: float = 2e-3
    average: float = 0.997  # of the weights that are kept, per step
    seed: int = 1
    loss: str = "parameters"  # what else is compared, and with what
    faces: str = ""  # fingerprint of the cropped faces


@dataclass(eq=False)
class Run:
    """A training under way."""

    config: Config
    fabric: Fabric
    step: int = 0
    seconds: float = 0.0
    curves: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        torch.manual_seed(self.config.seed)
        net = Encoder(self.config.size)
        self.averaged = copy.deepcopy(net).eval().requires_grad_(False)
        optimizer = torch.optim.AdamW(
            net.parameters(), lr=self.config.peak_rate, weight_decay=self.config.decay
        )
        net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.net, self.optimizer = self.fabric.setup(net, optimizer)
        self.averaged.to(self.fabric.device)

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all; of several processes the first does."""
        if not self.fabric.is_global_zero:
            return
        save_checkpoint(self, self.net.module, path, seconds=self.seconds)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint; see `load_checkpoint` for what is refused."""
        self.seconds = load_checkpoint(self, self.net.module, path)["seconds"]

    def begin_with(self, path: Path) -> None:
        """Takes the averaged weights of a finished training to begin another cycle with.

        Raises:
            SystemExit: They are of an encoder of another size, or of one of other fields.
        """
        state, fields = open_checkpoint(path)
        refuse_other_fields(fields, path)
        if state["config"]["size"] != asdict(self.config.size):
            raise SystemExit(f"an encoder of another size, {state['config']['size']} ({path})")
        self.net.module.load_state_dict(state["averaged"])
        self.averaged.load_state_dict(state["averaged"])

    def note(self, curve: str, value: float) -> None:
        """Adds a point to a curve."""
        self.curves.setdefault(curve, []).append((self.step, value))

    def advance(self, batch: Batch, losses: Losses) -> dict[str, float]:
        """Takes one step; returns the terms of its loss."""
        config = self.config
        rate = cycle_rate(
            self.step,
            steps=config.steps,
            warm_up=config.warm_up,
            peak=config.peak_rate,
            floor=LAST_RATE,
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        terms = losses(self.net, batch)
        total = torch.stack(list(terms.values())).sum()
        self.optimizer.zero_grad()
        self.fabric.backward(total)
        self.fabric.clip_gradients(self.net, self.optimizer, max_norm=5.0, error_if_nonfinite=False)
        self.optimizer.step()
        self.step += 1
        average = self.config.average
        follow(self.averaged, self.net.module, step=self.step, average=average)
        return {name: float(term.detach()) for name, term in terms.items()}


def train(
    run: Run,
    faces: Sequence[BaseFace],
    heldout: Sequence[BaseFace],
    losses: Losses,
    out: Path,
    *,
    workers: int,
    judged: int,
    bare: bool,
    title: str,
    save_every: int = 250,
) -> None:
    """Trains to the last step, with a checkpoint, curves and a score every `save_every` steps."""
    samples = validation(heldout, judged) if run.fabric.is_global_zero else []
    stream = batches(
        faces,
        batch=run.config.batch,
        seed=run.config.seed,
        start=run.step,
        workers=workers,
        bare=bare,
        rank=run.fabric.global_rank,
        ranks=run.fabric.world_size,
    )
    recent: list[dict[str, float]] = []
    began = time.monotonic()
    first = run.step
    with progress(run) as bar:
        task = bar.add_task("training", total=run.config.steps, completed=run.step)
        for batch in counted(stream, run.config.steps - run.step):
            moved: Batch = run.fabric.to_device(batch)
            recent.append(run.advance(moved, losses))
            bar.advance(task)
            if run.step % LOG_EVERY == 0:
                for name in recent[0]:
                    run.note(name, float(np.mean([each[name] for each in recent])))
                recent.clear()
            if run.step % save_every == 0 or run.step == run.config.steps:
                now = time.monotonic()
                speed = (
                    (run.step - first) * run.config.batch * run.fabric.world_size / (now - began)
                )
                run.seconds += now - began
                report(run, samples, out, title, speed, bar.console)
                began, first = time.monotonic(), run.step


def progress(run: Run) -> Progress:
    words = TextColumn("{task.description} {task.completed}/{task.total}")
    columns = Progress.get_default_columns()[1:3]
    return Progress(words, *columns, TimeRemainingColumn(), disable=not run.fabric.is_global_zero)


def counted(stream: Iterator[Batch], count: int) -> Iterator[Batch]:
    for _ in range(count):
        yield next(stream)


def validation(heldout: Sequence[BaseFace], count: int) -> list[Batch]:
    """Returns samples of faces that are never trained on, in one batch or more."""
    size = min(count, JUDGED_AT_ONCE)
    stream = batches(heldout, batch=size, seed=VALIDATION_SEED, workers=0, bare=False)
    return [next(stream) for _ in range(-(-count // size))]


def report(
    run: Run, judged: list[Batch], out: Path, title: str, speed: float, console: Console
) -> None:
    """Scores the running mean on held-out faces, saves and prints."""
    if not run.fabric.is_global_zero:
        return
    found = score(run.averaged, judged)
    for name, value in found.items():
        run.note(name, value)
    run.save(out / "checkpoint.pt")
    save_curves(run.curves, out / "curves.png", title=title)
    last = "  ".join(f"{name} {value:.3f}" for name, value in found.items())
    console.print(f"step {run.step}  {speed:.0f} samples/s  {last}")


def load_encoder(path: Path) -> Encoder:
    """Returns the running mean of a checkpoint, ready to use; its fields are the checkpoint's.

    Raises:
        SystemExit: if there is no checkpoint, or it knows fields that this schema does not have.
    """
    state, fields = open_checkpoint(path)
    net = Encoder(Size(**state["config"]["size"]), fields)
    net.load_state_dict(state["averaged"])
    return net.eval().requires_grad_(False)
