"""Trains the imitator: `python -m prink.learn.train_imitator`, again to go on after a break.

Bare faces are the portraits of a folder, and drawn people where MakeHuman's assets are. They are
rendered with looks as the training goes, each with two looks that differ in one parameter, a
whole colour or a number, for the sensitivity loss; `--no-sensitivity` sees the same pictures
without that loss. Writes checkpoint.pt, which `load_imitator` reads, and curves.png.
"""

import argparse
import copy
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from rich.progress import Progress, TextColumn, TimeRemainingColumn
from torch import Tensor

from prink.learn.curves import save_curves
from prink.learn.faces import BaseFace, fill_faces, load_faces, photo_rows
from prink.learn.imitator import Imitator, halved, imitator_fields
from prink.learn.imitator_loss import Losses, picture_loss, pyramid_loss, sensitivity_loss
from prink.learn.stream import Batch, batches
from prink.whole_file import whole_file

__all__ = ["Config", "Run", "main", "train"]

LOG_EVERY: Final = 25
SAVE_EVERY: Final = 500
DRAWN: Final = 400  # people, where MakeHuman's assets are
# Undivided, the term of a change of 5/255 on a third of the pixels is 1e-4: it needs more weight.
PLAIN_WEIGHT: Final = 40.0


@dataclass(frozen=True)
class Config:
    """What a checkpoint must have been made with to be gone on with."""

    steps: int = 12000
    batch: int = 16
    size: int = 128  # px a side: the atlas is halved
    peak_rate: float = 1.5e-3
    warm_up: int = 200  # steps
    decay: float = 1e-4
    average: float = 0.998  # of the weights that are kept for use, per step
    pyramid: float = 0.5  # weight of the perceptual term
    sensitivity: float = 0.02  # weight of the sensitivity term
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

    def state(self) -> dict[str, Any]:
        """Returns all that a later process needs to go on."""
        return {
            "config": asdict(self.config),
            "fields": imitator_fields(),
            "step": self.step,
            "net": self.net.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "curves": self.curves,
        }

    def save(self, path: Path) -> None:
        """Writes the checkpoint, whole or not at all."""
        with whole_file(path, error=OSError) as part:
            torch.save(self.state(), part)

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint.

        Raises:
            SystemExit: It was made with other settings.
        """
        state = torch.load(path, weights_only=True, map_location=self.device)
        if state["config"] != asdict(self.config) or state["fields"] != imitator_fields():
            raise SystemExit(f"made with other settings, {state['config']}: remove it ({path})")
        self.step, self.curves = state["step"], state["curves"]
        self.net.load_state_dict(state["net"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])

    def note(self, curve: str, value: float) -> None:
        """Adds a point to a curve."""
        self.curves.setdefault(curve, []).append((self.step, value))


def rate_at(step: int, config: Config) -> float:
    """Returns the learning rate: a linear rise, then half a cosine down to zero."""
    if step < config.warm_up:
        return config.peak_rate * (step + 1) / config.warm_up
    done = (step - config.warm_up) / max(1, config.steps - config.warm_up)
    return config.peak_rate * 0.5 * (1 + float(np.cos(np.pi * min(done, 1.0))))


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
    drawn = net(torch.cat([bare, bare]), looks)
    first, second = drawn.chunk(2)
    sensitivity = sensitivity_loss(
        second - first, (made2 - made)[:, :3], bare[:, 3:], relative=config.relative
    )
    return Losses(picture_loss(drawn, truth, seen), pyramid_loss(drawn, truth, seen), sensitivity)


def advance(run: Run, batch: Batch) -> dict[str, float]:
    """Takes one step and returns the terms of its loss."""
    config = run.config
    for group in run.optimizer.param_groups:
        group["lr"] = rate_at(run.step, config)
    losses = losses_of(run.net, batch, config, run.device)
    total = losses.l1 + config.pyramid * losses.pyramid
    if config.sensitivity:  # else the term is only watched
        total = total + config.sensitivity * losses.sensitivity
    run.optimizer.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(run.net.parameters(), 1.0)
    run.optimizer.step()
    run.step += 1
    keep = min(config.average, (1 + run.step) / (10 + run.step))
    with torch.no_grad():
        for mean, now in zip(run.averaged.parameters(), run.net.parameters(), strict=True):
            mean.lerp_(now, 1 - keep)
    return {name: float(getattr(losses, name).detach()) for name in Losses.__annotations__}


def train(run: Run, stream: Iterable[Batch], out: Path) -> None:
    """Trains to the last step, with a checkpoint and curves every `SAVE_EVERY` steps."""
    words = TextColumn("{task.description} {task.completed}/{task.total}")
    with Progress(words, *Progress.get_default_columns()[1:3], TimeRemainingColumn()) as bar:
        task = bar.add_task("training", total=run.config.steps, completed=run.step)
        recent: list[dict[str, float]] = []
        began, first = time.perf_counter(), run.step
        for batch in stream:
            recent.append(advance(run, batch))
            bar.advance(task)
            if run.step % LOG_EVERY == 0:
                for name in recent[0]:
                    run.note(name, float(np.mean([each[name] for each in recent])))
                recent.clear()
            if run.step % SAVE_EVERY == 0 or run.step >= run.config.steps:
                run.save(out / "checkpoint.pt")
                if run.curves:
                    save_curves(run.curves, out / "curves.png", title="imitator")
                last = {name: round(points[-1][1], 5) for name, points in run.curves.items()}
                pace = (time.perf_counter() - began) / (run.step - first)
                bar.console.print(run.step, last, f"{pace:.3f} s a step")
            if run.step >= run.config.steps:
                return


def parse(arguments: list[str] | None) -> argparse.Namespace:
    shared = Path(os.environ.get("PRINK_SHARED", "../shared"))
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--portraits", type=Path, default=shared / "portraits")
    parser.add_argument("--makehuman", type=Path, default=shared / "makehuman")
    parser.add_argument("--drawn", type=int, default=DRAWN, help="people to draw")
    parser.add_argument("--faces", type=Path, default=Path("out/faces/train.npz"), help="cache")
    parser.add_argument("--out", type=Path, default=Path("out/train_imitator"))
    parser.add_argument("--steps", type=int, default=Config.steps)
    parser.add_argument("--batch", type=int, default=Config.batch)
    parser.add_argument("--size", type=int, default=Config.size, choices=(128, 256))
    parser.add_argument("--seed", type=int, default=Config.seed)
    parser.add_argument("--no-sensitivity", action="store_true", help="leave that loss out")
    parser.add_argument("--plain", action="store_true", help="the sensitivity loss as published")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    return parser.parse_args(arguments)


def config_of(args: argparse.Namespace) -> Config:
    """Returns the settings that the arguments ask for."""
    weight = PLAIN_WEIGHT if args.plain else Config.sensitivity
    return Config(
        steps=args.steps,
        batch=args.batch,
        size=args.size,
        sensitivity=0.0 if args.no_sensitivity else weight,
        relative=not args.plain,
        seed=args.seed,
    )


def faces_of(args: argparse.Namespace) -> list[BaseFace]:
    """Returns the training faces, tracked and cropped once."""
    makehuman = args.makehuman if args.drawn and args.makehuman.is_dir() else None
    rows = photo_rows(args.portraits, split="train")
    with Progress() as bar:
        task = bar.add_task("bare faces")
        found = fill_faces(
            rows, args.faces, makehuman=makehuman, drawn=args.drawn if makehuman else 0
        )
        for done, total in found:
            bar.update(task, completed=done, total=total)
    return load_faces(args.faces)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    config = config_of(args)
    torch.set_num_threads(args.threads)
    torch.manual_seed(config.seed)
    run = Run(config, device=args.device)
    args.out.mkdir(parents=True, exist_ok=True)
    if (args.out / "checkpoint.pt").is_file():
        run.load(args.out / "checkpoint.pt")
    if run.step < config.steps:
        stream = batches(
            faces_of(args),
            batch=config.batch,
            seed=config.seed,
            start=run.step,
            workers=args.workers,
            paired=True,
        )
        train(run, stream, args.out)
    print(f"wrote {args.out / 'checkpoint.pt'}")


if __name__ == "__main__":
    main()
