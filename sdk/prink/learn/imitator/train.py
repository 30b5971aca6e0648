"""Trains the imitator: `python -m prink.learn.train_imitator`, again to go on after a break.

Bare faces are the portraits of a folder, and drawn people where MakeHuman's assets are. They are
rendered with looks as the training goes, each with two looks that differ in a pigment, a coverage
or a number, for the sensitivity loss; `--no-sensitivity` sees the same pictures without that loss.
Writes checkpoint.pt, which `load_imitator` reads, and curves.png.
"""

import argparse
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from rich.progress import Progress, TextColumn, TimeRemainingColumn

from prink.learn.curves import save_curves
from prink.learn.data.faces import DRAWN, BaseFace, cached_faces
from prink.learn.data.stream import Batch, batches
from prink.learn.imitator.run import Config, Run, advance, judged
from prink.portraits import shared_folder

__all__ = ["main", "train"]

LOG_EVERY: Final = 25
SAVE_EVERY: Final = 500
JUDGED: Final = 4  # batches of held-out faces
JUDGING_SEED: Final = 77
# Undivided, the term of a change of 5/255 on a third of the pixels is 1e-4: it needs more weight.
PLAIN_WEIGHT: Final = 40.0


def train(run: Run, stream: Iterable[Batch], out: Path, *, heldout: Sequence[Batch] = ()) -> None:
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
            last = run.step >= run.config.steps
            if run.step % SAVE_EVERY == 0 or last:
                pace = (time.perf_counter() - began) / (run.step - first)
                values = report(run, out, heldout)
                bar.console.print(f"step {run.step}  {pace:.2f} s a step  {values}")
                began, first = time.perf_counter(), run.step
            if last:
                return


def report(run: Run, out: Path, heldout: Sequence[Batch]) -> str:
    """Judges, saves checkpoint and curves, and returns the newest values as words."""
    for name, value in (judged(run, heldout) if heldout else {}).items():
        run.note(name, value)
    run.save(out / "checkpoint.pt")
    if run.curves:
        save_curves(run.curves, out / "curves.png", title="imitator")
    return "  ".join(f"{name} {points[-1][1]:.4f}" for name, points in run.curves.items())


def parse(arguments: list[str] | None) -> argparse.Namespace:
    shared = shared_folder()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--faces", type=Path, default=shared / "portraits", help="folder of photos")
    parser.add_argument("--makehuman", type=Path, help="folder of assets to draw people from")
    parser.add_argument("--drawn", type=int, default=DRAWN, help="people to draw")
    parser.add_argument("--cache", type=Path, default=Path("out/faces"), help="of cropped faces")
    parser.add_argument("--out", type=Path, default=Path("out/train_imitator"))
    parser.add_argument("--steps", type=int, default=Config.steps)
    parser.add_argument("--batch", type=int, default=Config.batch)
    parser.add_argument("--size", type=int, default=Config.size, choices=(128, 256))
    parser.add_argument("--seed", type=int, default=Config.seed)
    parser.add_argument("--no-sensitivity", action="store_true", help="leave that loss out")
    parser.add_argument("--plain", action="store_true", help="the sensitivity loss as published")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--threads", type=int, help="of this process: 1 beside workers, else all")
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


def faces_of(args: argparse.Namespace, split: str) -> list[BaseFace]:
    """Returns the faces of a split."""
    return cached_faces(
        args.faces, args.cache, split=split, makehuman=args.makehuman, drawn=args.drawn
    )


def heldout_batches(args: argparse.Namespace) -> list[Batch]:
    """Returns pairs on faces that are never trained on."""
    faces = faces_of(args, "heldout")
    stream = batches(faces, batch=args.batch, seed=JUDGING_SEED, workers=0, paired=True)
    return [next(stream) for _ in range(JUDGED)]


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line."""
    args = parse(arguments)
    config = config_of(args)
    torch.set_num_threads(args.threads or (1 if args.workers else os.cpu_count() or 1))
    torch.manual_seed(config.seed)
    run = Run(config, device=args.device)
    args.out.mkdir(parents=True, exist_ok=True)
    if (args.out / "checkpoint.pt").is_file():
        run.load(args.out / "checkpoint.pt")
    if run.step < config.steps:
        stream = batches(
            faces_of(args, "train"),
            batch=config.batch,
            seed=config.seed,
            start=run.step,
            workers=args.workers,
            paired=True,
        )
        train(run, stream, args.out, heldout=heldout_batches(args))
    print(f"wrote {args.out / 'checkpoint.pt'}")
