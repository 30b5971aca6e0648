"""The one loop of all trainings here: steps, running mean, score, checkpoint, curves.

Fabric knows devices, precision and the other processes; `torchrun --nproc-per-node N -m ...` starts
them. A training that was broken off goes on from its checkpoint with the numbers it would have had.
"""

import copy
import time
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Generic

import numpy as np
import torch
from lightning_fabric import Fabric
from rich.progress import Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from prink.learn.checkpoint import (
    Checkpoint,
    Curves,
    open_checkpoint,
    refuse_others,
    save_checkpoint,
)
from prink.learn.curves import save_curves
from prink.learn.cycle import follow, rate_at, steps_of
from prink.learn.training import B, N, Training

__all__ = ["CHECKPOINT", "CURVES", "Run", "go_on"]

CHECKPOINT: Final = "checkpoint.pt"
CURVES: Final = "curves.png"


class Run(Generic[N, B]):
    """A training under way.

    Attributes:
        training: What was declared.
        fabric: Devices, precision and the other processes.
        net: The network, wrapped for them.
        averaged: The running mean of its weights.
        step: How many are done.
        steps: How many there are.
        seconds: That the steps took.
        curves: Terms of the loss, and scores.
    """

    def __init__(self, training: Training[N, B], fabric: Fabric) -> None:
        settings = training.settings
        self.training, self.fabric = training, fabric
        self.step, self.steps, self.seconds = 0, steps_of(settings.cycles), 0.0
        self.curves: Curves = {}
        self.recent: list[dict[str, float]] = []
        torch.manual_seed(settings.seed)
        net = training.net().train()
        self.averaged = copy.deepcopy(net).eval().requires_grad_(False).to(fabric.device)
        optimizer = torch.optim.AdamW(
            net.parameters(), lr=settings.peak_rate, weight_decay=settings.decay
        )
        net.to(memory_format=training.layout)  # type: ignore[call-overload]
        self.net, self.optimizer = fabric.setup(net, optimizer)
        for method in training.methods:
            self.net.mark_forward_method(method)

    @property
    def begun_with(self) -> dict[str, dict[str, Any]]:
        """What a checkpoint must agree with."""
        return {"config": asdict(self.training.settings), "about": dict(self.training.about)}

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all."""
        made = Checkpoint(
            **self.begun_with,
            step=self.step,
            seconds=self.seconds,
            net=self.net.module.state_dict(),
            averaged=self.averaged.state_dict(),
            optimizer=self.optimizer.state_dict(),
            curves=self.curves,
        )
        save_checkpoint(made, path)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint.

        Raises:
            SystemExit: It is none, or it was made with other settings.
        """
        made = open_checkpoint(path, device=self.fabric.device)
        refuse_others(made, path, **self.begun_with)
        self.step, self.seconds, self.curves = made.step, made.seconds, made.curves
        self.net.module.load_state_dict(made.net)
        self.averaged.load_state_dict(made.averaged)
        self.optimizer.load_state_dict(made.optimizer)

    def begin_with(self, weights: dict[str, Any]) -> None:
        """Begins with the weights of a finished training instead of random ones."""
        self.net.module.load_state_dict(weights)
        self.averaged.load_state_dict(weights)

    def advance(self, batch: B) -> None:
        """Takes one step."""
        settings, weights = self.training.settings, self.training.weights
        rate = rate_at(self.step, settings.cycles)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        terms = self.training.loss(self.net, batch)
        counted = [(weights.get(name, 1.0), term) for name, term in terms.items()]
        weighted = [weight * term for weight, term in counted if weight]
        self.optimizer.zero_grad()
        self.fabric.backward(torch.stack(weighted).sum())
        self.fabric.clip_gradients(
            self.net, self.optimizer, max_norm=settings.clip, error_if_nonfinite=False
        )
        self.optimizer.step()
        self.step += 1
        follow(self.averaged, self.net.module, step=self.step, average=settings.average)
        self.recent.append({name: float(term.detach()) for name, term in terms.items()})

    def note(self, values: dict[str, float]) -> None:
        """Adds a point to each curve."""
        for name, value in values.items():
            self.curves.setdefault(name, []).append((self.step, value))

    def log(self) -> None:
        """Notes the means of the loss' terms since the last time."""
        for name in self.recent[0] if self.recent else ():
            self.note({name: float(np.mean([each[name] for each in self.recent]))})
        self.recent.clear()

    def report(self, out: Path) -> str:
        """Scores the running mean, saves checkpoint and curves; returns the scores in words."""
        found = dict(self.training.score(self.averaged))
        self.note(found)
        self.save(out / CHECKPOINT)
        if self.curves:
            save_curves(self.curves, out / CURVES, title=self.training.title)
        return "  ".join(f"{name} {value:.4g}" for name, value in found.items())

    def due(self, every: int) -> bool:
        """Tells whether this step is one of every so many, or the last."""
        return self.step % every == 0 or self.step == self.steps

    def train(self, out: Path) -> None:
        """Takes the steps that are left; every `save_every` and at the end writes to a folder."""
        fabric, training = self.fabric, self.training
        left = range(self.step, self.steps)
        if not left:
            return
        stream = training.data(start=self.step, rank=fabric.global_rank, ranks=fabric.world_size)
        bar = progress(training.settings.batch * fabric.world_size, shown=fabric.is_global_zero)
        with closing(stream), bar:
            task = bar.add_task("training", total=self.steps, completed=self.step)
            began = time.monotonic()
            for _, batch in zip(left, stream, strict=False):
                self.advance(fabric.to_device(batch))
                bar.advance(task)
                if self.due(training.log_every) or self.due(training.save_every):
                    self.log()
                if self.due(training.save_every):
                    self.seconds += time.monotonic() - began
                    if fabric.is_global_zero:
                        bar.console.print(f"step {self.step}  {self.report(out)}")
                    began = time.monotonic()


class Speed(ProgressColumn):
    """How many samples are seen in a second, where a step sees `together`."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self.together = together

    def render(self, task: Task) -> Text:
        """Returns the speed of a task in words."""
        return Text(f"{self.together * task.speed:.0f} samples/s" if task.speed else "")


def progress(together: int, *, shown: bool) -> Progress:
    """Returns a bar with steps, time left and speed; a step sees `together` samples."""
    return Progress(
        TextColumn("{task.description} {task.completed}/{task.total}"),
        *Progress.get_default_columns()[1:3],
        TimeRemainingColumn(),
        Speed(together),
        disable=not shown,
    )


def go_on(
    training: Training[N, B], out: Path, fabric: Fabric, *, begin: dict[str, Any] | None = None
) -> N:
    """Returns the averaged network of a training, taken to its last step.

    Args:
        training: What to train.
        out: Folder of checkpoint and curves; a checkpoint that is there is gone on from.
        fabric: Devices, precision and processes.
        begin: Weights to begin with where there is no checkpoint.

    Raises:
        SystemExit: The checkpoint that is there was made with other settings.
    """
    out.mkdir(parents=True, exist_ok=True)
    run = Run(training, fabric)
    if (out / CHECKPOINT).is_file():
        run.load(out / CHECKPOINT)
    elif begin is not None:
        run.begin_with(begin)
    run.train(out)
    return run.averaged
